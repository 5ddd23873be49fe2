"""What a revision does to an office that has rows already."""

from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from wuye_tui.store.engine import open_engine, read, write
from wuye_tui.store.upgrade import create_schema, ensure_current, upgrade

BOTH = ["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)]


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
