"""The night's supplement is told wherever a price is spoken of."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from wuye_tui.rules.supplements import hours, owed, spoken_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
NIGHT = "夜间加收(20-8时)"


@pytest.mark.parametrize(
    ("name", "span"),
    [
        (NIGHT, (20, 8)),
        ("午间加收（12-14时）", (12, 14)),
        ("换水龙头", None),
        ("换锁芯(2-3个)", None),
        ("上门(8-8时)", None),
        ("上门(20-99时)", None),
    ],
)
def test_the_hours_are_those_of_the_name(name: str, span: tuple[int, int] | None) -> None:
    assert hours(name) == span


@pytest.mark.parametrize(
    ("clock", "is_owed"),
    [("19:59", False), ("20:00", True), ("00:30", True), ("07:59", True), ("08:00", False)],
)
def test_the_night_is_from_eight_to_eight_by_the_offices_clock(clock: str, is_owed: bool) -> None:
    moment = datetime.fromisoformat(f"2026-11-19T{clock}+08:00").astimezone(UTC)
    assert owed(NIGHT, moment, SHANGHAI) is is_owed
    assert not owed("换水龙头", moment, SHANGHAI)


def test_before_the_work_it_goes_by_the_appointment_and_there_by_now() -> None:
    now = datetime(2026, 11, 19, 2, 20, tzinfo=UTC)
    at = now + timedelta(hours=10)
    facts = {"charge": "paid", "at": at.isoformat()}
    assert spoken_of("issue", facts, now) == spoken_of("quote", facts, now) == at
    assert spoken_of("agree", facts, now) == spoken_of("finish", facts, now) == now
    assert spoken_of("issue", {"charge": "paid"}, now) == now


def test_nobody_is_told_of_it_who_pays_nothing_or_at_another_step() -> None:
    now = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
    assert spoken_of("issue", {"charge": "public"}, now) is None
    assert spoken_of("issue", {}, now) is None
    assert spoken_of("notify", {"charge": "paid"}, now) is None
