"""Everything that is done to an office besides the lives of slips, as lines at a command line.

Each play begins with an office made ready for it, and is played from its beginning in every life.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.faults import plays_desk as desk
from tests.faults import plays_money as money
from tests.faults.typist import Typist


def _nothing(typist: Typist) -> None:
    """Nothing has to be made ready."""


@dataclass(frozen=True)
class Play:
    """What is done and may be killed, what its acts are called, what is made ready in peace."""

    name: str
    done: Callable[[Typist], None]
    acts: tuple[str, ...]
    ready: Callable[[Typist], None] = _nothing


PLAYS = (
    Play(
        "calls",
        desk.calls,
        (
            "call.add",
            "call.leave",
            "call.line",
            "call.ring",
            "call.hang_up",
            "ring.answer",
            "ring.call_back",
            "ring.release",
            "call.join",
            "call.withdraw",
            "call.answered",
            "undo",
        ),
    ),
    Play(
        "telephone directory",
        desk.numbers,
        ("directory.set", "directory.check", "directory.remove"),
    ),
    Play(
        "staff",
        desk.staff,
        (
            "staff.add",
            "staff.leave",
            "staff.return",
            "pin set",
            "pin tried",
            "pin accepted",
            "pin refused",
            "staff.reveal",
        ),
    ),
    Play(
        "imports",
        desk.sheets,
        ("people.import", "units.import", "staff.import", "tariff.import", "directory.import"),
    ),
    Play(
        "fees",
        money.fees,
        (
            "fees.set",
            "fees.term",
            "fees.pool",
            "bills.begin",
            "bills.prepare",
            "bills.publish",
            "fees.end_term",
        ),
        money.fees_ready,
    ),
    Play(
        "bills",
        money.bills,
        (
            "bills.begin",
            "bills.prepare",
            "bills.publish",
            "bills.withdraw",
            "bills.charge",
            "bills.waive",
            "bills.reverse",
            "bills.spend",
            "bills.unspend",
            "bills.close",
        ),
        money.fees_ready,
    ),
    Play(
        "a run taken over",
        money.given_up,
        ("bills.begin", "bills.drop", "bills.prepare", "bills.publish"),
        money.fees_ready,
    ),
    Play("opening balances", money.books, ("bills.opening",), money.fees_ready),
    Play(
        "money",
        money.money,
        (
            "payments.take",
            "bills.charge",
            "payments.use_prepaid",
            "payments.deposit",
            "payments.refund",
            "receipts.invoiced",
            "receipts.print",
            "repair.void_receipt",
            "payments.void",
        ),
        money.money_ready,
    ),
    Play(
        "meter readings",
        money.readings,
        ("readings.import", "readings.add", "readings.correct", "readings.off"),
        money.fees_ready,
    ),
    Play(
        "arrears",
        money.dunned,
        ("dunning.remind", "dunning.promise", "payments.take", "dunning.paid"),
        money.money_ready,
    ),
    Play(
        "dunning to its end",
        money.dunned_on,
        (
            "dunning.remind",
            "dunning.dispute",
            "dunning.stop",
            "dunning.letter",
            "dunning.manager",
            "dunning.lawyer",
        ),
        money.money_ready,
    ),
    Play(
        "rosters",
        desk.rosters,
        (
            "rosters.generate",
            "rosters.publish",
            "rosters.keep",
            "rosters.swap",
            "rosters.wish",
            "rosters.unwish",
            "rosters.leave",
            "rosters.leave.cancel",
            "rosters.absent",
            "duty.start",
            "handover.force",
            "rosters.missed",
        ),
        desk.rosters_ready,
    ),
    Play(
        "nights",
        desk.nights,
        (
            "repair.register",
            "duty.away",
            "duty.back",
            "repair.take",
            "call.line",
            "call.settled",
            "repair.countersign",
            "daycheck.sign",
            "tick.late",
            "tick.runs_on",
        ),
        desk.nights_ready,
    ),
    Play(
        "duties",
        desk.held,
        (
            "duty.start",
            "handover.register",
            "handover.give",
            "handover.receive",
            "duty.continue",
            "handover.force",
        ),
    ),
    Play(
        "by itself",
        desk.late,
        (
            "duty.start",
            "repair.register",
            "call.ring",
            "tick.late",
            "tick.release",
            "tick.open",
            "tick.runs_on",
        ),
    ),
    Play(
        "overdue",
        desk.overdue,
        (
            "order.register",
            "order.issue",
            "order.urge",
            "order.note",
            "order.receive",
            "repair.escalate",
            "order.escalate",
            "order.give_up",
            "tick.late",
            "tick.escalate",
        ),
        desk.overdue_ready,
    ),
    Play(
        "duty log",
        desk.log,
        (
            "duty.start",
            "entry.write",
            "entry.correct",
            "task.register",
            "task.receive",
            "task.finish",
            "task.redo",
            "task.recheck",
            "tick.open",
            "tick.runs_on",
            "reading.instruct",
            "reading.read",
        ),
        desk.log_ready,
    ),
    Play(
        "callbacks",
        desk.called,
        (
            "callback.visit",
            "callback.cancel",
            "duty.start",
            "callback.try",
            "handover.give",
            "handover.accept",
            "callback.unreachable",
        ),
        desk.called_ready,
    ),
    Play(
        "archive",
        desk.filed,
        (
            "archive.back",
            "repair.complete",
            "archive.file",
            "tick.open",
            "daycheck.open",
            "tick.late",
            "archive.week",
            "weekfile.file",
        ),
        desk.filed_ready,
    ),
    Play(
        "asked and shown",
        desk.asked,
        (
            "notice.register",
            "notice.answer",
            "callback.visit",
            "people.reveal",
            "calls.reveal",
            "repair.register",
            "slips.reveal",
        ),
    ),
    Play(
        "files, passwords, erasure",
        desk.seen,
        (
            "files.open",
            "people.export",
            "call.add",
            "workstations.enrol",
            "password set",
            "password tried",
            "password accepted",
            "password refused",
            "workstations.revoke",
            "retention.apply",
            "people.erase",
        ),
        desk.seen_ready,
    ),
)
