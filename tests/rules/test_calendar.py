"""Working days: the office's file wins over the published calendar, which wins over weekdays."""

import tomllib
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wuye_tui.rules.calendar import (
    BadCalendarEntry,
    BadCalendarValue,
    CalendarDayTwice,
    ClosesBeforeOpening,
    UnknownCalendarKey,
    WorkingCalendar,
    office_calendar,
    parse_office_days,
)
from wuye_tui.rules.errors import BadFile

USUAL = WorkingCalendar()
SHANGHAI = USUAL.zone


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)


def office(text: str) -> WorkingCalendar:
    return office_calendar(tomllib.loads(text))


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2026-11-19", True),  # Thursday
        ("2026-11-21", False),  # Saturday
        ("2026-10-01", False),  # National Day, a Thursday
        ("2026-10-07", False),  # its last day off, a Wednesday
        ("2026-09-20", True),  # a Sunday worked for it
        ("2026-10-10", True),  # a Saturday worked for it
        ("2026-02-14", True),  # the Saturday before the Spring Festival
        ("2026-02-23", False),  # its last day off, a Monday
        ("2018-12-31", False),  # a Monday, taken off by the next year's notice
        ("2018-12-29", True),  # a Saturday, worked by the next year's notice
    ],
)
def test_the_published_calendar_knows_days_off_and_make_up_days(day, works):
    assert USUAL.is_working(date.fromisoformat(day)) is works
    assert not USUAL.is_provisional(date.fromisoformat(day))


def test_beyond_what_is_published_the_weekday_rule_answers_provisionally():
    new_year, saturday = date(2090, 1, 2), date(2090, 1, 7)  # a Monday, a Saturday
    assert USUAL.is_working(new_year)
    assert not USUAL.is_working(saturday)
    assert USUAL.is_provisional(new_year)
    assert USUAL.is_provisional(saturday)
    assert not USUAL.knows(2090)
    assert not USUAL.knows(2003)
    assert USUAL.knows(2026)


def test_the_offices_file_wins_over_the_published_calendar():
    calendar = office(
        """
        [[days]]
        date = 2026-10-01
        working = true
        [[days]]
        date = 2026-11-19
        working = false
        name = "消防演练"
        """
    )
    assert calendar.is_working(date(2026, 10, 1))
    assert not calendar.is_working(date(2026, 11, 19))
    assert not calendar.is_working(date(2026, 10, 2))


def test_a_single_day_of_an_unpublished_year_is_settled_and_the_rest_stays_provisional():
    calendar = office("[[days]]\ndate = 2090-01-02\nworking = false")
    assert not calendar.is_working(date(2090, 1, 2))
    assert not calendar.is_provisional(date(2090, 1, 2))
    assert calendar.is_provisional(date(2090, 1, 3))


def test_a_year_entered_in_full_is_provisional_no_more_and_may_reach_into_december():
    calendar = office(
        """
        years = [2090]
        [[days]]
        date = 2089-12-31
        working = true
        [[days]]
        date = 2090-01-02
        working = false
        """
    )
    assert calendar.is_working(date(2089, 12, 31))  # a Saturday of the year before
    assert not calendar.is_provisional(date(2089, 12, 31))
    assert calendar.is_provisional(date(2089, 12, 30))
    assert not calendar.is_provisional(date(2090, 1, 3))
    assert calendar.is_working(date(2090, 1, 3))


def test_next_years_calendar_is_asked_for_from_the_first_of_november():
    known = office("years = [2089]")
    assert known.missing_year(date(2089, 10, 31)) is None
    assert known.missing_year(date(2089, 11, 1)) == 2090
    assert known.missing_year(date(2089, 12, 31)) == 2090
    assert office("years = [2089, 2090]").missing_year(date(2089, 12, 31)) is None
    assert USUAL.missing_year(date(2025, 12, 31)) is None


def test_a_year_that_came_unpublished_is_asked_for_until_it_is_entered():
    assert office("years = [2089]").missing_year(date(2090, 2, 1)) == 2090


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2026-11-19T08:30", "2026-11-19T08:30"),  # on the minute of opening
        ("2026-11-19T17:29:59", "2026-11-19T17:29:59"),
        ("2026-11-19T17:30", "2026-11-20T08:30"),  # closed from the minute of closing
        ("2026-11-19T08:29:59", "2026-11-19T08:30"),
        ("2026-11-20T20:00", "2026-11-23T08:30"),  # over the weekend
        ("2026-11-21T10:00", "2026-11-23T08:30"),  # a Saturday at ten
        ("2026-10-10T10:00", "2026-10-10T10:00"),  # a Saturday that is worked
        ("2026-10-09T19:00", "2026-10-10T08:30"),  # and the evening before it
        ("2026-09-30T18:00", "2026-10-08T08:30"),  # National Day
        ("2026-02-14T23:00", "2026-02-24T08:30"),  # the Spring Festival, nine days
    ],
)
def test_the_next_opening(moment, opening):
    assert USUAL.next_opening(at(moment)) == at(opening)
    assert USUAL.next_opening(at(moment)).tzinfo is UTC


def test_opening_hours_are_the_offices_own():
    calendar = office('opens = "09:00"\ncloses = 18:00:00\nzone = "Asia/Urumqi"')
    assert calendar.opens == time(9)
    assert calendar.closes == time(18)
    opening = calendar.next_opening(datetime(2026, 11, 19, 0, 0, tzinfo=UTC))
    assert opening == datetime(2026, 11, 19, 3, 0, tzinfo=UTC)


@settings(max_examples=60, deadline=None)
@given(
    st.datetimes(datetime(2025, 1, 1), datetime(2027, 6, 1)),  # noqa: DTZ001
    st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "America/Havana"]),
)
def test_an_opening_is_never_early_never_shut_and_stays_where_it_is(naive, zone):
    calendar = WorkingCalendar(zone=ZoneInfo(zone))
    moment = naive.replace(tzinfo=UTC)
    opening = calendar.next_opening(moment)
    local = opening.astimezone(calendar.zone)
    assert opening >= moment
    assert calendar.is_working(local.date())
    assert calendar.opens <= local.time() < calendar.closes
    assert calendar.next_opening(opening) == opening


def test_a_day_begins_at_the_offices_midnight_also_when_the_clocks_change():
    berlin = WorkingCalendar(zone=ZoneInfo("Europe/Berlin"))
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    hours = [
        (berlin.moment(day + timedelta(days=1)) - berlin.moment(day)).total_seconds() / 3600
        for day in (spring, autumn)
    ]
    assert hours == [23, 25]
    assert USUAL.day_of(datetime(2026, 11, 20, 16, 0, tzinfo=UTC)) == date(2026, 11, 21)


def test_the_version_names_the_published_data_and_changes_with_what_the_office_decides():
    day = "[[days]]\ndate = 2026-11-19\nworking = false\n"
    plain, named = office(day), office(day + 'name = "停电"')
    assert plain.version.startswith("cn-1.")
    assert plain.version == named.version
    others = (
        USUAL,
        office(day.replace("19", "20")),
        office('opens = "09:00"'),
        office("years=[9]"),
    )
    assert len({plain.version, *(other.version for other in others)}) == 5


def test_the_file_that_comes_with_the_program_decides_nothing_and_its_examples_are_good():
    text = files("data").joinpath("calendar", "office.toml").read_text("utf-8")
    assert office(text) == USUAL
    assert office(text).version == USUAL.version
    examples = [
        line.removeprefix("# ") for line in text.splitlines() if "=" in line or "[[" in line
    ]
    calendar = office(
        "\n".join(line for line in examples if line[0] in "[abcdefghijklmnopqrstuvwxyz")
    )
    assert calendar.days == {date(2026, 10, 1): False, date(2026, 10, 10): True}
    assert calendar.years == {2027}


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ('[[days]]\ndate = "2026-10-01"\nworking = false', BadCalendarEntry, "第 1 个"),
        ("[[days]]\ndate = 2026-10-01T00:00:00\nworking = false", BadCalendarEntry, "date"),
        ("[[days]]\nworking = false", BadCalendarEntry, "没有写"),
        ("[[days]]\ndate = 2026-10-01", BadCalendarEntry, "working"),
        ("[[days]]\ndate = 2026-10-01\nworking = 1", BadCalendarEntry, "「1」"),
        (
            "[[days]]\ndate = 2026-10-01\nworking = true\n"
            "[[days]]\ndate = 2026-10-01\nworking = true",
            CalendarDayTwice,
            "第 2 个 .* 2026-10-01",
        ),
        ("[[days]]\ndate = 2026-10-01\nwork = true", UnknownCalendarKey, "「work」"),
        ("day = []", UnknownCalendarKey, "「day」"),
        ("days = 3", BadCalendarValue, "days"),
        ("days = [2026-10-01]", BadCalendarValue, "days"),
        ('years = ["2027"]', BadCalendarValue, "years"),
        ("years = 2027", BadCalendarValue, "years"),
        ('opens = "half past eight"', BadCalendarValue, "opens"),
        ('closes = "25:00"', BadCalendarValue, "closes"),
        ('opens = "08:30+08:00"', BadCalendarValue, "opens"),
        ('zone = "Asia/Nowhere"', BadCalendarValue, "zone"),
        ('zone = "Asia"', BadCalendarValue, "zone"),
        ('opens = "17:30"', ClosesBeforeOpening, "17:30"),
    ],
)
def test_a_defect_of_the_offices_file_is_said_with_its_place(text, error, words):
    with pytest.raises(error, match=words) as refused:
        office(text)
    assert isinstance(refused.value, BadFile)
    assert refused.value.exit_status == 3


def test_the_days_alone_can_be_read_and_cannot_be_changed():
    days = parse_office_days({"days": [{"date": date(2026, 10, 1), "working": False}]})
    assert days == {date(2026, 10, 1): False}
    with pytest.raises(TypeError):
        days[date(2026, 10, 2)] = True  # type: ignore[index]
