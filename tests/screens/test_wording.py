"""How things are called on the screen, and how lines are cut to cells."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from screens.moments import read
from screens.widgets.painted import cut, fit, flow, line, wrap
from screens.wording import full_number, left, short_number
from wuye_tui.rules.clock import UnreadableMoment
from wuye_tui.rules.text import visible

TODAY = date(2026, 11, 19)
NOW = datetime(2026, 11, 19, 2, 20, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
# Letters, Han, marks, emoji, and what has no business on a screen.
TEXT = st.text(st.sampled_from("aZ9 -修水管，。é\u0301🚰\u200d\u202e\x1b\n[]\\"), max_size=60)


@pytest.mark.parametrize(
    ("number", "short"),
    [
        ("PG-20261119-004", "PG-004"),
        ("PG-20261118-004", "PG18-004"),
        ("HF-20261101-123", "HF01-123"),
        ("PG-20261119-1234", "PG-1234"),
        ("PG-20261118-1234", "PG181234"),
    ],
)
def test_a_short_number_fits_into_eight_cells(number: str, short: str) -> None:
    assert short_number(number, TODAY) == short
    assert cell_len(short) <= 8


@pytest.mark.parametrize("number", ["PG-20261119-004", "PG-20261118-004", "HF-20261025-012"])
def test_a_short_number_is_understood_again(number: str) -> None:
    assert full_number(short_number(number, TODAY).lower(), TODAY) == number


@pytest.mark.parametrize("typed", ["pg-20261119-004", " PG-20261119-004 ", "ＰＧ－20261119－004"])
def test_a_whole_number_stays_as_it_is(typed: str) -> None:
    assert full_number(typed, TODAY) == "PG-20261119-004"


@given(st.integers(-400 * 86400, 400 * 86400))
def test_the_time_left_fits_into_eight_cells_and_lateness_says_so(seconds: int) -> None:
    shown = left(NOW + timedelta(seconds=seconds), NOW)
    assert cell_len(shown) <= 8
    assert shown.startswith("超时") == (seconds < 0)


@given(TEXT, st.integers(2, 40))
def test_what_is_fitted_takes_exactly_its_cells(words: str, cells: int) -> None:
    assert cell_len(fit(words, cells)) == cells


@given(TEXT, st.integers(2, 40))
def test_what_is_wrapped_keeps_every_character_and_its_width(words: str, cells: int) -> None:
    lines = wrap(words, cells)
    assert all(cell_len(one) <= max(2, cells) for one in lines)
    whole = visible(words, lines=True).replace("\n", "")
    assert "".join(lines).replace(" ", "") == whole.replace(" ", "")


@given(st.lists(TEXT, max_size=8), st.integers(8, 60))
def test_what_flows_stays_on_its_lines(parts: list[str], cells: int) -> None:
    shown = flow([[(part, "")] for part in parts], cells, 2)
    assert len(shown) <= 2
    assert all(one.cells <= cells for one in shown)


@pytest.mark.parametrize(
    ("words", "cells", "lines"),
    [
        ("Ask the caller to wait", 12, ["Ask the", "caller to", "wait"]),
        ("Details Charge-class countersigned", 20, ["Details Charge-class", "countersigned"]),
        ("短 countersigned", 14, ["短", "countersigned"]),
        ("请运行 wuye backup", 12, ["请运行 wuye", "backup"]),
        ("厨房水管漏水", 6, ["厨房水", "管漏水"]),
        ("水管SX-03漏水", 9, ["水管SX-03", "漏水"]),
        ("countersigned", 6, ["counte", "rsigne", "d"]),
    ],
)
def test_words_are_broken_at_blanks_and_chinese_anywhere(
    words: str, cells: int, lines: list[str]
) -> None:
    assert wrap(words, cells) == lines


def test_what_is_cut_says_so_wherever_a_part_ends() -> None:
    whole = line(("3-1-502 ", "strong"), ("厨房", ""), ("漏水", ""))
    for cells in range(2, whole.cells):
        assert cut(whole, cells).text.rstrip().endswith("..")
        assert cut(whole, cells).cells <= cells
    assert cut(whole, whole.cells) == whole


def test_a_room_is_never_cut_without_a_sign() -> None:
    assert fit("10栋2单元1501", 12) == "10栋2单元1.."
    assert cut(line("10栋2单元1501"), 8).text == "10栋2.. "


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("10:07", "11-19 10:07"),
        ("2026-11-21 09:00", "11-21 09:00"),
        ("明天9点", "11-20 09:00"),
        ("明天 9 点", "11-20 09:00"),
        ("下午3点", "11-19 15:00"),
    ],
)
def test_a_moment_is_read_as_people_type_it(typed: str, wanted: str) -> None:
    assert read(typed, NOW, ZONE).astimezone(ZONE).strftime("%m-%d %H:%M") == wanted


@pytest.mark.parametrize("typed", ["", "很快", "25:00", "厨房"])
def test_what_is_no_moment_is_refused(typed: str) -> None:
    with pytest.raises(UnreadableMoment):
        read(typed, NOW, ZONE)
