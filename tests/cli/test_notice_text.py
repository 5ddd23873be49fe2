"""`wuye notices text`: the words alone, to be read out or sent to a group (XX-4.3.3)."""

import json

import pytest
import typer
from typer.testing import CliRunner

from tests.factories import started
from tests.factories import taken as stepped
from wuye_tui.cli.context import Context
from wuye_tui.cli.notice_text import NoSuchNotice, NoText, add_to
from wuye_tui.desk import Desk

WATER = {"subject": "water", "department": "engineering", "text": "3栋没水", "scope": "3栋"}
PASTE = "各位业主：3栋水泵检修，18:00恢复供水。"


def app() -> typer.Typer:
    """A noun with this verb and another."""
    made = typer.Typer()
    made.command("other")(lambda: None)
    add_to(made)
    return made


def told(desk: Desk, *words: str, as_json: bool = False) -> str:
    context = Context(home=str(desk.settings.home), json=as_json)
    ran = CliRunner().invoke(app(), ["text", *words], obj=context, catch_exceptions=False)
    return ran.stdout


@pytest.fixture
def number(desk: Desk) -> str:
    found = str(started(desk, "notice", **WATER)["number"])
    stepped(desk, found, "report", told_by="王建国", say="下午六点来水", paste=PASTE)
    return found


@pytest.mark.clause("XX-4.3.3")
def test_the_text_stands_alone_on_plain_lines(desk: Desk, number: str) -> None:
    assert told(desk, number) == f"{PASTE}\n"
    assert told(desk, number.lower(), "--say") == "下午六点来水\n"
    document = {"number": number, "say": "下午六点来水", "paste": PASTE}
    assert json.loads(told(desk, number, as_json=True)) == document


def test_what_was_not_written_is_said_and_how_it_is(desk: Desk) -> None:
    number = str(started(desk, "notice", **WATER)["number"])
    with pytest.raises(NoText, match="--paste"):
        told(desk, number)
    assert told(desk, number, "--say") == "3栋没水\n"
    with pytest.raises(NoSuchNotice):
        told(desk, "TZ-20261119-099")
