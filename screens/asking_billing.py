"""The door of the counter (F6): each function is one question or one act, called in a thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from wuye_tui.desk import Desk, Result
    from wuye_tui.registers.at_counter import OpenDay
    from wuye_tui.registers.dayclose import DaySheet
    from wuye_tui.registers.owed import Account
    from wuye_tui.registers.receipts import Issued
    from wuye_tui.rules.errors import DeskError
    from wuye_tui.rules.payments import Tender
    from wuye_tui.rules.rights import Right

MOST = 9  # to choose from: one digit each
MONTH = 31  # days


@dataclass(frozen=True)
class Choice:
    """A unit that may be meant; who lives there, and what of them was found."""

    unit: str
    name: str = ""
    note: str = ""


@dataclass(frozen=True)
class Board:
    """What some units owe today, who they are, who pays usually, and why whoever sits here may take
    no money.
    """

    account: "Account"
    names: tuple[str, ...]
    deposits: tuple[tuple[str, int], ...]  # the word of each, in fen
    today: date
    refusal: "DeskError | None" = None
    payer: str = ""


@dataclass(frozen=True)
class Less:
    """That late fees are left out of the next payment: why, and who has allowed it."""

    why: str
    approver: str
    name: str
    signed: bool = False  # with their own PIN; a name alone allows nothing


@dataclass(frozen=True)
class Payment:
    """Money as it is to be taken: for which units, what of theirs, by which means."""

    units: tuple[str, ...]
    tenders: "tuple[Tender, ...]"
    charges: tuple[str, ...] = ()
    prepay: bool = False
    given: int | None = None
    payer: str = ""
    late_why: str = ""  # why late fees are left out, and who has allowed it
    approver: str = ""
    proven: tuple[str, ...] = ()  # whoever of them gave their own PIN

    @property
    def said(self) -> list[Any]:
        """The same in plain values: another one is another payment."""
        money = [[one.means, one.fen] for one in self.tenders]
        less = [self.payer, self.late_why, self.approver]
        return [list(self.units), money, list(self.charges), self.prepay, self.given, *less]


@dataclass(frozen=True)
class Paid:
    """A receipt, what it was for, and by which means how much; money in fen."""

    issued: "Issued"
    lines: tuple[tuple[str, int], ...]
    means: str


def admit(desk: "Desk") -> None:
    """Raises NotAllowed for whoever neither takes money nor answers those who ask what they owe."""
    from wuye_tui.registers import seeing_accounts

    seeing_accounts.admit(desk)


def board(desk: "Desk", units: Sequence[str]) -> Board:
    """The account of some units. Raises NotAllowed, UnknownUnit, AmbiguousUnit."""
    from wuye_tui.registers import owed
    from wuye_tui.registers.lookups import Registry
    from wuye_tui.registers.payers import payer_of
    from wuye_tui.rules.refusals import NotAllowed
    from wuye_tui.rules.rights import Right
    from wuye_tui.words import _

    admit(desk)
    who, account = desk.actor(), owed.account(desk, units)
    with desk.read() as session:
        registry = Registry(session, desk.site)
        homes = [registry.residents(registry.find_unit(one).id) for one in account.units]
        payer = payer_of(registry, account.units)
    names = tuple(dict.fromkeys(person.name for people in homes for person in people))
    known = {one.code: one for one in desk.reference.fees}
    deposits = tuple((owed.fee_word(known, fee), fen) for fee, fen in account.deposits.items())
    refusal = NotAllowed(who.name, _("收款"), Right.TAKE_MONEY, "FW-1.6")
    may = who.may(Right.TAKE_MONEY)
    today = desk.calendar.day_of(desk.now())
    return Board(account, names, deposits, today, None if may else refusal, payer)


def meant(desk: "Desk", parts: Sequence[str]) -> tuple[tuple[str, ...], tuple[Choice, ...]]:
    """The units that were typed, each part one of them; or those of which one is meant, and none
    where nothing was found. Raises NotAllowed, and UnknownUnit for one part of several.
    """
    from wuye_tui.registers import owed
    from wuye_tui.rules.errors import AmbiguousUnit, UnknownUnit

    admit(desk)
    try:
        return owed.account(desk, parts).units, ()
    except AmbiguousUnit as error:
        return (), _living_there(desk, error.choices[:MOST])
    except UnknownUnit:
        if len(parts) > 1:
            raise
    (typed,) = parts
    if len(words := typed.split()) > 1:  # a family's rooms; one alone may be written with blanks
        try:
            return owed.account(desk, words).units, ()
        except (AmbiguousUnit, UnknownUnit):
            pass
    found = _looked_for(desk, typed)
    alone = len(found) == 1
    return ((found[0].unit,), ()) if alone else ((), found[:MOST])


def _living_there(desk: "Desk", units: Sequence[str]) -> tuple[Choice, ...]:
    """These units, with whoever lives there."""
    from wuye_tui.registers.lookups import Registry

    with desk.read() as session:
        registry = Registry(session, desk.site)
        people = [registry.residents(registry.find_unit(one).id) for one in units]
    return tuple(
        Choice(one, " ".join(person.name for person in there))
        for one, there in zip(units, people, strict=True)
    )


def _looked_for(desk: "Desk", typed: str) -> tuple[Choice, ...]:
    """The units of what the box for everything finds, the best first."""
    from screens.wording import ROLES
    from wuye_tui.registers.search import search
    from wuye_tui.words import _

    found: dict[str, Choice] = {}
    for hit in search(desk, typed):
        if hit.unit:
            role = _(ROLES.get(hit.role, hit.role)) if hit.role else ""
            note = " ".join(filter(None, (role, hit.phone, hit.plate)))
            found.setdefault(hit.unit, Choice(hit.unit, hit.name, note))
    return tuple(found.values())


def take(desk: "Desk", payment: Payment, key: str) -> "Result":
    """Takes money, in one act. Raises what `counter.take` refuses."""
    from wuye_tui.registers import counter

    return desk.perform(
        "payments.take",
        lambda act: counter.take(
            act,
            payment.units,
            payment.tenders,
            charges=payment.charges,
            prepay=payment.prepay,
            given=payment.given,
            payer=payment.payer,
            late_why=payment.late_why,
            approver=payment.approver,
            proven=payment.proven,
        ),
        key,
    )


def receipts(desk: "Desk") -> "list[Issued]":
    """The receipts of today, the latest first."""
    from wuye_tui.registers import receipts

    today = desk.calendar.day_of(desk.now())
    begin, end = (desk.calendar.moment(one) for one in (today, today + timedelta(days=1)))
    return receipts.list_receipts(desk, begin, end)[::-1]


def to_void(desk: "Desk") -> "list[Issued]":
    """The receipts in force of the days that are not closed, and of today, the latest first; no
    more than a month back.
    """
    from wuye_tui.registers import at_counter, receipts

    today = desk.calendar.day_of(desk.now())
    first = next((one.day for one in at_counter.open_days(desk)), today)
    begin = desk.calendar.moment(max(first, today - timedelta(days=MONTH)))
    return [one for one in receipts.list_receipts(desk, begin) if not one.voided][::-1]


def receipt(desk: "Desk", number: str) -> Paid:
    """One receipt. Raises UnknownReceipt."""
    from wuye_tui.registers import receipts
    from wuye_tui.registers.receipt_lines import lines_of, means_words
    from wuye_tui.rules.receipts import MEANS_WORDS
    from wuye_tui.words import _

    one = receipts.show(desk, number)
    if not receipts.is_payment(one.source):
        return Paid(one, ((f"{_('维修费')} {one.source}", one.fen),), _(MEANS_WORDS[one.means]))
    lines, paid = lines_of(desk, one.source)
    return Paid(one, tuple(lines), means_words(paid))


def signers(desk: "Desk", right: "Right") -> list[str]:
    """Who may sign besides whoever sits here, by number."""
    from wuye_tui.registers import console

    able = console.entitled(console.colleagues(desk), right)
    return [one.number for one in able if one.number != desk.staff]


def void(desk: "Desk", second: "Desk", number: str, reason: str, key: str) -> "Result":
    """Makes a receipt void; `second` is the desk with whoever has just proved who they are."""
    from wuye_tui.registers import receipts

    assert desk.site == second.site
    return desk.perform(
        "payments.void",
        lambda act: receipts.void(act, number, reason, second.staff, (second.staff,)),
        key,
    )


def day_sheet(desk: "Desk") -> "DaySheet":
    """What today has taken so far. Raises NotAllowed."""
    from wuye_tui.registers import dayclose

    admit(desk)
    return dayclose.day_sheet(desk)


def to_close(desk: "Desk") -> "list[OpenDay]":
    """The days that can be closed, the oldest first: refused before anybody counts. Raises
    NotAllowed, ClosedAlready.
    """
    from wuye_tui.registers import at_counter, dayclose
    from wuye_tui.rules.refusals import NotAllowed
    from wuye_tui.rules.rights import Right
    from wuye_tui.words import _

    who = desk.actor()
    if not who.may(Right.BILL):
        raise NotAllowed(who.name, _("日结"), Right.BILL, "FW-4.3")
    found = at_counter.open_days(desk)
    if not found:
        raise dayclose.ClosedAlready(desk.calendar.day_of(desk.now()))
    return found


def in_order(desk: "Desk", day: date) -> None:
    """Raises EarlierOpen where a day before this one has to be closed first."""
    from wuye_tui.registers import dayclose

    with desk.read() as session:
        dayclose.refuse_out_of_order(session, desk.site, day)


def takers(desk: "Desk") -> list[tuple[str, str]]:
    """Those of finance and above who may be handed a day's cash, by number and name."""
    from wuye_tui.registers import console
    from wuye_tui.rules.rights import Right

    able = console.entitled(console.colleagues(desk), Right.BILL)
    return [(one.number, one.name) for one in able if one.number != desk.staff]


def close_day(
    desk: "Desk", day: date, cash: int, why: str, to: str, key: str
) -> "tuple[Result | None, DeskError | None]":
    """Closes a day with what was counted, in fen; or says that the ledger has another sum, and
    nobody said why. Raises what `dayclose.close_day` refuses besides.
    """
    from wuye_tui.registers import dayclose

    try:
        done = desk.perform(
            "bills.close", lambda act: dayclose.close_day(act, day, cash, why, to), key
        )
    except dayclose.DrawerDiffers as error:
        return None, error
    return done, None
