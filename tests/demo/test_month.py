"""A month of the training office: its numbers, and that it is an office like any other."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.demo.counted import Counted, outcomes
from tests.factories import rows_of
from wuye_tui.demo import making
from wuye_tui.demo.life import Life
from wuye_tui.demo.making import fill
from wuye_tui.desk import Desk
from wuye_tui.registers import duties
from wuye_tui.registers.checking import check
from wuye_tui.settings import load
from wuye_tui.store.tables import Complaint, Contact, Duty, Handover, Matter, Signature

NOW = "2026-11-19T10:20:00+08:00"


def lived(folder: Path, days: int, now: str = NOW) -> Life:
    return fill(load(home=str(folder), now=now, environ={}), days)


def contacts_of_a_day(seen: Counted) -> None:
    days = {day: many for day, many in seen.each_day().items() if day not in seen.storms}
    weekdays = [many for day, many in days.items() if day.weekday() < 5]
    saturdays = [many for day, many in days.items() if day.weekday() == 5]
    assert len(weekdays) > 15
    assert min(weekdays) >= 45
    assert max(weekdays) <= 65
    more = (sum(saturdays) / len(saturdays)) / (sum(weekdays) / len(weekdays))
    assert 1.05 < more < 1.35


def hours_of_a_day(seen: Counted) -> None:
    hours = seen.hours()
    assert max(hours, key=hours.__getitem__) in (9, 10)
    assert hours[14] > hours[12]
    assert hours[18] > hours[21] > hours[3]
    assert sum(hours[hour] for hour in range(7)) < 2.5 * 30


def kinds_of_calls(seen: Counted) -> None:
    kinds = seen.kinds()
    assert kinds["repair"] == pytest.approx(0.30, abs=0.04)
    assert kinds["progress"] == pytest.approx(0.12, abs=0.03)
    assert kinds["car"] == pytest.approx(0.08, abs=0.025)
    assert kinds["complaint"] == pytest.approx(0.08, abs=0.025)
    assert kinds["praise"] + kinds["suggestion"] == pytest.approx(0.02, abs=0.015)
    # Fees, cards, release and the rest are asked about or handed over at the counter.
    assert kinds["enquiry"] + kinds["other"] == pytest.approx(0.40, abs=0.05)
    assert kinds["enquiry"] > 0.20


def slips_of_a_month(seen: Counted) -> None:
    slips = seen.of("repair")
    assert 480 <= len(slips) <= 620
    public = sum(bool(row.place) for row in slips) / len(slips)
    assert public == pytest.approx(0.40, abs=0.06)
    closed = [row.closed is not None for row in seen.old("repair")]
    assert sum(closed) / len(closed) > 0.97


def lateness(seen: Counted) -> None:
    assert len(seen.late()) / len(seen.of("repair")) == pytest.approx(0.08, abs=0.025)


def second_visits(seen: Counted) -> None:
    twice = sum(many > 1 for many in seen.visits.values())
    assert twice / len(seen.visits) == pytest.approx(0.12, abs=0.035)


def refused_quotes(seen: Counted) -> None:
    paid = [row for row in seen.of("repair") if seen.repairs[row.id].charge == "paid"]
    found = outcomes(paid)
    assert found.get("refused", 0) + found.get("declined", 0) == pytest.approx(0.04, abs=0.025)


def callbacks(seen: Counted) -> None:
    found = outcomes(seen.of("callback"))
    assert found["not_reached"] == pytest.approx(0.20, abs=0.05)
    assert found["reached"] > 0.7


def complaints(seen: Counted) -> None:
    taken = seen.of("complaint")
    own = {row.matter: row for row in rows_of(seen.desk, Complaint)}
    levels = Counter(own[row.id].level for row in taken)
    assert len(taken) / len(seen.contacts) == pytest.approx(0.08, abs=0.025)
    assert levels["serious"] / len(taken) == pytest.approx(0.12, abs=0.04)
    (grave,) = [row for row in taken if own[row.id].level == "major"]
    verbs = seen.verbs(grave.number)
    assert verbs[:4] == ["register", "judge", "report", "handle"]
    assert {row.about for row in taken} == {"", "GC04", "ZX01"}
    assert {row.holder for row in taken if row.about} == {"JL01"}
    assert sum(own[row.id].hands for row in taken) > 1
    old = seen.old("complaint")
    assert sum(row.state in ("closed", "archived") for row in old) / len(old) > 0.97
    assert all(own[row.id].cause for row in old)


def nights(seen: Counted) -> None:
    taken = [row for row in seen.steps if row.verb == "take"]
    signed = [row for row in seen.steps if row.verb == "countersign"]
    assert 30 < len(taken) < 120
    assert {row.by for row in taken} == {"GC03", "GC04", "GC05", "GC06", "GC07"}
    assert len(taken) - len(signed) < 8


def storms(seen: Counted) -> None:
    answered = [row for row in seen.contacts if row.outcome == "answered"]
    worst = max(seen.storms, key=lambda day: sum(seen.day(row.rang) == day for row in answered))
    those = sorted(row.rang for row in answered if seen.day(row.rang) == worst)
    assert len(those) == 47  # and three before there was a notice
    assert those[-1] - those[0] < timedelta(minutes=40)
    assert not [row for row in seen.contacts if row.outcome.startswith("unanswered")]


def entrapment(seen: Counted) -> None:
    (one,) = [row for row in seen.of("repair") if seen.repairs[row.id].emergency]
    assert seen.repairs[one.id].emergency == "entrapment"
    verbs = seen.verbs(one.number)
    assert verbs[:2] == ["register", "dispatch_now"]
    assert verbs.index("arrive") < verbs.index("write_up") < verbs.index("finish")
    assert "close" in verbs
    assert one.id not in seen.late()


def days_signed(seen: Counted) -> None:
    checks = seen.of("daycheck")
    assert len(checks) >= 28
    assert all(row.closed or seen.day(row.opened) == seen.today for row in checks)
    clocks = [row for row in seen.clocks if row.name == "sign" and row.due]
    late = [row for row in clocks if row.due and (row.ended or seen.now) > row.due]
    assert len(late) == 1, "one day was forgotten"


def weeks_filed(seen: Counted) -> None:
    assert 4 <= len([row for row in seen.of("weekfile") if row.closed]) <= 5
    over = [row for row in seen.old("repair") if row.closed]
    assert sum(row.state == "archived" for row in over) / len(over) > 0.6
    back = [row for row in seen.steps if row.verb == "send_back"]
    mended = [row for row in seen.steps if row.verb == "complete"]
    assert 6 <= len(back) <= 10
    assert len(mended) >= len(back) - 2


def dunned(seen: Counted) -> None:
    """Reminders by both, promises kept and broken, letters, and a complaint that is seen first."""
    taken, verbs = seen.of("dunning"), Counter[str]()
    own = {row.id: row.number for row in taken}
    mine = [row for row in seen.steps if row.matter in own]
    verbs.update(row.verb for row in mine)
    assert 12 <= len(taken) <= 40
    assert {row.by for row in mine if row.verb == "register"} == {"CW01", "KF01", "KF02"}
    assert min(verbs[verb] for verb in ("promise", "remind", "letter", "paid")) >= 3
    promised = {row.matter for row in mine if row.verb == "promise"}
    paid = {row.id for row in taken if row.state == "paid"}
    again = {row.matter for row in mine if row.verb == "remind"}
    assert promised & paid - again, "kept"
    assert promised & again, "broken"
    (known,) = {row.facts["knowing"] for row in mine if row.facts.get("knowing")}
    (complaint,) = [row for row in seen.of("complaint") if row.number == known]
    assert complaint.state in ("closed", "archived")


def present(seen: Counted) -> None:
    open_ = [row for row in seen.open() if row.kind != "dunning"]
    assert 10 <= len(open_) <= 35
    assert len({row.state for row in open_ if row.kind == "repair"}) >= 5
    assert 2 <= len(seen.overdue()) <= 4
    assert [row.state for row in open_ if row.kind == "notice"] == ["in_force"]
    due = [row.next_due for row in open_ if row.kind == "callback"]
    assert 2 <= len(due) <= 14
    assert any(seen.day(when) == seen.today for when in due)
    assert 12 <= sum(seen.day(row.rang) == seen.today for row in seen.contacts) <= 32


def duty_log(seen: Counted) -> None:
    """Patrols, some too short; what was found is put right and looked at; the lift is reported."""
    patrols, tasks = seen.of("patrol"), seen.of("task")
    assert 210 <= len(patrols) <= 250
    assert 10 <= len(tasks) <= 20
    old = seen.old("task")
    assert all(row.state == "closed" for row in old)
    again = [row for row in seen.steps if row.verb == "redo"]
    assert len(again) <= 1
    lines = Counter(row.verb for row in seen.steps if row.frm == "new")
    assert 2 <= lines["fall_short"] <= 6
    assert lines["correct"] == 1
    (event,) = seen.of("incident")
    assert seen.verbs(event.number)[:2] == ["register", "report"]
    assert event.parent in {row.number for row in seen.of("repair")}
    assert {row.state for row in seen.of("reading")} == {"read"}
    (instruction,) = [row for row in tasks if row.parent.startswith("PY-")]
    assert instruction.department == "guards"
    late = {row.kind for row in seen.matters if row.id in seen.overdue()}
    assert late <= {"repair", "callback", "dunning"}


def duties_handed_over(seen: Counted) -> None:
    held = [row for row in rows_of(seen.desk, Duty) if row.post == "desk"]
    began = Counter(row.began for row in held)
    assert began["handover"] > 100
    assert (began["start"], began["forced"]) == (1, 0)
    assert 6 <= began["continued"] <= 10, "on Saturdays the same clerk goes on over noon"
    signed = [row for row in rows_of(seen.desk, Signature) if row.role in ("giver", "taker")]
    assert {row.how for row in signed} == {"pin"}
    handovers = [row for row in rows_of(seen.desk, Handover) if row.post == "desk"]
    (late,) = [row for row in handovers if row.late]
    assert 20 <= late.late <= 30
    assert sum(row.verb == "runs_on" for row in seen.steps) == 1
    assert sum(row.verb == "refuse" and row.clause == "KF-12" for row in seen.steps) == 1
    counts = sorted(
        (row for row in seen.steps if row.verb == "count"), key=lambda row: row.recorded
    )
    off = [row.facts["differences"] for row in counts if row.facts["differences"]]
    assert off == [{"万用表": [1, 0]}, {"万用表": [0, 1]}]


CHECKS: tuple[Callable[[Counted], None], ...] = (
    contacts_of_a_day, hours_of_a_day, kinds_of_calls, slips_of_a_month, lateness, second_visits,
    refused_quotes, callbacks, complaints, nights, days_signed, weeks_filed, storms, entrapment,
    duty_log, duties_handed_over, dunned, present,
)  # fmt: skip


@pytest.mark.slow
def test_a_month_comes_out_as_it_was_planned(tmp_path: Path) -> None:
    """One test, because the month is made once for it."""
    life = lived(tmp_path, 30)
    assert life.refused == []
    assert life.unclear == []
    assert check(life.desk).findings == []
    seen = Counted(life.desk)
    for counted in CHECKS:
        counted(seen)
    assert duties.now(life.desk)[0].staff == "KF01"
    life.desk.engine.dispose()


def stands(desk: Desk) -> list[tuple[Any, ...]]:
    """What must be the same whenever the office is made for the same present."""
    matters = [
        (row.number, row.state, row.hold, row.outcome, row.unit, row.worker, row.opened)
        for row in rows_of(desk, Matter)
    ]
    contacts = [(row.number, row.category, row.unit, row.rang) for row in rows_of(desk, Contact)]
    return sorted(matters) + sorted(contacts)


@pytest.mark.pg
def test_the_same_present_makes_the_same_office_on_both_databases(
    tmp_path: Path, pg_url: str
) -> None:
    here = lived(tmp_path / "here", 1).desk
    settings = load(home=str(tmp_path / "there"), now=NOW, environ={})
    there = fill(replace(settings, database_url=pg_url), 1).desk
    assert stands(here) == stands(there)
    assert check(there).findings == []
    here.engine.dispose()
    there.engine.dispose()


@pytest.mark.parametrize(
    "now",
    [
        "2026-11-22T03:10",
        "2026-11-20T08:31",
        *(
            pytest.param(now, marks=pytest.mark.slow)
            for now in (
                "2026-11-21T00:20",
                "2026-11-19T12:15",
                "2026-11-20T17:40",
                "2026-11-23T21:05",
            )
        ),
    ],
)
def test_it_is_an_office_at_any_hour(tmp_path: Path, now: str) -> None:
    life = lived(tmp_path, 1, f"{now}:00+08:00")
    assert life.refused == []
    assert check(life.desk).findings == []
    seen = Counted(life.desk)
    assert seen.open()
    (desk, manager) = duties.now(life.desk)
    assert not desk.over
    assert not manager.over
    life.desk.engine.dispose()


@pytest.mark.parametrize("now", ["2026-11-19T08:40", "2026-11-20T19:25"])
def test_its_last_two_hours_alone_have_somebody_on_duty_too(tmp_path: Path, now: str) -> None:
    life = lived(tmp_path, 0, f"{now}:00+08:00")
    assert life.refused == []
    assert [duty.over for duty in duties.now(life.desk)] == [False, False]
    assert check(life.desk).findings == []
    life.desk.engine.dispose()


def test_an_office_that_is_not_whole_is_not_there(tmp_path: Path) -> None:
    folder = tmp_path / "office"
    settings = load(home=str(folder), now=NOW, environ={})

    def interrupted(_share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        making.make(settings, 1, interrupted)
    assert sorted(path.name for path in folder.iterdir()) == ["data"]
    heard: list[float] = []
    assert making.make(settings, 0, heard.append)
    assert heard[-1] == 1
    assert not making.make(settings, 0)
    assert sorted(path.name for path in folder.iterdir()) == ["data", "wuye.db"]
