"""Who sees what of people: the one table, and what is masked.

* every place says of everything how much of it is seen
* nothing of anybody is in the log or the audit, and nowhere is an identity number whole but where
  it was just typed and in a file that was opened
* what the docs promise is what the table says
* numbers among words are found however people write them; our own numbers are left alone
"""

from pathlib import Path

import pytest

from wuye_tui.rules.eyes import EYES, Shown, What, Where, shown
from wuye_tui.rules.rights import GRANTS, Hat, Right
from wuye_tui.rules.text import masked_identity, masked_name, masked_plate, masked_words

PHONE, IDENTITY = "13800001234", "440106199001011234"
DOCS = (Path(__file__).parents[2] / "docs" / "privacy.md").read_text("utf-8")


def test_every_place_says_how_much_is_seen() -> None:
    assert set(EYES) == {(where, what) for where in Where for what in What}


@pytest.mark.parametrize("where", [Where.LOG, Where.AUDIT])
@pytest.mark.parametrize("what", What)
def test_the_log_and_the_audit_have_nothing(where: Where, what: What) -> None:
    assert shown(where, what, PHONE, asked=True) == ""


def test_an_identity_number_is_whole_only_where_it_is_at_hand() -> None:
    whole = {
        where for where in Where if shown(where, What.IDENTITY, IDENTITY, asked=True) == IDENTITY
    }
    assert whole == {Where.WORK, Where.OPENED}


def test_a_number_is_whole_in_a_list_only_when_it_was_asked_for() -> None:
    assert shown(Where.LIST, What.PHONE, PHONE) == "138****1234"
    assert shown(Where.LIST, What.PHONE, PHONE, asked=True) == PHONE
    assert shown(Where.EXPORT, What.NAME, "陈立") == "陈*"
    assert shown(Where.PAPER, What.PHONE, PHONE) == PHONE, "the worker rings the resident"


def test_the_docs_have_the_table_as_it_is() -> None:
    mark = {Shown.WHOLE: "whole", Shown.MASKED: "masked", Shown.ASKED: "on request",
            Shown.NEVER: "never"}  # fmt: skip
    for where in Where:
        row = " | ".join(mark[EYES[where, what]] for what in What)
        assert f"| {row} |" in next(
            line for line in DOCS.splitlines() if line.startswith(f"| `{where}`")
        )


@pytest.mark.parametrize(
    ("words", "seen"),
    [
        (f"张三 {PHONE} {IDENTITY}", "张三 138****1234 440*************34"),
        ("证件44010619900101123X。", "证件440*************3X。"),
        ("电话-13800001234", "电话-138****1234"),
        ("138.0000.1234", "138.****.1234"),
        ("１３８００００１２３４", "１３８****１２３４"),
        ("老证 440106900101123", "老证 440**********23"),
        ("PG-20261119-001 12-2-1203 9点30 110 12345", "PG-20261119-001 12-2-1203 9点30 110 12345"),
        ("2026-11-19 10:20 订单 20261119102030123", "2026-11-19 10:20 订单 20261119102030123"),
    ],
)
def test_numbers_among_words_are_masked(words: str, seen: str) -> None:
    assert masked_words(words) == seen
    assert masked_words(seen) == seen


def test_identity_numbers_alone_leave_telephones() -> None:
    assert masked_identity(f"{PHONE} {IDENTITY}") == f"{PHONE} 440*************34"


def test_names_and_plates() -> None:
    assert [masked_name(one) for one in ("陈立", "欧阳明", "")] == ["陈*", "欧**", ""]
    assert masked_plate("浙A3A600 粤B12345D") == "浙A***00 粤B****5D"


def test_guards_and_cleaners_see_no_whole_number_and_take_no_list_out() -> None:
    for right in (Right.SEE_NUMBER, Right.TAKE_PEOPLE_OUT, Right.ERASE, Right.ALLOW_FILE):
        assert not GRANTS[right] & {Hat.GUARD, Hat.CLEANER}
    assert Hat.CLERK not in GRANTS[Right.TAKE_PEOPLE_OUT] | GRANTS[Right.ERASE]
