"""Vouchers: balanced, numbered from one a month, under codes that the office can change (FW-4.3).

* what an office writes into `data/books.toml` or `data/spending.toml` and cannot be used is told
* an account without a code is refused and named
"""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.reference import Reference
from wuye_tui.reference_values import BadReference
from wuye_tui.rules.accounts import ACCOUNTS, BILL, CASH, INCOME, KINDS, PAYMENT, RECEIVABLE
from wuye_tui.rules.books import FOR, KIS, U8, Books, Moved, NoCode, rows, vouchers
from wuye_tui.rules.widths import width

BOOKS = Books({(account, ""): f"{n:04}.01" for n, (account, _word) in enumerate(ACCOUNTS)}, "记")
DAYS = st.dates(date(2026, 10, 25), date(2026, 12, 5))


def entry(
    day: date, kind: str, account: str, other: str, fen: int, number: str = ""
) -> list[Moved]:
    return [
        Moved(day, kind, number, account, "x", fen, 0, 1),
        Moved(day, kind, number, other, "y", 0, fen, 1),
    ]


ENTRIES = st.builds(
    entry,
    DAYS,
    st.sampled_from([kind for kind, _word in KINDS]),
    *(st.sampled_from([account for account, _word in ACCOUNTS]) for _n in range(2)),
    st.integers(1, 10**12),
    st.sampled_from(["", "SK-20261119-001", "SK-20261119-002"]),
)


@pytest.mark.clause("FW-4.3")
@given(st.lists(ENTRIES, max_size=12))
def test_every_voucher_balances_and_numbers_run_from_one_in_every_month(
    entries: list[list[Moved]],
) -> None:
    found = list(vouchers([one for lines in entries for one in lines], BOOKS))
    months: dict[str, list[int]] = {}
    for one in found:
        assert sum(line.debit for line in one.lines) == sum(line.credit for line in one.lines)
        assert all(bool(line.debit) != bool(line.credit) for line in one.lines)
        months.setdefault(f"{one.day:%Y-%m}", []).append(one.number)
    assert all(given == list(range(1, len(given) + 1)) for given in months.values())
    assert [one.day for one in found] == sorted(one.day for one in found)
    assert sum(one.fen for one in found) == sum(lines[0].debit for lines in entries)


def test_the_rows_of_a_program_are_text_that_it_takes() -> None:
    day = date(2026, 11, 19)
    (one,) = vouchers(entry(day, PAYMENT, CASH, RECEIVABLE, 123_450), BOOKS)
    assert [tuple(row.values()) for row in rows([one], BOOKS, U8)] == [
        ("2026-11-19", "记", "1", "1", "收款 2026-11-19", "000001", "1234.50", "0.00"),
        ("2026-11-19", "记", "1", "1", "收款 2026-11-19", "000101", "0.00", "1234.50"),
    ]
    kis = list(rows([one], BOOKS, KIS))
    assert tuple(kis[0]) == FOR[KIS]
    assert kis[0]["科目代码"] == "0000.01"
    assert all(width(row["摘要"]) <= 60 for row in kis)


@pytest.mark.clause("FW-4.3")
def test_an_account_without_a_code_is_refused_and_named() -> None:
    books = Books({(CASH, ""): "1001", (INCOME, "water"): "6001"}, "记")
    day = date(2026, 11, 19)
    with pytest.raises(NoCode, match=r'科目「应收」的 account = "receivable" part = "y" 没有编码'):
        list(vouchers(entry(day, PAYMENT, CASH, RECEIVABLE, 100), books))
    with pytest.raises(NoCode, match=r'account = "income" part = "y"'):
        list(vouchers(entry(day, BILL, CASH, INCOME, 100), books))


def test_every_account_of_the_ledger_has_a_code_that_came_with_the_program() -> None:
    shipped = Reference()
    assert all(shipped.books.code(account, "?") for account, _word in ACCOUNTS)
    assert {shipped.books.code(CASH, means) for means in ("cash", "card", "wechat")} == {
        "1001", "1002", "1012.01",
    }  # fmt: skip
    codes = [shipped.books.code("expense", one.code) for one in shipped.spending]
    assert len(set(codes)) > 5


@pytest.mark.parametrize(
    ("name", "was", "becomes", "says"),
    [
        ("books.toml", 'code = "1001"', 'code = "现金"', "code 要写数字"),
        ("books.toml", 'code = "1001"', f'code = "{"1" * 16}"', "最多 15 位数字"),
        ("books.toml", 'account = "cash"', 'account = "gold"', "account 里不能写「gold」"),
        ("books.toml", 'part = "wechat"', 'part = "cash"', "cash 的 cash 写了两次"),
        ("books.toml", '["opening"]', '["opned"]', "leave_out 里不能写「opned」"),
        ("books.toml", 'voucher = "记"', "", "少了 voucher"),
        ("spending.toml", 'code = "staff"', 'code = "Staff 1"', "code 只能用小写字母和下划线"),
        ("spending.toml", 'code = "order"', 'code = "staff"', "有两项的 code 都是 staff"),
        ("spending.toml", 'word = "秩序维护"', "", "少了 word"),
    ],
)
def test_what_an_office_writes_and_cannot_be_used_is_told(
    tmp_path: Path, name: str, was: str, becomes: str, says: str
) -> None:
    own = tmp_path / "data" / name
    own.parent.mkdir()
    text = Reference().text(name)
    assert was in text
    own.write_text(text.replace(was, becomes, 1), "utf-8")
    read = Reference(tmp_path)
    with pytest.raises(BadReference) as error:
        assert read.books if name == "books.toml" else read.spending
    assert says in error.value.why
