"""A slip by the command line alone, from one typed line to the red line.

- every story of a slip, each verb with the options that its row asks for
- exit status and clause of refusals; a repeat with one key
- JSON shapes that other programs rely on
"""

from datetime import timedelta

import pytest

from tests.cli.lines import Office, typed
from tests.faults.stories import STORIES, Move, Story
from wuye_tui.rules.procedures import NOUNS, kind_of

__all__ = ["typed"]


def _options(move: Move) -> list[str]:
    words: list[str] = []
    for name, value in move.given.items():
        flag = f"--{name.replace('_', '-')}"
        if isinstance(value, bool):
            words.append(flag if value else f"--no-{name.replace('_', '-')}")
        elif name == "lines":
            words += ["--line", str(value)]
        else:
            words += [flag, str(value)]
    return words


BY_PEOPLE = [story for story in STORIES if not story.first.auto]  # a line rings by itself


@pytest.mark.parametrize("story", BY_PEOPLE, ids=lambda story: story.name)
@pytest.mark.clause("XX-4.3.7d", "BX-6", "BX-15")
def test_a_slip_lives_its_whole_life_on_the_command_line(typed: Office, story: Story) -> None:
    nouns = {kind: noun for noun, kind in NOUNS.items()}
    noun = nouns[story.kind]
    first = story.first
    opened = typed.done(noun, first.verb.replace("_", "-"), *_options(first), staff=first.staff)
    number, children = opened["number"], dict[str, str]()
    for move in story.moves:
        told = typed.done(
            nouns[move.child] if move.child else noun,
            move.verb.replace("_", "-"),
            children[move.child] if move.child else number,
            *_options(move),
            staff=move.staff,
        )
        children |= {kind_of(one): one for one in told.get("opened", [])}
    shown = typed.done(noun, "show", number)
    assert next(step["verb"] for step in shown["steps"]) == first.verb
    assert typed.done("check")["clean"]
    if story.moves[-1].verb == "close":
        assert shown["state"] == "closed"
        assert all(clock["ended_at"] for clock in shown["deadlines"])


@pytest.mark.clause("BX-4", "BX-5", "KF-6")
def test_one_typed_line_is_a_call_a_slip_and_its_first_two_steps(typed: Office) -> None:
    done = typed.done("calls", "add", "--line", "3-1-502 厨房水龙头漏水 马上")
    shown = typed.done("repairs", "show", done["number"])
    assert [step["verb"] for step in shown["steps"]] == ["register", "issue"]
    assert shown["unit"] == "3-1-502"
    assert shown["person"] == "陈立"
    assert shown["summary"] == "厨房水龙头漏水"
    assert shown["next"][0] == "notify"
    assert typed.done("calls", "show", done["contact"])["matters"] == [done["number"]]


def test_a_number_is_all_that_a_pipe_reads(typed: Office) -> None:
    ran = typed.type("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")
    assert ran.out == "PG-20261119-001\n"
    assert "已登记" in ran.err


@pytest.mark.clause("BX-10")
def test_a_refusal_names_its_clause_and_leaves_with_one(typed: Office) -> None:
    number = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "拆墙")["number"]
    typed.done("repairs", "issue", number, "--charge", "paid", "--tariff", "off")
    typed.done("repairs", "collect", number, "--name", "李强")
    ran = typed.type("repairs", "assign", number, "--worker", "GC03", staff="GC01")
    assert ran.status == 1
    assert ran.out == ""
    assert ran.err.startswith("BX-10: ")


@pytest.mark.parametrize(
    ("line", "status", "word"),
    [
        (["repairs", "show", "PG-20261119-999"], 4, "PG-20261119-999"),
        (["repairs", "register", "--unit", "9-9-999", "--text", "x"], 4, "9-9-999"),
        (["repairs", "register", "--unit", "3-502", "--text", "x"], 2, "3-1-502"),
        (["repairs", "register", "--text", "x"], 1, "BX-4"),
        (["repairs", "register", "--unit", "3-1-502"], 2, "--text"),
        (["repairs", "fly"], 2, "fly"),
        (["repairs", "register", "--wings"], 2, "--wings"),
        (["repairs", "register", "--unit", "3-1-502", "--text", "\x1b[2J"], 2, "U+001B"),
        (["nonsense"], 2, "nonsense"),
    ],
)
def test_each_bad_line_is_one_sentence_and_its_exit_status(
    typed: Office, line: list[str], status: int, word: str
) -> None:
    ran = typed.type(*line)
    assert ran.status == status
    assert ran.out == ""
    assert word in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert "\x1b" not in ran.err


def test_the_same_key_twice_is_one_slip(typed: Office) -> None:
    key = "0b7f2b8c-3f0c-4f5e-9a51-5ad1a7c2a001"
    line = ["repairs", "register", "--unit", "3-1-502", "--text", "灯坏", "--key", key]
    assert typed.done(*line) == typed.done(*line)
    assert len(typed.done("repairs", "list")) == 1


def test_a_stale_step_is_told_who_did_what(typed: Office) -> None:
    number = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")["number"]
    typed.done("repairs", "issue", number, "--charge", "paid", "--tariff", "SX-01", staff="KF02")
    ran = typed.type(
        "repairs", "issue", number, "--charge", "public", "--tariff", "off", "--seen", "1"
    )
    assert ran.status == 1
    assert "赵敏" in ran.err
    assert "开派工单" in ran.err


@pytest.mark.clause("BX-8")
def test_what_the_worker_radioed_keeps_both_times(typed: Office) -> None:
    number = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")["number"]
    typed.done("repairs", "issue", number, "--charge", "paid", "--tariff", "SX-01")
    typed.done("repairs", "collect", number, "--name", "李强")
    typed.done("repairs", "assign", number, "--worker", "李强", "--by", "王建国")
    typed.now += timedelta(minutes=30)
    typed.done("repairs", "arrive", number, "--happened", "10:25")
    arrived = typed.done("repairs", "show", number)["steps"][-1]
    assert arrived["happened_at"] == "2026-11-19T10:25:00+08:00"
    assert arrived["recorded_at"] > "2026-11-19T10:50"


def test_the_table_of_steps_prints_itself(typed: Office) -> None:
    rows = typed.done("repairs", "verbs")
    issue = next(row for row in rows if row["verb"] == "issue")
    assert issue["clause"] == "BX-5"
    assert issue["asks"] == ["charge", "tariff", "paper"]


def test_undo_takes_the_last_step_back(typed: Office) -> None:
    number = typed.done("repairs", "register", "--unit", "3-1-502", "--text", "灯坏")["number"]
    typed.done("repairs", "issue", number, "--charge", "paid", "--tariff", "SX-01")
    assert typed.done("repairs", "undo", number)["state"] == "registered"
    shown = typed.done("repairs", "show", number)
    assert shown["steps"][-1]["undoes"] == 2
