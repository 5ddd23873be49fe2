"""The summary of a month (BX-18): every figure is the length of its list, and the sums add up.

* a callback is counted in the month in which it was due, by the office's own clock
* called off is in no figure, a job done again is counted when it was done last
* regular visits (FW-3.1) are counted apart
* whose work it was is the worker of the job, not whoever mended it afterwards
"""

import pytest

from tests.factories import children, matter, move_to, started, taken
from tests.registers.months_called import NOVEMBER, called_through, finished, reached, reworked
from tests.store.test_chain import ERASE, behind_our_back
from wuye_tui.desk import Desk
from wuye_tui.registers.callback_summary import Summary, counted, figure_of, summary
from wuye_tui.registers.checking import check
from wuye_tui.rules.callback_figures import BY_CODE, FIGURES
from wuye_tui.rules.months import Month

OCTOBER, MONTH, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
SUMS = {
    "due": ("in_time", "late", "refused", "not_reached", "open"),
    "reached": ("in_time", "late"),
    "rate": ("reached",),
    "timely": ("in_time",),
    "satisfaction": ("satisfied",),
}


def counts(found: Summary) -> dict[str, int]:
    return {value.figure.code: value.count for value in found.values}


@pytest.mark.clause("BX-18", "FW-3.1", "NB-2")
def test_a_month_is_counted_as_its_definitions_say(any_desk: Desk) -> None:
    called_through(any_desk)
    found = summary(any_desk, MONTH)
    assert counts(found) == NOVEMBER
    assert [value.figure.code for value in found.values] == list(BY_CODE)
    assert not found.is_empty
    assert found.value("rate").tenths == 571  # 4 of 7
    assert found.value("satisfaction").tenths == 500
    assert (found.value("due").before, found.value("rate").tenths_before) == (1, 1000)
    assert check(any_desk).findings == []


@pytest.mark.clause("BX-18")
@pytest.mark.parametrize("month", [OCTOBER, MONTH, DECEMBER], ids=str)
def test_each_figure_is_the_length_of_its_list_and_the_sums_add_up(
    desk: Desk, month: Month
) -> None:
    called_through(desk)
    found = summary(desk, month)
    for value in found.values:
        lines = counted(desk, month, value.figure)
        assert len(lines) == value.count, value.figure.code
        assert len({line.number for line in lines}) == len(lines)
    for whole, parts in SUMS.items():
        assert found.value(whole).count == sum(found.value(part).count for part in parts), whole
    said = ("satisfied", "fair", "dissatisfied")
    assert found.value("reached").count == sum(found.value(code).count for code in said)
    for by in {group.by for group in found.groups}:
        groups = [group for group in found.groups if group.by == by]
        assert sum(group.reached for group in groups) == found.value("reached").count
        assert all(g.reached == g.satisfied + g.fair + g.dissatisfied for g in groups)


@pytest.mark.clause("BX-18")
def test_the_list_says_who_when_how_late_and_what_follows(desk: Desk) -> None:
    called_through(desk)
    (late,) = counted(desk, MONTH, BY_CODE["late"])
    assert (late.where, late.name, late.worker, late.late) == ("3-1-502", "陈立", "李强", True)
    assert late.about.startswith("PG-20261107")
    (unhappy,) = counted(desk, MONTH, BY_CODE["dissatisfied"])
    assert unhappy.opinion == "[b]地上全是水，没人擦[/b]"
    assert unhappy.linked == children(desk, unhappy.number, "order")[0].number
    (never,) = counted(desk, MONTH, BY_CODE["not_reached"])
    assert (never.tries, never.worker) == (3, "吴刚")
    (visit,) = counted(desk, MONTH, BY_CODE["visited"])
    assert (visit.where, visit.about, visit.opinion) == ("3-1-501", "", "楼道灯一直不亮")


def test_satisfaction_is_told_by_department_trade_and_worker(desk: Desk) -> None:
    called_through(desk)
    groups = {(one.by, one.name): one for one in summary(desk, MONTH).groups}
    assert groups["worker", "李强"].reached == 3
    assert groups["worker", "李强"].tenths == 667
    assert groups["worker", "吴刚"].fair == 1
    assert groups["department", "engineering"].reached == 4
    assert {one.reached for (by, _n), one in groups.items() if by == "trade"} == {4}


def test_callbacks_after_a_complaint_are_counted_apart(any_desk: Desk) -> None:
    for says, opinion in (("satisfied", ""), ("dissatisfied", "还是没人扫")):
        number = str(started(any_desk, "complaint", text="楼道没人扫", unit="3-1-502")["number"])
        taken(any_desk, number, "handle", apologised=True, remedy="叫人去扫")
        taken(any_desk, number, "answer", said="已扫", cause="cleaning")
        (callback,) = children(any_desk, number, "callback")
        taken(any_desk, callback.number, "reach", satisfaction=says, opinion=opinion)
    found = summary(any_desk, MONTH)
    told = {code: n for code, n in counts(found).items() if n}
    assert told == {
        "complaints": 2,
        "complaints_reached": 2,
        "complaints_dissatisfied": 1,
        "complaints_opinions": 1,
    }
    assert found.groups == ()
    (unhappy,) = counted(any_desk, MONTH, BY_CODE["complaints_opinions"])
    assert (unhappy.about, unhappy.opinion) == (number, "还是没人扫")


@pytest.mark.clause("BX-18", "XX-4.3.10")
def test_an_opinion_is_told_when_its_record_was_mended_and_filed(any_desk: Desk) -> None:
    callback = finished(any_desk, "2026-11-07 10:00")
    reached(any_desk, callback, "2026-11-08 10:00", "dissatisfied")
    taken(any_desk, callback, "complete", opinion="还在滴水", mended="补记意见")
    other = finished(any_desk, "2026-11-09 10:00", "3-1-501")
    reached(any_desk, other, "2026-11-10 10:00", "fair", "来得慢")
    for number in (callback, other):
        taken(any_desk, number, "archive", staff="XZ01")
    lines = counted(any_desk, MONTH, BY_CODE["opinions"])
    assert {line.opinion for line in lines} == {"还在滴水", "来得慢"}
    assert counts(summary(any_desk, MONTH))["in_time"] == 2
    assert check(any_desk).findings == []


def test_the_answer_stays_with_whoever_did_the_job(desk: Desk) -> None:
    callback = finished(desk, "2026-11-07 10:00", worker="GC03")
    reached(desk, callback, "2026-11-08 10:00", "dissatisfied")
    reworked(desk, callback)
    slip = matter(desk, callback).parent
    taken(desk, slip, "assign", staff="GC01", worker="GC04")
    assert matter(desk, slip).worker == "GC04"
    (group,) = [g for g in summary(desk, MONTH).groups if g.by == "worker"]
    assert (group.name, group.dissatisfied) == ("李强", 1)


@pytest.mark.clause("BX-18")
def test_a_month_without_data_is_empty_and_has_no_rate(any_desk: Desk) -> None:
    found = summary(any_desk, OCTOBER)
    assert found.is_empty
    assert found.groups == ()
    assert {value.count for value in found.values} == {0}
    assert found.value("rate").tenths is None


def test_an_opinion_that_was_erased_is_counted_and_says_so(desk: Desk) -> None:
    called_through(desk)
    (unhappy,) = counted(desk, MONTH, BY_CODE["dissatisfied"])
    owner = matter(desk, unhappy.number).id
    behind_our_back(desk, f"{ERASE} WHERE owner = '{owner}' AND n = 2")
    assert summary(desk, MONTH).value("opinions").count == NOVEMBER["opinions"]
    (gone,) = counted(desk, MONTH, BY_CODE["dissatisfied"])
    assert (gone.opinion, gone.opinion_given, gone.erased) == ("", True, True)
    assert check(desk).findings == []


@pytest.mark.parametrize(("staff", "reads"), [("KF01", True), ("GC03", False), ("", False)])
def test_opinions_are_for_whoever_may_call_back(desk: Desk, staff: str, reads: bool) -> None:
    called_through(desk)
    lines = counted(desk.as_staff(staff), MONTH, BY_CODE["opinions"])
    assert [bool(line.opinion) for line in lines] == [reads] * 2
    assert all(line.opinion_given for line in lines)


def test_what_is_open_is_no_figure_of_a_past_month_for_ever(desk: Desk) -> None:
    called_through(desk)
    (waiting,) = counted(desk, MONTH, BY_CODE["open"])
    move_to(desk, "2026-12-02 10:00")
    taken(desk, waiting.number, "reach", satisfaction="fair")
    found = counts(summary(desk, MONTH))
    assert (found["open"], found["late"], found["due"]) == (0, 2, NOVEMBER["due"])


def test_a_figure_is_found_by_its_code_and_by_its_word() -> None:
    for figure in FIGURES:
        assert figure_of(figure.code) is figure_of(figure.word) is figure
    assert figure_of("nothing") is None


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("callback", "satisfaction = 'satisfied'"),
        ("callback", "due = '2026-10-01 00:00:00.000000'"),
        ("callback", "worker = 'GC04'"),
        ("callback", "tries = 9"),
        ("repair", "done = NULL"),
    ],
)
def test_what_the_summary_counts_by_is_compared_with_the_steps(
    desk: Desk, table: str, change: str
) -> None:
    callback = finished(desk, "2026-11-07 10:00")
    reached(desk, callback, "2026-11-08 10:00", "fair")
    assert check(desk).findings == []
    found = "\n".join(behind_our_back(desk, f"UPDATE {table} SET {change}"))
    assert ("回访栏目" if table == "callback" else "维修栏目") in found
