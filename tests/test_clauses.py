"""The list of clauses and the emergency cards: complete, in both languages, and what the code says.

* 126 clauses, each once, nothing left empty, every kind a known one
* whatever names a clause, in the tables, in a refusal or in a test, names one of them
* a clause's sentence gives the same number as the clock that runs by it
* what a clause says can be shown by any terminal
* there is a card for every emergency that a slip knows, and it says whom to call first
"""

import ast
import re
import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from wuye_tui.reference import Reference
from wuye_tui.rules.duetime import DAY, HOUR, MINUTE, Before, Daytime, Length, Wall, WorkingDays
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.repair_facts import EMERGENCIES

ROOT = Path(__file__).parents[1]
SOURCES = sorted(
    path for top in ("wuye_tui", "screens", "tests") for path in (ROOT / top).rglob("*.py")
)
COLUMNS = ("id", "source", "kind", "screen", "summary_zh", "summary_en")
KINDS = {"deadline", "guard", "record", "prompt", "routine", "report", "authority"}
REFERENCE = Reference()
ROWS = REFERENCE.table("clauses.csv")
CLAUSES = REFERENCE.clauses
CARDS = REFERENCE.document("emergencies.toml")
PREFIXES = {clause.partition("-")[0] for clause in CLAUSES}
CLOCKS = [
    pytest.param(clock.clause, clock.length, id=f"{cycle.kind}-{clock.name}")
    for cycle in PROCEDURES.values()
    for clock in cycle.deadlines
]


def amounts(length: Length) -> set[int]:
    """The numbers by which people say a length; none where the clause leaves it to the office."""
    match length:
        case Wall(seconds) | Before(_, seconds) | Daytime(seconds):
            return {
                seconds // unit for unit in (MINUTE, HOUR, DAY) if seconds and not seconds % unit
            }
        case WorkingDays(days):
            return {days}
    return set()


def numbers(text: str) -> set[int]:
    return {int(number) for number in re.findall(r"\d+", text)}


def named_clauses(path: Path) -> list[str]:
    """Every string of a module that is a clause's id and nothing else (FW-03 is a tariff code)."""
    strings = (
        node.value
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    ids = re.compile(rf"(?:{'|'.join(sorted(PREFIXES))})-(?:[A-Z]\.)?[1-9]\d*(?:\.\d+)*[a-z]?")
    return [text for text in strings if ids.fullmatch(text)]


def test_126_clauses_stand_in_the_list_and_none_twice() -> None:
    assert len(ROWS) == 126
    assert [name for name, times in Counter(row["id"] for row in ROWS).items() if times > 1] == []


def test_every_clause_is_whole_and_in_both_languages() -> None:
    assert {tuple(row) for row in ROWS} == {COLUMNS}
    assert {row["kind"] for row in ROWS} == KINDS
    assert [row["id"] for row in ROWS if not all(map(str.strip, row.values()))] == []
    assert [row["id"] for row in ROWS if not row["summary_zh"].endswith("。")] == []
    assert [row["id"] for row in ROWS if row["summary_zh"].isascii()] == []
    assert [row["id"] for row in ROWS if not row["summary_en"].endswith(".")] == []
    assert [row["id"] for row in ROWS if not row["summary_en"].isascii()] == []


def test_a_clause_is_shown_by_any_terminal() -> None:
    shown = "".join(value for row in ROWS for value in row.values()) + str(CARDS)
    assert {sign for sign in shown if unicodedata.east_asian_width(sign) == "A"} == set()


def test_the_tables_name_clauses_of_the_list() -> None:
    named = {
        item.clause
        for cycle in PROCEDURES.values()
        for item in (
            *cycle.rows,
            *cycle.deadlines,
            *(guard for row in cycle.rows for guard in row.guards),
        )
    }
    assert named - set(CLAUSES) == set()


def test_code_and_tests_name_clauses_of_the_list() -> None:
    wrong = {
        f"{path.relative_to(ROOT)}: {name}"
        for path in SOURCES
        for name in named_clauses(path)
        if name not in CLAUSES
    }
    assert wrong == set()


@pytest.mark.parametrize(("clause", "length"), CLOCKS)
def test_a_clock_runs_as_long_as_its_clause_says(clause: str, length: Length) -> None:
    said = amounts(length)
    for summary in (CLAUSES[clause].summary_zh, CLAUSES[clause].summary_en):
        assert not said or said & numbers(summary)


@pytest.mark.clause("NB-3", "SB-4")
def test_every_emergency_of_a_slip_has_its_card() -> None:
    assert [(code, card["word"]) for code, card in CARDS.items()] == list(EMERGENCIES)


@pytest.mark.parametrize("code", CARDS)
def test_a_card_says_whom_to_call_what_to_ask_and_what_never_to_do(code: str) -> None:
    card = CARDS[code]
    assert card["clause"] in CLAUSES
    assert all(card[list_] for list_ in ("call", "ask", "never", "places"))
    assert all(call["who"] for call in card["call"])
    assert all(bool(call["number"]) != bool(call["entry"]) for call in card["call"])
    assert {call["number"] for call in card["call"]} <= {"", "110", "119", "120", "122", "95598"}


@pytest.mark.clause("ZB-4.2")
@pytest.mark.parametrize("code", CARDS)
def test_the_last_call_of_a_card_is_to_the_duty_manager(code: str) -> None:
    assert CARDS[code]["call"][-1]["entry"] == "值班经理"


@pytest.mark.clause("NB-3")
def test_the_trapped_hear_a_word_every_five_minutes() -> None:
    assert CARDS["entrapment"]["repeat"]["minutes"] == 5
    assert CARDS["entrapment"]["repeat"]["say"]
