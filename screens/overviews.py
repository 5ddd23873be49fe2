"""Registers to be read at the console: complaints in figures, receipts, the charge register (NB-2,
BX-16), each of this month and from the palette.
"""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from textual import work

from screens import asking_overviews
from screens.base import console
from screens.handing_more import HandingMore
from screens.widgets.painted import Line, cut, fit, line
from screens.widgets.pane import Pane
from screens.wording import clock, sentence
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import N_, _

if TYPE_CHECKING:
    from wuye_tui.registers.figures import Statistics
    from wuye_tui.rules.figure_words import Counted

Column = tuple[str, int]  # heading and cells
RECEIPTS: Sequence[Column] = (
    (N_("收据号"), 14), (N_("时间"), 11), (N_("房号"), 10), (N_("金额"), 9), (N_("怎样付"), 7),
    (N_("收款人"), 9), (N_("作废"), 11),
)  # fmt: skip
CHARGES: Sequence[Column] = (
    (N_("单号"), 16), (N_("时间"), 11), (N_("房号"), 10), (N_("应收"), 9), (N_("未收"), 9),
    (N_("收据号"), 15),
)  # fmt: skip


class Overviews(HandingMore):
    """Lists that are only read; the command line writes them into files."""

    def action_complaint_figures(self) -> None:
        """Complaints of this month by cause, by department, by month."""
        self._read(asking_overviews.complaints, _complaint_lines)

    def action_order_figures(self) -> None:
        """Departmental orders of this month by department, by cause, by month."""
        self._read(asking_overviews.orders, _order_lines)

    def action_receipt_list(self) -> None:
        """The receipts of this month."""
        self._read(asking_overviews.receipts, self._receipt_lines)

    def action_charge_list(self) -> None:
        """The charge register of this month."""
        self._read(asking_overviews.charges, self._charge_lines)

    @work(exclusive=True, group="overview")
    async def _read(self, question: Any, lines: Callable[[Any], Sequence[Line]]) -> None:
        try:
            found = await console(self).ask(question)
        except DeskError as error:
            self.say(sentence(error), clause=error.clause, refused=True)
            return
        pane, shown = self.query_one("#help", Pane), lines(found)
        pane.print(lambda width: [cut(one, width) for one in shown], anew=True)
        self.open_panel("help", pane)

    def _receipt_lines(self, found: Sequence[Any]) -> list[Line]:
        from wuye_tui.rules.money import yuan
        from wuye_tui.rules.receipts import MEANS_WORDS

        zone = console(self).desk.zone
        rows = [
            (one.number, clock(one.at, zone), one.unit, yuan(one.fen), _(MEANS_WORDS[one.means]),
             one.by_name, clock(one.voided, zone) if one.voided else "")
            for one in found
        ]  # fmt: skip
        total = sum(one.fen for one in found if not one.voided)
        told = _("本月收据 {n} 张，有效的共 {total} 元").format(n=len(rows), total=yuan(total))
        return _table(told, RECEIPTS, rows)

    def _charge_lines(self, found: Sequence[Any]) -> list[Line]:
        from wuye_tui.rules.money import yuan

        zone = console(self).desk.zone
        rows = [
            (one.source, clock(one.at, zone), one.unit, yuan(one.fen),
             yuan(one.due_fen) if one.due_fen else "", one.receipt)
            for one in found
        ]  # fmt: skip
        due = sum(one.due_fen for one in found)
        told = _("维修收费登记表，本月 {n} 张，未收 {due} 元").format(n=len(rows), due=yuan(due))
        return _table(told, CHARGES, rows)


def _table(title: str, columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[Line]:
    head = " ".join(fit(_(word), cells) for word, cells in columns)
    shown = [line((f" {title}", "title"), ground="title"), line((f" {head}", "label"))]
    for row in rows:
        cells = (fit(said, width) for said, (_word, width) in zip(row, columns, strict=True))
        shown.append(line(" " + " ".join(cells)))
    return shown if rows else [*shown, line((_("  没有。"), "dim"))]


def _complaint_lines(found: "Sequence[Statistics[Any]]") -> list[Line]:
    from wuye_tui.rules.figure_words import COMPLAINTS

    return _figure_lines(COMPLAINTS, found)


def _order_lines(found: "Sequence[Statistics[Any]]") -> list[Line]:
    from wuye_tui.rules.figure_words import ORDERS

    return _figure_lines(ORDERS, found)


def _figure_lines(counted: "Counted", found: "Sequence[Statistics[Any]]") -> list[Line]:
    shown: list[Line] = []
    figures = [one for one in counted.figures if one.cells]
    for one in found:
        columns = [(counted.by[one.by], 20), *((each.word, each.cells) for each in figures)]
        rows = []
        for code, many in [*one.rows.items(), (None, one.total)]:
            what = _("合计") if code is None else counted.named(one.by, code)
            rows.append((what, *(str(getattr(many, each.name)) for each in figures)))
        shown += _table(_(counted.title).format(month=one.month), columns, rows)
        shown.append(line())
    return shown
