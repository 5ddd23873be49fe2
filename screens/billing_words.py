"""Words of the counter: what is owed, line by line, and what has been taken."""

from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from screens.widgets.entries import Entry
from screens.widgets.painted import Line, Span, entry, fit, line
from wuye_tui.rules.locale import amount
from wuye_tui.rules.money import capitals, yuan
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_billing import Board, Less, Payment
    from wuye_tui.registers.owed import Owed

FEE, USUAL_FEE, PERIOD, UNIT, DUE, SUM, LATE = 12, 24, 8, 10, 10, 12, 10  # cells
MARKS = 2  # of the cursor and the tick
NARROW = 70  # so few cells have no room for what is nothing
LABEL = 14


def sum_of(board: "Board", ticked: Collection[str], with_late: bool = True) -> int:
    """What is to be paid in fen, late fees and all: of what is ticked, or of everything."""
    chosen = [one for one in board.account.owed if not ticked or one.debt.charge in ticked]
    late = sum(one.debt.late_fen for one in chosen) if with_late else 0
    return sum(one.debt.open_fen for one in chosen) + late


def head(board: "Board", cells: int) -> Line:
    """Whose account it is, what they owe, and what the office holds of them."""
    account = board.account
    parts: list[Span] = []
    owed = account.open_fen + account.late_fen
    if owed:
        parts.append((_("共欠 {sum}").format(sum=amount(owed)), "strong"))
    if account.late_fen:
        parts.append((_("含违约金 {sum}").format(sum=amount(account.late_fen)), "late"))
    prepaid = sum(account.prepaid.values())
    if prepaid or cells >= NARROW:
        parts.append((_("预存 {sum}").format(sum=amount(prepaid)), ""))
    if account.slips:
        parts.append((_("另有维修费 {sum}").format(sum=amount(account.slips_fen)), "soon"))
    if board.deposits:
        held = sum(fen for _word, fen in board.deposits)
        parts.append((_("押金 {sum}").format(sum=amount(held)), ""))
    right = [span for part in parts for span in (("  ", ""), part)]
    who = " ".join((*account.units, *board.names))
    room = max(8, cells - 2 - line(*right).cells)
    return line((f" {fit(who, room)}", "title"), *right, " ", ground="title")


def title(board: "Board", ticked: Collection[str], less: "Less | None" = None) -> list[Span]:
    """What F7 would take: what is ticked, or all of it from the oldest on; and that late fees are
    left out, where somebody has allowed it.
    """
    if not board.account.owed:
        return [(_(" 没有欠费；收的钱存作预存"), "title")]
    told = (amount(sum_of(board, ticked, less is None)), "title")
    shown: list[Span] = [(_(" 没打勾：从最早的收起，全收 "), ""), told]
    if ticked:
        shown = [(_(" 勾了 {n} 笔，共 ").format(n=len(ticked)), ""), told]
    late = sum_of(board, ticked) - sum_of(board, ticked, with_late=False)
    if less is not None and late:
        words = _("  不收违约金 {sum}（{name} 批准：{why}）")
        shown.append((words.format(sum=amount(late), name=less.name, why=less.why), "soon"))
    return shown


def names_of(board: "Board") -> int:
    """The cells of the longest name of a fee that is owed."""
    return max((cell_len(one.word) for one in board.account.owed), default=0)


def columns(several: bool, cells: int, names: int = 0) -> Line:
    """The heading of the columns, over names of so many cells."""
    fee, has_late = _layout(several, cells, names)
    words = [
        fit(_("费用"), fee),
        fit(_("账期"), PERIOD),
        *([fit(_("房号"), UNIT)] if several else []),
    ]
    words += [fit(_("到期"), DUE), fit(_("未收"), SUM, right=True)]
    words += [fit(_("违约金"), LATE, right=True)] if has_late else []
    return line((" " * MARKS + " ".join(words), "label"))


def entries(board: "Board", cells: int) -> list[Entry]:
    """One line a charge, the oldest first."""
    several = len(board.account.units) > 1
    layout = _layout(several, cells, names_of(board))
    return [_entry(one, board.today, several, layout) for one in board.account.owed]


def _layout(several: bool, cells: int, names: int) -> tuple[int, bool]:
    """The cells of a fee's name, and whether late fees have room: an amount is never cut, and a
    name only where there is no room for it.
    """
    rest = MARKS + PERIOD + DUE + SUM + 3 + (UNIT + 1 if several else 0)
    has_late = cells >= rest + LATE + 1 + FEE
    room = cells - rest - (LATE + 1 if has_late else 0)
    return min(max(USUAL_FEE, names), max(FEE, room)), has_late


def _entry(one: "Owed", today: date, several: bool, layout: tuple[int, bool]) -> Entry:
    debt, (wide, has_late) = one.debt, layout
    over = debt.due is not None and debt.due < today
    unit: list[Span] = [(fit(debt.unit, UNIT) + " ", "")] if several else []
    spans: list[Span] = [
        (fit(one.word, wide) + " ", "strong"),
        (fit(debt.period, PERIOD) + " ", ""),
        *unit,
        (fit(due_words(debt.due, today), DUE) + " ", "late" if over else "dim"),
        (fit(yuan(debt.open_fen), SUM, right=True), "strong"),
    ]
    if has_late:
        late = yuan(debt.late_fen) if debt.late_fen else ""
        spans.append((" " + fit(late, LATE, right=True), "late"))
    below = _below(one)
    return Entry(tuple(spans), debt.charge, ticks=True, below=(below,) if below.spans else ())


def due_words(due: date | None, today: date) -> str:
    """Until when it is to be paid, or for how long it is late."""
    if due is None:
        return ""
    days = (today - due).days
    if days > 0:
        return _("超期 {n}天").format(n=days)
    return _("今天到期") if not days else _("{day} 到期").format(day=f"{due:%m-%d}")


def _below(one: "Owed") -> Line:
    """For which days it is, and what of it has been paid or let off."""
    parts = []
    if one.begins and one.ends:
        parts.append(_("{begin} 至 {end}").format(begin=one.begins, end=one.ends))
    if one.waived_fen or one.settled_fen:
        parts.append(_("应收 {sum}").format(sum=yuan(one.fen)))
    if one.waived_fen:
        parts.append(_("减免 {sum}").format(sum=yuan(one.waived_fen)))
    if one.settled_fen:
        parts.append(_("已收 {sum}").format(sum=yuan(one.settled_fen)))
    return line((f"     {'  '.join(parts)}", "dim")) if parts else line()


def charge_lines(one: "Owed", today: date, cells: int) -> list[Line]:
    """One charge with all that is known of it."""
    debt = one.debt
    told = {
        _("房号"): debt.unit,
        _("账期"): debt.period,
        _("哪几天"): f"{one.begins} - {one.ends}" if one.begins else "",
        _("到期"): f"{debt.due}  {due_words(debt.due, today)}" if debt.due else "",
        _("应收"): amount(one.fen),
        _("减免"): amount(one.waived_fen) if one.waived_fen else "",
        _("已收"): amount(one.settled_fen) if one.settled_fen else "",
        _("未收"): amount(debt.open_fen),
        _("违约金"): amount(debt.late_fen) if debt.late_fen else "",
        _("编号"): debt.charge,
    }
    return [line((f" {one.word}", "title"), ground="title"), *labelled(told, cells)]


def labelled(told: dict[str, str], cells: int) -> list[Line]:
    """Labels with their words, those that are empty left out."""
    pairs = [(label, words) for label, words in told.items() if words]
    return [one for label, words in pairs for one in entry(f" {label}", words, cells, LABEL)]


# What has been taken


def taken_words(payment: "Payment", done: dict[str, Any]) -> str:
    """What is said when money has been taken."""
    fen, change, more = (int(done[f"{name}_fen"]) for name in ("amount", "change", "prepaid"))
    told = _("{unit} 收 {sum}（{capitals}），收据 {receipt}。")
    several = _("{unit} 等 {n} 套收 {sum}（{capitals}），收据 {receipt}。")
    said = (told if len(payment.units) == 1 else several).format(
        unit=done["unit"], n=len(payment.units), sum=amount(fen), capitals=capitals(fen),
        receipt=done["receipt"],
    )  # fmt: skip
    if change:
        said += _("找零 {sum}。").format(sum=amount(change))
    if more:
        said += _("其中 {sum} 存作预存。").format(sum=amount(more))
    return said + _("按 F8 打印收据。")


def done_lines(done: dict[str, Any], means: str) -> list[Line]:
    """The same where it stands until the next: the change is read from afar."""
    fen, change = int(done["amount_fen"]), int(done["change_fen"])
    told = _(" 已收 {sum} {means}  收据 {receipt} ").format(
        sum=amount(fen), means=means, receipt=done["receipt"]
    )
    back = _("找零 {sum}").format(sum=amount(change))
    return [line((told, "good"), *([(f" {back} ", "chosen")] if change else []))]
