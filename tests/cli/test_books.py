"""Money spent, the published statement and vouchers by the command line (KF-3.4, FW-4.3)."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from tests.cli.lines import Office, typed
from tests.paper.test_pdf import page_words
from wuye_tui.reference import Reference

__all__ = ["typed"]

MANAGER, UNIT = "ZJ01", "3-1-502"
SPEND = ("bills", "spend", "maintenance", "--amount", "1234.56", "--pay", "transfer")
ENDINGS = ("xlsx", "csv", "pdf", "json")


@pytest.fixture
def office(typed: Office) -> Office:
    """The cashier's, where 3-1-502 has paid 10 of the 15 yuan that a card cost it."""
    typed.staff = "SF01"
    typed.done("bills", "charge", UNIT, "card", "--amount", "15")
    typed.done("payments", "take", UNIT, "--pay", "cash=10", "--payer", "陈立")
    return typed


def shown(cell: Any) -> Any:
    """A cell as it is seen: money with its cents."""
    return f"{cell.value:,.2f}" if cell.number_format == "#,##0.00" else cell.value


def words_of(path: Path) -> str:
    """Everything that a file says."""
    if path.suffix == ".pdf":
        return "".join(map(page_words, PdfReader(path).pages))
    if path.suffix == ".xlsx":
        book = load_workbook(path)
        return str([[shown(cell) for cell in row] for sheet in book for row in sheet.iter_rows()])
    return path.read_text("utf-8-sig")


@pytest.mark.clause("FW-4.3")
def test_money_is_spent_listed_and_taken_back(office: Office) -> None:
    ran = office.type(*SPEND, "--what", "电梯维保 11月")
    assert ran.out == "2026-11-19 支出 1,234.56元 已记，维修保养。（ZC-20261119-001）\n"
    office.done("bills", "spend", "清洁卫生", "--amount", "3", "--pay", "现金", "--what", "拖把")
    sheet = office.done("bills", "day")
    assert (sheet["cash_fen"], sheet["spent_fen"], sheet["amount_fen"]) == (700, 123_756, -122_756)
    assert "支出" in office.type("bills", "day").out
    alone = office.type("bills", "unspend", "ZC-20261119-001", "--why", "错", "--second", "SF01")
    assert (alone.status, alone.err.startswith("BX-16: ")) == (1, True)
    back = ("bills", "unspend", "ZC-20261119-001", "--why", "错", "--second", MANAGER)
    assert office.done(*back)["number"] == "CH-20261119-001"
    assert office.type(*back).status == 1
    shown = office.type("bills", "spent", "--from", "2026-11-19", "--to", "2026-11-19").out
    assert all(word in shown for word in ("电梯维保 11月", "已冲回"))
    assert office.done("bills", "spent", "--from", "2026-11-20") == []
    whats = [one["what"] for one in office.done("audit", "show")]
    assert "bills.spend" in whats
    assert office.done("check")["clean"]


def test_a_repeat_with_the_same_key_spends_once(office: Office) -> None:
    line = (*SPEND, "--what", "维保", "--key", "12345678-1234-4234-8234-123456789012")
    assert office.done(*line) == office.done(*line)
    assert len(office.done("bills", "spent")) == 1


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        (("maintenance", "--amount", "0", "--pay", "cash"), 2, "要大于 0"),
        (("maintenance", "--amount", "-5", "--pay", "cash"), 2, "负数"),
        (("maintenance", "--amount", "1.234", "--pay", "cash"), 2, "最多两位小数"),
        (("maintenance", "--amount", "5", "--pay", "gold"), 2, "没有「gold」这种付款方式"),
        (("dinner", "--amount", "5", "--pay", "cash"), 4, "没有支出类别「dinner」"),
        (("staff", "--amount", "5", "--pay", "cash", "--day", "2026-12-01"), 2, "还没有到"),
        (("staff", "--amount", "5", "--pay", "cash", "--day", "2026-1"), 2, "2026-1"),
    ],
)
def test_what_cannot_be_spent_gets_one_sentence(
    office: Office, more: tuple[str, ...], status: int, told: str
) -> None:
    ran = office.type("bills", "spend", *more, "--what", "x")
    assert (ran.status, told in ran.err, ran.err.count("\n")) == (status, True, 1), ran.err
    assert office.done("bills", "spent") == []


@pytest.mark.clause("KF-3.4")
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_statement_is_published_in_every_form_and_names_nobody(
    office: Office, tmp_path: Path, ending: str
) -> None:
    office.done(*SPEND, "--what", "给陈立的电梯")
    path = tmp_path / f"公示.{ending}"
    ran = office.type("bills", "published", "--from", "2026-11", "-o", str(path))
    assert (ran.status, ran.out) == (0, ""), ran.err
    assert "2026-11 还没有过完" in ran.err
    said = words_of(path)
    wanted = ("门禁卡工本费", "维修保养")
    if ending == "json":
        wanted += ("123456", "122456")
    elif ending == "csv":
        wanted += (",1234.56", ",-1224.56", ",15.00")
    else:
        wanted += ("1,234.56", "-1,224.56", "15.00")
    assert all(words in said for words in wanted), said
    assert not any(words in said for words in ("陈立", "陈静", UNIT, "SF01"))
    shown = office.type("bills", "published", "--from", "2026-11").out
    assert "思兰雅苑 收支公示 2026-11 至 2026-11" in shown
    assert "陈" not in shown
    odd = office.type("bills", "published", "-o", str(tmp_path / "a.doc"))
    assert (odd.status, ".pdf" in odd.err) == (2, True)


@pytest.mark.clause("FW-4.3")
def test_vouchers_for_each_program_in_each_form(office: Office, tmp_path: Path) -> None:
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    paths = {name: tmp_path / name for name in ("a.txt", "a.csv", "a.xlsx", "k.csv", "u.csv")}
    for name, path in paths.items():
        program = "kis" if name == "k.csv" else "u8"
        more = ("--encoding", "utf-8") if name == "u.csv" else ()
        ran = office.type("bills", "vouchers", *days, "--for", program, *more, "-o", str(path))
        assert ran.status == 0, ran.err
        assert "2 张凭证，借贷各 25.00元" in ran.err
        assert "有 1 天还没有日结，最早 2026-11-19" in ran.err
    lines = paths["a.txt"].read_bytes().decode("gb18030").split("\r\n")
    assert lines == [
        "填制凭证,V800",
        "2026-11-19,记,1,1,出账 2026-11-19,112299,15.00,0.00",
        "2026-11-19,记,1,1,出账 2026-11-19,600199,0.00,15.00",
        "2026-11-19,记,2,1,收款 2026-11-19,1001,10.00,0.00",
        "2026-11-19,记,2,1,收款 2026-11-19,112299,0.00,10.00",
        "",
    ]
    headed = paths["a.csv"].read_bytes().decode("gb18030").split("\r\n")
    assert headed[0] == "制单日期,凭证类别字,凭证号,附单据数,摘要,科目编码,借方,贷方"
    assert headed[1:] == lines[1:]
    assert paths["u.csv"].read_text("utf-8-sig").splitlines() == headed[:-1]
    kis = list(csv.DictReader(io.StringIO(paths["k.csv"].read_text("utf-8-sig"))))
    assert (kis[0]["科目代码"], kis[0]["借方金额"], kis[3]["贷方金额"]) == (
        "1122.99",
        "15.00",
        "10.00",
    )
    sheet = load_workbook(paths["a.xlsx"]).active
    assert sheet is not None
    head, *rows = sheet.iter_rows()
    assert all(cell.data_type == "s" for row in (head, *(one[:-2] for one in rows)) for cell in row)
    assert [cell.value for cell in rows[2][:-2]] == lines[3].split(",")[:-2]
    assert [(cell.value, cell.data_type) for cell in rows[2][-2:]] == [(10, "n"), (0, "n")]
    assert sum(row[-2].value for row in rows) == sum(row[-1].value for row in rows) == 25
    again = office.type("bills", "vouchers", *days, "--for", "u8", "-o", str(paths["a.txt"]))
    assert (again.status, "--force" in again.err) == (2, True)


@pytest.mark.parametrize(
    ("more", "status", "told"),
    [
        (("--for", "sap"), 2, "不会给「sap」做凭证"),
        (("--for", "u8", "-o", "{}/a.pdf"), 2, ".txt .csv .xlsx"),
        (("--for", "u8", "-o", "{}/a.csv", "--encoding", "big5"), 2, "不会用「big5」编码"),
        (("--for", "u8", "--from", "2026-11-20", "--to", "2026-11-01"), 2, "不成日子"),
    ],
)
def test_vouchers_that_cannot_be_made_get_one_sentence(
    office: Office, tmp_path: Path, more: tuple[str, ...], status: int, told: str
) -> None:
    ran = office.type("bills", "vouchers", *(one.format(tmp_path) for one in more))
    assert (ran.status, told in ran.err, ran.err.count("\n")) == (status, True, 1), ran.err
    assert list(tmp_path.glob("a.*")) == []


@pytest.mark.clause("FW-4.3")
def test_the_codes_are_the_offices_own_and_checked(office: Office, tmp_path: Path) -> None:
    own = office.home / "data" / "books.toml"
    own.parent.mkdir(exist_ok=True)
    shipped = Reference().text("books.toml")
    words = shipped.replace('voucher = "记"', 'voucher = "=收,付"').replace("6001.99", "6001.88")
    own.write_text(words, "utf-8")
    days = ("--from", "2026-11-01", "--to", "2026-11-30")
    path = tmp_path / "a.csv"
    assert office.type("bills", "vouchers", *days, "--for", "kis", "-o", str(path)).status == 0
    row = next(csv.reader(io.StringIO(path.read_text("utf-8-sig").splitlines()[2])))
    assert row[:5] == ["2026-11-19", "'=收 付", "1", "出账 2026-11-19", "6001.88"]
    own.write_text(
        shipped.replace('account = "receivable"\ncode', 'account = "deposit"\npart = "x"\ncode')
    )
    ran = office.type("bills", "vouchers", *days, "--for", "u8")
    told = '科目「应收」的 account = "receivable" part = "card" 没有编码'
    assert (ran.status, told in ran.err, ran.out) == (1, True, ""), ran.err
    own.write_text(shipped.replace('code = "2203"', 'code = "预存"'), "utf-8")
    line = own.read_text("utf-8").splitlines().index('code = "预存"') + 1
    ran = office.type("config", "check")
    assert f"data/books.toml 第 {line} 行：code 要写数字" in ran.out


LISTS = {
    "bills report": ("15.00", "1500"),
    "bills day": ("10.00", "1000"),
    f"payments statement {UNIT}": ("-10.00", "-1000"),
    "arrears list": (UNIT, UNIT),
}


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("line", LISTS)
def test_a_list_of_money_is_a_file_of_every_kind(
    office: Office, tmp_path: Path, line: str, ending: str
) -> None:
    office.now = office.now.replace(month=12)
    path = tmp_path / f"a.{ending}"
    if line == "bills day":
        line += " --date 2026-11-19"
    ran = office.type(*line.split(), "-o", str(path))
    assert (ran.status, ran.out) == (0, ""), ran.err
    said = words_of(path)
    words, fen = next(found for name, found in LISTS.items() if line.startswith(name))
    assert (fen if ending == "json" else words) in said, said
    assert "#" not in said, "what is drawn is for a terminal"
    if ending == "json":
        assert json.loads(said) == office.type(*line.split(), json=True).json
    if ending == "pdf":
        assert path.read_bytes().startswith(b"%PDF-")
    assert office.type(*line.split(), "-o", str(path)).status == 2


def test_a_list_without_rows_is_a_page_that_says_so(typed: Office, tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    assert typed.type("bills", "spent", "-o", str(path)).status == 0
    assert "没有记录" in words_of(path)


def test_in_a_terminal_with_room_a_report_has_bars_and_nowhere_else(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from wuye_tui.cli import output

    assert "#" not in office.type("bills", "report").out
    monkeypatch.setattr(output, "is_terminal", lambda: True)
    for columns, has_bars in ((100, True), (60, False)):
        monkeypatch.setattr(shutil, "get_terminal_size", lambda _n, c=columns: (c, 24))
        monkeypatch.setattr(output, "across", lambda c=columns: c)
        shown = office.type("bills", "report").out
        assert ("#####..." in shown, "  收缴\n" in shown) == (has_bars, has_bars), shown
        assert "66.66%" in shown
    assert "#" not in office.type("bills", "report", json=True).out


@pytest.mark.clause("FW-1.6")
def test_what_was_spent_and_the_vouchers_are_for_whoever_sees_accounts(office: Office) -> None:
    office.done(*SPEND, "--what", "维保")
    for line in (("bills", "spent"), ("bills", "vouchers", "--for", "u8")):
        ran = office.type(*line, staff="GC03")
        assert (ran.status, ran.out, ran.err.startswith("FW-1.6: ")) == (1, "", True), ran.err
    assert "维修保养" in office.type("bills", "published", "--from", "2026-11", staff="GC03").out
