"""Dunning by its table (FW-13, KF-3.4): who may, which level when, what is refused, the words.

* every situation is walked: no dead end, each guard refuses somewhere and lets pass somewhere
* the borders: evening and morning, the days of each level, the same way again, the promise's day
* what an office writes into `data/dunning.toml` and cannot be used is told in one sentence
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import walking
from tests.walking import BEGIN, ZONE, Place, Walk, story
from wuye_tui.reference import BadReference, Reference
from wuye_tui.rules import dunning_levels as rules
from wuye_tui.rules.answers import Answers
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.dunning_levels import LEVELS, Dunning, Level, filled
from wuye_tui.rules.folding import Situation, fold
from wuye_tui.rules.lifecycle import Case, Row
from wuye_tui.rules.offering import may_take, refusal
from wuye_tui.rules.rights import GRANTS, Actor, Hat, Right
from wuye_tui.rules.running import clocks

OURS = Reference().dunning
TS = "TS-20261119-001"
KNOWN = {"dunning": OURS, "overdue_fen": 21928, "owed_fen": 43856, "late_fen": 11, "days": 400}
HERE = {"unit": "3-1-502", "way": "phone", "text": "说月底来交"}


def a_row(verb: str, state: str) -> Row:
    row = DUNNING.row(verb, state)
    assert row is not None
    return row


def after(*told: tuple[float, str, Mapping[str, Any]]) -> Situation:
    return fold(DUNNING, story(DUNNING, *told))


def a_case(
    was: Situation | None = None,
    given: Mapping[str, Any] | None = None,
    at: str = "2026-11-19 10:30",
    overdue: tuple[str, ...] = (),
    **around: Any,
) -> Case:
    moment = datetime.fromisoformat(at).replace(tzinfo=ZONE)
    who = Actor("KF01", "李晓燕", frozenset({Hat.CLERK}))
    answers = dict(HERE if given is None else given)
    return Case(
        was or Situation(), answers, who, who, moment, moment, moment,
        overdue=frozenset(overdue), around={**KNOWN, **around},
    )  # fmt: skip


def refused(row: Row, case: Case) -> str:
    guard = refusal(row, case)
    assert guard is None or guard.clause in {"FW-13", "FW-4.1"}
    return guard.name if guard else ""


REMINDED = after((0, "register", HERE))
REGISTER, REMIND = a_row("register", "new"), a_row("remind", "reminded")
LETTER, PROMISE, LAWYER = (
    a_row("letter", "reminded"), a_row("promise", "reminded"), a_row("lawyer", "managed"),
)  # fmt: skip


# The walk


@pytest.fixture(scope="module")
def walked() -> Walk:
    """Every situation, in the two moods of a walk: much overdue, by day; by night nothing overdue,
    another one open, a complaint, few ways allowed and one of them just taken.
    """
    usual = walking.case_of

    def with_registers(row: Row, here: Place, answers: Answers, *moods: bool) -> Case:
        case = usual(row, here, answers, *moods)
        awkward = bool(moods) and moods[0]
        few = Dunning(tuple(replace(one, ways=one.ways[:1]) for one in OURS.levels), 3)
        wrong = {"overdue_fen": 0, "days": 0, "open": "CJ-1", "complaints": (TS,), "dunning": few}
        wrong["dunned"] = {"phone": "2026-11-19"}
        return replace(case, around={**KNOWN, **(wrong if awkward else {})})

    def of_a_dunning(was: Situation) -> tuple[Any, ...]:
        return (tuple(sorted(was.facts.get("dunned", {}))), was.facts.get("level"))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(walking, "case_of", with_registers)
        return walking.walk(DUNNING, of_a_dunning)


def test_every_situation_leads_to_an_end_where_nothing_runs(walked: Walk) -> None:
    assert walked.stuck() == []
    assert {place.situation.state for place in walked.final()} == {"paid", "stopped"}
    assert not any(place.running for place in walked.final())
    for place in walked.places.values():
        runs = walking.reckoned(DUNNING, place)
        assert {run.name for run in runs if run.ended is None} == place.running, place.story


def test_every_row_question_and_guard_is_met(walked: Walk) -> None:
    assert walked.taken == {(row.verb, row.frm, row.to) for row in DUNNING.rows}
    assert walked.asked == {(row.verb, ask.name) for row in DUNNING.rows for ask in row.ask}
    guards = {(row.verb, guard.name) for row in DUNNING.rows for guard in row.guards}
    assert guards - walked.passed == set()
    assert guards - walked.refused == set()
    assert (walked.started, walked.ended) == ({"promise"}, {"promise"})


# Who may


@pytest.mark.clause("FW-13", "KF-3.4")
def test_desk_and_finance_remind_finance_and_managers_write_and_a_manager_ends_it() -> None:
    of = {row.verb: row.who for row in DUNNING.rows}
    both = ("register", "remind", "promise", "dispute", "paid")
    assert {of[verb] for verb in both} == {Right.DUN}
    assert {of[verb] for verb in ("letter", "manager")} == {Right.BILL}
    assert {of[verb] for verb in ("lawyer", "stop")} == {Right.JUDGE}
    clerk = Actor("X", "X", frozenset({Hat.CLERK}))
    cashier = Actor("X", "X", frozenset({Hat.CASHIER}))
    night = Actor("X", "X", frozenset({Hat.MAINTAINER, Hat.NIGHT}))
    assert may_take(REMIND, clerk)
    assert may_take(REMIND, cashier)
    assert not may_take(REMIND, night)
    assert not any(may_take(row, clerk) for row in (LETTER, LAWYER, a_row("stop", "reminded")))
    assert may_take(LETTER, cashier)
    assert not may_take(LAWYER, cashier)
    managers = {Hat.DESK_MANAGER, Hat.GENERAL_MANAGER, Hat.PROJECT_HEAD}
    assert managers <= GRANTS[Right.BILL] & GRANTS[Right.JUDGE]


# When


@pytest.mark.clause("FW-13")
@pytest.mark.parametrize(
    ("at", "name"),
    [("08:59:59", "quiet"), ("09:00:00", ""), ("19:59:59", ""), ("20:00:00", "quiet"),
     ("23:59:59", "quiet"), ("00:00:00", "quiet")],
)  # fmt: skip
def test_nobody_is_reminded_between_eight_in_the_evening_and_nine(at: str, name: str) -> None:
    assert refused(REGISTER, a_case(at=f"2026-11-19 {at}")) == name
    letter = a_case(REMINDED, {"way": "hand"}, at=f"2026-11-19 {at}")
    assert refused(LETTER, letter) == name


@pytest.mark.parametrize(
    ("row", "was", "way", "border"),
    [(REGISTER, Situation(), "phone", 1), (REMIND, REMINDED, "visit", 15),
     (LETTER, REMINDED, "hand", 30), (LAWYER, REMINDED, "post", 90)],
    ids=LEVELS,
)  # fmt: skip
@pytest.mark.clause("FW-13")
def test_a_level_comes_after_so_many_days_overdue(
    row: Row, was: Situation, way: str, border: int
) -> None:
    for days, name in ((border - 1, "early"), (border, "")):
        case = a_case(was, {**HERE, "way": way}, days=days)
        assert refused(row, case) == name, days
    said = refusal(row, a_case(was, {**HERE, "way": way}, days=border - 1, overdue_fen=1))
    assert said is not None
    told = said.said(a_case(was, {**HERE, "way": way}, days=border - 1))
    assert f"要逾期满 {border} 天，现在是 {border - 1} 天" in told


@pytest.mark.clause("FW-13")
@pytest.mark.parametrize(
    ("at", "name"),
    [("2026-11-19 19:59", "too_soon"), ("2026-11-21 19:59", "too_soon"), ("2026-11-22 09:00", "")],
)
def test_the_same_way_is_taken_again_after_three_days_and_another_at_once(
    at: str, name: str
) -> None:
    assert REMINDED.facts["dunned"] == {"phone": "2026-11-19"}
    assert refused(REMIND, a_case(REMINDED, at=at)) == name
    assert refused(REMIND, a_case(REMINDED, {**HERE, "way": "wechat"}, at=at)) == ""
    if name:
        guard = refusal(REMIND, a_case(REMINDED, at=at))
        assert guard is not None
        assert "2026-11-22 以后" in guard.said(a_case(REMINDED, at=at))


def test_the_way_of_an_earlier_dunning_counts_for_the_next() -> None:
    before = {"dunned": {"phone": "2026-11-18"}}
    assert refused(REGISTER, a_case(**before)) == "too_soon"
    assert refused(REGISTER, a_case(dunned={"phone": "2026-11-16"})) == ""


def test_a_way_that_the_office_does_not_use_is_refused_and_the_others_named() -> None:
    only = Dunning((Level("first", "提醒", 1, ("visit", "notice"), ("请缴",)),), 3)
    case = a_case(dunning=only)
    guard = refusal(REGISTER, case)
    assert guard is not None
    assert (guard.name, guard.said(case)) == (
        "other_way",
        "这一级不用这种方式，可以用：上门、门上通知。",
    )
    assert refused(REGISTER, a_case(given={**HERE, "way": "visit"}, dunning=only)) == ""


@pytest.mark.clause("FW-13")
def test_nobody_is_reminded_of_what_is_not_overdue_and_what_nobody_looked_up_is_not() -> None:
    assert refused(REGISTER, a_case(overdue_fen=0)) == "nothing_overdue"
    blind = replace(a_case(), around={})
    assert refused(REGISTER, blind) == "nothing_overdue"
    assert (
        refused(a_row("paid", "reminded"), replace(a_case(REMINDED, {}), around={})) == "still_owed"
    )


@pytest.mark.clause("FW-4.1")
def test_it_is_over_only_when_nothing_overdue_is_owed() -> None:
    row = a_row("paid", "promised")
    assert refused(row, a_case(REMINDED, {}, overdue_fen=1)) == "still_owed"
    assert refused(row, a_case(REMINDED, {}, overdue_fen=0, owed_fen=500)) == ""


@pytest.mark.clause("FW-13")
def test_of_a_unit_at_most_one_is_open() -> None:
    case = a_case(open="CJ-20261101-002")
    guard = refusal(REGISTER, case)
    assert guard is not None
    assert (guard.name, "CJ-20261101-002" in guard.said(case)) == ("already", True)


@pytest.mark.clause("FW-13")
def test_a_complaint_is_named_before_anybody_is_reminded_and_the_latest_of_several() -> None:
    for row, given in ((REGISTER, HERE), (LETTER, {"way": "hand"})):
        was = Situation() if row is REGISTER else REMINDED
        several = {"complaints": (TS, "TS-20261101-001")}
        case = a_case(was, given, **several)
        assert refused(row, case) == "complained"
        guard = refusal(row, case)
        assert guard is not None
        assert f"{TS}、TS-20261101-001" in guard.said(case)
        older = {**given, "knowing": "TS-20261101-001"}
        assert refused(row, a_case(was, older, **several)) == "complained"
        assert refused(row, a_case(was, {**given, "knowing": TS}, **several)) == ""


@pytest.mark.clause("FW-M.9")
def test_the_number_of_a_complaint_about_one_of_the_staff_is_not_written_into_it() -> None:
    case = a_case(given={**HERE, "knowing": TS}, complaints=(TS,), of_staff=frozenset({TS}))
    assert REGISTER.sets(case)["knowing"] == ""
    assert "knowing" not in REGISTER.sets(replace(case, around={**case.around, "of_staff": ()}))
    dispute = a_row("dispute", "reminded")
    named = a_case(REMINDED, {"text": "算错", "complaint": TS}, of_staff=frozenset({TS}))
    assert dispute.sets(named)["complaint"] == ""


# The promise


def promised(until: str, **more: Any) -> Mapping[str, Any]:
    moment = datetime.fromisoformat(until).replace(tzinfo=ZONE)
    return PROMISE.sets(a_case(REMINDED, {"until": moment.isoformat(), **more}))


@pytest.mark.clause("FW-13")
def test_a_promise_has_until_the_last_second_of_its_day_whatever_the_hour() -> None:
    for hour in ("00:00", "08:30", "23:59"):
        until = datetime.fromisoformat(str(promised(f"2026-11-25 {hour}")["until"]))
        assert until.astimezone(ZONE).isoformat() == "2026-11-25T23:59:59+08:00"
    assert promised("2026-11-25 08:30")["amount"] == 21928, "all that is overdue"
    assert promised("2026-11-25 08:30", amount=10_000)["amount"] == 10_000


@pytest.mark.clause("FW-13")
def test_its_clock_is_late_one_second_after_the_day_and_a_new_promise_starts_it_anew() -> None:
    way = story(DUNNING, (0, "register", HERE), (1, "promise", promised("2026-11-25 08:30")))
    (run,) = clocks(DUNNING, way, walking.CALENDAR)
    midnight = datetime(2026, 11, 26, tzinfo=ZONE)
    assert (run.name, run.clause) == ("promise", "FW-13")
    assert not run.late(midnight - timedelta(seconds=1))
    assert run.late(midnight)
    way = story(
        DUNNING, (0, "register", HERE), (1, "promise", promised("2026-11-25 08:30")),
        (2, "promise", promised("2026-11-30 08:30")),
    )  # fmt: skip
    first, second = clocks(DUNNING, way, walking.CALENDAR)
    assert first.ended is not None
    assert second.due is not None
    assert second.due.astimezone(ZONE).date().isoformat() == "2026-11-30"


@pytest.mark.clause("FW-13")
@pytest.mark.parametrize(
    ("until", "name"),
    [("2026-11-18 23:59", "past"), ("2026-11-19 00:00", ""), ("2026-12-31 09:00", "")],
)
def test_a_promise_is_for_today_or_later(until: str, name: str) -> None:
    moment = datetime.fromisoformat(until).replace(tzinfo=ZONE)
    assert refused(PROMISE, a_case(REMINDED, {"until": moment.isoformat()})) == name


@pytest.mark.clause("FW-13")
def test_whoever_has_promised_is_left_alone_until_the_day_is_over() -> None:
    was = after((0, "register", HERE), (1, "promise", promised("2026-11-25 08:30")))
    for verb, way in (("remind", "wechat"), ("letter", "hand")):
        row, given = a_row(verb, "promised"), {**HERE, "way": way}
        case = a_case(was, given, at="2026-11-25 19:59")
        assert refused(row, case) == "still_promised"
        guard = refusal(row, case)
        assert guard is not None
        assert "2026-11-25" in guard.said(case)
        assert refused(row, a_case(was, given, at="2026-11-26 09:00", overdue=("promise",))) == ""
    for verb in ("dispute", "paid"):
        assert refused(a_row(verb, "promised"), a_case(was, {}, overdue_fen=0)) == ""


def test_the_level_that_was_reached_is_kept_when_a_milder_step_follows() -> None:
    visit = {**HERE, "way": "visit"}
    was = after((0, "register", HERE), (1, "letter", {"way": "hand"}), (2, "remind", visit))
    assert (was.state, was.facts["level"]) == ("lettered", "letter")
    assert was.facts["dunned"] == dict.fromkeys(("phone", "hand", "visit"), "2026-11-19")


def test_what_was_owed_is_kept_with_every_step() -> None:
    sums = {"owed_fen": 43856, "overdue_fen": 21928, "late_fen": 11, "days": 400}
    for row in DUNNING.rows:
        case = a_case(REMINDED, {"way": "phone", "until": BEGIN.isoformat(), "to_whom": "KF04"})
        kept = row.sets(case)
        assert {name: kept[name] for name in sums} == sums, row.verb


# The words


@pytest.mark.clause("FW-13")
def test_whose_words_are_said() -> None:
    """By hand from 1, 15, 30 and 90 days."""
    told = [
        ("", 0, "first"), ("", 400, "first"),
        ("first", 14, "first"), ("first", 15, "again"), ("first", 400, "again"),
        ("again", 29, "again"), ("again", 30, "letter"),
        ("letter", 89, "letter"), ("letter", 90, "lawyer"), ("lawyer", 400, "lawyer"),
    ]  # fmt: skip
    for last, days, level in told:
        found = OURS.due_now(last, days)
        assert found is not None
        assert found.code == level, (last, days)


def test_blanks_are_filled_once_and_braces_in_a_name_stay() -> None:
    blanks = {"room": "3-1-502", "name": "{amount}", "amount": "1.00元"}
    assert filled(("{name}：{room} 欠 {amount}，{x}",), blanks) == (
        "{amount}：3-1-502 欠 1.00元，{x}",
    )


@pytest.mark.clause("FW-13")
def test_our_words_name_no_threat_and_our_notice_names_nobody() -> None:
    for level in OURS.levels:
        said = "".join(level.say)
        assert not any(word in said for word in ("停水", "停电", "门禁", "点名"))
        assert level.never
        assert set(level.ways) == {way for way, _word in rules.WAYS_OF[level.code]}
    assert "停水停电" in "".join(OURS.levels[1].never)
    assert "{name}" not in "".join(OURS.notice)


# The office's own file


@pytest.mark.parametrize(
    ("was", "now", "says"),
    [
        ("again_days = 3", "again_days = -1", "again_days 不能是负数"),
        ("again_days = 3", 'again_days = "三"', "again_days 要写整数"),
        ('code = "again"', 'code = "more"', "四级要按这个顺序各写一段"),
        ("after_days = 15", "after_days = 0", "after_days 要写大于 0 的整数天"),
        ("after_days = 15", "after_days = 31", "不能比上一级「再次提醒」的少"),
        ('ways = ["hand", "post"]', 'ways = ["phone"]', "ways 里不能写「phone」"),
        ('ways = ["hand", "post"]', "ways = []", "ways 和 say 至少各写一样"),
        ("{name}您好，这里是", "{phone}您好，这里是", "say 里不能写 {phone}"),
        ("{room} 尊敬的", "{name} 尊敬的", "notice 里不能写 {name}"),
        ('word = "催缴函"\n', "", "少了 word"),
    ],
)
def test_what_cannot_be_used_is_told(tmp_path: Path, was: str, now: str, says: str) -> None:
    text = Reference().text("dunning.toml")
    assert was in text
    own = tmp_path / "data" / "dunning.toml"
    own.parent.mkdir()
    own.write_text(text.replace(was, now, 1), "utf-8")
    with pytest.raises(BadReference) as wrong:
        _ = Reference(tmp_path).dunning
    assert says in wrong.value.why
