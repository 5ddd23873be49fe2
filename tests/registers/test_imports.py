"""Imports of units, people, staff and tariff.

* all of a file in one act, or nothing; the same file again changes nothing
* rows that the registers cannot take are refused with row, column and reason, or skipped
* what a file does not say stays as it is known; nothing and nobody is taken out
* only administrators import, and one of them always stays
"""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlmodel import SQLModel

from tests.hostile import ACTING, PLAIN
from wuye_tui.desk import Desk
from wuye_tui.intake.sheets import read_rows, write_bad_rows
from wuye_tui.registers import duties, imports, pins, staff
from wuye_tui.registers.imports import ImportRefused, Plan
from wuye_tui.registers.people import find, keys_of
from wuye_tui.registers.staff import LastAdministrator, NotAdministrator, list_staff
from wuye_tui.registers.tariff import list_tariff
from wuye_tui.registers.units import show_unit
from wuye_tui.store.acts import Result
from wuye_tui.store.tables import Audit, Person, PersonKey, Staff, Tariff, Unit, UnitPerson

UNITS = ("房号", "建筑面积", "类型", "状态", "保修期至", "标记")
PEOPLE = ("房号", "姓名", "身份", "电话", "入住日期", "车牌号")
STAFF = ("工号", "姓名", "岗位", "兼任", "资质", "电话")
TARIFF = ("编号", "项目", "类别", "单位", "人工费", "材料", "关键词")
Rows = Sequence[Sequence[str]]


class File:
    """A file of one noun, written anew for each import."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self.desk, self.folder = desk.as_staff("XZ01"), folder

    def plan(self, noun: str, header: Sequence[str], *rows: Sequence[str]) -> Plan[Any]:
        """What importing these rows would do."""
        path = self.folder / f"{noun}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([header, *rows])
        intake = read_rows(path, noun, self.desk.reference)
        return imports.plan(self.desk, intake)

    def bring(
        self, noun: str, header: Sequence[str], *rows: Sequence[str], skip_bad: bool = False
    ) -> tuple[int, int, int]:
        """Imports these rows: how many were new, changed, unchanged."""
        done = self.apply(self.plan(noun, header, *rows), skip_bad)
        return done["new"], done["changed"], done["unchanged"]

    def apply(self, plan: Plan[Any], skip_bad: bool = False) -> Result:
        """Carries a plan out."""
        return self.desk.perform("import", lambda act: imports.apply(act, plan, skip_bad))


@pytest.fixture
def file(any_desk: Desk, tmp_path: Path) -> File:
    """On SQLite, then on PostgreSQL."""
    return File(any_desk, tmp_path)


@pytest.fixture
def sqlite_file(desk: Desk, tmp_path: Path) -> File:
    """Where one database says enough."""
    return File(desk, tmp_path)


def count(desk: Desk, table: type[SQLModel]) -> int:
    with desk.read() as session:
        return int(session.execute(select(func.count()).select_from(table)).scalar_one())


def everything(desk: Desk) -> list[int]:
    tables = (Unit, Person, UnitPerson, PersonKey, Staff, Tariff, Audit)
    return [count(desk, table) for table in tables]


def one(desk: Desk, table: type[SQLModel], **key: str) -> Any:
    with desk.read() as session:
        wanted = [getattr(table, name) == value for name, value in key.items()]
        return session.execute(select(table).where(*wanted)).scalar_one()


NEW_UNITS = (
    ("8-1-101", "89.53", "住宅", "出租", "2027-06-30", "独居 有狗"),
    ("8-1-102", "", "", "", "", ""),
    ("B1-A035", "12.5", "车位", "", "", ""),
)
NEW_PEOPLE = (
    ("3-1-502", "单雄信", "租客", "13911112222", "2026-03-01", "浙A12345"),
    ("3-1-502", "陈立", "业主", "13800001234", "", ""),
    ("3-2-502", "单雄信", "业主", "13911112222", "", ""),
    ("6栋1单元301", "O'Neil 100%", "家属", "0571-88157788", "", ""),
)
NEW_STAFF = (
    ("KF20", "单田芳", "客服主管", "值班经理、档案管理员", "", "13800009999"),
    ("GC20", "黑金", "水电维修工", "", "电工证、焊工证", ""),
)
NEW_TARIFF = (
    ("SX-01", "换水龙头", "给水", "个", "35", "另计", "水龙头 龙头"),
    ("SX-90", "换三角阀", "给水", "个", "25.5", "另计", "角阀"),
)


@pytest.mark.parametrize(
    ("noun", "header", "rows", "result"),
    [
        ("units", UNITS, NEW_UNITS, (3, 0, 0)),
        ("people", PEOPLE, NEW_PEOPLE, (3, 0, 1)),
        ("staff", STAFF, NEW_STAFF, (2, 0, 0)),
        ("tariff", TARIFF, NEW_TARIFF, (1, 1, 0)),
    ],
)
def test_the_same_file_again_changes_nothing(
    file: File, noun: str, header: Sequence[str], rows: Rows, result: tuple[int, int, int]
) -> None:
    planned = file.plan(noun, header, *rows)
    assert (planned.new, planned.changed, planned.unchanged) == result
    assert file.bring(noun, header, *rows) == result
    before = everything(file.desk)
    assert file.bring(noun, header, *rows) == (0, 0, len(rows))
    assert everything(file.desk) == [*before[:-1], before[-1] + 1], "the act itself is recorded"


def test_an_import_is_one_act_whose_line_has_counts_and_no_names(file: File) -> None:
    before = count(file.desk, Audit)
    file.bring("people", PEOPLE, *NEW_PEOPLE)
    assert count(file.desk, Audit) == before + 1
    line = one(file.desk, Audit, what="import")
    assert line.result == {"noun": "people", "new": 3, "changed": 0, "unchanged": 1, "skipped": 0}


def test_people_whose_names_sound_alike_each_have_all_keys_of_their_name(file: File) -> None:
    names = ("单丽", "陈丽", "单莉", "陈丽")
    rooms = ("3-1-502", "3-1-501", "3-2-502", "5-1-101")
    before = count(file.desk, PersonKey)
    file.bring("people", PEOPLE[:2], *zip(rooms, names, strict=True))
    for name in names:
        with file.desk.read() as session:
            keys = select(PersonKey.key).join(Person, Person.id == PersonKey.person)
            there = sorted(session.scalars(keys.where(Person.name == name)))
        assert there == sorted(keys_of(name) * names.count(name))
    assert count(file.desk, PersonKey) == before + sum(len(keys_of(name)) for name in names)


def test_units_are_known_by_their_label(file: File) -> None:
    file.bring("units", UNITS, *NEW_UNITS)
    shown = show_unit(file.desk, "8栋1单元101")
    assert (shown["area_centi"], shown["status"], shown["flags"]) == (
        8953, "rented", ["lives_alone", "dog"],
    )  # fmt: skip
    assert shown["in_warranty"] is True
    assert show_unit(file.desk, "b1-a035")["kind"] == "parking"
    assert file.bring("units", UNITS, ("8-1-101", "90", "", "空置", "", "")) == (0, 1, 0)
    again = show_unit(file.desk, "8-1-101")
    assert (again["area_centi"], again["status"], again["flags"]) == (9000, "vacant", [])
    assert again["in_warranty"] is True, "a blank cell takes nothing away"


def test_a_column_that_is_not_there_takes_nothing_away(sqlite_file: File) -> None:
    sqlite_file.bring("units", UNITS, *NEW_UNITS)
    assert sqlite_file.bring("units", ("房号", "建筑面积"), ("8-1-101", "89.53")) == (0, 0, 1)
    assert sqlite_file.bring("units", ("房号", "建筑面积"), ("8-1-101", "91")) == (0, 1, 0)
    shown = show_unit(sqlite_file.desk, "8-1-101")
    assert (shown["status"], shown["flags"]) == ("rented", ["lives_alone", "dog"])


def test_people_are_found_at_once_by_every_reading(file: File) -> None:
    file.bring("people", PEOPLE, *NEW_PEOPLE)
    for typed in ("sxx", "danxiongxin", "2222"):
        assert {row["unit"] for row in find(file.desk, typed)} == {"3-1-502", "3-2-502"}
    assert {row["unit"] for row in find(file.desk, "浙A12345")} == {"3-1-502", "3-2-502"}
    assert [row["name"] for row in find(file.desk, "100%")] == ["O'Neil 100%"]
    assert [row["unit"] for row in find(file.desk, "057188157788")] == ["6-1-301"]


def test_a_new_telephone_is_the_same_person(file: File) -> None:
    file.bring("people", PEOPLE, *NEW_PEOPLE)
    people = count(file.desk, Person)
    row = ("3-1-502", "单雄信", "租客", "13955556666", "2026-04-01", "沪C12345")
    assert file.bring("people", PEOPLE, row) == (0, 1, 0)
    assert count(file.desk, Person) == people
    assert find(file.desk, "5556666")[0]["plate"] == "浙A12345 沪C12345"
    assert find(file.desk, "2222") == [], "in the other home as well"
    since = {one["name"]: one["since"] for one in show_unit(file.desk, "3-1-502")["people"]}
    assert str(since["单雄信"]) == "2026-04-01"
    assert file.bring("people", PEOPLE, ("3-1-502", "单雄信", "租客", "", "", "")) == (0, 0, 1)
    assert find(file.desk, "5556666")[0]["name"] == "单雄信", "a blank cell takes nothing away"


def test_another_role_or_unit_is_another_entry(sqlite_file: File) -> None:
    rows = (
        ("3-1-502", "陈立", "紧急联系人", "13800001234", "", ""),
        ("3-2-502", "陈立", "业主", "13800001234", "", ""),
    )
    assert sqlite_file.bring("people", PEOPLE, *rows) == (2, 0, 0)


def test_whoever_has_two_homes_is_one_person_with_both(file: File) -> None:
    owner = ("3-1-502", "郭靖", "业主", "13966667777", "", "浙A12345")
    file.bring("people", PEOPLE, owner)
    second = ("5-1-101", "郭靖", "业主", "13966667777", "", "浙A99999")
    plan = file.plan(
        "people", PEOPLE, owner, second, ("3-2-502", "郭靖", "业主", "13800009999", "", "")
    )
    assert [row.column for row in plan.intake.told] == []
    assert file.apply(plan)["new"] == 2
    found = find(file.desk, "13966667777")
    assert {row["unit"] for row in found} == {"3-1-502", "5-1-101"}
    assert len({row["person"] for row in found}) == 1, "so that a ringing number is somebody's"
    assert len({row["person"] for row in find(file.desk, "郭靖")}) == 2, (
        "another telephone, another man"
    )
    assert file.bring("people", PEOPLE, owner, second) == (0, 0, 2)


def test_two_telephones_of_somebody_with_two_homes_are_told_and_change_nothing(
    sqlite_file: File,
) -> None:
    one, two = ("3-1-502", "郭靖", "业主"), ("5-1-101", "郭靖", "业主")
    both = ((*one, "13966667777", "", ""), (*two, "13966667777", "", ""))
    sqlite_file.bring("people", PEOPLE, *both)
    torn = (both[0], (*two, "13900001111", "", ""))
    assert sqlite_file.bring("people", PEOPLE, *torn) == (0, 0, 2)
    assert sqlite_file.bring("people", PEOPLE, *torn) == (0, 0, 2), "and again"
    moved = ((*one, "13900001111", "", ""), torn[1])
    assert sqlite_file.bring("people", PEOPLE, *moved)[0] == 0
    assert sqlite_file.bring("people", PEOPLE, *moved) == (0, 0, 2)
    assert len(find(sqlite_file.desk, "13900001111")) == 2


def test_two_of_one_name_in_one_unit_are_told_apart_by_their_telephones(sqlite_file: File) -> None:
    rows = (
        ("6-1-301", "王芳", "业主", "13911110001", "", ""),
        ("6-1-301", "王芳", "业主", "13911110002", "", ""),
    )
    assert sqlite_file.bring("people", PEOPLE, *rows) == (2, 0, 0)
    assert sqlite_file.bring("people", PEOPLE, *reversed(rows)) == (0, 0, 2)
    moved = ("6-1-301", "王芳", "业主", "13911110003", "", "")
    assert sqlite_file.bring("people", PEOPLE, rows[0], moved) == (0, 1, 1)
    assert {row["phone"] for row in find(sqlite_file.desk, "王芳")} == {
        "139****0001",
        "139****0003",
    }


MOVES = ("房号", "姓名", "身份", "电话", "入住日期", "迁出日期")
LEFT = ("3-1-502", "单雄信", "租客", "13911112222", "2024-03-01", "2025-02-28")


def stays(desk: Desk) -> list[tuple[str, str]]:
    """Everybody of the unit who is called so, with the days of moving in and out."""
    with desk.read() as session:
        rows = session.execute(
            select(UnitPerson.since, UnitPerson.until)  # type: ignore[call-overload]
            .join(Person, Person.id == UnitPerson.person)
            .where(Person.name == "单雄信")
            .order_by(UnitPerson.since)
        )
        return [(str(since), str(until)) for since, until in rows]


def test_whoever_has_moved_out_is_closed_and_not_deleted(file: File) -> None:
    file.bring("people", MOVES, (*LEFT[:5], ""))
    assert [one["unit"] for one in find(file.desk, "单雄信")] == ["3-1-502"]
    people = count(file.desk, Person)
    assert file.bring("people", MOVES, LEFT) == (0, 1, 0)
    assert stays(file.desk) == [("2024-03-01", "2025-02-28")]
    assert count(file.desk, Person) == people
    assert "单雄信" not in {one["name"] for one in show_unit(file.desk, "3-1-502")["people"]}
    assert file.bring("people", MOVES, LEFT) == (0, 0, 1), "the same file again changes nothing"
    assert file.bring("people", MOVES, (*LEFT[:5], "2025-03-31")) == (0, 1, 0)
    assert stays(file.desk) == [("2024-03-01", "2025-03-31")]


def test_somebody_who_was_never_there_is_written_down_as_gone(sqlite_file: File) -> None:
    again = (*LEFT[:3], "13955556666", "2026-01-01", "")
    assert sqlite_file.bring("people", MOVES, LEFT, again) == (2, 0, 0)
    assert stays(sqlite_file.desk) == [("2024-03-01", "2025-02-28"), ("2026-01-01", "None")]
    assert sqlite_file.bring("people", MOVES, again, LEFT) == (0, 0, 2)
    assert sqlite_file.bring("people", PEOPLE, (*again[:5], "")) == (0, 0, 1)


def test_a_day_of_moving_out_that_is_to_come_closes_nobody_yet(sqlite_file: File) -> None:
    plan = sqlite_file.plan("people", MOVES, (*LEFT[:5], "2099-01-01"))
    assert [(told.row_number, told.column) for told in plan.told] == [(2, "迁出日期")]
    sqlite_file.apply(plan)
    assert stays(sqlite_file.desk) == [("2024-03-01", "None")]


def test_the_preview_has_examples_of_what_would_change(sqlite_file: File) -> None:
    sqlite_file.bring("people", PEOPLE, *NEW_PEOPLE)
    plan = sqlite_file.plan("people", PEOPLE, ("3-1-502", "单雄信", "租客", "13955556666", "", ""))
    (one,) = plan.found.examples
    assert (one.row_number, one.field, one.old, one.new) == (
        2,
        "phone",
        "139****2222",
        "139****6666",
    )


def test_people_of_unknown_units_are_refused_with_row_column_and_reason(file: File) -> None:
    bad = (("9-9-909", "某人", "业主", "", "", ""), ("3-502", "某人", "业主", "", "", ""))
    before = everything(file.desk)
    plan = file.plan("people", PEOPLE, *NEW_PEOPLE, *bad)
    assert [(row.row_number, row.column, row.value) for row in plan.bad] == [
        (6, "房号", "9-9-909"),
        (7, "房号", "3-502"),
    ]
    assert "3-2-502" in plan.bad[1].reason
    with pytest.raises(ImportRefused) as refused:
        file.apply(plan)
    assert refused.value.exit_status == 3
    assert "2 行" in str(refused.value)
    assert [line.partition("「")[0] for line in refused.value.lines] == [
        "第 6 行 房号",
        "第 7 行 房号",
    ]
    assert everything(file.desk) == before


def test_bad_rows_may_be_skipped_and_are_written_for_another_try(
    sqlite_file: File, tmp_path: Path
) -> None:
    rows = (
        ("3-1-502", "张三", "业主", "12", "", ""),  # the intake refuses the telephone
        ("9-9-909", "李四", "业主", "13911110000", "", ""),  # the register knows no such unit
        ("3-1-502", "王五", "业主", "13911110001", "", ""),
    )
    plan = sqlite_file.plan("people", PEOPLE, *rows)
    done = sqlite_file.apply(plan, skip_bad=True)
    assert (done["new"], done["skipped"]) == (1, 2)
    assert write_bad_rows(tmp_path / "bad.csv", plan.intake) == 2
    again = read_rows(tmp_path / "bad.csv", "people")
    assert [row.name for row in again.good] == ["李四"]
    assert plan.as_dict()["bad"][1]["row"] == 3


def test_an_entrance_may_be_left_out_where_only_one_unit_fits(sqlite_file: File) -> None:
    rows = (
        ("12-1203", "马超", "业主", "13800005678", "", ""),
        ("12-1203", "新人", "业主", "", "", ""),
        ("12-1-1203", "新人", "业主", "", "", ""),
    )
    plan = sqlite_file.plan("people", PEOPLE, *rows)
    assert (plan.new, plan.unchanged) == (1, 1)
    assert [(row.row_number, "第 3 行" in row.reason) for row in plan.bad] == [(4, True)]


@pytest.mark.clause("HR-5.1")
def test_staff_get_what_comes_with_their_post_and_the_hats_besides(file: File) -> None:
    file.bring("staff", STAFF, *NEW_STAFF)
    rows = {row["number"]: row for row in list_staff(file.desk)}
    assert rows["KF20"]["hats"] == ["clerk", "desk_supervisor", "duty_manager", "archivist"]
    assert (rows["KF20"]["department"], rows["KF20"]["level"]) == ("service", "C")
    assert rows["GC20"]["qualifications"] == "电工证、焊工证"
    assert "hj" in one(file.desk, Staff, number="GC20").keys.split()


@pytest.mark.clause("HR-5.1")
def test_another_post_brings_other_rights(file: File) -> None:
    file.bring("staff", STAFF, *NEW_STAFF)
    pins.set_pin(file.desk, "GC20", "730416", cost=pins.Cost(1, 8, 1))
    without_hats = ("工号", "姓名", "岗位")
    assert file.bring("staff", without_hats, ("KF20", "单田芳", "工程主管")) == (0, 1, 0)
    row = next(row for row in list_staff(file.desk) if row["number"] == "KF20")
    assert row["hats"] == ["eng_supervisor", "duty_manager", "archivist"]
    assert (row["department"], row["phone"]) == ("engineering", "13800009999")
    assert file.bring("staff", STAFF, ("GC20", "黑金", "综合维修工", "", "", "")) == (0, 1, 0)
    assert pins.needs_pin(file.desk, "GC20"), "an import leaves PINs alone"


LEAVERS = ("工号", "姓名", "岗位", "离职日期", "在职状态")


def test_whoever_has_left_is_closed_and_what_is_to_come_closes_nobody(file: File) -> None:
    file.bring("staff", STAFF, *NEW_STAFF)
    gone = ("GC20", "黑金", "水电维修工", "2026-05-31", "")
    later = ("KF20", "单田芳", "客服主管", "2027-01-31", "在职")
    stranger = ("KF99", "过客", "客服主管", "", "已离职")
    plan = file.plan("staff", LEAVERS, gone, later, stranger)
    assert [one.column for one in plan.told] == ["工号"], "nobody is taken on to leave"
    done = file.apply(plan)
    assert (done["new"], done["changed"]) == (0, 1)
    active = {one["number"] for one in list_staff(file.desk)}
    assert "GC20" not in active
    assert "KF20" in active
    assert {"GC20"} == {o["number"] for o in list_staff(file.desk, True) if not o["active"]}
    assert file.bring("staff", LEAVERS, gone, later, stranger) == (0, 0, 2)


def test_whoever_holds_a_duty_cannot_be_gone(sqlite_file: File) -> None:
    sqlite_file.desk.as_staff("KF01").perform(
        "duty.start", lambda act: duties.start(act, sqlite_file.desk)
    )
    plan = sqlite_file.plan("staff", LEAVERS, ("KF01", "李晓燕", "客服专员", "2026-01-01", ""))
    assert ["还在值班" in one.reason for one in plan.bad] == [True]


def test_unknown_posts_and_numbers_of_people_who_left_are_refused(sqlite_file: File) -> None:
    desk = sqlite_file.desk
    desk.perform("staff", lambda act: staff.deactivate(act, "KF02"))
    own = desk.settings.home / "data" / "posts.csv"
    own.parent.mkdir()
    own.write_text("post,department,level,hats\n客服专员,客户服务部,D,clerk\n", "utf-8")
    path = sqlite_file.folder / "staff.csv"
    path.write_text("工号,姓名,岗位\nKF02,赵敏,客服专员\nGC20,黑金,水电维修工\n", "utf-8")
    plan = imports.plan(desk, read_rows(path, "staff"))  # read by another table of posts
    assert [(row.row_number, row.column) for row in plan.bad] == [(2, "工号"), (3, "岗位")]


def test_a_price_changes_and_an_item_that_is_not_in_the_file_stays(file: File) -> None:
    file.bring("tariff", TARIFF, *NEW_TARIFF)
    prices = {item["code"]: item["price_fen"] for item in list_tariff(file.desk)}
    assert prices == {"DX-01": 1550, "SX-01": 3500, "SX-02": 5000, "SX-03": 4500, "SX-90": 2550}
    item = one(file.desk, Tariff, code="SX-01")
    assert (item.price, item.unit_word, item.keywords) == (350_000, "个", "水龙头 龙头")


def test_what_changed_since_it_was_planned_is_compared_again(sqlite_file: File) -> None:
    first = sqlite_file.plan("people", PEOPLE, *NEW_PEOPLE)
    second = sqlite_file.plan("people", PEOPLE, *NEW_PEOPLE)
    assert sqlite_file.apply(first)["new"] == 3
    assert sqlite_file.apply(second)["new"] == 0


@pytest.mark.clause("HR-5.1")
def test_only_administrators_import(sqlite_file: File) -> None:
    before = everything(sqlite_file.desk)
    for noun, header, rows in (
        ("units", UNITS, NEW_UNITS),
        ("people", PEOPLE, NEW_PEOPLE),
        ("staff", STAFF, (("KF01", "李晓燕", "行政", "", "", ""),)),
        ("tariff", TARIFF, NEW_TARIFF),
    ):
        plan = sqlite_file.plan(noun, header, *rows)
        clerk = sqlite_file.desk.as_staff("KF01")
        with pytest.raises(NotAdministrator):
            clerk.perform("import", lambda act, plan=plan: imports.apply(act, plan))  # type: ignore[misc]
    *rows_now, lines = everything(sqlite_file.desk)
    assert [*rows_now, lines - 4] == before, "nothing but that four were refused"


def test_an_import_that_would_leave_no_administrator_is_refused(file: File) -> None:
    rows = (
        ("XZ01", "张敏", "客服专员", "", "", ""),
        ("ZJ01", "高远", "保洁员", "", "", ""),
        ("KF20", "新人", "客服专员", "", "", ""),
    )
    before = everything(file.desk)
    with pytest.raises(LastAdministrator):
        file.bring("staff", STAFF, *rows)
    assert everything(file.desk) == before
    assert file.bring("staff", STAFF, rows[0], rows[2], ("KF01", "李晓燕", "行政", "", "", "")) == (
        1, 2, 0,
    )  # fmt: skip


def test_hostile_names_are_refused_or_kept_letter_for_letter(file: File) -> None:
    rows = [
        ("6-1-301", text, "家属", f"139{n:08d}", "", "")
        for n, text in enumerate((*ACTING.values(), *PLAIN.values()))
        if "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
    ]
    plan = file.plan("people", PEOPLE, *rows)
    file.apply(plan, skip_bad=True)
    kept = {person["name"] for person in show_unit(file.desk, "6-1-301")["people"]}
    taken = {row.name for row in plan.intake.good}
    assert taken
    assert kept == taken


def test_a_file_of_many_rows_is_read_compared_and_written(sqlite_file: File) -> None:
    labels = [f"{8 + n // 99}-1-{n % 99 + 1}01" for n in range(900)]
    units = [(label, "", "", "", "", "") for label in labels]
    sqlite_file.bring("units", UNITS, *units)
    people = [
        (units[n % len(units)][0], "王李赵"[n % 3] + "芳敏"[n % 2], "业主", f"139{n:08d}", "", "")
        for n in range(imports.BATCH + 10)
    ]
    assert sqlite_file.bring("people", PEOPLE, *people)[0] == len(people)
    assert sqlite_file.bring("people", PEOPLE, *people) == (0, 0, len(people))
    again = [
        (room, name, role, f"138{n:08d}", "", "") for n, (room, name, role, *_) in enumerate(people)
    ]
    assert sqlite_file.bring("people", PEOPLE, *again) == (0, len(people), 0)
