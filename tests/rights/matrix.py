"""Reads the tables of expectations: groups of hats, steps, commands."""

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wuye_tui.rules.rights import Hat

HERE = Path(__file__).parent
WORN = tuple(hat for hat in Hat if hat is not Hat.SYSTEM)
NOBODY, OPEN = "nobody", "open"


def groups() -> dict[str, frozenset[Hat]]:
    """Hats by the name of their group; whoever is in none has no hat at all."""
    found = {NOBODY: frozenset[Hat](), OPEN: frozenset(WORN)}
    for line in _lines("groups.txt"):
        name, *worn = line.split()
        found[name] = frozenset(map(Hat, worn))
    return found


@dataclass(frozen=True)
class Step:
    """Who may take a step of a procedure, and whether the desk may be told of it."""

    kind: str
    verb: str
    group: str
    told: bool


def steps() -> list[Step]:
    """The expectations of `steps.txt`."""
    found = []
    for line in _lines("steps.txt"):
        kind, verb, group, *told = line.split()
        assert told in ([], ["told"]), line
        found.append(Step(kind, verb, group, bool(told)))
    return found


@dataclass(frozen=True)
class Command:
    """Who may run a command at a real office; `open`: whoever sits at the machine, unnamed."""

    group: str
    words: tuple[str, ...]

    @property
    def name(self) -> tuple[str, str]:
        """Noun and verb; "" for a noun without verbs."""
        noun, *rest = self.words
        return noun, rest[0] if rest and not rest[0].startswith("-") else ""

    @property
    def line(self) -> str:
        return " ".join(self.words)


def commands() -> list[Command]:
    """The expectations of `commands.txt`."""
    found = []
    for line in _lines("commands.txt"):
        group, _blank, words = line.partition(" ")
        found.append(Command(group, tuple(shlex.split(words))))
    return found


def _lines(name: str) -> Iterator[str]:
    for line in (HERE / name).read_text("utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            yield line.strip()
