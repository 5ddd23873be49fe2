"""The door of the counter's forms: what each needs to know, and the act that it is saved as.

Called in a thread, like everything in `asking`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from screens.asking import Sheet
from screens.asking_billing import Less

if TYPE_CHECKING:
    from wuye_tui.desk import Act, Desk, Result
    from wuye_tui.registers.at_counter import Given
    from wuye_tui.registers.owed import Account, Owed
    from wuye_tui.rules.fee_kinds import How
    from wuye_tui.rules.lifecycle import Row

REMIND = "register"  # the first reminder of a unit: no dunning is open yet
Choices = tuple[tuple[str, str], ...]  # code and word of each
_NAMES = {
    "deposit": "payments.deposit", "refund": "payments.refund", "refund_receipt": "payments.refund",
    "waive": "bills.waive", "charge": "bills.charge", "reverse": "bills.reverse",
    REMIND: "dunning.remind",
}  # fmt: skip


@dataclass(frozen=True)
class CounterSheet(Sheet):
    """What a form of the counter needs: of which units, and about which charge or receipt."""

    units: tuple[str, ...] = ()
    about: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)

    @property
    def facts(self) -> Mapping[str, Any]:
        """What is known of the account; `text` is what the form is about, in words."""
        return self.told


def sheet(desk: "Desk", verb: str, units: Sequence[str], about: str) -> CounterSheet:
    """What the form of something at the counter needs; refused before anything is typed. Raises
    NotAllowed, UnknownUnit, UnknownCharge, UnknownReceipt.
    """
    from wuye_tui.registers import console, owed
    from wuye_tui.registers.at_counter import held
    from wuye_tui.registers.lookups import Registry
    from wuye_tui.registers.payers import payer_of
    from wuye_tui.rules import counter_asks
    from wuye_tui.rules.money import yuan
    from wuye_tui.rules.refusals import NotAllowed
    from wuye_tui.words import _

    row = _first_reminder() if verb == REMIND else counter_asks.ROWS[verb]
    who = desk.actor()
    if not who.may(row.who):
        raise NotAllowed(who.name, _(row.word), row.who, row.clause)
    account = owed.account(desk, units)
    with desk.read() as session:
        payer = payer_of(Registry(session, desk.site), account.units)
    told: dict[str, Any] = {
        "unit": " ".join(account.units),
        "several": len(account.units) > 1,
        "paid_by": payer,
        "text": _about(desk, verb, account, about),
    }
    choices = _choices(desk, verb, account)
    told |= {name: given[0][0] for name, given in choices.items() if len(given) == 1}
    if verb == "refund" and len(choices["held"]) == 1:
        told["sum"] = yuan(held(desk, account.units)[choices["held"][0][0]])
    return CounterSheet(
        None, _with(row, choices), console.colleagues(desk), (), units=account.units, about=about,
        told=told,
    )  # fmt: skip


def _first_reminder() -> "Row":
    """The first reminder, of a unit that is known."""
    from wuye_tui.rules.dunning import DUNNING
    from wuye_tui.rules.lifecycle import NEW

    row = DUNNING.row("register", NEW)
    assert row is not None
    return replace(row, ask=tuple(ask for ask in row.ask if ask.name != "unit"))


def _with(row: "Row", choices: Mapping[str, Choices]) -> "Row":
    """The same row with the choices that this account has."""
    asked = (
        replace(ask, choices=choices[ask.name]) if ask.name in choices else ask for ask in row.ask
    )
    return replace(row, ask=tuple(asked))


def _choices(desk: "Desk", verb: str, account: "Account") -> dict[str, Choices]:
    from wuye_tui.rules.fee_kinds import How

    homes = tuple((one, one) for one in account.units)
    match verb:
        case "deposit":
            return {"home": homes, "fee": _fees(desk, How.DEPOSIT)}
        case "charge":
            return {"home": homes, "fee": _fees(desk, How.ONCE)}
        case "refund":
            return {"held": _held_words(desk, account)}
    return {}


def _fees(desk: "Desk", how: "How") -> Choices:
    return tuple((one.code, one.word) for one in desk.reference.fees if one.how is how)


def _held_words(desk: "Desk", account: "Account") -> Choices:
    from wuye_tui.registers.at_counter import held
    from wuye_tui.registers.owed import fee_word
    from wuye_tui.rules.locale import amount
    from wuye_tui.words import _

    known = {one.code: one for one in desk.reference.fees}
    found = []
    for code, fen in held(desk, account.units).items():
        unit, _blank, fee = code.partition(" ")
        word = fee_word(known, fee) if fee else _("预存")
        where = f"{unit} " if len(account.units) > 1 else ""
        found.append((code, f"{where}{word} {amount(fen)}"))
    return tuple(found)


def _about(desk: "Desk", verb: str, account: "Account", about: str) -> str:
    """What the form is about, in words: the charge, the receipt, the late fees."""
    from wuye_tui.registers import receipts
    from wuye_tui.rules.locale import amount
    from wuye_tui.words import _

    match verb:
        case "waive" | "reverse":
            one = _charge(account, about)
            told = _("{fee} {period}，未收 {open}")
            debt = one.debt
            return told.format(fee=one.word, period=debt.period, open=amount(debt.open_fen))
        case "refund_receipt":
            issued = receipts.show(desk, about)
            return _("收据 {number}，{sum}").format(number=about, sum=amount(issued.fen))
        case "no_late":
            return _("违约金 {late}").format(late=amount(account.late_fen))
    return ""


def _charge(account: "Account", charge: str) -> "Owed":
    """An open charge. Raises NotOwed."""
    from wuye_tui.rules.payments import NotOwed

    found = next((one for one in account.owed if one.debt.charge == charge), None)
    if found is None:
        raise NotOwed(charge)
    return found


def given_receipts(desk: "Desk", units: Sequence[str]) -> "list[Given]":
    """The receipts of closed days that can be given back. Raises NotAllowed."""
    from wuye_tui.registers.at_counter import of_closed_days
    from wuye_tui.rules.counter_asks import REFUND_RECEIPT
    from wuye_tui.rules.refusals import NotAllowed
    from wuye_tui.words import _

    who = desk.actor()
    if not who.may(REFUND_RECEIPT.who):
        raise NotAllowed(who.name, _("退款"), REFUND_RECEIPT.who, REFUND_RECEIPT.clause)
    return of_closed_days(desk, units)


def leave_out(desk: "Desk", given: Mapping[str, Any], approver: "Desk") -> Less:
    """That late fees are left out of the next payment, if whoever has just proved who they are may
    allow it; nothing is written. Raises WhyLess, NotAllowed, AloneLess.
    """
    from wuye_tui.registers import at_counter, console

    why = str(given.get("why", ""))
    number = at_counter.allowed(desk, why, approver.staff, (approver.staff,))
    names = {one.number: one.name for one in console.colleagues(desk)}
    return Less(why, number, names.get(number, number), True)


def write(
    desk: "Desk", about: CounterSheet, given: Mapping[str, Any], second: "Desk | None", key: str
) -> "Result":
    """What a form of the counter says, in one act; `second` is the desk with whoever has just
    proved who they are. Raises what the register refuses.
    """
    verb = about.row.verb
    signed = second.staff if second is not None else ""
    return desk.perform(_NAMES[verb], lambda act: _write(act, about, given, signed), key)


def _write(act: "Act", about: CounterSheet, given: Mapping[str, Any], second: str) -> "Result":
    from wuye_tui.registers import arrears, counter, giving_back, receipts
    from wuye_tui.rules.fee_kinds import fee_named
    from wuye_tui.rules.money import parse_yuan
    from wuye_tui.rules.payments import Tender

    said = {name: str(answer) for name, answer in given.items()}
    home = said.get("home") or about.units[0]
    why, proven = said.get("why", ""), (second,)
    fen = parse_yuan(said["sum"]) if "sum" in said else 0
    match about.row.verb:
        case "deposit":
            fee = fee_named(act.reference.fees, said["fee"])
            money = [Tender(said["means"], fen)]
            return counter.take_deposit(act, home, fee, money, said.get("paid_by", ""))
        case "refund":
            unit, _blank, deposit = said["held"].partition(" ")
            back = Tender(said["means"], fen)
            return giving_back.refund(act, unit, back, why, second, proven, deposit)
        case "refund_receipt":
            return receipts.refund(act, about.about, why, second, proven)
        case "waive":
            return giving_back.waive(act, about.about, fen, why, second, proven)
        case "reverse":
            return giving_back.reverse(act, about.about, why, second, proven)
        case "charge":
            fee = fee_named(act.reference.fees, said["fee"])
            return counter.charge_once(act, home, fee, fen, said.get("what", ""))
    return arrears.remind(act, home, **given)
