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
NUMBER = "PB-20261119-001"


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


@pytest.mark.parametrize("verb", ["show", "export"])
@pytest.mark.parametrize(
    ("line", "status", "told"),
    [
        (("--staff", "孙力"), 4, "员工名册里没有「孙力」"),
        (("--staff", "GC03"), 4, "没有「GC03」"),
        (("--post", "后门"), 4, "没有「后门」"),
        (("--month", "2026-12", "--number", NUMBER), 2, f"{NUMBER} 是 2026-11 的值班经理排班"),
        (("--kind", "guards", "--number", NUMBER), 2, f"{NUMBER} 是 2026-11 的值班经理排班"),
    ],
)
def test_what_is_not_in_a_roster_is_refused_in_a_sentence(
    typed: Office, verb: str, line: tuple[str, ...], status: int, told: str
) -> None:
    published(typed)
    out = ("-o", str(typed.home / "a.csv")) if verb == "export" else ()
    ran = typed.type("rosters", verb, *MANAGERS, *line, *out)
    assert (ran.status, told in ran.err, ran.out) == (status, True, ""), ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert not (typed.home / "a.csv").exists()


@pytest.mark.parametrize("name", ["钱 芳", "钱　芳", "kf04", " KF04 "])
def test_somebody_is_found_however_their_name_is_spaced(typed: Office, name: str) -> None:
    published(typed)
    ran = typed.type("rosters", "show", *MANAGERS, "--staff", name)
    assert ran.status == 0, ran.err
    assert "钱芳 KF04" in ran.out
    assert len(ran.out.splitlines()) == 3 + 12
