"""The box for everything, as people type into it: what stands first, in the training office."""

from collections.abc import Iterator
from datetime import datetime

import pytest

from wuye_tui import demo
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers.at_hand import Hit, Is
from wuye_tui.registers.search import search
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import load

NOW = "2026-11-21T10:20:00+08:00"


@pytest.fixture(scope="module")
def training(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The training office, made once; nothing is written to it here."""
    folder = tmp_path_factory.mktemp("demo")
    demo.make(load(home=str(folder), now=NOW, environ={}), days=0)
    clock = StoppedClock(datetime.fromisoformat(NOW))
    opened = open_desk(load(home=str(folder), environ={}), clock).as_staff("KF01")
    yield opened
    opened.engine.dispose()


def called(hit: Hit) -> str:
    """What a hit goes by."""
    by = {Is.UNIT: hit.unit, Is.SLIP: hit.number, Is.PERSON: f"{hit.name} {hit.unit}"}
    by |= {Is.NUMBER: f"{hit.name} {hit.phone}", Is.STAFF: f"{hit.code} {hit.name}"}
    return f"{hit.what} {by.get(hit.what, hit.code)}"


ROOMS = (
    "3-1-502", "3栋1单元502", "3#1-502", "3#1#502", "３－１－５０２", "三栋一单元502", "3 1 502",
    "三栋1单元五零二", "3号楼1单元502", "3号楼1单元502室", "3幢1单元502", "31502", "3栋1-502",
)  # fmt: skip
QIU = "person 仇英 3-1-502"
TYPED = (
    *((room, "unit 3-1-502") for room in ROOMS),
    *((room, "unit B-1203") for room in ("B-1203", "b1203", "B座1203", "B栋1203", "b-1203")),
    ("911102", "unit 9-1-1102"),
    ("3-1-5", "unit 3-1-501"),
    ("3-1", "unit 3-1-101"),
    ("3栋", "unit 3-1-101"),
    ("3号楼2单元", "unit 3-2-101"),
    ("仇英", QIU),
    ("qy", QIU),
    ("cy", QIU),
    ("QiuYing", QIU),
    ("qiu ying", QIU),
    ("chouying", QIU),
    ("仇先生", QIU),
    ("业主仇英", QIU),
    ("13800001007", QIU),
    ("138 0000 1007", QIU),
    ("1007", QIU),
    ("138****1007", QIU),
    ("浙A·D12086", QIU),
    ("ad12086", QIU),
    ("12086", QIU),
    ("欧阳女士", "person 欧阳娜娜 5-1-1402"),
    ("oynn", "person 欧阳娜娜 5-1-1402"),
    ("sxx", "person 单雄信 2-1-304"),
    ("dxx", "person 单雄信 2-1-304"),
    ("zly", "person 查良玉 9-2-1801"),
    ("cly", "person 查良玉 9-2-1801"),
    ("便利店", "person 晨光便利店 B-101"),
    ("0571-88001105", "person 何秀英 2-2-105"),
    ("PG-003", "slip PG-20261121-003"),
    ("pg003", "slip PG-20261121-003"),
    ("003", "slip PG-20261121-003"),
    ("PG21-003", "slip PG-20261121-003"),
    ("PG-20261121-003", "slip PG-20261121-003"),
    ("空调", "slip PG-20261121-003"),
    ("大堂", "slip PG-20261121-002"),
    ("LX-001", "call LX-20261121-001"),
    ("换锁芯", "price MC-02"),
    ("hsx", "price MC-02"),
    ("MC-02", "price MC-02"),
    ("收费 马桶", "price ST-01"),
    ("BX-5", "clause BX-5"),
    ("bx5", "clause BX-5"),
    ("ＢＸ－５", "clause BX-5"),
    ("110", "number 报警 110"),
    ("燃气", "number 燃气抢修 023-55501003"),
    ("dtjy", "number 电梯救援 023-55501011"),
    ("8009", "number 值班经理 8009"),
    ("李强", "staff GC03 李强"),
    ("gc04", "staff GC04 陈大勇"),
)


@pytest.mark.parametrize(("typed", "first"), TYPED, ids=[typed for typed, _first in TYPED])
def test_what_was_meant_stands_first(training: Desk, typed: str, first: str) -> None:
    hits = search(training, typed)
    assert hits, typed
    assert called(hits[0]) == first


def test_a_scope_looks_for_nothing_else(training: Desk) -> None:
    assert {hit.what for hit in search(training, "收费标准 灯")} == {Is.PRICE}
    assert {hit.what for hit in search(training, "规程条款 回访")} == {Is.CLAUSE}
    assert {hit.what for hit in search(training, "通讯录 消防")} == {Is.NUMBER}
    assert len(search(training, "规程条款")) == len(training.reference.clauses)


def test_a_solid_number_is_a_telephone_s_tail_too(training: Desk) -> None:
    assert "仇英" in {hit.name for hit in search(training, "01007")}
    assert "3-1-502" in {hit.unit for hit in search(training, "31502")}
