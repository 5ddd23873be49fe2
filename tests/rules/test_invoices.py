"""Tax invoices: numbers as people type them, and the proof in a unified social credit code."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.reference import BadReference, Reference
from wuye_tui.rules.invoices import (
    NotAnInvoice,
    NotATaxNumber,
    invoice_number,
    remark_of,
    tax_number,
)

REAL = ("91110000101623741K", "911101066976941872", "91350100M000100Y43")
"""Codes of firms, as they are published."""


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("26117000000123456789", "26117000000123456789"),
        (" 2611 7000 0001 2345 6789 ", "26117000000123456789"),
        ("１２３４５６７８", "12345678"),
    ],
)
def test_numbers_of_invoices_are_read_as_people_type_them(typed: str, number: str) -> None:
    assert invoice_number(typed) == number


@pytest.mark.parametrize("typed", ["", "1234567", "2" * 21, "2611700000012345678X", "①" * 8 + "x"])
def test_what_is_no_number_of_an_invoice_is_told(typed: str) -> None:
    with pytest.raises(NotAnInvoice):
        invoice_number(typed)


@pytest.mark.parametrize("code", REAL)
def test_real_codes_pass_in_small_letters_too(code: str) -> None:
    assert tax_number(f" {code.lower()} ") == code
    assert tax_number("") == ""


@given(
    st.sampled_from(REAL), st.integers(0, 17), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY")
)
def test_one_wrong_character_is_always_found(code: str, at: int, letter: str) -> None:
    if code[at] == letter:
        return
    with pytest.raises(NotATaxNumber):
        tax_number(code[:at] + letter + code[at + 1 :])


@given(st.sampled_from(REAL), st.integers(0, 16))
def test_two_neighbours_changed_about_are_always_found(code: str, at: int) -> None:
    turned = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    if turned != code:
        with pytest.raises(NotATaxNumber):
            tax_number(turned)


@pytest.mark.parametrize(
    "typed", ["9111000010162374", "91110000101623741I", "张三", "0" * 17 + "1"]
)
def test_what_is_no_code_is_told(typed: str) -> None:
    with pytest.raises(NotATaxNumber):
        tax_number(typed)


def test_a_remark_has_no_gaps_where_nothing_is_said() -> None:
    said = {"unit": "3-1-502", "receipt": "SJ-2026-000001"}
    assert remark_of("{unit} {period} {receipt}", said) == "3-1-502 SJ-2026-000001"


def test_what_comes_with_the_program_has_a_rate_and_19_digits_for_each_fee() -> None:
    reference = Reference()
    charged = {one.code for one in reference.fees if one.how.value not in ("deposit", "once")}
    assert charged | {"repair", "late", "card"} <= reference.invoicing.items.keys()
    assert reference.invoicing.prepaid is False
    assert all(len(one.code) == 19 for one in reference.invoicing.items.values())


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[item]]\nfee = "a"\nrate = "6"\ncode = "3040801010000000000"\n', "6%"),
        ('[[item]]\nfee = "a"\nrate = "6%"\ncode = "304"\n', "19"),
        ('[[item]]\nfee = "a"\nrate = "6%"\ncode = 3040801010000000000\n' * 2, "fee"),
        ('[[item]]\nrate = "6%"\ncode = "3040801010000000000"\n', "fee"),
        ('remark = "{name}"\n', "{name}"),
        ('prepaid = "no"\n', "prepaid"),
    ],
)
def test_what_an_office_writes_wrong_is_told_with_the_file(
    tmp_path: Path, text: str, says: str
) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "invoices.toml").write_text(text, "utf-8")
    with pytest.raises(BadReference, match=r"invoices\.toml") as refused:
        _ = Reference(tmp_path).invoicing
    assert says in str(refused.value)
