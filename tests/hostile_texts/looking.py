"""What is asked of everything that comes out, reckoned without the product's own tables."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

LONGEST_SENTENCE = 2500
_ODD = re.compile("[^\\x20-\\x7e\\n\u3001-\u3029\u4e00-\u9fff\uff01-\uff9f]")
_VISIBLE_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_JOINS = "\u200d\ufe0e\ufe0f"
_UNSEEN = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0\ufffd"
)


@dataclass
class Figures:
    """What one run came to. `problems` names each place where something is wrong."""

    strings: int = 0
    places_in: int = 0
    tried: int = 0
    refused: int = 0
    kept: int = 0
    places_out: int = 0
    outputs: int = 0
    escape_bytes: int = 0
    crashes: int = 0
    formulas: int = 0
    vanished: int = 0
    unclear: int = 0
    problems: Counter[str] = field(default_factory=Counter)

    @property
    def good(self) -> bool:
        """Whether nothing acted, broke or was lost."""
        return not self.problems

    def note(self, what: str, where: str) -> None:
        """Counts one thing that is wrong; `what` is the name of a figure."""
        setattr(self, what, getattr(self, what) + 1)
        self.problems[f"{what}: {where}"] += 1

    def look(self, text: str, where: str) -> None:
        """Counts every character of an output that acts or hides."""
        self.outputs += 1
        if found := acting(text):
            self.escape_bytes += len(found)
            shown = " ".join(sorted({f"U+{ord(one):04X}" for one in found})[:6])
            self.problems[f"escape_bytes: {where}: {shown}"] += len(found)

    def sentence(self, text: str, where: str, words: tuple[str, ...] = ()) -> None:
        """A refusal is one line of a length that somebody reads, and names what it is about."""
        self.refused += 1
        self.look(text, where)
        if "\n" in text.strip() or len(text) > LONGEST_SENTENCE or not text.strip():
            self.note("unclear", f"{where}: {len(text)} characters: {text[:80]!r}")
        elif words and not any(word and word in text for word in words):
            self.note("unclear", f"{where} names nothing: {text[:80]!r}")

    def add(self, other: "Figures") -> "Figures":
        """The sums of both; the strings are the same ones."""
        for name, value in vars(other).items():
            if name == "problems":
                self.problems += value
            else:
                mine = getattr(self, name)
                setattr(self, name, max(mine, value) if name == "strings" else mine + value)
        return self


def acting(text: str) -> list[str]:
    """The characters of a text that steer a terminal, turn the direction or cannot be seen."""
    return [found.group() for found in _ODD.finditer(text) if _acts(text, found.start())]


def _acts(text: str, at: int) -> bool:
    one = text[at]
    if one in _UNSEEN:
        return True
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if one == "\u200d" and before.isdigit():
        return True
    if one in _JOINS[1:] and before in _JOINS:
        return True
    if one in _JOINS:  # belong to the emoji around them
        return not before or unicodedata.category(before) in ("Lo", "Ll", "Lu", "Cc", "Zs") or (
            one == "\u200d" and (not after or unicodedata.category(after)[0] in "LCZ")
        )  # fmt: skip
    kind = unicodedata.category(one)
    if "\U000e0100" <= one <= "\U000e01ef" or "\ufe00" <= one <= "\ufe0d":
        return not before or unicodedata.category(before) != "Lo"
    if kind in ("Mn", "Me"):
        four = text[max(0, at - 4) : at]
        return len(four) == 4 and all(unicodedata.category(c) in ("Mn", "Me") for c in four)
    is_none = ord(one) & 0xFFFE == 0xFFFE or "\ufdd0" <= one <= "\ufdef" or one >= "\U000e0000"
    return (
        kind in ("Cc", "Cs", "Zl", "Zp")
        or (kind == "Cf" and one not in _VISIBLE_FORMATS)
        or "\ufff0" <= one <= "\ufff8"
        or (is_none and kind != "Co")
    )
