"""What a revision does to an office that has rows already."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from tests.factories import (
    a_repair,
    answer_callbacks,
    children,
    handed_over,
    on_duty,
    rows_of,
    taken,
    undone,
    walk_to,
)
from tests.rosters import all_of_it as all_of_rosters
from wuye_tui.desk import Desk
from wuye_tui.registers.checking import check
from wuye_tui.registers.invoices import to_invoice
from wuye_tui.registers.receipt_prints import counted
from wuye_tui.store.engine import open_engine, read, write
from wuye_tui.store.tables import Callback, Charge, Duty, Repair
from wuye_tui.store.upgrade import create_schema, ensure_current, upgrade

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)]
# What takes a database of now back to 0014, 0013, 0012, 0011, 0010, 0009, 0007, and 0006.
BEFORE_UNITS = (
    "DROP INDEX ix_balance_unit",
    "DROP INDEX ix_ledger_entry_at",
    "DROP INDEX ix_contact_unit",
    "CREATE INDEX ix_contact_unit ON contact (site, unit)",
)
BEFORE_FILES = (*BEFORE_UNITS, "DROP TABLE erasure", "DROP TABLE file_opening")
BEFORE_PASSWORDS = (
    *BEFORE_FILES,
    "DROP TABLE workstation",
    *(
        f"ALTER TABLE staff DROP COLUMN password_{name}"
        for name in ("hash", "tries", "locked_until")
    ),
)
BEFORE_ROSTERS = (
    *BEFORE_PASSWORDS,
    *(
        f"DROP TABLE {name}"
        for name in (
            *("leave", "roster", "roster_cell", "roster_swap", "roster_version"),
            "roster_wish",
        )
    ),
)
BEFORE_PRINTS = (*BEFORE_ROSTERS, "DROP TABLE receipt_invoice", "DROP TABLE receipt_print")
BEFORE_FEES = (
    *BEFORE_PRINTS,
    *(
        f"DROP TABLE {name}"
        for name in (
            *("balance", "bill_run", "day_close", "fee_pool", "fee_price", "fee_term"),
            *("ledger_entry", "meter", "meter_reading", "posting"),
        )
    ),
    "DROP INDEX ix_charge_period",
    *(
        f"ALTER TABLE charge DROP COLUMN {name}"
        for name in ("run", "settled_fen", "begins", "ends", "due", "detail")
    ),
)
BEFORE_HANDOVERS = (
    *BEFORE_FEES,
    "DROP TABLE absence",
    "DROP TABLE handover",
    "DROP INDEX ix_contact_left",
    "ALTER TABLE duty DROP COLUMN began",
    "ALTER TABLE duty DROP COLUMN via",
)
BEFORE_CALLBACKS = (
    *BEFORE_HANDOVERS,
    "DROP TABLE callback",
    "DROP INDEX ix_repair_done",
    "ALTER TABLE repair DROP COLUMN done",
)


@pytest.fixture(params=BOTH)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Engine:
    if request.param == "sqlite":
        made = open_engine(f"sqlite:///{tmp_path}/desk.db", create=True)
    else:
        made = open_engine(request.getfixturevalue("pg_url"))
    create_schema(made)
    return made


def test_what_was_written_before_can_be_typed_in_pinyin_afterwards(
    engine: Engine, tmp_path: Path
) -> None:
    with write(engine) as session:
        for sentence in (
            *BEFORE_CALLBACKS,
            "DROP TABLE complaint",
            "DROP INDEX ix_matter_unfiled",
            "ALTER TABLE tariff DROP COLUMN keys",
            "ALTER TABLE directory DROP COLUMN keys",
            "INSERT INTO tariff (site, code, name, category, unit_word, price, material, keywords)"
            " VALUES ('s', 'SX-01', '换灯泡', '', '', 1, '', '')",
            "INSERT INTO directory (site, name, kind, phone, second, hours, note, place,"
            " checked_by, active) VALUES ('s', '消防', 'police', '119', '', '', '', 1, '', true)",
            "INSERT INTO staff (site, number, name, keys, department, post, level, hats,"
            " qualifications, phone, active, pin_hash, pin_tries)"
            " VALUES ('s', 'A001', '张敏', '', '', '', '', '[]', '', '', true, '', 0)",
            "DROP TABLE receipt",
            "DROP TABLE receipt_void",
            "UPDATE alembic_version SET version_num = '0002'",
        ):
            session.connection().exec_driver_sql(sentence)
    upgrade(engine, tmp_path / "before.db")
    ensure_current(engine)
    with read(engine) as session:
        for table, keys in (("tariff", "hdp"), ("directory", "xf"), ("staff", "zhangmin")):
            found = session.execute(text(f"SELECT keys FROM {table}")).scalar_one()
            assert keys in found.split()


def test_callbacks_of_before_are_counted_afterwards_and_the_check_finds_nothing(
    any_desk: Desk, tmp_path: Path
) -> None:
    number = a_repair(any_desk, upto="verified")
    answer_callbacks(any_desk, number, "fair")
    walk_to(any_desk, number, "closed")
    second = a_repair(any_desk, unit="3-1-501", upto="finished")
    (waiting,) = children(any_desk, second, "callback")
    for again in (True, False):
        taken(any_desk, waiting.number, "try")
        if again:
            undone(any_desk, waiting.number)
    a_repair(any_desk, unit="3-2-502", upto="working")

    def stored() -> list[object]:
        found = [*rows_of(any_desk, Callback), *rows_of(any_desk, Repair)]
        # Whose work it was nobody wrote down before: the summary asks the slip.
        return [{**row.model_dump(), "worker": ""} for row in found]

    before = sorted(map(str, stored()))
    with write(any_desk.engine) as session:
        for sentence in (*BEFORE_CALLBACKS, "UPDATE alembic_version SET version_num = '0006'"):
            session.connection().exec_driver_sql(sentence)
    upgrade(any_desk.engine, tmp_path / "before.db")
    assert sorted(map(str, stored())) == before
    assert sum(row.done is not None for row in rows_of(any_desk, Repair)) == 2
    wrong = [one for one in check(any_desk).findings if "HF-" not in one]
    assert wrong == []


def test_duties_of_before_are_told_as_begun_and_the_next_one_is_handed_over(
    any_desk: Desk, tmp_path: Path
) -> None:
    on_duty(any_desk, "KF01")
    with write(any_desk.engine) as session:
        for sentence in (*BEFORE_HANDOVERS, "UPDATE alembic_version SET version_num = '0007'"):
            session.connection().exec_driver_sql(sentence)
    upgrade(any_desk.engine, tmp_path / "before.db")
    ensure_current(any_desk.engine)
    assert [(row.began, row.via) for row in rows_of(any_desk, Duty)] == [("start", "")]
    number = handed_over(any_desk, "KF02")
    assert {row.via for row in rows_of(any_desk, Duty)} == {"", number}
    assert check(any_desk).findings == []


def test_a_charge_of_before_is_of_no_run_and_nothing_of_it_is_settled(
    any_desk: Desk, tmp_path: Path
) -> None:
    a_repair(any_desk, upto="finished")
    with write(any_desk.engine) as session:
        for sentence in (*BEFORE_FEES, "UPDATE alembic_version SET version_num = '0009'"):
            session.connection().exec_driver_sql(sentence)
    upgrade(any_desk.engine, tmp_path / "before.db")
    (charge,) = rows_of(any_desk, Charge)
    assert (charge.run, charge.settled_fen, charge.due) == ("", 0, None)
    assert check(any_desk).findings == []


def test_a_receipt_of_before_was_never_printed_and_may_be_invoiced(
    any_desk: Desk, tmp_path: Path
) -> None:
    a_receipt = a_repair(any_desk, upto="finished")
    done = taken(any_desk, a_receipt, "pay", staff="SF01", means="cash", paid_by="陈立")
    number = str(done["receipt"])
    with write(any_desk.engine) as session:
        for sentence in (*BEFORE_PRINTS, "UPDATE alembic_version SET version_num = '0010'"):
            session.connection().exec_driver_sql(sentence)
    upgrade(any_desk.engine, tmp_path / "before.db")
    ensure_current(any_desk.engine)
    cashier = any_desk.as_staff("SF01")
    assert [one.receipt for one in to_invoice(cashier).lines] == [number]
    assert counted(cashier, [number])[number].n == 1
    assert check(any_desk).findings == []


def test_an_office_of_before_publishes_its_first_roster(any_desk: Desk, tmp_path: Path) -> None:
    on_duty(any_desk, "KF01")
    with write(any_desk.engine) as session:
        for sentence in (*BEFORE_ROSTERS, "UPDATE alembic_version SET version_num = '0011'"):
            session.connection().exec_driver_sql(sentence)
    upgrade(any_desk.engine, tmp_path / "before.db")
    ensure_current(any_desk.engine)
    all_of_rosters(any_desk)
    assert check(any_desk).findings == []
