"""All that is done about words of people, once: files opened, people taken out, words erased."""

from datetime import timedelta

from sqlmodel import col

from tests.factories import rows_of
from wuye_tui.desk import Desk
from wuye_tui.registers import erasing, files, people, retention, revealing
from wuye_tui.rules.files import PARTS
from wuye_tui.store.tables import Person, UnitPerson

REASON, UNIT = "本人要求", "12-1-1203"


def opened(desk: Desk, unit: str = UNIT, *parts: str) -> str:
    """The number of a file that KF01 opened with KF03."""
    done = desk.perform(
        "files.open",
        lambda act: files.open_file(act, unit, REASON, "KF03", ("KF03",), parts or PARTS),
    )
    return str(done["number"])


def moved_out(desk: Desk, name: str) -> str:
    """Somebody left yesterday; their id."""
    (person,) = rows_of(desk, Person, col(Person.name) == name)
    yesterday = desk.calendar.day_of(desk.now()) - timedelta(days=1)
    (link,) = rows_of(desk, UnitPerson, col(UnitPerson.person) == person.id)
    with desk.act("test") as act:
        key = {"unit": link.unit, "person": link.person, "role": link.role}
        act.update(UnitPerson, {**key, "until": yesterday})
    return person.id


def erased(desk: Desk, person: str) -> dict[str, object]:
    """What KF04 took out with ZJ01."""
    return desk.as_staff("KF04").perform(
        "people.erase", lambda act: erasing.erase_person(act, person, REASON, "ZJ01", ("ZJ01",))
    )


def all_of_it(desk: Desk, matter: str = "") -> None:
    """Every question and every act."""
    files.read(desk, opened(desk))
    files.openings(desk, unit=UNIT)
    people.everybody(desk)
    people.taken_out(desk.as_staff("KF04"), REASON, full=True)
    if matter:
        revealing.reveal_matter(desk, matter, REASON)
    retention.report(desk)
    retention.apply(desk.as_staff("KF04"), (), REASON, "ZJ01", ("ZJ01",))
    erased(desk, moved_out(desk, "徐静"))
    retention.erasures(desk)
