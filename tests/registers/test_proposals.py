"""A typed line in an office: what it means there, what has to be asked, and what is written.

* the lines that receptionists type, as far as an office answers them
* a room number alone: the units that have it, in the order of the buildings
* what is open, unknown or contradictory writes nothing
* a time that is over, where nobody can be asked
"""

from dataclasses import replace

import pytest
from sqlalchemy import select
from sqlmodel import col

from tests.factories import a_repair, matter, situation
from wuye_tui.desk import Desk
from wuye_tui.registers import contacts
from wuye_tui.registers.lookups import NoSuchUnit, Registry, Resident, contact_of
from wuye_tui.registers.meaning import Proposal
from wuye_tui.registers.proposals import OtherUnit, accept, alike, understand, untimed
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.errors import AmbiguousUnit, UnknownUnit
from wuye_tui.rules.line_kinds import Kind
from wuye_tui.rules.refusals import GuardRefused
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Person, Unit, UnitPerson
from wuye_tui.store.tables.base import new_id

HOMES = (
    "2-1-204", "3-1-304", "8-1-906", "5-1-1503", "9-1-1102", "B--1203", "10-1-502", "2-1-502",
)  # fmt: skip


@pytest.fixture
def homes(any_desk: Desk) -> Desk:
    """The homes that the lines of the desk are about, beside those of the training office."""
    any_desk.perform("seed", lambda act: _build(act, HOMES))
    return any_desk


def _build(act: Act, labels: tuple[str, ...]) -> Result:
    for label in labels:
        building, entrance, room = label.split("-")
        act.add(
            Unit(
                site=act.site, id=new_id(), label=label.replace("--", "-"), building=building,
                entrance=entrance, room=room, flags=[],
            )
        )  # fmt: skip
    return {}


def _accepted(desk: Desk, found: Proposal, **given: str) -> Result:
    return desk.perform("call.line", lambda act: accept(act, found, **given))


def _nothing_written(desk: Desk) -> bool:
    return not contacts.listed(desk) and not queue(desk, Wanted())


# What receptionists type: where, kind, what opens, what is asked.

LINES = [
    ("3-1-502 厨房水管漏水 明天9点 急", "3-1-502 repair paid SX-03"),
    ("3-1-502 厨房漏水,明天9点。急!", "3-1-502 repair paid SX-03"),
    ("3栋1单元502厨房漏水马上来人", "3-1-502 repair paid SX-03"),
    ("三栋502没电跳闸推不上去", "3-502 repair 3-1-502|3-2-502 ?entrance"),
    ("B座1203 空调不制冷 下午3点后", "B-1203 repair paid"),
    ("大堂灯不亮 5栋", "5栋大堂 repair public DX-01"),
    ("9-1-1102催单 昨天报的门锁还没来", "9-1-1102 urge paid"),
    ("2-1-204投诉3-1-304装修太吵 中午还在钻", "2-1-204 complaint paid"),
    ("租客小李8-1-906洗手间灯坏 费用找房东", "8-1-906 repair paid DX-01"),
    ("5#1-1503门禁卡刷不开 顺便问物业费", "5-1-1503 repair paid"),
    ("502 水龙头漏水", "502 repair 2-1-502|3-1-502|3-2-502|10-1-502 ?building"),
    ("502室马桶堵", "502 repair 2-1-502|3-1-502|3-2-502|10-1-502 ?building"),
    ("1203 灯坏", "1203 repair B-1203|12-1-1203 ?building"),
    ("1503 灯坏", "5-1-1503 repair paid DX-01"),
    ("777 灯坏", " repair ?unit"),
    ("9-9-999 灯坏", "9-9-999 repair ?unknown_unit"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "expected"), LINES)
def test_what_receptionists_type_is_known_in_the_office(
    homes: Desk, line: str, expected: str
) -> None:
    found = understand(homes, line)
    where = found.unit.label if found.unit else found.typed_unit or found.place
    parts = [where, found.understood.kind.value, "|".join(found.choices), found.charge]
    parts += [found.tariff, *(f"?{ask}" for ask in found.asks)]
    assert " ".join(part for n, part in enumerate(parts) if part or not n) == expected


def test_a_number_that_many_units_have_is_offered_up_to_thirty_times(any_desk: Desk) -> None:
    labels = tuple(f"{building}-1-808" for building in range(40, 0, -1))
    any_desk.perform("seed", lambda act: _build(act, labels))
    found = understand(any_desk, "808 灯坏")
    assert found.choices == tuple(f"{building}-1-808" for building in range(1, 31))
    last = understand(any_desk, "808 灯坏", "40-1-808")
    assert last.unit is not None
    assert last.unit.label == "40-1-808"


def test_a_picked_unit_takes_the_place_of_a_number_alone(homes: Desk) -> None:
    found = understand(homes, "502 水龙头漏水", "10-1-502")
    assert (found.unit and found.unit.label, found.choices, found.asks) == ("10-1-502", (), ())
    number = str(_accepted(homes, found)["number"])
    assert situation(homes, number).facts["unit"] == "10-1-502"
    assert situation(homes, number).facts["text"] == "水龙头漏水"


# What is open, unknown or contradictory.


@pytest.mark.parametrize("line", ["3栋502厨房漏水", "502 厨房漏水", "502 问物业费"])
def test_while_several_units_may_be_meant_nothing_is_written(homes: Desk, line: str) -> None:
    found = understand(homes, line)
    with pytest.raises(AmbiguousUnit) as refused:
        _accepted(homes, found)
    assert refused.value.choices == list(found.choices)
    assert _nothing_written(homes)


def test_a_repair_in_an_unknown_unit_is_refused_and_nothing_is_written(any_desk: Desk) -> None:
    with pytest.raises(UnknownUnit, match="9-9-999"):
        _accepted(any_desk, understand(any_desk, "9-9-999 厨房漏水"))
    assert _nothing_written(any_desk)


def test_an_unknown_entrance_is_refused_with_the_rooms_that_there_are(any_desk: Desk) -> None:
    with pytest.raises(NoSuchUnit, match="3-1-502、3-2-502"):
        _accepted(any_desk, understand(any_desk, "3-7-502 厨房漏水"))
    assert _nothing_written(any_desk)


def test_a_room_without_its_last_dash_is_asked_about_and_not_taken(any_desk: Desk) -> None:
    found = understand(any_desk, "3-1502 厨房漏水")
    assert (found.choices, found.asks, found.unit) == (("3-1-502",), ("entrance",), None)
    picked = understand(any_desk, "3-1502 厨房漏水", "3-1-502")
    assert picked.unit is not None
    assert picked.unit.label == "3-1-502"
    with any_desk.read() as session, pytest.raises(NoSuchUnit, match="3-1-502"):
        Registry(session, any_desk.site).unit("3-1502")


def test_an_unknown_unit_beside_a_public_place_leads_to_the_place(any_desk: Desk) -> None:
    found = understand(any_desk, "9-9-999 说 大堂灯不亮")
    assert found.asks == ("unknown_unit",)
    facts = situation(any_desk, str(_accepted(any_desk, found)["number"])).facts
    assert (facts.get("unit", ""), facts["place"], facts["charge"]) == ("", "大堂", "public")


def test_fields_refuse_an_unknown_unit_and_a_number_alone_with_what_comes_near(
    any_desk: Desk,
) -> None:
    def register(act: Act, unit: str) -> Result:
        call = contacts.register(act, channel="phone", category="repair", words="漏", unit=unit)
        return {"contact": call.number}

    for typed, near in (
        ("9-9-999", "9-9-999"),
        ("502", "3-1-502、3-2-502"),
        ("3-7-502", "3-1-502"),
    ):
        with pytest.raises(UnknownUnit, match=near):
            any_desk.perform("call.add", lambda act, typed=typed: register(act, typed))
    assert _nothing_written(any_desk)


def test_a_unit_given_beside_another_one_in_the_line_is_refused(any_desk: Desk) -> None:
    for line in ("3-1-501 灯坏", "3栋502 灯坏", "502 灯坏"):
        with pytest.raises(OtherUnit, match="5-1-101"):
            understand(any_desk, line, "5-1-101")


@pytest.mark.parametrize(
    "line", ["灯坏", "3-1-502 灯坏", "3栋502 灯坏", "9-9-999 灯坏", "投诉3-1-501太吵"]
)
def test_a_unit_given_counts_where_the_line_names_none_or_may_mean_it(
    any_desk: Desk, line: str
) -> None:
    found = understand(any_desk, line, "3-1-502")
    assert found.unit is not None
    assert (found.unit.label, found.choices) == ("3-1-502", ())
    assert "unknown_unit" not in found.asks


# Somebody known, and no unit.


@pytest.mark.parametrize("who", ["13800001234", "陈立"])
def test_the_home_of_whoever_begins_the_line_is_offered_and_not_taken(
    any_desk: Desk, who: str
) -> None:
    found = understand(any_desk, f"{who} 厨房灯坏")
    assert (found.unit, found.choices) == (None, ("3-1-502",))
    with pytest.raises(AmbiguousUnit, match="3-1-502"):
        _accepted(any_desk, found)
    assert _nothing_written(any_desk)
    picked = understand(any_desk, f"{who} 厨房灯坏", "3-1-502")
    assert (
        situation(any_desk, str(_accepted(any_desk, picked)["number"])).facts["unit"] == "3-1-502"
    )


@pytest.mark.parametrize(
    "line", ["13800009999 灯坏", "王五 灯坏", "灯坏 陈立", "陈立", "陈立 问物业费", "陈立 大堂灯坏"]
)
def test_nobodys_home_is_offered_for_a_stranger_or_where_none_is_wanted(
    any_desk: Desk, line: str
) -> None:
    assert understand(any_desk, line).choices == ()


def test_a_name_and_a_number_that_two_homes_have_offer_both(any_desk: Desk) -> None:
    def move(act: Act) -> Result:
        link = act.session.scalars(
            select(UnitPerson)
            .join(Person, col(Person.id) == col(UnitPerson.person))
            .where(col(Person.name) == "陈立")
        ).first()
        assert link is not None
        home = act.session.scalars(select(Unit).where(col(Unit.label) == "5-1-101")).one()
        act.add(UnitPerson(site=act.site, unit=home.id, person=link.person, role="owner"))
        return {}

    any_desk.perform("seed", move)
    for who in ("陈立", "13800001234", "尾号1234", "陈先生"):
        assert understand(any_desk, f"{who} 灯坏").choices == ("3-1-502", "5-1-101"), who


@pytest.mark.parametrize(
    "line",
    [
        "尾号1234 马桶堵了", "尾号为1234 马桶堵了", "手机尾号1234的业主 马桶堵了",
        "业主1234 马桶堵了", "马桶堵了 尾号 1234", "陈先生 马桶堵了", "马桶堵了 陈女士",
        "陈立先生 马桶堵了", "业主陈立 马桶堵了",
    ],
)  # fmt: skip
def test_the_end_of_a_number_and_a_surname_offer_the_home(any_desk: Desk, line: str) -> None:
    found = understand(any_desk, line)
    assert (found.unit, found.choices, found.understood.words) == (None, ("3-1-502",), "马桶堵了")
    with pytest.raises(AmbiguousUnit, match="3-1-502"):
        _accepted(any_desk, found)
    assert _nothing_written(any_desk)
    number = str(_accepted(any_desk, understand(any_desk, line, "3-1-502"))["number"])
    facts = situation(any_desk, number).facts
    assert (facts["unit"], facts["phone"]) == ("3-1-502", "13800001234")
    assert facts["text"] == "马桶堵了"


@pytest.mark.parametrize("line", ["尾号9999 灯坏", "业主9999 灯坏"])
def test_an_end_that_no_number_has_is_asked_about(any_desk: Desk, line: str) -> None:
    found = understand(any_desk, line)
    assert (found.choices, found.asks) == ((), ("unknown_tail", "unit"))
    assert "9999" in found.understood.words


@pytest.mark.parametrize(
    "line", ["欧女士 灯坏", "1234 灯坏", "尾号123 灯坏", "表尾号是12345 灯坏", "投诉陈先生"]
)
def test_nobody_is_offered_for_a_stranger_or_another_number(any_desk: Desk, line: str) -> None:
    assert understand(any_desk, line).choices == ()


def test_the_end_of_a_number_names_the_caller_where_the_room_is_known(any_desk: Desk) -> None:
    found = understand(any_desk, "3-1-502 尾号1234 灯坏").understood
    assert (found.caller and found.caller.name, found.phone) == ("陈立", "13800001234")
    other = understand(any_desk, "3-1-502 李女士 尾号1234 灯坏").understood
    assert (other.caller and other.caller.name, other.phone) == ("李女士", "13800001234")
    assert other.words == "灯坏"
    stranger = understand(any_desk, "3-1-502 尾号9999 灯坏").understood
    assert (stranger.words, stranger.phone) == ("尾号9999 灯坏", None)


def test_a_surname_that_too_many_have_offers_none(any_desk: Desk) -> None:
    labels = tuple(f"{building}-1-808" for building in range(30, 50))

    def seed(act: Act) -> Result:
        _build(act, labels)
        for label in labels:
            home = act.session.scalars(select(Unit).where(col(Unit.label) == label)).one()
            person = Person(site=act.site, id=new_id(), name=f"陆{label}")
            act.add(person)
            act.add(UnitPerson(site=act.site, unit=home.id, person=person.id, role="owner"))
        return {}

    any_desk.perform("seed", seed)
    assert understand(any_desk, "陆先生 灯坏").choices == ()


# A time that is over.


@pytest.mark.clause("BX-9")
def test_a_time_that_is_over_is_refused_where_somebody_can_be_asked(any_desk: Desk) -> None:
    found = understand(any_desk, "3-1-502 灯坏 9点来")
    assert found.asks == ("past",)
    with pytest.raises(GuardRefused):
        _accepted(any_desk, found)
    assert _nothing_written(any_desk)


def test_a_time_that_is_over_stays_in_the_words_where_nobody_can_be_asked(any_desk: Desk) -> None:
    found = untimed(understand(any_desk, "3-1-502 灯坏 9点来"))
    facts = situation(any_desk, str(_accepted(any_desk, found)["number"])).facts
    assert facts["text"] == "灯坏 9点来"
    assert not facts.get("at")
    [call] = contacts.listed(any_desk)
    assert call.words == "3-1-502 灯坏 9点来"


@pytest.mark.parametrize(
    "line", ["3-1-502 灯坏 昨天9点", "3-1-502 灯坏 25点", "3-1-502 灯坏 明天9点"]
)
def test_a_line_without_such_an_appointment_is_left_as_it_is(any_desk: Desk, line: str) -> None:
    found = understand(any_desk, line)
    assert untimed(found) == found


@pytest.mark.parametrize("when", ["昨天9点", "25点"])
def test_a_time_that_is_no_appointment_refuses_nothing(any_desk: Desk, when: str) -> None:
    found = understand(any_desk, f"3-1-502 灯坏 {when}")
    facts = situation(any_desk, str(_accepted(any_desk, found)["number"])).facts
    assert (facts["text"], facts.get("at", "")) == (f"灯坏 {when}", "")


# Who calls, and what is open there.


def test_a_caller_that_was_given_wins_over_the_one_in_the_line(any_desk: Desk) -> None:
    found = understand(any_desk, "王女士 3-1-502 13812345678 灯坏")
    number = str(_accepted(any_desk, found, caller="陈立", phone="13900001111")["number"])
    facts = situation(any_desk, number).facts
    assert (facts["caller"], facts["phone"]) == ("陈立", "13900001111")


OWNER, TENANT = Resident("陈立", "1", "owner"), Resident("李强", "2", "tenant")
CHILD = Resident("陈小明", "3", "family")


@pytest.mark.parametrize(
    ("caller", "whom"),
    [
        ("", TENANT),
        ("陈立", OWNER),
        ("李先生", TENANT),
        ("陈小明", CHILD),
        ("陈先生", None),  # father or son
        ("小李", None),
        ("王女士", None),
    ],
)
def test_whose_number_is_filled_in(caller: str, whom: Resident | None) -> None:
    assert contact_of((TENANT, OWNER, CHILD), caller) == whom


def test_one_person_in_two_roles_is_no_two_people() -> None:
    assert contact_of((OWNER, replace(OWNER, role="emergency")), "陈先生") == OWNER
    assert contact_of((), "陈先生") is None


def test_an_open_slip_of_the_same_trade_is_seen(any_desk: Desk) -> None:
    tap = a_repair(any_desk, text="水龙头滴水")
    a_repair(any_desk, text="厨房灯不亮")
    a_repair(any_desk, unit="3-2-502", text="水龙头滴水")
    assert [m.number for m in understand(any_desk, "3-1-502 卫生间漏水").alike] == [tap]
    assert [m.number for m in alike(any_desk, "3栋1单元502", "漏水")] == [tap]
    assert understand(any_desk, "3-1-502 门锁坏了").alike == ()
    assert understand(any_desk, "3-1-502 问水费多少钱").alike == ()
    assert alike(any_desk, "3-1-502", "物业费") == ()


def test_of_several_slips_the_one_of_the_trade_that_is_named_is_meant(any_desk: Desk) -> None:
    aircon = a_repair(any_desk, text="空调不制冷")
    lock = a_repair(any_desk, text="门锁打不开")
    found = understand(any_desk, "3-1-502 门锁改到明天下午")
    assert found.about is not None
    assert found.about.number == lock
    assert [one.number for one in found.repairs] == [lock, aircon]
    for open_ in (
        "3-1-502 改到明天下午",
        "3-1-502 灯改到明天下午",
        "3-1-502 空调不制冷 门锁坏了 都改到明天",
    ):
        assert understand(any_desk, open_).about is None, open_
    named = understand(any_desk, f"门锁改到明天下午 {aircon}")
    assert named.about is not None
    assert named.about.number == aircon


def test_of_two_slips_of_the_trade_neither_is_taken(any_desk: Desk) -> None:
    other = a_repair(any_desk, text="空调不制冷")
    locks = [a_repair(any_desk, text=words) for words in ("门锁打不开", "门锁卡住")]
    found = understand(any_desk, "3-1-502 门锁改到明天下午")
    assert found.about is None
    assert [one.number for one in found.repairs] == [*reversed(locks), other]


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("9-1-3A01 灯坏", "9-1-3A01"),
        ("9栋1单元3A01室灯坏", "9-1-3A01"),
        ("3A01 灯坏", "9-1-3A01"),
        ("S03 灯坏", "S--03"),
        ("商铺3号下水堵了", "S--03"),
        ("A-S01 灯坏", "A--S01"),
    ],
)
def test_floor_3a_and_shops_are_meant_where_there_are_such_units(
    any_desk: Desk, line: str, unit: str
) -> None:
    any_desk.perform("seed", lambda act: _build(act, (unit,)))
    found = understand(any_desk, line)
    assert found.unit is not None
    assert found.unit.label == unit.replace("--", "-")


def test_a_shop_that_there_is_not_stays_in_the_words(any_desk: Desk) -> None:
    found = understand(any_desk, "商铺3号门口灯坏")
    assert (found.unit, found.understood.words) == (None, "商铺3号门口灯坏")


def test_a_room_number_is_sought_in_this_office_alone(any_desk: Desk) -> None:
    def next_door(act: Act) -> Result:
        act.session.add(
            Unit(
                site="other", id=new_id(), label="1-1-909", building="1", entrance="1", room="909",
                flags=[],
            )
        )  # fmt: skip
        return {}

    any_desk.perform("seed", next_door)
    with any_desk.read() as session:
        assert session.execute(select(col(Unit.site)).where(col(Unit.room) == "909")).all()
    assert understand(any_desk, "909 灯坏").asks == ("unit",)


@pytest.mark.parametrize(
    ("line", "phone"),
    [
        ("3-1-502 灯坏", "13800001234"),
        ("3-1-502 陈先生 灯坏", "13800001234"),
        ("3-1-502 租客小李 灯坏", ""),
        ("3-1-502 王女士 灯坏", ""),
        ("3-1-502 中介小王 13912345678 灯坏", "13912345678"),
    ],
)
def test_a_slip_has_nobodys_number_under_anothers_name(
    any_desk: Desk, line: str, phone: str
) -> None:
    number = str(_accepted(any_desk, understand(any_desk, line))["number"])
    assert situation(any_desk, number).facts.get("phone", "") == phone


@pytest.mark.parametrize(("line", "place"), [("5栋停电了", "5栋"), ("整个小区停电了", "全小区")])
def test_a_power_cut_of_a_whole_building_is_place_enough_for_a_slip(
    desk: Desk, line: str, place: str
) -> None:
    found = understand(desk, line)
    assert found.understood.kind is Kind.EMERGENCY
    number = desk.perform("call.line", lambda act: accept(act, found))["number"]
    assert matter(desk, number).place == place


def test_a_place_that_was_reported_already_offers_its_open_slip(desk: Desk) -> None:
    number = a_repair(desk, place="5栋大堂", text="大堂灯不亮")
    found = understand(desk, "大堂灯不亮 5栋")
    assert found.place == "5栋大堂"
    assert [one.number for one in found.open_matters] == [number]
    assert [one.number for one in found.alike] == [number]
    assert understand(desk, "大堂灯不亮 6栋").open_matters == ()
