"""Warning signs 作业标识: which one a job needs, by what is reported (BZ-4.2).

The table is the office's own, `data/signs.toml`; here stands when a sign is spoken of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.repair_facts import public

CLAUSE: Final = "BZ-4.2"
_SPOKEN_OF: Final = frozenset({"assign", "take", "arrive", "agree"})


@dataclass(frozen=True)
class WarningSign:
    """One sign: what is written on it, where it is put up, and the words of a report that want it.

    `public`: only where people pass; nobody closes off a resident's own kitchen.
    """

    sign: str
    where: str
    words: tuple[str, ...]
    public: bool = False


def signs_for(signs: Iterable[WarningSign], facts: Facts) -> list[WarningSign]:
    """The signs that a repair needs, in the table's order, each once."""
    said, is_public = str(facts.get("text", "")), public(facts)
    return [
        one
        for one in signs
        if (is_public or not one.public) and any(word in said for word in one.words)
    ]


def spoken_of(verb: str) -> bool:
    """Whether somebody sets out or begins with this step: then the sign has to come along. In an
    emergency the card stands there, and nobody looks for a sign first.
    """
    return verb in _SPOKEN_OF
