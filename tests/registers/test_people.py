"""Finding people, and seeing their telephones.

* by initials, pinyin, characters, a room in any spelling, the tail of a telephone, a plate
* the best first; whoever has moved out is in no unit; no more than were asked for
* any text is an answer, never an error, and its wildcards are letters
* telephones are masked; a whole one costs an act with a reason, which keeps no number
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlmodel import col

from tests.hostile import HOSTILE
from wuye_tui.desk import Desk
from wuye_tui.registers import people
from wuye_tui.registers.people import NoReason, UnknownPerson, find
from wuye_tui.rules.errors import DeskError
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.chain import seal
from wuye_tui.store.tables import Audit, Person, PersonKey, Private, Unit, UnitPerson
from wuye_tui.store.tables.base import new_id

# Name, telephone, plate, and where they are what, some of them no longer.
RESIDENTS: tuple[tuple[str, str, str, tuple[tuple[str, str, bool], ...]], ...] = (
    ("单雄信", "13911112222", "浙A12345", (("3-1-502", "tenant", True),)),
    ("陈丽", "13922223333", "", (("3-1-501", "family", True), ("12-1-1203", "owner", True))),
    ("陈", "0571-88157788", "浙AD12345", (("5-1-101", "family", True),)),
    ("小陈丽", "13933334444", "", (("6-1-301", "emergency", True),)),
    ("吕不韦", "13944441234", "", (("6-1-301", "owner", True),)),
    ("John_Smith", "13955550000", "沪C1234学", (("B1-A035", "owner", True),)),
    ("100%", "13966660000", "", (("6-1-301", "tenant", False),)),
    ("郑志", "13977770999", "", ()),
)


@pytest.fixture
def homes(desk: Desk) -> Desk:
    """The office with more residents, all of them found by pinyin, and a parking space."""
    desk.perform("seed", move_in)
    return desk


@pytest.fixture
def any_homes(any_desk: Desk) -> Desk:
    """The same on SQLite, then on PostgreSQL."""
    any_desk.perform("seed", move_in)
    return any_desk


def move_in(act: Act) -> Result:
    """Writes the residents above, and keys of everybody's name."""
    act.add(
        Unit(
            site=act.site, id=new_id(), label="B1-A035", building="B1", room="A035",
            kind="parking", flags=[],
        )
    )  # fmt: skip
    act.session.flush()
    units = dict(act.session.execute(select(col(Unit.label), col(Unit.id))).tuples().all())
    for name, phone, plate, places in RESIDENTS:
        person = Person(
            site=act.site, id=new_id(), name=name, phone=phone,
            phone_tail=people.phone_tail(phone), plate=plate,
        )  # fmt: skip
        act.add(person)
        act.session.flush()
        for label, role, stays in places:
            until = None if stays else date(2026, 1, 1)
            act.add(
                UnitPerson(
                    site=act.site, unit=units[label], person=person.id, role=role, until=until
                )
            )
    for found in act.session.execute(select(Person)).scalars().all():
        act.add(
            *(
                PersonKey(site=act.site, key=key, person=found.id)
                for key in people.keys_of(found.name)
            )
        )
    return {}


def names(found: Sequence[dict[str, Any]]) -> list[str]:
    return [row["name"] for row in found]


def places(found: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(row["name"], row["unit"]) for row in found]


SAID: tuple[tuple[str, list[str]], ...] = (
    ("sxx", ["单雄信"]),
    ("dxx", ["单雄信"]),
    ("shan", ["单雄信"]),
    ("ShanXiongXin", ["单雄信"]),
    ("lbw", ["吕不韦"]),
    ("lvbuwei", ["吕不韦"]),
    ("lü bu wei", ["吕不韦"]),
    ("lvbw", []),
    ("js", ["John_Smith"]),
    ("smith", ["John_Smith"]),
    ("吕", ["吕不韦"]),
    ("3333", ["陈丽", "陈丽"]),
    ("13922223333", ["陈丽", "陈丽"]),
    ("139 2222 3333", ["陈丽", "陈丽"]),
    ("788", ["陈"]),
    ("0571-88157788", ["陈"]),
    ("057188157788", ["陈"]),
    ("34", []),
    ("浙A12345", ["单雄信"]),
    ("浙a·12345", ["单雄信"]),
    ("A12345", ["单雄信"]),
    ("c1234", ["John_Smith"]),
    ("浙A", []),
    ("郑志", ["郑志"]),
)
ROOM = ("3-1-502", "3栋1单元502", "３－１－５０２", "3 1 502", "三栋一单元502室", " 3-1-0502 ")


def test_somebody_is_found_by_what_the_caller_says(any_homes: Desk) -> None:
    assert [(typed, names(find(any_homes, typed))) for typed, _expected in SAID] == list(SAID)


def test_a_room_in_any_spelling_shows_who_lives_there(any_homes: Desk) -> None:
    for typed in ROOM:
        found = find(any_homes, typed)
        assert places(found) == [("单雄信", "3-1-502"), ("陈立", "3-1-502")]
        assert [row["role"] for row in found] == ["tenant", "owner"]


def test_a_room_without_its_entrance_shows_every_room_that_it_may_be(any_homes: Desk) -> None:
    assert {row["unit"] for row in find(any_homes, "3-502")} == {"3-1-502", "3-2-502"}


def test_the_beginning_of_a_label_and_a_parking_space_are_rooms_too(homes: Desk) -> None:
    assert {row["unit"] for row in find(homes, "3-1-")} == {"3-1-501", "3-1-502"}
    assert places(find(homes, "b1-a035")) == [("John_Smith", "B1-A035")]


def test_a_bare_number_is_the_tail_of_a_telephone_before_it_is_a_room(homes: Desk) -> None:
    assert [(row["name"], row["how"]) for row in find(homes, "1234")] == [
        ("吕不韦", "phone"),
        ("陈立", "phone"),
    ]
    assert {row["unit"] for row in find(homes, "502")} == {"3-1-502", "3-2-502"}


def test_whoever_has_two_units_is_shown_in_both_but_a_room_shows_itself(homes: Desk) -> None:
    assert {row["unit"] for row in find(homes, "陈丽") if row["name"] == "陈丽"} == {
        "3-1-501",
        "12-1-1203",
    }
    assert ("陈丽", "12-1-1203") not in places(find(homes, "3-1-501"))


def test_whoever_has_moved_out_is_found_without_a_unit(homes: Desk) -> None:
    assert places(find(homes, "100%")) == [("100%", "")]
    assert "100%" not in names(find(homes, "6-1-301"))


def test_the_best_come_first(homes: Desk) -> None:
    assert names(find(homes, "陈"))[0] == "陈"
    assert names(find(homes, "陈丽"))[-1] == "小陈丽"
    by_initials = names(find(homes, "cl"))
    assert set(by_initials) == {"陈丽", "陈立"}


def test_no_more_than_were_asked_for(homes: Desk) -> None:
    assert len(find(homes, "c")) > 2
    assert len(find(homes, "c", limit=2)) == 2
    assert find(homes, "c", limit=0) == find(homes, "c", limit=-5) == []
    assert len(find(homes, "c", limit=10**9)) < 20


def test_wildcards_are_letters_like_any_other(any_homes: Desk) -> None:
    assert names(find(any_homes, "%")) == ["100%"]
    assert names(find(any_homes, "_")) == ["John_Smith"]
    for wildcard in ("1_0%", "陈%", "c%", "c*", "139%", "'", "\\", "/", "3-1-5%", "___"):
        assert find(any_homes, wildcard) == []


def test_no_text_is_an_error(any_homes: Desk) -> None:
    long = ("9" * 5000, "陈" * 5000, "３" * 300, "a" * 5000)
    for text in (*HOSTILE.values(), *long, "", " ", "\n", "-", "+", "z"):
        assert isinstance(find(any_homes, text), list)


@settings(
    max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    st.one_of(
        st.text(st.characters(codec=None), max_size=30),
        st.text("0123456789-+ abzABZ浙陈栋单元室·%_'\x00\ud800", max_size=14),
    )
)
def test_no_text_at_all_is_an_error(desk: Desk, text: str) -> None:
    assert isinstance(find(desk, text), list)


def test_telephones_are_masked(homes: Desk) -> None:
    assert [row["phone"] for row in find(homes, "吕不韦")] == ["139****1234"]
    assert "13911112222" not in str(find(homes, "3-1-502"))


def test_a_whole_telephone_is_an_act_that_keeps_the_reason_and_no_number(any_homes: Desk) -> None:
    one = find(any_homes, "吕不韦")[0]["person"]
    assert people.phone_of(any_homes, one, "回复 吕不韦 的投诉") == "13944441234"
    line, private = last_look(any_homes)
    assert (line.what, line.by) == ("people.reveal", "KF01")
    assert [looked["person"] for looked in line.result["looked"]] == [one]
    assert "1234" not in str(line.result)
    assert "吕不韦" not in str(line.result)
    assert private[0].words == "回复 吕不韦 的投诉"
    said = {"name": "", "phone": "", "address": "", "words": private[0].words, "more": {}}
    assert line.result["looked"][0]["reason"] == seal(private[0].salt, said)


def test_a_list_with_whole_telephones_is_one_act_about_everybody_in_it(homes: Desk) -> None:
    found = find(homes, "3-1-502", full=True, reason="停水通知")
    assert [row["phone"] for row in found] == ["13911112222", "13800001234"]
    line, private = last_look(homes)
    assert [looked["person"] for looked in line.result["looked"]] == [
        row["person"] for row in found
    ]
    assert len(private) == 2


def test_without_a_reason_no_telephone_and_no_act(homes: Desk) -> None:
    one = find(homes, "吕不韦")[0]["person"]
    before = acts(homes)
    with pytest.raises(NoReason):
        find(homes, "吕不韦", full=True)
    for reason in ("", "  ", "\u3000"):
        with pytest.raises(NoReason):
            people.phone_of(homes, one, reason)
    with pytest.raises(UnknownPerson):
        people.phone_of(homes, "nobody", "x")
    with pytest.raises(DeskError):
        people.phone_of(homes, one, "\x1b[2J")
    assert find(homes, "nobody at all", full=True) == []
    assert acts(homes) == before


def acts(desk: Desk) -> int:
    with desk.read() as session:
        return len(
            session.execute(select(col(Audit.seq)).where(col(Audit.site) == desk.site)).all()
        )


def last_look(desk: Desk) -> tuple[Audit, list[Private]]:
    """The latest audit line and the reasons that lie beside it."""
    with desk.read() as session:
        ordered = select(Audit).where(col(Audit.site) == desk.site).order_by(col(Audit.seq).desc())
        line = session.execute(ordered.limit(1)).scalar_one()
        beside = select(Private).where(
            col(Private.site) == desk.site, col(Private.owner) == line.key
        )
        return line, list(session.execute(beside.order_by(col(Private.n))).scalars())
