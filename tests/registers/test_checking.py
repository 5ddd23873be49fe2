"""`wuye check` beyond the chain: words about people, what lists show, and what was charged.

Each of these rows may change in the course of things, so no trigger guards it: it is derived again.
"""

from typing import Any

import pytest

from tests.desks import second_desk
from tests.factories import a_repair, charges, children, on_duty, taken, undone, walk_to
from tests.store.test_chain import ERASE, behind_our_back
from wuye_tui.desk import Desk
from wuye_tui.registers import checking_matters, people, proposals
from wuye_tui.registers.checking import check

MATTER = "(SELECT id FROM matter WHERE number = 'PG-20261119-001')"
CONTACT = "(SELECT id FROM contact WHERE number = 'LX-20261119-001')"


def told(desk: Desk, line: str = "3-1-502 陈先生 13800001234 厨房水龙头漏水") -> None:
    """A line of the console: a call, a slip, its first steps."""
    said = proposals.understand(desk, line)
    desk.perform("call.add", lambda act: proposals.accept(act, said))


def shown_to(desk: Desk) -> None:
    """Somebody's whole number, shown for a reason."""
    person = people.find(desk, "陈立")[0]["person"]
    people.phone_of(desk, person, "通知停水")


def a_long_story(desk: Desk) -> str:
    """A slip that was charged, waived, reworked and called back about, step after step."""
    on_duty(desk, "KF01")
    told(desk)
    shown_to(desk)
    number = a_repair(desk, caller="陈立", upto="issued")
    taken(desk, number, "correct", unit="3-1-501", phone="13800002345")
    undone(desk, number)
    taken(desk, number, "correct", unit="3-2-502")
    walk_to(desk, number, "finished")
    taken(desk, number, "waive", staff="KF03", fee_now="1", why="协商")
    walk_to(desk, number, "verified")
    taken(desk, number, "rework", staff="KF03", why="又漏了")
    walk_to(desk, number, "working", agree={"damage": "老化", "minutes": 5})
    taken(desk, number, "finish", staff="GC03", tried=True, resident="陈立")
    walk_to(desk, number, "closed")
    assert charges(desk, number)
    assert children(desk, number, "callback")
    return number


def test_an_office_in_order_has_no_finding(any_desk: Desk) -> None:
    a_long_story(any_desk)
    checked = check(any_desk)
    assert checked.findings == []
    assert checked.counts["contacts"] == 1
    assert checked.counts["matters"] >= 3


def test_it_makes_no_difference_where_a_page_ends(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_long_story(desk)
    whole = check(desk)
    monkeypatch.setattr(checking_matters, "ENDS", checking_matters.page_ends(1))
    assert check(desk) == whole
    forged = f"UPDATE matter SET priority = 1 WHERE id = {MATTER}"
    assert len(behind_our_back(desk, forged)) == 1


SHOWN = {
    "name": "name = '林芳'",
    "phone": "phone = '13800002345'",
    "end of the phone": "phone_tail = '5432'",
    "address": "address = '3-1-501'",
    "words": "words = '别的'",
    "more": 'more = \'{"text":"别的"}\'',
}


@pytest.mark.parametrize("what", SHOWN)
def test_what_lists_show_of_a_slip_is_what_its_steps_say(desk: Desk, what: str) -> None:
    told(desk)
    forged = f"UPDATE private SET {SHOWN[what]} WHERE owner = {MATTER} AND n = 0"
    assert behind_our_back(desk, forged) == ["PG-20261119-001 的列表文字与经过对不上。"]


def test_a_slip_that_lists_show_nothing_of_is_found(desk: Desk) -> None:
    told(desk)
    assert behind_our_back(desk, f"DELETE FROM private WHERE owner = {MATTER} AND n = 0") != []


def test_lists_go_back_with_a_correction_that_is_taken_back(desk: Desk) -> None:
    number = a_repair(desk, caller="陈立")
    taken(desk, number, "correct", unit="3-1-501", phone="13800002345")
    corrected = f"UPDATE private SET address = '3-1-501' WHERE owner = {MATTER} AND n = 0"
    undone(desk, number)
    assert check(desk).findings == []
    assert behind_our_back(desk, corrected) != []


@pytest.mark.parametrize("what", SHOWN)
def test_what_was_said_in_a_call_is_sealed(desk: Desk, what: str) -> None:
    told(desk)
    forged = f"UPDATE private SET {SHOWN[what]} WHERE owner = {CONTACT}"
    assert behind_our_back(desk, forged) == ["LX-20261119-001 的文字被改动过。"]


@pytest.mark.parametrize(
    "forged",
    [
        f"DELETE FROM private WHERE owner = {CONTACT}",
        "UPDATE contact SET seal = ''",
        "UPDATE private SET owner = owner || 'x' WHERE n = 0",
        "INSERT INTO private SELECT site, owner, 9, salt, name, phone, phone_tail, address, words,"
        f" more, erased FROM private WHERE owner = {MATTER} AND n = 0",
    ],
)
def test_words_without_their_record_and_records_without_their_words(
    desk: Desk, forged: str
) -> None:
    told(desk)
    assert behind_our_back(desk, forged) != []


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE private SET words = '不为什么' WHERE words = '通知停水'",
        "DELETE FROM private WHERE words = '通知停水'",
    ],
)
def test_the_reason_for_showing_a_telephone_stays_what_it_was(desk: Desk, forged: str) -> None:
    shown_to(desk)
    assert check(desk).findings == []
    assert len(behind_our_back(desk, forged)) == 1


@pytest.mark.parametrize("n", [0, 1])
@pytest.mark.parametrize("column", ["name", "phone", "phone_tail", "address", "words", "more"])
def test_what_is_called_erased_holds_no_word(desk: Desk, n: int, column: str) -> None:
    told(desk)
    shown_to(desk)
    assert behind_our_back(desk, ERASE) == []
    left = '{"text":"漏水"}' if column == "more" else "4321"
    forged = f"UPDATE private SET {column} = '{left}' WHERE owner = {MATTER} AND n = {n}"
    assert len(behind_our_back(desk, forged)) == 1


CHARGED = {
    "fen": "UPDATE charge SET fen = fen + 1",
    "unit": "UPDATE charge SET unit = '3-1-501'",
    "month": "UPDATE charge SET period = '2026-10'",
    "time": "UPDATE charge SET at = '2026-11-01 00:00:00.000000'",
    "waived": "UPDATE charge SET waived_fen = fen",
    "gone": "DELETE FROM charge",
    "twice": "INSERT INTO charge (site, id, unit, fee, period, source, fen, waived_fen, at, run,"
    " settled_fen) SELECT site, 'x', unit, fee, '2026-12', source, fen, waived_fen, at, run,"
    " settled_fen FROM charge",
    "for no slip": "UPDATE charge SET source = 'PG-20261119-999'",
}


@pytest.mark.parametrize("what", CHARGED)
def test_what_was_charged_is_what_the_slip_says(desk: Desk, what: str) -> None:
    number = a_repair(desk, upto="finished")
    taken(desk, number, "waive", staff="KF03", fee_now="1", why="协商")
    assert check(desk).findings == []
    assert f"{number} 的收费与经过对不上。" in behind_our_back(desk, CHARGED[what])


def test_a_charge_for_a_slip_there_is_not_is_named(desk: Desk) -> None:
    a_repair(desk, upto="finished")
    found = behind_our_back(desk, CHARGED["for no slip"])
    assert any("PG-20261119-999" in sentence for sentence in found)


@pytest.mark.parametrize("column", ["copies = 'x'", "callback = 'done'", "fee_fen = 1"])
def test_a_slips_own_columns_follow_from_its_steps(desk: Desk, column: str) -> None:
    a_repair(desk, upto="finished")
    assert len(behind_our_back(desk, f"UPDATE repair SET {column}")) == 1


@pytest.mark.parametrize(
    "forged",
    [
        "UPDATE contact SET number = 'LX-20261119-007' WHERE number = 'LX-20261119-001'",
        "UPDATE series SET last = 9 WHERE name = 'LX'",
        "DELETE FROM series WHERE name = 'LX'",
    ],
)
def test_calls_are_numbered_without_a_gap(desk: Desk, forged: str) -> None:
    told(desk)
    told(desk)
    assert behind_our_back(desk, forged) != []


@pytest.mark.pg
def test_others_may_go_on_working_while_everything_is_checked(
    pg_desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_repair(pg_desk)
    other = second_desk(pg_desk)
    check_matters = checking_matters.check_matters

    def meanwhile(*given: Any) -> None:
        taken(other, "PG-20261119-001", "note", note="还在漏")
        check_matters(*given)

    monkeypatch.setattr("wuye_tui.registers.checking.check_matters", meanwhile)
    assert check(pg_desk).findings == []
    other.engine.dispose()
