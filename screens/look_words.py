"""Words of one look: what it is about, and what each key does with what is typed."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from screens.asking_log import proposed_department
from screens.log_tasks import department
from screens.widgets.painted import Line, Span, line, wrap
from wuye_tui.rules.patrols import PATROL, WALKING
from wuye_tui.rules.tasks import TASK, UNTIL
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Result
    from wuye_tui.registers.log_board import Board

KEY = 8  # cells
Says = Callable[[str, int], Sequence[Line]]


def visit_title(number: str, spot: str) -> tuple[Span, ...]:
    """Where somebody stands."""
    title = _("巡查签到")
    return (f" {title} ", "title"), (f"{spot} ", "strong"), (f" {number}  ZB-4.3", "dim")


def visit_says(sort: str) -> Says:
    """Of a post or a place."""
    row = PATROL.row("visit", WALKING)

    def says(words: str, width: int) -> list[Line]:
        if words:
            whom = department(proposed_department(words, sort))
            told = _("签到，并给「{department}」开任务单，{until}前整改")
            until = UNTIL.proposed({})
            keys = [
                ("F7", told.format(department=whom, until=until)),
                ("F8", _("签到，当场已经解决，不开任务单")),
                ("Enter", _("打开整张表：换部门、期限，写立即报告了谁")),
            ]
        else:
            keys = [
                ("0 / F7", _("正常，签到")),
                ("", _("有问题就打字写发现了什么，再按一个键就开任务单")),
            ]
        prompt = _(row.prompt) if row else ""
        return [line(), *_keys(keys, width), line(), *_words(prompt, width, "soon")]

    return says


def recheck_title(number: str, word: str) -> tuple[Span, ...]:
    """What was to be put right."""
    title = _("复查整改")
    return (f" {title} ", "title"), (f"{number} {word} ", "strong"), (" ZB-4.10", "dim")


def recheck_says(said: str) -> Says:
    """Of what a department says is done."""

    def says(_typed: str, width: int) -> list[Line]:
        words = _("部门说：{result}").format(result=said) if said else _("部门没有写怎样整改的。")
        keys = [("F7", _("合格，办结")), ("F8", _("不合格，退回部门重做，记一次返工"))]
        return [*_words(words, width, ""), line(), *_keys(keys, width)]

    return says


def told_of_recheck(board: "Board | None", number: str, result: "Result") -> str:
    """What a look has come to, and how many wait for one."""
    again = result.get("state") == TASK.rows_named("redo")[0].to
    told = _("{number} 不合格，退回部门重做。") if again else _("{number} 复查合格，办结。")
    left = len(board.log.to_recheck) if board else 0
    more = _("还有 {n} 件要复查。").format(n=left) if left else ""
    return told.format(number=number) + more


def told_of_visit(board: "Board | None", spot: str, opened: Sequence[str]) -> str:
    """What a visit has come to, and how many posts are left."""
    said = _("{spot} 已签到").format(spot=spot)
    said += _("，开了任务单 {numbers}").format(numbers=listed(opened)) if opened else ""
    left = len(board.log.patrol.unvisited) if board else 0
    return said + (_("；还有 {n} 处岗位没到。").format(n=left) if left else _("；岗位都到过了。"))


def _keys(keys: Sequence[tuple[str, str]], width: int) -> Iterator[Line]:
    for key, words in keys:
        first, *more = wrap(words, max(10, width - KEY - 4))
        yield line((f"  {key:<{KEY}}", "key"), first)
        for part in more:
            yield line(" " * (KEY + 2) + part)


def _words(words: str, width: int, role: str) -> Iterator[Line]:
    for part in wrap(words, max(10, width - 3)) if words else ():
        yield line((f"  {part}", role))
