"""Receipts as paper by the command line: printed, reprinted, given back; and their tax invoices."""

import csv
import io
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.lines import Office, typed
from tests.cli.test_forms import lp

__all__ = ["lp", "typed"]

CASHIER, MANAGER, UNIT = "SF01", "ZJ01", "3-1-502"
ONE, BLUE, RED = "SJ-2026-000001", "26117000000123456789", "26117000000123456790"


@pytest.fixture
def office(typed: Office) -> Office:
    """The cashier, with a receipt of 15 yuan for a card."""
    typed.staff = CASHIER
    typed.done("bills", "charge", UNIT, "card", "--amount", "15")
    typed.done("payments", "take", UNIT, "--pay", "cash=15", "--payer", "陈立")
    return typed


def times(office: Office, number: str = ONE) -> list[int]:
    return [one["n"] for one in office.done("receipts", "show", number)["prints"]]


@pytest.mark.clause("BX-16")
def test_a_reprint_says_so_on_the_paper_and_in_the_list(office: Office, tmp_path: Path) -> None:
    assert "还没有打印" in office.type("receipts", "show", ONE).out
    first, again = tmp_path / "first.txt", tmp_path / "again.txt"
    done = office.type("forms", "print", "receipt", ONE, "-o", str(first))
    assert (done.status, f"{ONE} 第一次打印" in done.err) == (0, True)
    done = office.type("receipts", "reprint", ONE, "-o", str(again), staff=MANAGER)
    assert (done.status, "第 2 次打印" in done.err) == (0, True)
    assert "重打" not in first.read_text("utf-8")
    assert again.read_text("utf-8").count("重打 第2次 2026-11-19 10:2") == 3
    shown = office.type("receipts", "show", ONE).out
    assert "第 1 次" in shown
    assert "第 2 次" in shown
    assert "高远" in shown
    assert office.done("check")["clean"]


def test_what_is_looked_at_on_the_screen_is_not_counted(office: Office) -> None:
    for more in ((), ("--copies", "2")):
        looked = office.type("forms", "print", "receipt", ONE, *more)
        assert (looked.status, looked.err) == (0, "")
        assert "预览，没有打印" in looked.out
    assert times(office) == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("forms", "print", "receipt", ONE, "-o", "{there}"), "--force"),
        (("receipts", "reprint", ONE, "-o", "{there}"), "--force"),
        (("receipts", "reprint", ONE, "-o", "{there}.doc"), ".pdf"),
        (("forms", "print", "receipt", ONE, "-o", "{there}.pdf", "--copies", "9"), "9"),
        (("forms", "print", "receipt", ONE, "SJ-2026-000009", "-o", "{there}.pdf"), "000009"),
        (("receipts", "reprint", "TK-20261119-001", "-o", "{there}.pdf"), "TK-20261119-001"),
    ],
)
def test_what_is_refused_is_not_counted(
    office: Office, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    there = tmp_path / "there.txt"
    there.write_text("x")
    ran = office.type(*(one.format(there=there) for one in words))
    assert (ran.status in (2, 4), says in ran.err) == (True, True), ran.err
    assert ran.err.count("\n") == 1
    assert times(office) == []


def test_a_printer_that_fails_was_told_which_printing_it_is_and_the_kept_file_is_that(
    office: Office, lp: Path
) -> None:
    ran = office.type("forms", "print", "receipt", ONE, "--printer", "old one")
    assert ran.status == 5
    assert ran.err.index("第一次打印") < ran.err.index("没有打出来")
    assert times(office) == [1]
    (office.home / "config.toml").write_text('printer = "laser"\n', "utf-8")
    assert office.type("receipts", "reprint", ONE).status == 0
    assert (lp / "printed").read_bytes().startswith(b"%PDF")
    assert times(office) == [1, 2]


def test_a_file_that_cannot_be_written_was_told_which_printing_it_is(
    office: Office, tmp_path: Path
) -> None:
    nowhere = tmp_path / "nowhere"
    ran = office.type("receipts", "reprint", ONE, "-o", str(nowhere / "x.txt"))
    assert (ran.status, "第一次打印" in ran.err, "写不了" in ran.err) == (1, True, True)
    assert not nowhere.exists()


def test_a_repeat_with_the_same_key_is_the_same_printing(office: Office, tmp_path: Path) -> None:
    key, path = "12345678-1234-4234-8234-123456789012", str(tmp_path / "x.txt")
    for _turn in range(2):
        done = office.done("receipts", "reprint", ONE, "-o", path, "--force", "--key", key)
        assert done["prints"] == {ONE: 1}
    assert times(office) == [1]


def test_nobody_and_no_plumber_prints_a_receipt(
    office: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from wuye_tui.cli.main import run

    path = tmp_path / "x.txt"
    line = ["forms", "print", "receipt", ONE, "-o", str(path), "--home", str(office.home)]
    assert run([*line, "--now", office.now.isoformat()]) == 2
    assert "--as" in capsys.readouterr().err
    refused = office.type("receipts", "reprint", ONE, "-o", str(path), staff="GC03")
    assert (refused.status, refused.err.startswith("BX-16: 李强")) == (1, True)
    assert (times(office), path.exists()) == ([], False)


@pytest.mark.clause("FW-4.3")
def test_a_refund_tells_its_number_and_is_shown_and_printed_by_it(
    office: Office, tmp_path: Path
) -> None:
    office.done("bills", "close-day", "--cash", "15")
    ran = office.type("payments", "refund", ONE, "--reason", "退", "--second", MANAGER)
    number = "TK-20261119-001"
    assert number in ran.out
    assert f"forms print refund {number}" in ran.err
    shown = office.type("receipts", "show", number)
    for words in (number, ONE, "15.00元", "人民币壹拾伍元整", "高远", "还没有打印"):
        assert words in shown.out
    pdf, text = tmp_path / "x.pdf", tmp_path / "x.txt"
    for path in (pdf, text):
        office.done("forms", "print", "refund", number, "-o", str(path))
    assert pdf.read_bytes().startswith(b"%PDF")
    assert "领款人签收" in text.read_text("utf-8")
    assert "重打 第2次" in text.read_text("utf-8")
    assert times(office, number) == [1, 2]
    assert office.done("receipts", "show", ONE)["refund"] == number
    assert office.type("receipts", "show", "TK-20261119-009").status == 4
    assert office.done("check")["clean"]


@pytest.mark.clause("FW-4.3")
def test_the_list_for_invoices_is_text_in_every_cell_of_every_file(
    office: Office, tmp_path: Path
) -> None:
    book, table, document = (tmp_path / f"x{end}" for end in (".xlsx", ".csv", ".json"))
    for path in (book, table, document):
        assert office.type("receipts", "invoices", "-o", str(path)).status == 0
    (head, row) = load_workbook(book).active.iter_rows()
    said = {one.value: cell.value for one, cell in zip(head, row, strict=True)}
    assert all(cell.value is None or isinstance(cell.value, str) for cell in row)
    assert (said["收据号"], said["金额"], said["税率"]) == (ONE, "15.00", "6%")
    assert said["税收分类编码"] == "3040801010000000000"
    (line,) = list(csv.reader(io.StringIO(table.read_text("utf-8-sig"))))[1:]
    assert "'3040801010000000000" in line, "a spreadsheet would make a rounded number of it"
    (only,) = json.loads(document.read_text("utf-8"))
    assert (only["amount"], only["code"]) == ("15.00", "3040801010000000000")


@pytest.mark.clause("FW-4.3")
def test_an_invoice_is_written_back_once_and_taken_back_by_a_red_one(office: Office) -> None:
    firm = ("--buyer", "某某公司", "--tax-number", "91110000101623741K")
    listed = office.done("receipts", "invoices", ONE, *firm)
    assert [(one["buyer"], one["tax_number"]) for one in listed] == [(firm[1], firm[3])]
    line = ("receipts", "invoiced", ONE, "--invoice", BLUE, "--day", "2026-11-19")
    ran = office.type(*line, *firm)
    assert (ran.status, BLUE in ran.out) == (0, True), ran.err
    again = office.type("receipts", "invoiced", ONE, "--invoice", RED)
    assert (again.status, again.err.startswith("FW-4.3: "), BLUE in again.err) == (1, True, True)
    assert office.done("receipts", "invoices") == []
    void = office.type("receipts", "void", ONE, "--reason", "错", "--second", MANAGER)
    assert (void.status, BLUE in void.err, "--red" in void.err) == (0, True, True)
    assert ONE in office.type("receipts", "invoices").err
    office.done("receipts", "invoiced", ONE, "--invoice", RED, "--red")
    shown = office.type("receipts", "show", ONE).out
    assert all(words in shown for words in (BLUE, "某某公司", "红字"))
    assert ONE not in office.type("receipts", "invoices").err
    assert office.done("check")["clean"]


def test_a_number_that_stands_for_another_receipt_is_said_and_a_red_one_names_both(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.done("bills", "charge", UNIT, "card", "--amount", "15")
    office.done("payments", "take", UNIT, "--pay", "cash=15")
    two = "SJ-2026-000002"
    ran = office.type("receipts", "invoiced", ONE, "--invoice", BLUE)
    assert (ran.status, ran.err) == (0, "")
    line = ("receipts", "invoiced", two, "--invoice", BLUE)
    monkeypatch.setattr("sys.stdin", Terminal("n\n"))
    refused = office.type(*line)
    assert (refused.status, office.done("receipts", "show", two)["invoices"]) == (2, [])
    assert all(words in refused.err for words in (BLUE, ONE, "合开", "[y/N]"))
    monkeypatch.setattr("sys.stdin", io.StringIO())
    ran = office.type(*line)
    assert (ran.status, ONE in ran.err, "[y/N]" in ran.err) == (0, True, False), "a script is told"
    (again,) = office.done("receipts", "show", two)["invoices"]
    assert again["invoice"] == BLUE
    ran = office.type("receipts", "invoiced", ONE, "--invoice", RED, "--red")
    told = f"收据 {ONE} 的发票 {BLUE} 已由红字发票 {RED} 冲回，15.00元。"
    assert "".join(ran.out.split()) == told.replace(" ", "")


class Terminal(io.StringIO):
    """Somebody who answers."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("invoiced", ONE, "--invoice", "123"), 2, "20 位"),
        (("invoiced", ONE, "--invoice", BLUE, "--tax-number", "91110000101623741A"), 2, "18 位"),
        (("invoiced", ONE, "--invoice", BLUE, "--day", "2026-12-01"), 2, "开票日期"),
        (("invoiced", "SJ-2026-000009", "--invoice", BLUE), 4, "000009"),
        (("invoiced", ONE, "SJ-2026-000009", "--invoice", BLUE), 4, "000009"),
        (("invoiced", ONE, "--invoice", RED, "--red"), 1, "红字"),
        (("invoices", "--buyer", "某某公司"), 2, "哪几张收据"),
        (("invoices", "SJ-2026-000009"), 4, "000009"),
    ],
)
def test_what_is_wrong_of_an_invoice_is_one_sentence_and_writes_nothing(
    office: Office, words: tuple[str, ...], status: int, says: str
) -> None:
    ran = office.type("receipts", *words)
    assert (ran.status, says in ran.err) == (status, True), ran.err
    assert ran.err.count("\n") == 1
    assert office.done("receipts", "show", ONE)["invoices"] == []


def test_a_fee_without_a_code_is_listed_and_named(office: Office) -> None:
    own = office.home / "data" / "invoices.toml"
    own.parent.mkdir(parents=True)
    own.write_text("prepaid = false\n", "utf-8")
    ran = office.type("receipts", "invoices")
    assert "门禁卡工本费" in ran.err
    assert "data/invoices.toml" in ran.err
    assert ONE in ran.out
    own.write_text('[[item]]\nfee = "card"\nrate = "6%"\ncode = "30"\n', "utf-8")
    checked = office.type("config", "check")
    assert (checked.status, "data/invoices.toml" in checked.out, "19" in checked.out) == (
        3, True, True,
    )  # fmt: skip
