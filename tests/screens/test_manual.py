"""The manual is what the tables would make now, and it leaves no key and no step out."""

from pathlib import Path

from screens import manual
from screens.commands import COMMANDS
from wuye_tui.rules.procedures import PROCEDURES

PAGE = (Path(__file__).parents[2] / "docs" / "manual.md").read_text("utf-8")


def test_the_page_is_what_the_tables_make_now() -> None:
    assert manual.page() == PAGE, "run: make docs"


def test_every_key_and_every_step_stands_in_it() -> None:
    for command in COMMANDS:
        if command.held:
            assert f"| {command.help} |" in PAGE, command.id
    for cycle in PROCEDURES.values():
        for row in cycle.rows:
            assert row.auto or f"/ {row.word} |" in PAGE, row.verb


def test_its_pictures_are_there_and_its_english_is_english() -> None:
    for _place, picture, about in manual.SCREENS:
        if picture:
            assert (Path(manual.__file__).parents[1] / "docs/pictures" / f"{picture}.svg").is_file()
        assert PAGE.count(about) == 1, "once in Chinese, and not again where the English belongs"
