import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from tests.hostile import PLAIN
from wuye_tui.rules.widths import cut, pad, width

BLOCKS = (
    (0x20, 0x7E),
    (0xA0, 0xAC),
    (0xC0, 0x24F),
    (0x300, 0x304),
    (0x391, 0x3C9),
    (0x3001, 0x3029),
    (0x3041, 0x3096),
    (0x30A1, 0x30FA),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xFF01, 0xFF9F),
    (0x1F600, 0x1F64F),
    (0x1F900, 0x1F9FF),
    (0x20000, 0x323AF),
)
OURS = st.one_of([st.characters(min_codepoint=a, max_codepoint=b) for a, b in BLOCKS])
EMOJI = [
    "👨\u200d👩\u200d👧",
    "❤\ufe0f",
    "1\ufe0f\u20e3",
    "👍🏽",
    "🇨🇳",
    "☎\ufe0f",
    "⚠\ufe0f",
    "🚰",
    "🫠",
]
TEXTS = st.lists(st.one_of(OURS, st.sampled_from(EMOJI)), max_size=30).map("".join)


@given(TEXTS)
def test_a_width_is_what_the_console_reckons_too(text: str) -> None:
    assert width(text) == cell_len(text)


@pytest.mark.parametrize("text", [*PLAIN.values(), *EMOJI])
def test_single_pieces_have_the_console_s_width(text: str) -> None:
    assert width(text) == cell_len(text)


@given(TEXTS, st.integers(-1, 40))
def test_a_cut_text_fits_and_lacks_at_most_one_piece_s_room(text: str, cells: int) -> None:
    short = cut(text, cells)
    assert width(short) <= max(cells, 0)
    if width(text) <= cells:
        assert short == text
    elif cells > 2:
        assert short.endswith("..")
        assert width(short) >= cells - 1
        assert text.startswith(short[:-2])


@given(TEXTS, st.integers(0, 40))
def test_a_padded_text_takes_its_column(text: str, cells: int) -> None:
    assert width(pad(text, cells)) == max(cells, width(text))
    assert pad(text, cells).startswith(text)
    assert pad(text, cells, right=True).endswith(text)


def test_a_room_is_never_cut_into_another_room_without_a_sign() -> None:
    assert cut("10栋2单元1501", 13) == "10栋2单元1501"
    assert cut("10栋2单元1501", 12) == "10栋2单元1.."
    assert cut("欧阳娜娜", 7) == "欧阳.."
    assert cut("一家👨\u200d👩\u200d👧", 5) == "一.."
