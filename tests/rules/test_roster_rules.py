"""The rules of the kinds of roster, as they came with the program and as an office writes them.

* every file that came with the program is read, and its posts, hats and duties are the office's
* the demo office's people suffice for every kind within the law's hours, by arithmetic
* what cannot be used is told in one sentence, with file and line, by `wuye config check` too
* one file with a fault is in nobody's way but its own; a kind of an office's own is a kind
"""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.cli.lines import Office
from wuye_tui.intake.sheets import read_rows
from wuye_tui.reference import Reference
from wuye_tui.reference_rosters import SHIPPED, read_rules
from wuye_tui.reference_values import BadReference
from wuye_tui.rules import labour
from wuye_tui.rules.holidays import holidays_of, working_of
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Asked

ROOT = Path(__file__).parents[2]
KINDS = Reference().rosters
STAFF = read_rows(ROOT / "data" / "demo" / "staff.xlsx", "staff").good
MONTHS = [Month(2026, n) for n in range(1, 13)]


def own(tmp_path: Path, code: str, text: str) -> Reference:
    """An office with a file of its own."""
    file = tmp_path / "data" / "rosters" / f"{code}.toml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return Reference(tmp_path)


def changed(code: str, was: str, becomes: str) -> str:
    """A file that came with the program, with one place changed."""
    text = Reference().text(f"rosters/{code}.toml")
    assert was in text
    return text.replace(was, becomes, 1)


def month_of(code: str, month: Month) -> Asked:
    calendar = Reference().calendar
    return Asked(
        KINDS[code],
        month,
        (),
        holidays=holidays_of(calendar, month),
        working=working_of(calendar, month),
    )


@pytest.mark.clause("KF-5", "ZB-3.6")
def test_the_kinds_that_came_with_the_program_are_the_offices_posts_hats_and_duties():
    reference = Reference()
    assert tuple(KINDS) == SHIPPED
    for kind in KINDS.values():
        assert set(kind.posts) | set(kind.stand_in) <= set(reference.posts)
        assert not kind.clause or kind.clause in reference.clauses
        for shift, names in kind.duty_names.items():
            plans = [one for one in reference.duties if one.post == kind.duty_post]
            times = [(one.starts, one.ends) for one in plans if one.name in names]
            assert (kind.shift(shift).starts, kind.shift(shift).ends) == (times[0][0], times[-1][1])
    level = next(one.level for one in reference.duties if one.post == "duty_manager")
    assert KINDS["duty_manager"].limits.level == level == "C"


@pytest.mark.parametrize("code", SHIPPED)
@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_demo_offices_people_suffice_within_the_laws_hours(code, month):
    kind, asked = KINDS[code], month_of(code, month)
    hats = {title: row["hats"].split() for title, row in Reference().posts.items()}
    people = [
        one
        for one in STAFF
        if one.post in (*kind.posts, *kind.stand_in)
        or set(kind.hats) & {*hats[one.post], *(hat.value for hat in one.hats)}
    ]
    if kind.limits.level:
        people = [one for one in people if one.level <= kind.limits.level]
    needed = sum(
        heads * kind.shift(need.shift).counted
        for day in asked.days
        for need, heads in kind.heads(day, asked.is_holiday(day))
    )
    assert needed <= len(people) * labour.most_minutes(kind.limits.hours, asked)
    for day in asked.days:  # somebody held last night, and needs a day off
        heads = sum(
            many
            for need, many in kind.heads(day, asked.is_holiday(day))
            if not kind.shift(need.shift).only_with
        )
        after = sum(one.night and one.code in kind.duty_names for one in kind.shifts)
        assert heads + after <= len(people)
    for need in kind.needs:
        able = [one for one in people if set(need.qualifications) <= set(one.qualifications)]
        assert len(able) > need.heads


def test_holidays_are_not_counted_twice_where_weekdays_and_weekends_are_written_apart():
    for day, many in ((date(2026, 10, 1), 7), (date(2026, 10, 3), 7), (date(2026, 10, 12), 10)):
        heads = KINDS["cleaning"].heads(day, is_holiday=day.day < 8)
        assert sum(each for _need, each in heads) == many


def test_three_maintenance_workers_cannot_hold_all_nights_within_the_law():
    kind, asked = KINDS["night"], month_of("night", Month(2026, 12))
    needed = sum(
        heads * kind.shift(need.shift).counted
        for day in asked.days
        for need, heads in kind.heads(day, is_holiday=False)
    )
    most = labour.most_minutes(kind.limits.hours, asked)
    assert 3 * most < needed < 5 * most


SECOND_DAY = '[[need]]\nshift = "day"\nheads = 1\n'
FIXED = '\n[[fixed]]\nstaff = "KF05"\nshift = "day"\nweekdays = "日"\n'
NEVER = '\n[[fixed]]\nstaff = "KF05"\nweekdays = "六日"\nnever = true\n'
NOON = '\n[[fixed]]\nstaff = "KF05"\nshift = "noon"\nweekdays = "日"\n'


@pytest.mark.parametrize(
    ("code", "was", "becomes", "says"),
    [
        ("desk", 'shift = "noon"', 'shift = "moon"', "shift 里不能写「moon」，能写的是：day noon"),
        ("desk", "heads = 2", "heads = -1", "heads 要写 0 到 500 个人，不能是负数"),
        ("desk", "holidays = 1", "holidays = -1", "holidays 要写 0 到 500 个人，不能是负数"),
        ("desk", "holidays = 0", "holidays = 1", "法定节假日写了两次人数"),
        ("desk", 'weekdays = "六日"', 'weekdays = "五六日"', "「前台」周五写了两次人数"),
        ("desk", 'weekdays = "六日"', 'weekdays = "周末"', "weekdays 写星期几"),
        ("desk", 'code = "noon"', 'code = "day"', "有两项的 code 都是 day"),
        ("desk", "rest = 660", "rest = 10000", "rest 要写 0 到 4320 的整数"),
        ("desk", "days = 6", "days = 0", "days 要写 1 到 31 的整数"),
        ("desk", "minutes = 450", "minutes = 600", "minutes 不能多于这一班的时间 540 分钟"),
        ("desk", 'hours = "standard"', 'hours = "any"', "hours 里不能写「any」"),
        ("desk", 'only_with = "day"', 'only_with = "noon"', "only_with 里不能写「noon」"),
        ("desk", 'duty_post = "desk"', 'duty_post = "door"', "duty_post 里不能写「door」"),
        ("desk", '"morning", "afternoon"', '"dawn"', "day 里不能写「dawn」"),
        ("desk", 'duty_post = "desk"', "", "写了 duty_names，也要写 duty_post"),
        ("desk", 'posts = ["客服专员", "信息处理员"]', "", "departments、posts、hats 至少写一样"),
        ("desk", "rest = 660", "least = 3", "limits 里不能写「least」"),
        ("night", "nights = 1", "nights = 9", "nights 不能多于 days"),
        ("night", '["day", "night"]', '["day", "rest"]', "after_night 里不能写「rest」"),
        ("duty_manager", 'level = "C"', 'level = "主管"', "level 里不能写「主管」"),
        ("duty_manager", '"admin"', '"boss"', "hats 里不能写「boss」"),
        ("duty_manager", "heads = 1", "heads = 0", None),  # only the resting post is left
    ],
)
def test_what_an_office_writes_and_cannot_be_used_is_told(tmp_path, code, was, becomes, says):
    read = own(tmp_path, code, changed(code, was, becomes)).rosters
    if says is None:
        assert read[code].needs[0].heads == 0
        return
    with pytest.raises(BadReference) as error:
        read[code]
    assert says in error.value.why


@pytest.mark.parametrize(
    ("further", "says"),
    [
        (FIXED, ""),
        (FIXED + NOON, ""),  # both go together
        (FIXED + NEVER, "KF05 周日既写了固定上班，又写了不上班，请只留一条"),
        (NEVER + FIXED, "KF05 周日既写了固定上班，又写了不上班，请只留一条"),
        (FIXED.replace("日", "八"), "weekdays 写星期几"),
        (SECOND_DAY.replace('"day"', '"noon"') + FIXED, ""),
    ],
)
def test_somebody_cannot_always_and_never_work_on_the_same_day(tmp_path, further, says):
    text = Reference().text("rosters/desk.toml") + further
    read = own(tmp_path, "desk", text).rosters
    if not says:
        assert read["desk"].fixed[0].staff == "KF05"
        return
    with pytest.raises(BadReference) as error:
        read["desk"]
    assert says in error.value.why


def test_a_fixed_shift_on_a_day_that_needs_nobody_is_told(tmp_path):
    text = Reference().text("rosters/cleaning.toml")
    weekend = text.replace('post = "垃圾房"\nheads = 1', 'post = "垃圾房"\nheads = 0')
    weekend = weekend.replace('"大堂"\nheads = 1', '"大堂"\nheads = 0')
    fixed = FIXED.replace('"day"', '"late"')
    with pytest.raises(BadReference, match="KF05 固定的班，周日不需要人"):
        own(tmp_path, "cleaning", weekend + fixed).rosters["cleaning"]


def test_a_file_with_a_fault_is_in_nobodys_way_but_its_own(tmp_path):
    reference = own(tmp_path, "night", changed("night", "nights = 1", "nights = -1"))
    assert reference.rosters["guards"].word == "秩序维护"
    with pytest.raises(BadReference):
        reference.rosters["night"]


@pytest.mark.parametrize(
    ("was", "becomes"), [("heads = 3", "heads = -3"), ("free = 6", "free = 40")]
)
def test_the_check_of_an_offices_files_names_the_line(tmp_path, capsys, was, becomes):
    text = changed("guards", was, becomes)
    own(tmp_path, "guards", text)
    line = text.splitlines().index(becomes) + 1
    ran = Office(tmp_path, capsys).type("config", "check")
    assert (ran.status, f"data/rosters/guards.toml 第 {line} 行：" in ran.out) == (3, True)


def test_the_check_reads_kinds_of_an_offices_own_and_no_other_files(tmp_path, capsys):
    own(tmp_path, "greening", changed("cleaning", 'code = "late"', 'code = "early"'))
    (tmp_path / "data" / "rosters" / "notes.txt").write_text("x", "utf-8")
    out = Office(tmp_path, capsys).type("config", "check").out
    assert "data/rosters/greening.toml 第" in out
    assert "data/rosters/notes.txt：没有人读这个文件" in out


def test_rules_in_a_file_of_anybodys_are_read_and_their_line_is_told(tmp_path):
    file = tmp_path / "rules.toml"
    file.write_text(Reference().text("rosters/guards.toml"), "utf-8")
    assert replace(read_rules(file, "guards"), code="") == replace(KINDS["guards"], code="")
    text = changed("guards", "heads = 3", "heads = -3")
    file.write_text(text, "utf-8")
    line = text.splitlines().index("heads = -3") + 1
    with pytest.raises(BadReference, match=rf"rules\.toml 写错了：第 {line} 行，heads 要写"):
        read_rules(file, "guards")
    file.write_text(text.replace("heads = -3", "heads = = 3"), "utf-8")
    with pytest.raises(BadReference, match=f"第 {line} 行，这一行的写法不对"):
        read_rules(file)
    file.write_bytes("word = '早'".encode("gb18030"))
    with pytest.raises(BadReference, match="不是 UTF-8"):
        read_rules(file)
    with pytest.raises(BadReference, match="没有这个文件"):
        read_rules(tmp_path / "none.toml")


def test_a_kind_of_an_offices_own_is_a_kind(tmp_path):
    text = changed("cleaning", 'posts = ["保洁员"]', 'posts = ["绿化养护工"]')
    reference = own(tmp_path, "greening", text)
    assert [*reference.rosters] == [*SHIPPED, "greening"]
    assert reference.rosters["greening"].posts == ("绿化养护工",)
    assert "other" not in reference.rosters
