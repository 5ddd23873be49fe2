import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.hostile import ACTING, PLAIN
from wuye_tui.rules.text import (
    LIMITS,
    SUSPECT,
    BadText,
    Field,
    TooLong,
    bad_character,
    clean,
    code,
    masked_phone,
    masked_words,
    visible,
)
from wuye_tui.words import _

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@pytest.mark.parametrize("payload", ACTING.values(), ids=ACTING)
def test_what_acts_on_a_terminal_or_hides_gets_into_no_field(payload: str) -> None:
    for field in (Field.NAME, Field.WORDS):
        with pytest.raises(BadText):
            clean(payload, field)
    with pytest.raises(BadText):
        code(payload, Field.NOTE)


@pytest.mark.parametrize("payload", PLAIN.values(), ids=PLAIN)
def test_what_only_looks_like_an_instruction_is_kept_letter_for_letter(payload: str) -> None:
    assert clean(payload, Field.NAME) == unicodedata.normalize("NFC", payload)
    assert visible(payload) == payload


def test_a_refusal_names_the_field_the_character_and_its_place() -> None:
    with pytest.raises(BadText) as refused:
        clean(" 张\x1b敏", Field.NAME)
    assert str(refused.value) == "姓名的第 3 个字符 U+001B 不能使用。请删掉它，重新输入。"
    assert refused.value.exit_status == 2


def test_a_form_may_call_the_field_by_its_own_name() -> None:
    with pytest.raises(BadText, match=r"^材料的第 1 个"):
        clean("\u202e阀门", Field.TITLE, "材料")


def test_a_control_at_the_end_is_refused_and_not_stripped_as_a_blank() -> None:
    for hidden in "\x1c\x1f\x85\u2028":
        with pytest.raises(BadText):
            clean(f"张敏{hidden}", Field.NAME)


def test_newlines_belong_only_into_fields_of_many_lines() -> None:
    assert clean("一\r\n二\r三\n", Field.WORDS) == "一\n二\n三"
    assert clean("张敏\n", Field.NAME) == "张敏"
    with pytest.raises(BadText) as refused:
        clean("张\r\n敏", Field.NAME)
    assert (refused.value.character, refused.value.position) == ("\n", 2)


def test_blanks_go_from_both_ends_and_tabs_become_spaces() -> None:
    assert clean("\u3000 张\t敏 \u00a0", Field.NAME) == "张 敏"
    assert clean(" \t\u3000", Field.NAME) == ""


def test_decomposed_letters_are_composed_and_measured_so() -> None:
    assert clean("e\u0301", Field.NAME) == "é"
    assert len(clean("e\u0301" * 40, Field.NAME)) == 40


@pytest.mark.parametrize("field", Field)
def test_every_field_has_its_limit_and_says_how_much_too_long_it_is(field: Field) -> None:
    most = LIMITS[field].most
    assert clean("水" * most, field) == "水" * most
    for length in (most + 1, 4 * most, 1_000_000):
        with pytest.raises(TooLong, match=f"有 {length} 个字，最多 {most} 个字"):
            clean("水" * length, field)
    assert _(LIMITS[field].word)


def test_what_unfolds_beyond_the_limit_is_too_long() -> None:
    with pytest.raises(TooLong):
        code("\ufdfa" * 20, Field.CODE)


def test_phones_and_rooms_typed_in_full_width_become_ascii() -> None:
    assert code("１３８－１２３４－５６７８", Field.PHONE) == "138-1234-5678"
    assert code("３栋１单元　５０２", Field.ROOM) == "3栋1单元 502"
    assert code("3——1–502", Field.ROOM) == "3-1-502"


@given(ANY_TEXT)
def test_whatever_is_stored_can_be_shown_stored_again_and_written_out(text: str) -> None:
    try:
        stored = clean(text, Field.WORDS)
    except BadText:
        assert SUSPECT.search(text)
        return
    assert clean(stored, Field.WORDS) == stored
    assert visible(stored, lines=True) == stored
    stored.encode("utf-8")


@given(ANY_TEXT)
def test_nothing_that_acts_is_left_in_what_is_shown(text: str) -> None:
    shown = visible(text)
    assert not bad_character().search(shown)
    assert visible(shown) == shown
    assert visible(text, lines=True).count("\n") == text.count("\n")


@given(ANY_TEXT)
def test_the_quick_look_never_passes_what_the_long_look_refuses(text: str) -> None:
    assert SUSPECT.search(text) or not bad_character().search(text)


def test_what_lies_in_a_record_all_the_same_is_spelled_out() -> None:
    assert visible("a\x1b[31m\u202eb\U000e0041") == "a<1B>[31m<202E>b<E0041>"
    assert visible("一\n二\t三") == "一 / 二 三"
    assert visible("一\r\n二", lines=True) == "一\n二"


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138 **** 5678"),
        ("+86 138-1234-5678", "+86 138-****-5678"),
        ("8613812345678", "86138****5678"),
        ("0531-88123456", "0531-****3456"),
        ("053188123456", "0531****3456"),
        ("02188123456", "021****3456"),
        ("88123456", "****3456"),
        ("8812345", "***2345"),
        ("13812345678/13987654321", "138****5678/139****4321"),
        ("13812345678 13987654321", "138****5678 139****4321"),
        ("0531-88123456 13812345678", "0531-****3456 138****5678"),
        ("12345", "12345"),
        ("110", "110"),
        ("", ""),
    ],
)
def test_a_phone_is_shown_without_its_middle(phone: str, shown: str) -> None:
    assert masked_phone(phone) == shown


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("3-1-502 13911112222 厨房漏水", "3-1-502 139****2222 厨房漏水"),
        ("回电139 1111 2222或0571-88157788", "回电139 **** 2222或0571-****7788"),
        ("12-2-1203 110 12345 9点30 PG-20261119-001", "12-2-1203 110 12345 9点30 PG-20261119-001"),
    ],
)
def test_telephones_among_words_are_masked_and_rooms_are_not(words: str, shown: str) -> None:
    assert masked_words(words) == shown
