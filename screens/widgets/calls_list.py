"""The calls of this duty, newest first: when, by what, about what, and what became of each."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import CALLS, bindings
from screens.widgets.painted import Line, Painted, cut, fit, line
from screens.wording import clock, short_number
from wuye_tui.rules.text import masked_words
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from screens.asking_calls import Register
    from wuye_tui.registers.contacts import ContactRow

# Name, heading, cells; 0 cells is the rest.
_COLUMNS = (
    ("rang", N_("时间"), 5),
    ("channel", N_("渠道"), 6),
    ("category", N_("类别"), 8),
    ("unit", N_("房号"), 12),
    ("words", N_("内容"), 0),
    ("became", N_("结果"), 9),
)
_LEAST_WORDS = 12
HEAD = 2  # lines above the calls


class CallsList(Painted, can_focus=True):
    """The register with a cursor, which stays with its call when newer ones come in above it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(CALLS)]
    DEFAULT_CSS = "CallsList { height: 1fr; }"

    @dataclass
    class Opened(Message):
        """What became of a call is to be shown, or what is left of it to be done."""

        row: "ContactRow"

    class Left(Message):
        """Looked enough."""

    class Moved(Message):
        """The cursor stands on another call: Enter may mean another thing."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._rows: Sequence[ContactRow] | None = None
        self._read: Register | None = None
        self._now: datetime | None = None
        self._zone: tzinfo = UTC
        self._first = 0
        self.call = ""
        self._told_of = ""

    @property
    def row(self) -> "ContactRow | None":
        """The call of the cursor."""
        return next((row for row in self._rows or () if row.number == self.call), None)

    def load(self, read: "Register", now: datetime, zone: tzinfo) -> None:
        """Takes the calls as they were just read; what is left over stands before them."""
        rows = (*read.left, *read.rows)
        at_top = not self._rows or self.call == self._rows[0].number
        self._rows, self._read, self._now, self._zone = rows, read, now, zone
        if rows and (self.row is None or (at_top and not self.has_focus)):
            self.call = rows[0].number
        self._go()

    def action_call(self, way: int) -> None:
        """So many calls down, or up where it is negative."""
        rows = self._rows or ()
        if rows:
            place = min(len(rows) - 1, max(0, self._place() + way))
            self.call = rows[place].number
            self._go()

    def action_leaf(self, way: int) -> None:
        """A page up or down."""
        self.action_call(way * max(1, self._seats() - 1))

    def action_ends(self, way: int) -> None:
        """To the newest or to the oldest."""
        self.action_call(way * len(self._rows or ()))

    def action_slip(self) -> None:
        """What became of the call; what is left over is taken up."""
        if self.row is not None:
            self.post_message(self.Opened(self.row))

    def action_shut(self) -> None:
        """Back to where one came from."""
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """Another height shows more or fewer."""
        self._go()

    def focus_changed(self) -> None:
        """The cursor is plain to see while the keys go here."""
        self._paint()

    def _seats(self) -> int:
        return max(1, self.size.height - HEAD)

    def _place(self) -> int:
        numbers = [row.number for row in self._rows or ()]
        return numbers.index(self.call) if self.call in numbers else 0

    def _go(self) -> None:
        place, seats = self._place(), self._seats()
        most = max(0, len(self._rows or ()) - seats)
        self._first = min(most, max(place - seats + 1, min(self._first, place)))
        self._paint()
        if self.call != self._told_of:
            self._told_of = self.call
            self.post_message(self.Moved())

    def _paint(self) -> None:
        rows, width = self._rows, self.size.width
        shown = [cut(self._title(), width)]
        if rows:
            columns = _columns(width)
            heading = " " + " ".join(fit(_(word), cells) for _name, word, cells in columns)
            shown.append(line((heading, "title"), ground="title"))
            seen = rows[self._first : self._first + self._seats()]
            shown += [self._line(row, columns) for row in seen]
        elif rows is not None:
            shown += [line(), line((_("  这一班还没有来电。"), "dim"))]
        blank = max(0, self.size.height - len(shown))
        self.show([*shown, *(line() for _n in range(blank))])

    def _title(self) -> Line:
        """How many, and of what; what the keys do."""
        from wuye_tui.registers.contacts import COUNTED_AS

        read = self._read
        rows, left = (read.rows, read.left) if read else ((), ())
        rows = tuple(row for row in rows if not row.is_withdrawn)
        many = Counter(kind for row in rows for kind in row.counts)
        twice = sum(len(row.counts) > 1 for row in rows)
        doubled = _("({n}个算两类)").format(n=twice) if twice else ""
        kinds = [f"{_(COUNTED_AS.get(kind, kind))} {count}" for kind, count in many.most_common()]
        more = "+" if read and read.has_more else ""
        said = _(" 本班来电 {n} 个").format(n=f"{len(rows)}{more}")
        told = f"  Enter {self.enters}" if self.has_focus else _("  按下箭头来选")
        keys = (told if self._rows else "", "key")
        open_ = len(left) + sum(row.is_unanswered for row in rows)
        waits = _("  待办 {n}").format(n=open_) if open_ else ""
        of = f"  {listed(kinds)}{doubled}" if kinds else ""
        return line((said, "title"), (waits, "late"), (of, ""), keys, ground="title")

    @property
    def enters(self) -> str:
        """What Enter does with the call of the cursor, in words."""
        if self.row is not None and self.row.told:
            return _("怎么样了")
        if self.row is not None and self.row.is_left:
            return _("接着办")
        if self.row is not None and self.row.is_unanswered:
            return _("已答复")
        return _("回电") if self.row and self.row.is_missed else _("看单")

    def _told(self, row: "ContactRow") -> str:
        """Who was told of it at night, and whether they have settled it."""
        words = self._read.told if self._read else {}
        if row.told:
            return _("已告诉{word}").format(word=words.get(row.told, row.told))
        if row.settled:
            return _("{word}办好").format(word=words.get(row.settled, row.settled))
        return ""

    def _line(self, row: "ContactRow", columns: Sequence[tuple[str, str, int]]) -> Line:
        from wuye_tui.registers.contacts import CHANNELS, COUNTED_AS

        assert self._now is not None
        here = row.number == self.call
        cells = {
            "rang": clock(row.rang, self._zone)[-5:],
            "channel": _(CHANNELS.get(row.channel, row.channel)),
            "category": _(COUNTED_AS.get(row.counted_as, row.counted_as)),
            "unit": row.unit,
            "words": masked_words(row.words),
            "became": self._told(row) or _became(row, self._now, self._zone),
        }
        if row.is_missed:
            cells["category"] = _("未接")
        ground = "plain"
        if here:
            ground = "cursor" if self.has_focus else "kept"
        words = " ".join(fit(cells[name], width) for name, _word, width in columns)
        return line((">" if here else " ") + words, ground=ground)


def _columns(width: int) -> list[tuple[str, str, int]]:
    """The columns that fit, the words as wide as what is left."""
    kept = list(_COLUMNS)
    while True:
        rest = width - 1 - sum(cells for _n, _w, cells in kept) - (len(kept) - 1)
        if rest >= _LEAST_WORDS or kept[1][0] == "unit":
            return [(name, word, cells or max(2, rest)) for name, word, cells in kept]
        del kept[1]  # by what it came, then what kind it was


def _became(row: "ContactRow", now: datetime, zone: tzinfo) -> str:
    """The slip or notice that it led to; otherwise whether it was answered or only noted."""
    if row.is_left:
        return _("夜里留下")
    if row.is_missed:
        return _("未回电")
    if row.is_withdrawn:
        return _("已撤回")
    if row.is_unanswered:
        return _("还没答复")
    if row.matters:
        more = "+" if len(row.matters) > 1 else ""
        return short_number(row.matters[0], now.astimezone(zone).date()) + more
    return _("已答") if row.is_answered else _("已记")
