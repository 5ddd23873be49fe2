"""`wuye callbacks summary`: a month of callbacks in figures, and the list behind each (BX-18)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import PDF, WRITTEN, Force, Listing, Out, show
from wuye_tui.rules import callback_figures as figures
from wuye_tui.rules import callback_words as words
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.months import parse_month
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.desk import Desk
    from wuye_tui.paper.sheets import Sheet
    from wuye_tui.registers.callback_summary import Line, Satisfied, Summary, Value
    from wuye_tui.rules.months import Month


class UnknownFigure(UsageError):
    """The summary has no such figure."""

    def __init__(self, typed: str) -> None:
        known = listed(f"{one.code} {_(one.word)}" for one in figures.FIGURES)
        told = _("没有「{typed}」这个数，可以是：{known}。")
        super().__init__(told.format(typed=typed[:20], known=known))


def add_to(app: typer.Typer) -> None:
    """Adds the command to the noun."""
    app.command("summary", help=_("一个月的回访：每个数怎么算的、上个月的、满意度、意见"))(_command)


def _command(
    ctx: typer.Context,
    month: Annotated[
        str,
        typer.Option("--month", help=_("哪个月，写成 2026-10；不写是上个月"), metavar=_("<月>")),
    ] = "",
    figure: Annotated[
        str,
        typer.Option("--figure", help=_("列出一个数里的每一张，例如 late"), metavar=_("<代码>")),
    ] = "",
    out: Out = None,
    force: Force = False,
) -> None:
    context: Context = ctx.obj
    context.whole = out is not None
    # Opinions are for whoever may call back, and proves who they are.
    desk = context.desk() if context.settings().staff else context.reading()
    asked = parse_month(month, desk.calendar.day_of(desk.now()))
    page = _Page(context, desk, asked)
    if figure:
        show(context, page.listed(figure), out, force)
    elif out is not None:
        _write(page, out, force)
        output.say(_(WRITTEN).format(path=out))
    elif context.json:
        output.emit(page.document(), True)
    else:
        page.print()


def _write(page: "_Page", out: Path, force: bool) -> None:
    from wuye_tui.paper import sheets
    from wuye_tui.paper.files import UnknownEnding

    ending = out.suffix.lower()
    if ending in sheets.OF_SHEETS:
        sheets.write_book(out, page.sheets(), force)
    elif ending == PDF:
        from wuye_tui.paper.tables import write_tables

        title = f"{page.desk.office.name} {page.title}"
        write_tables(out, title, page.sheets()[:-1], page.desk.settings.font, force)
    elif ending in sheets.ENDINGS:
        sheets.write_list(out, page.title, (), (), page.document, force)
    else:
        raise UnknownEnding(out, (*sheets.ENDINGS, PDF))


@dataclass
class _Page:
    """A month, in words and for programs."""

    context: Context
    desk: "Desk"
    month: "Month"

    @cached_property
    def found(self) -> "Summary":
        """The figures."""
        from wuye_tui.registers.callback_summary import summary

        return summary(self.desk, self.month)

    @property
    def title(self) -> str:
        """What it is called."""
        return _("{month} 回访月报").format(month=self.month)

    @property
    def note(self) -> str:
        """That the month has nothing to count; empty where it has."""
        return words.nothing(self.month) if self.found.is_empty else ""

    def lines(self, code: str) -> "list[Line]":
        """The list behind a figure."""
        from wuye_tui.registers.callback_summary import counted

        return counted(self.desk, self.month, figures.BY_CODE[code])

    def print(self) -> None:
        """Everything but the lists, for a terminal."""
        output.say(self.title)
        if self.note:
            output.told(self.note)
        output.table(map(self._value, self.found.values), self._value_columns())
        for by, word in figures.GROUPS:
            rows = [self._group(one) for one in self.found.groups if one.by == by]
            if rows:
                output.heading(_(word))
                output.table(rows, self._group_columns(by))
        if self.found.groups:
            output.say(_(figures.ABOUT_GROUPS))
        said = list(self._opinions())
        if said and not any(line.opinion or line.erased for line in said):
            told = _("有 {n} 条意见，只给做回访的人看：加 --as 工号。")
            output.say(told.format(n=len(said)))
        else:
            output.section(_("意见和看法"), map(self._opinion, said))

    def listed(self, figure: str) -> Listing:
        """The list behind a figure. Raises UnknownFigure."""
        from wuye_tui.registers.callback_summary import figure_of

        known = figure_of(figure)
        if known is None:
            raise UnknownFigure(figure)
        if not (self.context.json or self.context.whole):
            output.say(f"{self.month} {_(known.word)}：{_(known.about)}")
        lines = self.lines(known.code)
        return Listing(
            f"{self.month} {_(known.word)}",
            self._line_columns(),
            lambda: map(self._line, lines),
            lambda: self._zoned([self._as_dict(line) for line in lines]),
        )

    def sheets(self) -> "Sequence[Sheet]":
        """Figures, satisfaction by department, trade and worker, opinions, and every callback."""
        from wuye_tui.paper.sheets import Sheet

        groups = [
            Sheet(
                _(word),
                self._group_columns(by),
                [self._group(one) for one in self.found.groups if one.by == by],
            )
            for by, word in figures.GROUPS
        ]
        said = map(self._line, self._opinions())
        every = (self._line(line) for line in self._every())
        return (
            Sheet(
                self.title,
                self._value_columns(),
                map(self._value, self.found.values),
                note=self.note,
            ),
            *groups,
            Sheet(_("意见和看法"), self._opinion_columns(), said),
            Sheet(_("回访"), self._line_columns(), every),
        )

    def document(self) -> dict[str, Any]:
        """All of it for programs."""
        found = self.found
        document: dict[str, Any] = self._zoned(
            {
                "month": str(self.month),
                "before": str(self.month.before),
                "empty": found.is_empty,
                "note": self.note,
                "figures": [_value_dict(value) for value in found.values],
                "groups": [_group_dict(one) for one in found.groups],
                "opinions": [self._as_dict(line) for line in self._opinions()],
                "callbacks": [self._as_dict(line) for line in self._every()],
            }
        )
        return document

    def _opinions(self) -> "Iterator[Line]":
        for code in ("opinions", "complaints_opinions", "visits_opinions"):
            yield from self.lines(code)

    def _every(self) -> "Iterator[Line]":
        for code in ("due", "complaints", "visits"):
            yield from self.lines(code)

    def _zoned(self, document: Any) -> Any:
        return self.context.zoned(document, self.desk.zone)

    def _value(self, value: "Value") -> dict[str, Any]:
        is_share = bool(value.figure.of)
        now = words.amount(value.count, value.of, value.tenths, is_share)
        before = words.amount(value.before, value.before_of, value.tenths_before, is_share)
        return {
            "word": _(value.figure.word),
            "now": now if is_share else value.count,
            "before": before if is_share else value.before,
            "about": _(value.figure.about),
            "code": value.figure.code,
        }

    def _value_columns(self) -> list[output.Column]:
        return [
            output.Column(_("项目"), "word"),
            output.Column(str(self.month), "now", right=True),
            output.Column(str(self.month.before), "before", right=True),
            output.Column(_("怎么算的"), "about", fold=True),
        ]

    def _group(self, one: "Satisfied") -> dict[str, Any]:
        return {
            "name": _group_word(one),
            "reached": one.reached,
            "satisfied": one.satisfied,
            "fair": one.fair,
            "dissatisfied": one.dissatisfied,
            "share": words.share(one.tenths),
        }

    def _group_columns(self, by: str) -> list[output.Column]:
        heads = {
            figures.DEPARTMENT: _("部门"),
            figures.TRADE: _("类别"),
            figures.WORKER: _("维修工"),
        }
        numbers = (
            (_("问到"), "reached"),
            (_("满意"), "satisfied"),
            (_("基本满意"), "fair"),
            (_("不满意"), "dissatisfied"),
            (_("满意率"), "share"),
        )
        return [
            output.Column(heads[by], "name"),
            *(output.Column(word, key, right=True) for word, key in numbers),
        ]

    def _line(self, line: "Line") -> dict[str, Any]:
        context, zone = self.context, self.desk.zone
        return {
            "number": line.number,
            "due": context.when(line.due, zone) if line.due else "",
            "at": context.when(line.at, zone) if line.at else "",
            "outcome": words.outcome(line.outcome, line.late),
            "satisfaction": words.satisfaction(line.satisfaction),
            "where": line.where,
            "name": line.name,
            "words": masked_words(line.words),
            "worker": line.worker,
            "tries": line.tries or "",
            "opinion": words.opinion(line.opinion, line.opinion_given, line.erased),
            "linked": line.linked,
        }

    def _line_columns(self) -> list[output.Column]:
        return [
            output.Column(_("单号"), "number"),
            output.Column(_("到期"), "due"),
            output.Column(_("结束"), "at"),
            output.Column(_("结果"), "outcome", cells=20),
            output.Column(_("满意度"), "satisfaction"),
            output.Column(_("地点"), "where"),
            output.Column(_("姓名"), "name", cells=12),
            output.Column(_("维修工"), "worker", cells=12),
            output.Column(_("试过"), "tries", right=True),
            output.Column(_("内容"), "words", cells=30),
            output.Column(_("意见和看法"), "opinion", cells=40),
            output.Column(_("另开的单"), "linked"),
        ]

    def _opinion_columns(self) -> list[output.Column]:
        kept = ("number", "at", "satisfaction", "where", "worker", "opinion", "linked")
        return [column for column in self._line_columns() if column.key in kept]

    def _opinion(self, line: "Line") -> str:
        said = self._line(line)
        parts = (said["at"], said["where"], said["satisfaction"], said["number"])
        head = " ".join(part for part in parts if part)
        linked = _("（另开 {number}）").format(number=line.linked) if line.linked else ""
        return f"{head}：{said['opinion']}{linked}"

    def _as_dict(self, line: "Line") -> dict[str, Any]:
        given = line._asdict()
        return {
            "number": given.pop("number"),
            "unit": given.pop("where"),
            "person": given.pop("name"),
            "summary": masked_words(given.pop("words")),
            "due_at": given.pop("due"),
            "ended_at": given.pop("at"),
            **given,
        }


def _value_dict(value: "Value") -> dict[str, Any]:
    found: dict[str, Any] = {
        "code": value.figure.code,
        "word": _(value.figure.word),
        "definition": _(value.figure.about),
        "count": value.count,
        "before": value.before,
    }
    if value.figure.of:
        found |= {
            "of": value.of,
            "percent": _percent(value.tenths),
            "before_of": value.before_of,
            "before_percent": _percent(value.tenths_before),
        }
    return found


def _group_dict(one: "Satisfied") -> dict[str, Any]:
    return {**one._asdict(), "name": _group_word(one), "percent": _percent(one.tenths)}


def _group_word(one: "Satisfied") -> str:
    from wuye_tui.intake.terms import CATEGORIES

    return words.group(one.by, one.name, CATEGORIES.words)


def _percent(tenths: int | None) -> float | None:
    return None if tenths is None else tenths / 10
