"""Every list goes into a file with `-o`; whole telephone numbers only by an act with a reason."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.lines import Office, typed

__all__ = ["typed"]

LISTS = (
    "units list", "staff list", "tariff list", "directory list", "calls list",
    "repairs list", "orders list", "callbacks list", "notices list", "notices now", "duties list",
    "deadlines", "calls missed", "backup list", "audit show", "receipts list", "receipts charges",
    "callbacks due", "callbacks plan", "callbacks summary --figure due --month 2026-11",
)  # fmt: skip


@pytest.fixture
def office(typed: Office) -> Office:
    """With a call, its slip, and the duty of whoever took it."""
    typed.done("duties", "start")
    typed.done("calls", "add", "--line", "3-1-502 13911112222 厨房水管漏水 马上")
    return typed


@pytest.mark.parametrize("ending", ["xlsx", "csv", "json"])
@pytest.mark.parametrize("line", LISTS)
def test_a_list_is_a_file_with_as_many_rows_as_on_the_screen(
    office: Office, tmp_path: Path, line: str, ending: str
) -> None:
    path = tmp_path / f"list.{ending}"
    ran = office.type(*line.split(), "-o", str(path))
    assert (ran.status, ran.out) == (0, ""), ran.err
    assert str(path) in ran.err
    shown = office.type(*line.split(), json=True).json
    if ending == "json":
        found = json.loads(path.read_bytes())
        assert found == shown
        return
    if ending == "csv":
        rows = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    else:
        sheet = load_workbook(path).active
        assert sheet is not None
        rows = [[str(cell.value or "") for cell in row] for row in sheet.iter_rows()]
    assert len(rows) == len(shown) + 1
    assert all(rows[0]), "every column has a name"


def test_a_file_has_all_rows_and_a_screen_the_usual_ones(office: Office, tmp_path: Path) -> None:
    for n in range(3):
        office.done(
            "calls", "add", "--unit", "3-1-502", "--category", "enquiry", "--text", f"问{n}"
        )
    assert len(office.type("calls", "list", "--limit", "2", json=True).json) == 2
    office.type("calls", "list", "-o", str(tmp_path / "a.json"))
    assert len(json.loads((tmp_path / "a.json").read_bytes())) == 4


def test_telephones_are_masked_unless_a_reason_is_written_down(
    office: Office, tmp_path: Path
) -> None:
    line, phone = "calls list", "13911112222"
    path, masked = tmp_path / "a.csv", f"{phone[:3]}****{phone[-4:]}"
    assert office.type(*line.split(), "-o", str(path)).status == 0
    assert phone not in path.read_text("utf-8-sig")
    assert masked in path.read_text("utf-8-sig")
    full = (*line.split(), "--full", "-o", str(path), "--force")
    refused = office.type(*full)
    assert (refused.status, "原因" in refused.err) == (2, True)
    assert phone not in path.read_text("utf-8-sig")
    before = len(office.type("audit", "show", json=True).json)
    assert office.type(*full, "--reason", "年度核对").status == 0
    assert phone in path.read_text("utf-8-sig")
    lines = office.type("audit", "show", json=True).json
    assert len(lines) == before + 1
    assert lines[-1]["what"].endswith(".reveal")
    assert "年度核对" not in str(lines[-1]), "people write names into reasons"
    assert office.type("check").status == 0


def test_people_go_into_a_file_masked_by_right_and_for_a_reason(
    office: Office, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    line = ("people", "list", "-o", str(path))
    refused = office.type(*line, "--reason", "年度核对")
    assert (refused.status, "不能导出住户资料" in refused.err) == (1, True), "a clerk"
    refused = office.type(*line, staff="KF04")
    assert (refused.status, "原因" in refused.err) == (2, True)
    assert not path.exists()
    assert office.type(*line, "--reason", "年度核对", staff="KF04").status == 0
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    (chen,) = [row for row in rows if row["房号"] == "3-1-502"]
    assert (chen["姓名"], chen["电话"]) == ("陈*", "138****1234")
    act = office.type("audit", "show", json=True).json[-1]
    assert (act["what"], act["by"], act["result"]["seen"]) == ("people.export", "KF04", len(rows))
    assert act["result"]["columns"][:4] == ["unit", "name", "role", "phone"]
    assert act["result"]["whole"] == []
    whole = office.type(*line, "--force", "--full", "--reason", "年度核对", staff="KF04")
    assert whole.status == 0
    assert "陈立" in path.read_text("utf-8-sig")
    assert "13800001234" in path.read_text("utf-8-sig")
    act = office.type("audit", "show", json=True).json[-1]
    assert act["result"]["whole"] == ["name", "phone", "plate"]
    assert not {"年度核对", "陈立", "13800001234"} & set(str(act).split("'"))
    assert office.type("check").status == 0


def test_a_number_among_the_words_of_a_slip_is_masked_in_a_list(
    office: Office, tmp_path: Path
) -> None:
    told = "门坏了 回电13700001111"
    office.done("repairs", "register", "--unit", "3-1-502", "--text", told)
    path = tmp_path / "a.csv"
    assert office.type("repairs", "list", "-o", str(path)).status == 0
    assert "137****1111" in path.read_text("utf-8-sig")
    assert "13700001111" not in path.read_text("utf-8-sig")
    assert "13700001111" not in office.type("repairs", "list", json=True).out


def test_the_telephones_of_the_staff_are_masked_too(office: Office) -> None:
    phones = [one["phone"] for one in office.type("staff", "list", json=True).json if one["phone"]]
    assert phones == [] or all("****" in phone for phone in phones)
    assert office.type("staff", "list", "--full", "--reason", "排班").status == 1, "a clerk"
    refused = office.type("staff", "list", "--full", staff="KF04")
    assert (refused.status, "原因" in refused.err) == (2, True)
    whole = office.type("staff", "list", "--full", "--reason", "排班", json=True, staff="KF04")
    assert whole.status == 0
    assert office.type("audit", "show", json=True).json[-1]["what"] == "staff.reveal"


def test_somebody_who_leaves_does_nothing_any_more_and_may_come_back(office: Office) -> None:
    office.staff = "XZ01"
    assert office.done("staff", "leave", "GC03")["active"] is False
    assert "GC03" not in {one["number"] for one in office.type("staff", "list", json=True).json}
    everybody = office.type("staff", "list", "--all", json=True).json
    assert [one["active"] for one in everybody if one["number"] == "GC03"] == [False]
    assert office.type("duties", "start", staff="GC03").status != 0
    assert office.type("staff", "leave", "KF01").status == 1, "still on duty"
    assert office.done("staff", "return", "GC03")["active"] is True


def test_an_existing_file_is_kept_without_force(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("mine")
    ran = office.type("units", "list", "-o", str(path))
    assert (ran.status, path.read_text()) == (2, "mine")
    assert "--force" in ran.err
