"""The help of every command, in both languages, as a terminal shows it.

- every noun, verb and plain command has help, and none of it is in the other language
- no line is wider than a terminal
- text is wrapped in cells, and nothing of it is lost
"""

import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.cli.page import CELLS
from wuye_tui.rules.widths import width
from wuye_tui.rules.wrapping import wrap

PROJECT = Path(__file__).parents[2]
# Words are taken when a command's module is loaded, so each language has a process of its own.
WALK = """
import contextlib, io, json, sys
from wuye_tui import words
from wuye_tui.cli.main import load, run
from wuye_tui.cli.nouns import NOUNS, PLAIN

words.speak(sys.argv[1])
lines = [[], *([noun] for noun in (*PLAIN, *NOUNS))]
for noun in NOUNS:
    lines += [[noun, verb] for verb in load(noun).commands]
pages = {}
for line in lines:
    page = io.StringIO()
    with contextlib.redirect_stdout(page):
        assert run([*line, "--help", "--lang", sys.argv[1]]) == 0, line
    pages[" ".join(line)] = page.getvalue()
print(json.dumps(pages))
"""
ENGLISH = re.compile(
    r"\b(usage|options?|arguments?|commands?|required|default|show this|args)\b", re.IGNORECASE
)
HAN = re.compile("[\u4e00-\u9fff，。；：、（）]")
# What is Chinese in every language: the training office's name, and times as people say them.
EXAMPLES = re.compile("思兰雅苑|明天9点")


@cache
def pages(language: str) -> dict[str, str]:
    """The help of every command line by its words."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("WUYE_")}
    done = subprocess.run(
        [sys.executable, "-c", WALK, language],
        cwd=PROJECT, env=env, capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found: dict[str, str] = json.loads(done.stdout)
    return found


def test_every_command_is_walked() -> None:
    found = pages("zh")
    assert {"", "status", "repairs", "repairs give-up", "callbacks reach", "audit export"} <= set(
        found
    )
    assert len(found) > 80


def test_no_chinese_page_has_a_heading_in_english() -> None:
    assert {name: ENGLISH.findall(page) for name, page in pages("zh").items()} == {
        name: [] for name in pages("zh")
    }


def test_no_english_page_has_a_word_in_chinese() -> None:
    wrong = {
        name: lines
        for name, page in pages("en").items()
        if (lines := [line for line in page.splitlines() if HAN.search(EXAMPLES.sub("", line))])
    }
    assert wrong == {}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_page_fits_a_terminal_and_says_something(language: str) -> None:
    for name, page in pages(language).items():
        lines = page.splitlines()
        assert [line for line in lines if width(line) > CELLS or line != line.rstrip()] == [], name
        assert lines[0].endswith("]") or "wuye" in lines[0], name
        if name:
            # Under the line of usage stands what the command is for, before any list.
            told = next(line for line in lines[1:] if line.strip())
            assert told.startswith("  "), name
            assert not told.strip().startswith("-"), name


text = st.text(st.sampled_from("ab 19-（）。，、：「」水龙头漏é😀\n"), max_size=60)


@given(text, st.integers(min_value=8, max_value=40))
def test_wrapped_text_fits_and_loses_nothing_but_blanks(words: str, cells: int) -> None:
    lines = wrap(words, cells)
    assert all(width(line) <= cells for line in lines)
    assert "".join("".join(lines).split()) == "".join(words.split())


def test_no_line_begins_with_what_closes_a_clause() -> None:
    # Ten cells: the comma would be the sixth character.
    assert wrap("厨房水龙头，漏水", 10) == ["厨房水龙", "头，漏水"]
    assert wrap("催单 urge、备注 note、", 10) == ["催单", "urge、备注", "note、"]
    assert wrap("--charge 收费类别", 12) == ["--charge 收", "费类别"]
