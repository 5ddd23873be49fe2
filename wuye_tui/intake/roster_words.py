"""What stands in a cell of a roster: shifts by word, code, first character or letter, with or
without a post, 早(东门), 东门早, 早/中, 07:00-15:00; or that somebody is off.

A legend on the sheet (A: 早班 07:00-15:00) goes before what the program supposes.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import time
from typing import Final

from wuye_tui.intake.reasons import CellRefused
from wuye_tui.rules.rosters import RosterKind, Shift
from wuye_tui.words import _, listed

_OFF: Final = (
    "休 休息 例休 轮休 调休 补休 公休 双休 年休 年假 事假 病假 婚假 产假 陪产假 丧假 工伤假 假 "
    "请假 下夜 下夜班 夜休 off × x 0 ○ 无 空 - -- — / \\ * ."
)
OFF: Final = frozenset(_OFF.split())
_WORKS: Final = "班 上班 当班 值 值班 √ ✓ ✔ ● 1"
GENERIC: Final = frozenset(_WORKS.split())
_ALIKE: Final = (
    ("早班", "早", "上午班"),
    ("中班", "中", "下午班"),
    ("夜班", "夜", "晚班", "晚", "大夜班", "大夜"),
    ("日班", "白班", "日", "白", "常白班"),
)
_LETTERS: Final = "abcdef"
_TIMES: Final = re.compile(
    r"(\d{1,2})(?::(\d{2}))?(?:点|时)?[-~—至到](?:次日|第二天|翌日)?(\d{1,2})(?::(\d{2}))?(?:点|时)?"
)
_BOUNDS: Final = re.compile(r"[\s/+、,;|()\[\]【】:和\-]+")
_LEGEND: Final = re.compile(r"^([^\s:=]{1,3})(?:班)?[:=](.+)$")
_LETTER: Final = re.compile(r"^([a-z])(?:班)?[\s\-]*([^\sa-z].*)$")  # A日班, B-夜班 17:30-8:30
_NOTE: Final = re.compile(r"^(?:备注|说明|注|图例|班次)(?:说明)?[:\s]+")
_APART: Final = re.compile(
    r"[;,、，。\n]+|\s+(?=[^\s:=]{1,3}[:=])|\s+(?=[a-z](?:班)?[\s\-]*[^\sa-z:=\-])"
)


class UnknownShift(CellRefused):
    """No shift of the kind, nor a word for being off."""

    def __init__(self, known: Iterable[str]) -> None:
        told = _("看不出是哪一班。请填 {known}，休息填「休」或留空。")
        super().__init__(told.format(known=listed(known)))


class WhichShift(CellRefused):
    """A mark that says only that somebody works, where there are several shifts."""

    def __init__(self, known: Iterable[str]) -> None:
        super().__init__(_("没有写是哪一班。请填 {known}。").format(known=listed(known)))


def plain(text: str) -> str:
    """As words are compared here: narrow, without capitals."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


class Words:
    """The words of one kind's shifts and posts, and those of the sheet's own legend."""

    def __init__(self, kind: RosterKind) -> None:
        self.kind = kind
        self.off = set(OFF)
        self.supposed: set[str] = set()  # letters, on a sheet that explains none of them
        self._is_explained = False
        self._learned = set[str]()
        self._shifts = _shift_words(kind.shifts)
        self._own = {plain(one.word) for one in kind.shifts}
        self._posts = _post_words(dict.fromkeys(one.post for one in kind.needs if one.post))

    # ---- the legend

    def learn(self, text: str) -> None:
        """Takes in what a text on the sheet says of marks, if it says anything."""
        for part in _APART.split(_NOTE.sub("", plain(text))):
            found = _LEGEND.match(part.strip()) or _LETTER.match(part.strip())
            if found is None:
                continue
            mark, means = found[1], found[2].strip()
            if means in OFF:
                self.off.add(mark)
            elif shift := self._meant(means):
                self._shifts[mark] = shift
                self._learned.add(mark)
                self._is_explained = self._is_explained or mark in _LETTERS

    def doubt(self, texts: Iterable[str]) -> None:
        """Gives up what is only supposed where a sheet has two words for one shift: on one that
        writes both 晚 and 夜, 晚 is not the night, and nobody knows here what it is.
        """
        seen = {plain(text) for text in texts}
        for group in _ALIKE:
            stems = {word.removesuffix("班") for word in seen.intersection(group)}
            own = {word for word in group if word in self._own}
            for word in group if len(stems) > 1 else ():
                is_own = any(word.removesuffix("班") == one.removesuffix("班") for one in own)
                if not is_own and word not in self._learned:
                    self._shifts.pop(word, None)

    def explains(self, text: str) -> bool:
        """Whether a text says of a mark what it means, and nothing else."""
        found = _LEGEND.match(plain(text))
        return found is not None and (found[1] in self._shifts or found[1] in self.off)

    def _meant(self, means: str) -> str:
        if span := _TIMES.search(means):
            return self._by_time(span)
        said = _BOUNDS.sub(" ", means).split()
        return next((self._shifts[one] for one in said if one in self._shifts), "")

    # ---- a cell

    def read(self, text: str) -> list[tuple[str, str]]:
        """The shifts of a cell with their posts, "" where none is said; none for whoever is off.
        Raises UnknownShift and WhichShift.
        """
        said = plain(text).strip(" 。.")
        if not said or said in self.off:
            return []
        if said in GENERIC:
            return [(shift, "") for shift in self.usual()]
        items = [*self._items(said)]
        shifts = [at for at, (what, _value) in enumerate(items) if what == "shift"]
        if not shifts:
            return [(self._shift_at(post), post) for what, post in items if what == "post"]
        return _paired(items)

    def post(self, text: str) -> str:
        """The post that a text names; "" for none of the kind's."""
        return self._posts.get(plain(text), "")

    def usual(self) -> list[str]:
        """The shifts of whoever simply works: the only one, and with it those that need as many
        people and always go with it. Raises WhichShift.
        """
        shifts = self.kind.shifts
        main = [one for one in shifts if not one.only_with]
        if len(main) != 1:
            raise WhichShift(one.word for one in shifts)
        heads = _heads(self.kind, main[0].code)
        return [
            one.code for one in shifts if one is main[0] or _heads(self.kind, one.code) == heads
        ]

    def _items(self, said: str) -> Iterator[tuple[str, str]]:
        at = 0
        for span in _TIMES.finditer(said):
            if shift := self._by_time(span):
                yield from self._spelled(said[at : span.start()])
                yield "shift", shift
            else:
                raise self._unknown()
            at = span.end()
        yield from self._spelled(said[at:])

    def _spelled(self, said: str) -> Iterator[tuple[str, str]]:
        for token in _BOUNDS.sub(" ", "".join(said.split())).split():
            if token in self.off:
                continue
            found = self._parts(token)
            if found is None:
                raise self._unknown()
            yield from found

    def _parts(self, token: str) -> list[tuple[str, str]] | None:
        """A token as known words one after the other, longest first; None where it is not."""
        if not token:
            return []
        for end in range(len(token), 0, -1):
            head = token[:end]
            one = self._one(head, token[end : end + 1])
            rest = self._parts(token[end:]) if one else None
            if one and rest is not None:
                return [one, *rest]
        return None

    def _one(self, word: str, after: str) -> tuple[str, str] | None:
        """What a word is, before whatever comes `after` it; a letter among letters is none."""
        if word in self._posts:
            return "post", self._posts[word]
        if word in self._shifts:
            return "shift", self._shifts[word]
        letter = word.removesuffix("班")
        is_alone = not (after and after.isascii())
        if self._is_explained and letter not in self._shifts:
            return None  # a sheet that explains its letters is not guessed at
        if is_alone and len(letter) == 1 and letter in _LETTERS[: len(self.kind.shifts)]:
            self.supposed.add(letter)
            return "shift", self.kind.shifts[_LETTERS.index(letter)].code
        return None

    def _by_time(self, span: re.Match[str]) -> str:
        hours = [int(span[1]), int(span[3]) % 24]
        if max(hours) > 23:
            return ""
        begin, end = time(hours[0], int(span[2] or 0)), time(hours[1], int(span[4] or 0))
        same = (one.code for one in self.kind.shifts if (one.starts, one.ends) == (begin, end))
        return next(same, "")

    def _shift_at(self, post: str) -> str:
        """The shift of a post that only one shift has, or of a kind that has only one."""
        shifts = {one.shift for one in self.kind.needs if one.post == post}
        if len(shifts) != 1:
            raise WhichShift(one.word for one in self.kind.shifts)
        return shifts.pop()

    def _unknown(self) -> UnknownShift:
        return UnknownShift(one.word for one in self.kind.shifts)


def _paired(items: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Every shift with the post behind it, otherwise the one before it."""
    found, waiting = list[tuple[str, str]](), ""
    for what, value in items:
        if what == "shift":
            found.append((value, waiting))
            waiting = ""
        elif found and not found[-1][1]:
            found[-1] = found[-1][0], value
        else:
            waiting = value
    return found


def _shift_words(shifts: Sequence[Shift]) -> dict[str, str]:
    """The words of each shift. Its own go before those that are like them."""
    own = {plain(word): one.code for one in shifts
           for word in (one.code, one.word, _(one.word), one.word.removesuffix("班"))}  # fmt: skip
    first = [one.word[:1] for one in shifts]
    own |= {
        plain(one.word[:1]): one.code
        for one in shifts
        if first.count(one.word[:1]) == 1 and plain(one.word[:1]) not in own
    }
    like = {word: own[group_word] for group in _ALIKE for group_word in group
            if group_word in own for word in group}  # fmt: skip
    return like | own


def _post_words(posts: Iterable[str]) -> Mapping[str, str]:
    """The posts by their names, and by such beginnings of two characters and more as are theirs."""
    names = list(posts)
    found = {plain(one): one for one in names}
    for one in names:
        for end in range(1, len(one)):
            short = one[:end]
            if sum(other.startswith(short) for other in names) == 1:
                found.setdefault(plain(short), one)
    return found


def _heads(kind: RosterKind, shift: str) -> list[int]:
    return [
        sum(one.heads for one in kind.needs if one.shift == shift and day in one.weekdays)
        for day in range(7)
    ]
