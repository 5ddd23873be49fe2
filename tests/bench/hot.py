"""What is asked all day long, and must not grow dearer with the years."""

from collections.abc import Callable
from typing import Final

from tests.bench import maker
from tests.bench.maker import typed
from wuye_tui.desk import Desk
from wuye_tui.registers import callbacks, console, contacts, handovers, owed, people, unit_card
from wuye_tui.registers.callback_summary import summary
from wuye_tui.registers.queue import queue
from wuye_tui.registers.search import search
from wuye_tui.rules.months import Month

HOME: Final = maker.label(7)
HOT: Final[dict[str, Callable[[Desk], object]]] = {
    "queue": queue,
    "news": console.heartbeat,
    "people by initials": lambda desk: people.find(desk, people.keys_of(maker.name(21))[0][:3]),
    "people by phone": lambda desk: people.find(desk, maker.phone(21)[-4:]),
    "people by room": lambda desk: people.find(desk, HOME),
    "box, name": lambda desk: search(desk, maker.name(21)),
    "box, initials": lambda desk: search(desk, people.keys_of(maker.name(21))[0][:3]),
    "box, phone": lambda desk: search(desk, maker.phone(21)[-4:]),
    "box, room": lambda desk: search(desk, HOME),
    "box, number": lambda desk: search(desk, "PG-20261101-001"),
    "unit card": lambda desk: unit_card.card(desk, HOME),
    "handover": handovers.now,
    "callbacks due": callbacks.waiting,
    "callback summary": lambda desk: summary(desk, Month(2026, 10)),
    "calls left": contacts.left,
    "calls of today": lambda desk: contacts.listed(desk, desk.now()),
    "what a home owes": lambda desk: owed.account(desk, [HOME]),
    "typed line": typed,
}
