"""`wuye directory`: the numbers at hand, brought in from a file and tried one by one (XX-4.1.4)."""

from pathlib import Path

import pytest

import data
from tests.cli.lines import Office, typed

__all__ = ["typed"]

OURS = str(Path(data.__file__).parent / "directory.csv")
KEY = "0b7f2b8c-3f0c-4f5e-9a51-5ad1a7c2a0d1"


@pytest.fixture
def filled(typed: Office) -> Office:
    """The office with the numbers that come with wuye."""
    assert typed.done("directory", "import", OURS, staff="XZ01")["bad"] == []
    return typed


@pytest.mark.clause("XX-4.1.4")
def test_a_number_that_was_tried_is_noted_with_name_and_day(filled: Office) -> None:
    ran = filled.type("directory", "check", "燃气抢修")
    assert (ran.status, ran.out.strip()) == (0, "燃气抢修 023-55501003 已核对。")
    rows = {one["name"]: one for one in filled.done("directory", "list")}
    gas = rows["燃气抢修"]
    assert (gas["checked"], gas["checked_by"], gas["stale"]) == ("2026-11-19", "李晓燕", False)
    left = filled.done("directory", "list", "--stale")
    assert "燃气抢修" not in [one["name"] for one in left]
    national = [one["name"] for one in rows.values() if one["national"]]
    assert len(left) == len(rows) - 1 - len(national)
    [line] = [one for one in filled.done("audit", "show") if one["what"] == "directory.check"]
    assert line["by"] == "KF01"


def test_the_list_is_read_by_people(filled: Office) -> None:
    filled.type("directory", "check", "供水", "--phone", "023-55507777")
    lines = filled.type("directory", "list").out.splitlines()
    [water] = [line.split() for line in lines if line.startswith("供水")]
    shown = ["水电气暖", "023-55507777", "023-55501002", "全天", "2026-11-19", "-"]
    assert water[1:7] == shown
    [lift] = [line for line in lines if line.startswith("电梯救援")]
    assert "从未" in lift
    assert "待核对" in lift


def test_a_check_with_one_key_is_one_check(filled: Office) -> None:
    for _n in range(2):
        filled.done("directory", "check", "供水", "--key", KEY)
    acts = [one for one in filled.done("audit", "show") if one["what"] == "directory.check"]
    assert len(acts) == 1


@pytest.mark.parametrize(
    ("words", "staff", "status", "said"),
    [
        (("check", "动物园"), "KF01", 4, "没有「动物园」"),
        (("check", "电梯"), "KF01", 4, "电梯救援"),
        (("check", "供水", "--phone", "023-55507777"), "GC03", 1, "XX-4.1.4"),
        (("import", OURS), "KF01", 1, "HR-5.1"),
        (("put", "供水", "--phone", "023-55507777"), "GC03", 1, "XX-4.1.4"),
        (("put", "新来的", "--phone", "8010"), "KF01", 2, "类别"),
        (("put", "供水", "--phone", "请查114"), "KF01", 2, "能拨的号码"),
        (("remove", "供水", "--reason", "停用"), "GC03", 1, "XX-4.1.4"),
        (("remove", "供水", "--reason", " "), "KF01", 2, "为什么"),
        (("remove", "动物园", "--reason", "停用"), "KF01", 4, "没有「动物园」"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    filled: Office, words: tuple[str, ...], staff: str, status: int, said: str
) -> None:
    ran = filled.type("directory", *words, staff=staff)
    assert ran.status == status
    assert said in ran.err


def test_a_number_is_written_changed_and_taken_out(filled: Office) -> None:
    new = ("put", "开锁公司", "--kind", "外部服务", "--phone", "023-55508888", "--key", KEY)
    for _n in range(2):
        assert filled.type("directory", *new).out.strip() == "开锁公司 023-55508888 已写进通讯录。"
    filled.type("directory", "check", "开锁公司")
    filled.done("directory", "put", "开锁公司", "--hours", "8-20时")
    rows = {one["name"]: one for one in filled.done("directory", "list")}
    lock = rows["开锁公司"]
    assert (lock["kind"], lock["hours"], lock["stale"]) == ("service", "8-20时", False)
    done = filled.done("directory", "remove", "开锁公司", "--reason", "已停业")
    assert done == {"name": "开锁公司", "reason": "已停业"}
    assert "开锁公司" not in {one["name"] for one in filled.done("directory", "list")}
    acts = [one["what"] for one in filled.done("audit", "show")]
    assert [acts.count(f"directory.{verb}") for verb in ("set", "remove")] == [2, 1]


def test_a_number_of_the_whole_country_is_listed_as_such(filled: Office) -> None:
    [line] = [one for one in filled.type("directory", "list").out.splitlines() if " 110 " in one]
    assert "全国统一" in line
    assert "待核对" not in line
