"""The pages that people read say what is so.

* the made parts of `docs/` are what the tables would make now, and every term has a meaning
* a link leads to a file, and a file that is named exists
* README names only commands, verbs and options that there are, and the same ones in both languages
* the lines that README shows are understood
"""

import re
import shlex
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.pictures import PICTURES, SHOWN, picture
from wuye_tui.cli import context, main
from wuye_tui.cli.nouns import NOUNS, PLAIN
from wuye_tui.paper import diagrams
from wuye_tui.rules.line import parse

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
README = (ROOT / "README.md").read_text("utf-8")
ENGLISH, CHINESE = README.split("\n# 中文说明\n")
TERMS = (ROOT / "docs" / "terms.md").read_text("utf-8")
EVERYWHERE = {*context.VALUED, *context.FLAGS}


def quoted(text: str) -> list[str]:
    """What stands in backticks, outside the blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))


def commands(text: str) -> list[list[str]]:
    """The command lines of a page: of its shell blocks, and those that stand in the text."""
    blocks = "".join(re.findall(r"```sh\n(.*?)```", text, re.DOTALL)).splitlines()
    words = [shlex.split(line, comments=True) for line in [*blocks, *quoted(text)]]
    return [line[1:] for line in words if line and line[0] == "wuye"]


def unknown(line: list[str]) -> list[str]:
    """What of a command line the program does not know."""
    rest = context.split(line).rest
    if not rest or rest == ["--version"]:
        return []
    noun, *words = rest
    if noun not in PLAIN and noun not in NOUNS:
        return [noun]
    command = main.load(noun)
    if noun in NOUNS and words:
        verb, *words = words
        if verb not in command.commands:
            return [f"{noun} {verb}"]
        command = command.commands[verb]
    known = {name for option in command.params for name in (*option.opts, *option.secondary_opts)}
    return [word for word in words if word.startswith("--") and word not in known]


@pytest.mark.parametrize("name", ["procedures.md", "terms.md"])
def test_the_made_parts_are_what_the_tables_make_now(name: str) -> None:
    page = (ROOT / "docs" / name).read_text("utf-8")
    assert page == diagrams.renewed(name, page), "run: python -m wuye_tui.paper.diagrams"


def test_what_was_written_by_hand_survives_a_new_table() -> None:
    changed = TERMS.replace("| 有偿 |", "| 收钱 |")
    assert changed != TERMS
    assert diagrams.renewed("terms.md", changed) == TERMS


def test_every_term_has_a_meaning() -> None:
    by_hand = diagrams.written_by_hand(TERMS)
    missing = [
        f"{section.title}: {row[0]}"
        for section in diagrams.sections()
        for row in section.rows
        if not all(by_hand[section.title, row[0]][-section.kept :])
    ]
    assert missing == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_link_leads_to_a_file(page: Path) -> None:
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_file_that_is_named_exists(page: Path) -> None:
    named = re.findall(
        r"`((?:data|docs|screens|tests|wuye_tui)/[\w/]+\.\w+)`", page.read_text("utf-8")
    )
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_readme_names_only_commands_that_there_are() -> None:
    wrong = {" ".join(line): missing for line in commands(README) if (missing := unknown(line))}
    assert wrong == {}


def test_readme_names_every_command() -> None:
    named = {word for line in commands(ENGLISH) for word in context.split(line).rest[:1]}
    assert {*PLAIN, *NOUNS} <= named


def test_both_languages_show_the_same_commands_and_keys() -> None:
    assert commands(ENGLISH) == commands(CHINESE)
    keys = r"\b(?:F\d+|Ctrl\+[A-Z])\b"
    assert set(re.findall(keys, ENGLISH)) == set(re.findall(keys, CHINESE, re.ASCII))


@pytest.mark.parametrize(
    "shown",
    [line for line in quoted(ENGLISH) if not line.isascii() and not line.startswith("wuye ")],
)
def test_a_line_that_readme_shows_is_understood(shown: str) -> None:
    understood = parse(shown, datetime(2026, 11, 19, 2, 20, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
    assert understood.room or understood.place
    assert understood.words


@pytest.mark.parametrize("name", SHOWN)
def test_the_pictures_are_those_of_the_screens_now(name: str) -> None:
    shown = (PICTURES / f"{name}.svg").read_text("utf-8")
    assert shown == picture(name), "run `make docs`"


def test_readme_shows_every_screen_in_both_languages_and_no_other_picture_lies_about() -> None:
    for half in (ENGLISH, CHINESE):
        shown = re.findall(r"docs/pictures/([\w-]+)\.svg", half)
        assert set(shown) == set(SHOWN)
    assert {path.stem for path in PICTURES.glob("*.svg")} == set(SHOWN)
