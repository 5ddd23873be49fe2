"""The numbers at hand (XX-4.1.4): whose they are, who tried them last, and where they are shown."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

import data
from tests.factories import move_to
from tests.moulds import moulded
from wuye_tui.desk import Desk
from wuye_tui.intake.sheets import read_rows
from wuye_tui.reference import Reference
from wuye_tui.registers import console, directory, duties, imports
from wuye_tui.registers.checking import check as check_all
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.refusals import Refused
from wuye_tui.store.acts import Result
from wuye_tui.store.tables import Audit
from wuye_tui.store.tables import Entry as EntryRow

OURS = Path(data.__file__).parent / "directory.csv"


@moulded
def brought_in(desk: Desk, file: Path = OURS) -> Result:
    """Imports a file of numbers, as an administrator does."""
    intake = read_rows(file, "directory")
    plan = imports.plan(desk, intake)
    at = desk.as_staff("XZ01")
    return at.perform("directory.import", lambda act: imports.apply(act, plan))


def checked(desk: Desk, name: str, phone: str = "", staff: str = "KF01") -> Result:
    at = desk.as_staff(staff)
    return at.perform("directory.check", lambda act: directory.check(act, name, phone))


def entry(desk: Desk, name: str) -> directory.Entry:
    return next(one for one in directory.listing(desk) if one.name == name)


@pytest.mark.clause("XX-4.1.4")
def test_whom_the_regulation_names_is_at_hand(any_desk: Desk) -> None:
    brought_in(any_desk)
    phones = {one.name: one.phone for one in directory.listing(any_desk)}
    named = "供水 供电 燃气抢修 供热 派出所 社区民警 居委会 街道办 三防指挥部"
    named += " 电梯维保 消防维保 监控室 值班经理"
    assert set(named.split()) <= phones.keys()
    services = {"报警": "110", "消防": "119", "急救": "120", "交通事故": "122"}
    services |= {"政务服务热线": "12345", "供电": "95598"}
    assert {name: phones[name] for name in services} == services


def test_a_file_of_yesterday_changes_nothing(any_desk: Desk) -> None:
    new = brought_in(any_desk)["new"]
    checked(any_desk, "供水")
    again = brought_in(any_desk)
    assert (again["new"], again["changed"], again["unchanged"]) == (0, 0, new)
    assert entry(any_desk, "供水").by == "李晓燕"


def test_a_number_that_changes_was_not_tried_yet(any_desk: Desk, tmp_path: Path) -> None:
    brought_in(any_desk)
    for name in ("供水", "供热"):
        checked(any_desk, name)
    other = tmp_path / "other.csv"
    other.write_text("名称,电话,类别\n供水,023-55509999,水电气暖\n", "utf-8")
    assert brought_in(any_desk, other)["changed"] == 1
    assert (entry(any_desk, "供水").phone, entry(any_desk, "供水").stale) == ("023-55509999", True)
    assert not entry(any_desk, "供热").stale


@pytest.mark.clause("XX-4.1.4")
def test_who_tried_a_number_and_when_is_kept(any_desk: Desk) -> None:
    brought_in(any_desk)
    assert entry(any_desk, "供水").stale, "nobody has tried it yet"
    done = checked(any_desk, "供水", staff="GC03")
    assert done == {"name": "供水", "phone": "023-55501001", "checked": "2026-11-19"}
    water = entry(any_desk, "供水")
    assert (water.checked, water.by, water.stale) == (date(2026, 11, 19), "李强", False)
    assert check_all(any_desk).findings == []


@pytest.mark.parametrize(("day", "stale"), [("2027-02-17", False), ("2027-02-18", True)])
def test_after_ninety_days_it_is_to_be_tried_again(
    desk: Desk, clock: StoppedClock, day: str, stale: bool
) -> None:
    brought_in(desk)
    checked(desk, "供水")
    move_to(desk, f"{day} 12:00")
    assert entry(desk, "供水").stale is stale
    assert ("供水" in [one.name for one in directory.listing(desk, stale_only=True)]) is stale


def test_another_number_is_written_down_by_the_desk_alone(any_desk: Desk) -> None:
    brought_in(any_desk)
    with pytest.raises(Refused, match="不能改通讯录"):
        checked(any_desk, "供水", "023-55507777", staff="GC03")
    checked(any_desk, "供水", "023-55507777")
    assert (entry(any_desk, "供水").phone, entry(any_desk, "供水").stale) == ("023-55507777", False)


def test_an_entry_can_be_written_and_changed(any_desk: Desk) -> None:
    brought_in(any_desk)
    put = lambda name, **given: any_desk.perform(  # noqa: E731
        "directory.set", lambda act: directory.put(act, name, **given)
    )
    put("开锁公司", kind="service", phone="０２３－５５５０８８８８")
    assert entry(any_desk, "开锁公司").phone == "023-55508888"
    assert directory.listing(any_desk)[-1].name == "开锁公司"
    checked(any_desk, "开锁公司")
    put("开锁公司", hours="8-20时")
    assert not entry(any_desk, "开锁公司").stale
    put("开锁公司", phone="023-55508889")
    assert entry(any_desk, "开锁公司").stale
    for wrong in ({"kind": "friend", "phone": "114"}, {"kind": "service"}):
        with pytest.raises(directory.NoNumber):
            put("别人", **wrong)


@pytest.mark.parametrize(("typed", "found"), [("燃气", "燃气抢修"), ("城管", "城管")])
def test_a_part_of_the_name_will_do_where_it_is_one_alone(
    desk: Desk, typed: str, found: str
) -> None:
    brought_in(desk)
    assert checked(desk, typed)["name"] == found
    with pytest.raises(directory.UnknownEntry, match="电梯救援"):
        checked(desk, "电梯")
    with pytest.raises(directory.UnknownEntry, match="没有「动物园」"):
        checked(desk, "动物园")


@pytest.mark.parametrize("typed", ["电梯", "dtjy", "dianti", "55501011", "设备维保", "救援 电梯"])
def test_an_entry_answers_to_characters_initials_number_and_group(desk: Desk, typed: str) -> None:
    brought_in(desk)
    assert entry(desk, "电梯救援").matches(typed)
    assert not entry(desk, "供水").matches(typed)


@pytest.mark.clause("XX-4.1.4")
def test_the_emergency_cards_have_every_number(any_desk: Desk) -> None:
    brought_in(any_desk)
    calls = [call for card in console.cards(any_desk).values() for call in card.call]
    assert [call.who for call in calls if not call.number] == []
    lift = console.cards(any_desk)["entrapment"].call[0]
    assert (lift.who, lift.number) == ("电梯救援", "023-55501011")


def test_whoever_holds_the_duty_stands_on_the_card_before_the_directory(desk: Desk) -> None:
    brought_in(desk)
    desk.perform("duty.start", lambda act: duties.start(act, desk, "duty_manager", "KF04"))
    last = console.cards(desk)["entrapment"].call[-1]
    assert last.who == "值班经理 钱芳"


def put(desk: Desk, name: str, **given: str) -> Result:
    return desk.perform("directory.set", lambda act: directory.put(act, name, **given))


def added(desk: Desk, name: str) -> Result:
    given = {"kind": "service", "phone": "8001"}
    return desk.perform("directory.set", lambda act: directory.add(act, name, **given))


def changed(desk: Desk, **given: str) -> Result:
    return desk.perform("directory.set", lambda act: directory.change(act, "供水", **given))


def removed(desk: Desk, name: str, reason: str = "停机") -> Result:
    return desk.perform("directory.remove", lambda act: directory.remove(act, name, reason))


def test_a_number_of_the_whole_country_needs_no_check(any_desk: Desk) -> None:
    brought_in(any_desk)
    for name in ("报警", "消防", "急救", "交通事故", "政务服务热线", "供电"):
        found = entry(any_desk, name)
        assert (found.national, found.stale, found.checked) == (True, False, None), name
    assert "报警" not in {one.name for one in directory.listing(any_desk, stale_only=True)}
    put(any_desk, "报警", phone="023-55501110")
    assert entry(any_desk, "报警").stale, "it is the number that is national, not the name"


def test_after_how_many_days_a_number_is_tried_again_is_the_offices_own(
    desk: Desk, clock: StoppedClock
) -> None:
    brought_in(desk)
    checked(desk, "供水")
    clock.advance(31 * 86400)
    assert not entry(desk, "供水").stale
    own = desk.settings.home / "data"
    own.mkdir()
    (own / "directory.toml").write_text('check_after_days = 30\nnational = ["8001"]\n', "utf-8")
    again = replace(desk, reference=Reference(desk.settings.home))
    assert entry(again, "供水").stale
    assert entry(again, "监控室").national
    assert entry(again, "报警").stale


def test_an_entry_that_is_taken_out_is_gone_everywhere_and_its_name_is_free(desk: Desk) -> None:
    brought_in(desk)
    with pytest.raises(directory.NoReason):
        removed(desk, "消杀", " ")
    assert removed(desk, "消杀") == {"name": "消杀"}
    assert "消杀" not in {one.name for one in directory.listing(desk)}
    with pytest.raises(directory.UnknownEntry):
        checked(desk, "消杀")
    put(desk, "消杀", kind="service", phone="023-55508000")
    found = entry(desk, "消杀")
    assert (found.phone, found.note, found.stale) == ("023-55508000", "", True)


def test_why_an_entry_went_stands_before_its_note_and_not_in_the_audit_chain(
    any_desk: Desk,
) -> None:
    brought_in(any_desk)
    put(any_desk, "消杀", note="找王师傅")
    removed(any_desk, "消杀", "王师傅搬走了")
    with any_desk.read() as session:
        row = session.get(EntryRow, (any_desk.site, "消杀"))
        lines = session.execute(select(col(Audit.what), col(Audit.result))).all()
    assert row is not None
    assert (row.active, row.note) == (False, "王师傅搬走了 / 找王师傅")
    [result] = [result for what, result in lines if what == "directory.remove"]
    assert result == {"name": "消杀"}


def test_another_number_under_a_name_that_is_there_writes_over_nothing(any_desk: Desk) -> None:
    brought_in(any_desk)
    before = entry(any_desk, "供水")
    with pytest.raises(directory.AlreadyThere, match="已经有「供水」，电话是 023-55501001"):
        added(any_desk, " 供水 ")
    assert entry(any_desk, "供水") == before
    with pytest.raises(directory.NotFromDesk):
        added(any_desk.as_staff("GC03"), "供水")
    removed(any_desk, "供水")
    added(any_desk, "供水")
    assert (entry(any_desk, "供水").phone, entry(any_desk, "供水").second) == ("8001", "")


def test_what_is_not_given_stays_and_what_is_gone_is_not_changed(any_desk: Desk) -> None:
    brought_in(any_desk)
    before = entry(any_desk, "供水")
    assert changed(any_desk, note="夜里打备用的") == {"name": "供水", "phone": before.phone}
    assert entry(any_desk, "供水") == replace(before, note="夜里打备用的")
    removed(any_desk, "供水")
    with pytest.raises(directory.UnknownEntry):
        changed(any_desk, phone="8001")
    assert "供水" not in {one.name for one in directory.listing(any_desk)}


@pytest.mark.parametrize(
    "typed", ["12", "没有", "023-", "138 0000 x", "-110", "440106199001011234"]
)
def test_what_cannot_be_dialled_is_not_written_down(desk: Desk, typed: str) -> None:
    brought_in(desk)
    with pytest.raises(directory.NotANumber):
        put(desk, "供水", phone=typed)
    with pytest.raises(directory.NotANumber):
        put(desk, "供水", second=typed)


def test_a_worker_takes_nothing_out(desk: Desk) -> None:
    brought_in(desk)
    with pytest.raises(directory.NotFromDesk):
        removed(desk.as_staff("GC03"), "供水")
