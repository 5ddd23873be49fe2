"""A line typed at the desk, taken, and what it has left in the registers."""

from sqlalchemy import update
from sqlmodel import col

from wuye_tui.desk import Desk
from wuye_tui.registers import contacts, hearing
from wuye_tui.registers.proposals import accept
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Person

PLATE = "粤B12345"


def typed(desk: Desk, line: str, **given: str) -> Result:
    found = hearing.understand(desk, line)
    return desk.perform("call.line", lambda act: accept(act, found, **given))


def last(desk: Desk) -> contacts.ContactRow:
    return contacts.listed(desk)[0]


def numbers(desk: Desk) -> list[str]:
    return [row.number for row in queue(desk, Wanted())]


def drives(desk: Desk, name: str, plate: str) -> None:
    def mark(act: Act) -> Result:
        act.session.execute(update(Person).where(col(Person.name) == name).values(plate=plate))
        return {}

    desk.perform("mark", mark)
