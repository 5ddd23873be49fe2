"""An identity number, or words, where a caller's telephone is asked for: refused, nothing kept."""

from datetime import UTC

import pytest

from tests.cli.lines import Office, typed
from wuye_tui.paper.telling import Terms

__all__ = ["typed"]
IDENTITY = "440106199001011234"
GIVEN = [
    ("calls", "add", "--line", "3-1-502 漏水", "--phone"),
    ("calls", "add", "--line", "3-1-502 漏水", "--tomorrow", "--phone"),
    ("calls", "add", "--unit", "3-1-502", "--category", "enquiry", "--text", "问费", "--phone"),
    ("repairs", "register", "--unit", "3-1-502", "--text", "灯坏", "--phone"),
    ("complaints", "register", "--unit", "3-1-502", "--text", "太吵", "--phone"),
    ("duties", "away"),
]


@pytest.mark.parametrize("wrong", [IDENTITY, "4401 0619 9001 0112 34", "abc"])
@pytest.mark.parametrize("line", GIVEN, ids=" ".join)
def test_what_is_no_telephone_is_refused(typed: Office, line: tuple[str, ...], wrong: str) -> None:
    ran = typed.type(*line, wrong)
    assert (ran.status, ran.out) == (2, "")
    assert "不是能拨的号码" in ran.err
    assert wrong not in ran.err
    for kind in ("calls", "repairs", "complaints"):
        assert typed.done(kind, "list") == []


@pytest.mark.parametrize("phone", ["8001", "95598", "+852 9123 4567", "023-55501001"])
def test_what_can_be_dialled_is_taken(typed: Office, phone: str) -> None:
    number = typed.type("calls", "add", "--line", "3-1-502 灯坏", "--phone", phone).out.strip()
    assert number.startswith("PG-")


def test_paper_that_shows_whole_telephones_shows_no_identity_number() -> None:
    terms = Terms(UTC, {}, {}, full=True)
    assert terms.phone("13812345678") == "13812345678"
    assert terms.phone(IDENTITY) == "440*************34"
