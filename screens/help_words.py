"""The help for where the focus is: the clause in question, and every key that works there."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from rich.cells import cell_len

from screens.commands import BY_ID, DESK, TABS, Command, of
from screens.widgets.painted import Line, fit, line, wrap
from wuye_tui.words import N_, _, clauses

if TYPE_CHECKING:
    from screens.asking import Spoken
    from wuye_tui.reference import Clause

LEAST, MOST = 10, 13  # cells for what a key is called, a blank behind it
PLACES = {
    "line": N_("来电这一行"),
    "status": N_("状态行"),
    "queue": N_("未结的单"),
    "form": N_("填表"),
    "choose": N_("选一项"),
    "pane": N_("看单"),
    "filter": N_("筛选"),
    "found": N_("查找"),
    "numbers": N_("通讯录"),
    "notices": N_("通知"),
    "calls": N_("来电登记"),
    "callbacks": N_("待回访"),
    "summary": N_("回访月报"),
    "counted": N_("月报里的单"),
    "workers": N_("人手"),
    "records": N_("归档、主管"),
    "handover": N_("交接班"),
    "night": N_("夜班"),
    "bill_find": N_("收费：找住户"),
    "billing": N_("收费：欠费清单"),
    "paying": N_("收款"),
    "arrears": N_("欠费名单"),
    "roster": N_("排班"),
    "log": N_("值班日志"),
    "look": N_("看一处"),
    "paper": N_("看要打印的表单"),
    "tabs": N_("命令，还没打字"),
}
_MEAN = {
    "billing": N_("F7 收款，F8 看收据、打印；打勾就只收勾着的，不打勾从最早的收起。"),
    "paying": N_("不打金额就收要收的；几种一起付写 现金100 微信50。怎样付按 1 到 5；F7 马上收款。"),
    "log": N_("F7 补记一条，F8 上报突发事件，F9 巡查；空格或回车复查整改。"),
    "look": N_(
        "没问题按 0 或 F7；有问题打字，F7 开任务单，F8 当场已解决；复查时 F7 合格，F8 不合格。"
    ),
}
"""What the keys that mean something else everywhere mean here."""
OWN: dict[str, dict[str, tuple[str, str]]] = {
    "roster": {
        "main": (N_("换班"), N_("光标那一格的班换给别人，要在这班开始以前")),
        "steps": (N_("缺勤"), N_("光标那一格的人来不了：记请假，马上找替班")),
    }
}
"""The same key by key, by the ids of the commands; what they mean elsewhere is left out."""


def help_lines(
    place: str,
    wanted: Iterable[str],
    known: "Mapping[str, Clause]",
    cells: int,
    spoken: "Iterable[Spoken]" = (),
) -> list[Line]:
    """The whole help: clauses first, because that is what was asked most likely; then what to say
    on the telephone, and the keys.
    """
    shown: list[Line] = []
    for clause in dict.fromkeys(filter(None, wanted)):
        shown += clause_lines(clause, known, cells)
    for one in spoken:
        shown += _phrase(one, cells)
    for name in (place, TABS) if place == "choose" else (place,):
        if name in PLACES:
            title = _("在「{place}」能按的键").format(place=_(PLACES[name]))
            shown.append(line((f" {title}", "title"), ground="title"))
            if name in _MEAN:
                shown += [line(f"  {part}") for part in wrap(_(_MEAN[name]), cells - 3)]
            shown += _keys(_here(name), cells)
    shown.append(line((_(" 随时能按的键"), "title"), ground="title"))
    shown += _keys((one for one in of(DESK) if one.id not in OWN.get(place, ())), cells)
    shown.append(line((_("  输入法开着也都有用。不用鼠标。"), "dim")))
    return shown


def clause_lines(clause: str, known: "Mapping[str, Clause]", cells: int) -> list[Line]:
    """One clause: its number, where it comes from, and what it says."""
    found = known.get(clause)
    shown = [line((f" {clause} ", "title"), (found.source if found else "", ""), ground="title")]
    words = found.summary if found else _("资料里没有这一条的全文。")
    return [*shown, *(line(f"  {part}") for part in wrap(words, cells - 3))]


def _phrase(one: "Spoken", cells: int) -> list[Line]:
    shown = [line((f" {one.when} ", "title"), (one.clause, ""), ground="title")]
    said = [(words, "") for words in one.say]
    if one.never:
        said.append((_("不说：{words}").format(words=clauses(one.never)), "late"))
    for words, style in said:
        shown += [line((f"  {part}", style)) for part in wrap(words, cells - 3)]
    return shown


def _here(place: str) -> list[Command]:
    """The keys of a place, and those of everywhere in its own words."""
    own = OWN.get(place, {}).items()
    return [*of(place), *(replace(BY_ID[code], word=w, help=told) for code, (w, told) in own)]


def _keys(commands: Iterable[Command], cells: int) -> list[Line]:
    shown, every = [], list(commands)
    longest = max((cell_len(_(one.word)) for one in every), default=0)
    wide = max(LEAST, min(MOST, longest + 1))
    for command in every:
        head = (fit(f"  {command.key}", 11), "key")
        word = (fit(_(command.word), wide - 1) + " ", "strong")
        first, *more = wrap(_(command.help), cells - 12 - wide)
        shown.append(line(head, word, first))
        shown += [line(" " * (11 + wide) + part) for part in more]
    return shown
