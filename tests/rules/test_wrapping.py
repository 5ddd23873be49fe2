"""Text broken into lines: on a terminal by its cells, on paper by those of a Chinese font."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.widths import printed_width, width
from wuye_tui.rules.wrapping import wrap

TEXT = st.text(st.sampled_from("水管漏，。）ab1 -“…”é\n"), max_size=80)


@pytest.mark.parametrize(
    ("text", "terminal", "paper"),
    [("abc", 3, 3), ("水管", 4, 4), ("“漏”", 4, 6), ("……", 2, 4), ("a\u0301", 1, 1), ("", 0, 0)],
)
def test_on_paper_what_is_of_ambiguous_width_is_wide(text: str, terminal: int, paper: int) -> None:
    assert (width(text), printed_width(text)) == (terminal, paper)


@given(TEXT, st.integers(4, 40))
def test_no_line_is_too_wide_and_nothing_is_lost(text: str, cells: int) -> None:
    for measure in (width, printed_width):
        lines = wrap(text, cells, measure)
        assert all(measure(line) <= cells for line in lines)
        assert "".join("".join(lines).split()) == "".join(text.split())


def test_a_number_stays_whole_and_no_line_begins_with_a_comma() -> None:
    assert wrap("单号PG-20261119-001的水管", 16) == ["单号", "PG-20261119-001", "的水管"]
    assert wrap("水管漏水，请来", 8) == ["水管漏", "水，请来"]
