"""`wuye rosters export`: a month in force as every file that it can be (ZB-3.6)."""

from datetime import timedelta

import pytest

from tests.cli.lines import Office, typed
from tests.desks import settings_for
from tests.rosters_shown import in_force, in_turn
from wuye_tui.desk import open_desk
from wuye_tui.paper.rosters import ENDINGS
from wuye_tui.rules.clock import StoppedClock

__all__ = ["typed"]

MANAGERS = ("--kind", "duty-manager", "--month", "2026-11")


def published(office: Office) -> None:
    """A month of duty managers in force."""
    desk = open_desk(settings_for(office.home), StoppedClock(office.now)).as_staff("ZJ01")
    in_force(desk, in_turn())
    desk.engine.dispose()
    office.now += timedelta(minutes=1)


@pytest.mark.clause("ZB-3.6")
@pytest.mark.parametrize("ending", ENDINGS)
def test_a_month_is_exported_and_never_over_a_file_that_is_there(
    typed: Office, ending: str
) -> None:
    published(typed)
    path = typed.home / f"a{ending}"
    ran = typed.type("rosters", "export", *MANAGERS, "-o", str(path))
    assert ran.status == 0, ran.err
    assert str(path) in ran.err
    content = path.read_bytes()
    again = typed.type("rosters", "export", *MANAGERS, "-o", str(path))
    assert again.status == 2
    assert "--force" in again.err
    assert path.read_bytes() == content
    forced = typed.type("rosters", "export", *MANAGERS, "-o", str(path), "--force")
    assert forced.status == 0, forced.err


def test_one_person_has_a_calendar_of_their_own(typed: Office) -> None:
    published(typed)
    path = typed.home / "a.ics"
    ran = typed.type("rosters", "export", *MANAGERS, "-o", str(path), "--staff", "孙丽")
    assert ran.status == 0, ran.err
    text = path.read_text("utf-8")
    assert text.count("BEGIN:VEVENT") == 12
    assert "KF04" not in text
    other = str(typed.home / "b.ics")
    ran = typed.type("rosters", "export", *MANAGERS, "-o", other, "--staff", "没这个人")
    assert ran.status != 0
    assert "没这个人" in ran.err
