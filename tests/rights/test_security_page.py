"""docs/security.md: every requirement of ASVS levels 1 and 2 is judged once, every proof is there.

* the 253 numbers, each once, with its level: in the table, or in the list of what does not apply
* whatever is met names a test, and every test that is named anywhere on the page exists
* what the page counts is what it lists
"""

import re
from collections import Counter
from pathlib import Path

import pytest

from tests.rights.matrix import HERE

PAGE_FILE = HERE.parents[1] / "docs" / "security.md"
PAGE = PAGE_FILE.read_text("utf-8")
ROWS = re.findall(r"^\| (\d+\.\d+\.\d+) \| ([12]) \| ([a-z ]+) \| (.*) \|$", PAGE, re.MULTILINE)
LINKS = re.findall(r"\[(test_\w+)\]\((\.\./tests/[\w/]+\.py)\)", PAGE)
# What asks for a page and for nothing else.
OF_THE_PAGE = {"7.1.2", "13.1.1", "16.1.1"}


def requirements() -> dict[str, str]:
    lines = (HERE / "asvs.txt").read_text("utf-8").splitlines()
    found = dict(line.split() for line in lines if not line.startswith("#"))
    assert len(found) == 253
    return found


def outside() -> list[str]:
    """What does not apply, as the list at the end says."""
    found = []
    listed = PAGE.partition("### Does not apply")[2]
    for chapter, numbers in re.findall(r"^- \*\*(\d+)\*\*, (.*?)\. ", listed, re.MULTILINE):
        if numbers == "all of it":
            found += [one for one in requirements() if one.split(".")[0] == chapter]
        else:
            found += numbers.split()
    return found


def test_every_requirement_is_judged_once() -> None:
    levels = requirements()
    judged = [*(number for number, *_rest in ROWS), *outside()]
    assert Counter(judged) == Counter(levels.keys())
    assert {number: level for number, level, *_rest in ROWS}.items() <= levels.items()


def test_what_is_met_is_proved_and_what_is_not_says_what_is_missing() -> None:
    for number, _level, state, words in ROWS:
        assert state in ("met", "read", "part", "not met"), number
        proved = bool(re.search(r"\[test_\w+\]", words))
        assert proved or state != "met" or number in OF_THE_PAGE, number
        assert state in ("met", "part") or not proved, number
        assert words.strip(), number


def test_the_page_counts_what_it_lists() -> None:
    states = Counter(state for _number, _level, state, _words in ROWS)
    told = (
        f"{len(ROWS)} bind: {states['met']} met, {states['read']} by reading, "
        f"{states['part']} in part, {states['not met']} not; {len(outside())} do not apply."
    )
    assert told in PAGE


@pytest.mark.parametrize(("name", "file"), sorted(set(LINKS)))
def test_every_test_that_is_named_exists(name: str, file: str) -> None:
    path = (PAGE_FILE.parent / file).resolve()
    assert path.is_relative_to(HERE.parent)
    found = re.search(rf"^(async )?def {name}\(", _text(path), re.MULTILINE)
    assert found, f"{name} is not in {file}"


def test_nothing_that_looks_like_a_test_is_named_without_its_file() -> None:
    assert len(re.findall(r"test_\w+\]", PAGE)) == len(LINKS) > 80


def _text(path: Path) -> str:
    return path.read_text("utf-8")
