"""The audit chain: what was written is found out about when anybody changes it behind our back.

* one line an act, none for what was refused; each over the hash of the line before it
* a step or signature edited, added or taken away breaks the digest of its act
* words about people can be erased, and the chain stays whole; changed words are found
* the database itself refuses to change what may only be added to
"""

import hashlib
import json
import sqlite3
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from sqlmodel import col

from tests.billing import charged, paid, priced
from tests.eyes import erased, moved_out, opened
from tests.factories import a_repair, matter, rows_of, situation, step_rows, taken, walk_to
from tests.rosters import DECEMBER, on, planning, published, swapped
from wuye_tui.desk import Desk
from wuye_tui.registers import dayclose, invoices, receipt_prints
from wuye_tui.registers.checking import check
from wuye_tui.registers.swaps import Duty
from wuye_tui.rules.refusals import OutOfOrder
from wuye_tui.store import chain
from wuye_tui.store import engine as store
from wuye_tui.store.tables import APPEND_ONLY, Audit, Private, Signature


def lines(desk: Desk) -> list[Audit]:
    return sorted(rows_of(desk, Audit), key=lambda line: line.seq)


def behind_our_back(desk: Desk, *statements: str) -> list[str]:
    """Changes the file with another tool, triggers taken away; what `wuye check` finds then."""
    assert desk.settings.database_file is not None
    desk.engine.dispose()
    database = sqlite3.connect(desk.settings.database_file, isolation_level=None)
    triggers = list(database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    for name, _ in triggers:
        database.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        assert database.execute(statement).rowcount > 0, statement
    for _, made in triggers:
        database.execute(made)
    database.close()
    return check(desk).findings


def test_each_act_has_one_line_over_the_line_before_it(any_desk: Desk) -> None:
    number = a_repair(any_desk, upto="closed")
    found = lines(any_desk)
    assert [line.seq for line in found] == list(range(1, len(found) + 1))
    assert found[0].prev == "0" * 64
    for before, line in pairwise(found):
        assert line.prev == before.hash
    assert [line.hash for line in found] == [reckoned(line) for line in found]
    assert {row.act for row in step_rows(any_desk, number)} <= {line.key for line in found}
    checked = check(any_desk)
    assert (checked.findings, checked.seq, checked.head) == ([], len(found), found[-1].hash)


def reckoned(line: Audit) -> str:
    """The hash of a line, said a second time: SHA-256 over its columns as JSON, moments in UTC."""
    columns = [
        line.version, line.prev, line.site, line.seq, line.key, line.at.astimezone(UTC).isoformat(),
        line.by, line.duty, line.what, line.result, line.digest,
    ]  # fmt: skip
    return hashlib.sha256(
        json.dumps(columns, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()


def test_what_was_refused_leaves_no_line(desk: Desk) -> None:
    number = a_repair(desk)
    before = len(lines(desk))
    with pytest.raises(OutOfOrder):
        taken(desk, number, "close")
    assert len(lines(desk)) == before


def test_a_line_says_who_did_what_on_which_duty_and_what_came_of_it(desk: Desk) -> None:
    number = a_repair(desk)
    line = lines(desk)[-1]
    assert (line.by, line.duty, line.what, line.at) == ("KF01", "", "repair.register", desk.now())
    assert line.result == {
        "number": number,
        "kind": "repair",
        "n": 1,
        "verb": "register",
        "state": "registered",
    }


STEP = "(SELECT id FROM matter WHERE number = 'PG-20261119-001')"
EDITS = {
    "facts of a step": f"""UPDATE step SET facts = '{{"charge":"public"}}'
        WHERE matter = {STEP} AND n = 2""",
    "time of a step": f"UPDATE step SET happened = recorded WHERE matter = {STEP} AND n = 6",
    "who took a step": f"UPDATE step SET \"by\" = 'KF02' WHERE matter = {STEP} AND n = 2",
    "seal of a step": f"UPDATE step SET seal = '' WHERE matter = {STEP} AND n = 1",
    "last step": f"DELETE FROM step WHERE matter = {STEP} AND n = 7",
    "signature": f"UPDATE signature SET staff = 'GC04' WHERE matter = {STEP}",
    "signature gone": f"DELETE FROM signature WHERE matter = {STEP}",
    "a step more": f"""INSERT INTO step SELECT site, matter, 8, 'an act of my own', verb, frm, "to",
        happened, recorded, "by", doer, duty, clause, facts, seal, undoes FROM step
        WHERE matter = {STEP} AND n = 7""",
    "what an act was": "UPDATE audit SET what = 'something else' WHERE seq = 3",
    "result of an act": "UPDATE audit SET result = '{}' WHERE seq = 3",
    "digest of an act": "UPDATE audit SET digest = '' WHERE seq = 3",
    "a line in the middle": "DELETE FROM audit WHERE seq = 3",
}


@pytest.mark.parametrize("what", EDITS)
def test_what_is_changed_behind_our_back_is_found(desk: Desk, what: str) -> None:
    happened = desk.now()
    number = a_repair(desk, upto="assigned")
    desk.clock.advance(600)  # type: ignore[attr-defined]
    taken(desk, number, "arrive", happened=happened)
    walk_to(desk, number, "working")
    assert check(desk).findings == []
    assert behind_our_back(desk, EDITS[what]) != []


def test_a_chain_cut_short_is_found_by_what_was_noted_elsewhere(desk: Desk) -> None:
    number = a_repair(desk, upto="issued")
    noted = check(desk)
    key = lines(desk)[-1].key
    behind_our_back(
        desk, f"DELETE FROM step WHERE act = '{key}'", f"DELETE FROM audit WHERE key = '{key}'"
    )
    cut = check(desk)
    assert (cut.seq, cut.head) != (noted.seq, noted.head)
    assert situation(desk, number).state == "registered"


@pytest.mark.parametrize(
    "column",
    [
        "state = 'closed'",
        "hold = 'parts'",
        "outcome = 'done'",
        "closed = opened",
        "next_due = NULL",
        "last_move = 1",
        "unit = ''",
        "holder = 'GC04'",
        "priority = 1",
    ],
)
def test_what_is_only_derived_is_derived_again_and_compared(desk: Desk, column: str) -> None:
    a_repair(desk, upto="collected")
    assert behind_our_back(desk, f"UPDATE matter SET {column}") != []


def test_a_row_edited_changes_its_digest_and_the_order_of_rows_does_not() -> None:
    rows = [("step", {"n": 1, "facts": {"a": 1}}), ("step", {"n": 2, "facts": {}})]
    whole = chain.digest(rows)
    assert chain.digest(reversed(rows)) == whole
    assert chain.digest([rows[0], ("step", {"n": 2, "facts": {"b": 0}})]) != whole
    assert chain.digest(rows[:1]) != whole
    assert chain.digest([*rows, rows[1]]) != whole
    assert chain.digest([("signature", rows[0][1]), rows[1]]) != whole


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=9) | st.none()))
def test_a_fact_is_written_down_in_one_way_whatever_its_order(facts: dict[str, Any]) -> None:
    backwards = dict(reversed(facts.items()))
    assert chain.canonical(facts) == chain.canonical(backwards)
    assert json.loads(chain.canonical(facts)) == facts


def test_a_moment_is_hashed_by_when_it_is_not_by_how_it_is_written() -> None:
    here = datetime.fromisoformat("2026-11-19T10:20:00+08:00")
    assert chain.canonical([here]) == chain.canonical([here.astimezone(UTC)])
    with pytest.raises(TypeError):
        chain.canonical({1, 2})


def test_a_seal_needs_its_salt() -> None:
    words = {"name": "陈立"}
    assert chain.seal("one", words) != chain.seal("another", words)
    assert chain.seal("one", words) == chain.seal("one", {"name": "陈立"})


ERASE = (
    "UPDATE private SET name = '', phone = '', phone_tail = '', address = '', words = '',"
    " more = '{}', erased = '2026-11-19 03:00:00.000000'"
)


def test_words_about_people_are_erased_and_the_chain_stays_whole(desk: Desk) -> None:
    number = a_repair(desk, caller="陈立", upto="closed")
    head = check(desk).head
    assert behind_our_back(desk, ERASE) == []
    checked = check(desk)
    assert (checked.findings, checked.head) == ([], head)
    was = situation(desk, number)
    assert (was.state, was.facts["unit"]) == ("closed", "3-1-502")
    assert not {"caller", "phone", "text"} & set(was.facts)
    assert step_rows(desk, number)[0].seal


def test_words_that_are_changed_instead_are_found(desk: Desk) -> None:
    a_repair(desk)
    forged = 'UPDATE private SET more = \'{"text":"别的"}\' WHERE n = 1'
    assert behind_our_back(desk, forged) != []


def test_words_that_are_taken_away_without_a_trace_are_found(desk: Desk) -> None:
    a_repair(desk)
    assert behind_our_back(desk, "DELETE FROM private WHERE n = 1") != []


def test_a_step_without_words_has_no_seal_and_nothing_to_erase(desk: Desk) -> None:
    number = a_repair(desk, upto="issued")
    assert step_rows(desk, number)[1].seal == ""
    found = rows_of(desk, Private, col(Private.owner) == matter(desk, number).id)
    assert sorted(row.n for row in found) == [0, 1]


def test_two_steps_with_the_same_words_have_different_seals(desk: Desk) -> None:
    number = a_repair(desk)
    taken(desk, number, "note", note="有狗")
    taken(desk, number, "note", note="有狗")
    seals = [row.seal for row in step_rows(desk, number)[1:]]
    assert len(set(seals)) == 2


def test_what_may_only_be_added_to_is_neither_changed_nor_deleted(any_desk: Desk) -> None:
    a_repair(any_desk, upto="collected")
    number = a_repair(any_desk, upto="finished")
    taken(any_desk, number, "pay", staff="SF01", means="cash")
    taken(any_desk, number, "void_receipt", staff="SF01", why="开错", second="KF04")
    fill_firing(any_desk)
    cashier = priced(any_desk)
    charged(cashier, "3-1-502", 100)
    print_and_invoice(cashier, str(paid(cashier, "3-1-502", ("card", 100))["receipt"]))
    close_day(cashier)
    admin = planning(any_desk)
    published(admin)
    swapped(admin, on(DECEMBER, 31), "GC03", "ZB01", back=Duty(on(DECEMBER, 30), "night"))
    opened(any_desk)
    erased(any_desk, moved_out(any_desk, "马超"))
    for table in APPEND_ONLY:
        for statement in (f"UPDATE {table} SET site = site", f"DELETE FROM {table}"):
            with (
                pytest.raises(DBAPIError, match=f"append-only: {table}"),
                store.write(any_desk.engine) as session,
            ):
                session.execute(text(statement))
    assert check(any_desk).findings == []


def print_and_invoice(desk: Desk, receipt: str) -> None:
    """A receipt on paper, and its tax invoice."""
    receipt_prints.counted(desk, [receipt])
    today = desk.calendar.day_of(desk.now())
    number = "26117000000123456789"
    desk.perform("test", lambda act: invoices.write_back(act, receipt, number, today))


def close_day(desk: Desk) -> None:
    """Closes today."""
    today = desk.calendar.day_of(desk.now())
    desk.perform("bills.close", lambda act: dayclose.close_day(act, today, 0))


def fill_firing(desk: Desk) -> None:
    """Row triggers need a row: something that `tick` fired."""
    from wuye_tui.registers.ticking import tick

    desk.clock.advance(3600)  # type: ignore[attr-defined]
    assert tick(desk)


def test_nothing_of_the_chain_is_replaced_either(desk: Desk) -> None:
    a_repair(desk)
    again = "INSERT OR REPLACE INTO audit SELECT * FROM audit WHERE seq = 1"
    with pytest.raises(DBAPIError, match="append-only"), store.write(desk.engine) as session:
        session.execute(text(again))


@pytest.mark.pg
def test_nothing_of_the_chain_is_truncated_on_postgresql(pg_desk: Desk) -> None:
    a_repair(pg_desk)
    with pytest.raises(DBAPIError, match="append-only"), store.write(pg_desk.engine) as session:
        session.execute(text("TRUNCATE audit"))


def test_a_signature_names_nobody_but_by_number(desk: Desk) -> None:
    a_repair(desk, upto="finished")
    for row in rows_of(desk, Signature):
        assert "李强" not in str(row.model_dump())
        assert "陈立" not in str(row.model_dump())
