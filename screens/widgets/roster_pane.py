"""The month of a roster as a grid: people are rows, days are columns, the square of the cursor is
told in full below.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import ROSTER, bindings
from screens.widgets.painted import Line, Painted, Span, cut, line
from wuye_tui.words import _

if TYPE_CHECKING:
    from screens.asking_rosters import Board
    from screens.roster_marks import Marks
    from wuye_tui.rules.roster_sheets import Row, Shown
    from wuye_tui.rules.rosters import Cell

HEADS = 3  # title, weekdays, days


class RosterPane(Painted, can_focus=True):
    """The grid and its cursor, which stays on its day and its person when it is read again."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(ROSTER)]
    DEFAULT_CSS = "RosterPane { height: 1fr; }"

    @dataclass
    class Turned(Message):
        """Another month is wanted: so many on."""

        months: int

    class Moved(Message):
        """The cursor is on another square: the keys may mean others."""

    class OtherKind(Message):
        """The next kind of roster is wanted."""

    class OfPerson(Message):
        """Enter: the month of whoever the cursor is on."""

    class OfPost(Message):
        """Space: the month of the post under the cursor."""

    class Left(Message):
        """Esc: seen enough."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.board: Board | None = None
        self.published = ""  # when, in short
        self._day = 0
        self._staff = ""
        self._first = 0  # the first day in sight
        self._marks: tuple[Shown, int, Marks] | None = None  # of a month in so many cells a day

    def load(self, board: "Board", published: str) -> None:
        """Takes a month as it was just read. In another one the cursor goes to today, or to the
        first day.
        """
        before, self.board, self.published = self.board, board, published
        if before is None or before.month != board.month:
            is_now = (board.month.year, board.month.month) == (board.today.year, board.today.month)
            self._day = board.today.day - 1 if is_now else 0
            self._first = 0
        self._paint()

    def go_to(self, day: int, staff: str) -> None:
        """The cursor goes to somebody's day, counted from 0."""
        self._day, self._staff = day, staff
        self._moved()

    @property
    def roster(self) -> "Shown | None":
        """The roster that is seen."""
        return self.board.shown if self.board is not None else None

    @property
    def _place(self) -> int:
        rows = self.board.rows if self.board is not None else ()
        found = (n for n, row in enumerate(rows) if row.person.number == self._staff)
        return next(found, 0)

    @property
    def row(self) -> "Row | None":
        """The person of the cursor, with their month."""
        rows = self.board.rows if self.board is not None else ()
        return rows[self._place] if rows else None

    @property
    def day(self) -> int:
        """The cursor's day, counted from 0."""
        return self._day

    @property
    def cells(self) -> "tuple[Cell, ...]":
        """What whoever the cursor is on has on its day."""
        row = self.row
        return row.squares[self._day] if row is not None else ()

    # Keys

    def action_roster_day(self, way: int) -> None:
        """Another day of the month."""
        last = len(self.roster.days) - 1 if self.roster is not None else 0
        if self._day + way in range(last + 1):
            self._day += way
            self._moved()

    def action_roster_person(self, way: int) -> None:
        """The next person up or down."""
        rows = self.board.rows if self.board is not None else ()
        if rows:
            self._staff = rows[min(len(rows) - 1, max(0, self._place + way))].person.number
            self._moved()

    def action_roster_edge(self, way: int) -> None:
        """To the first day, or to the last."""
        last = len(self.roster.days) - 1 if self.roster is not None else 0
        self._day = last if way > 0 else 0
        self._moved()

    def action_roster_month(self, way: int) -> None:
        """The next month, or the one before."""
        self.post_message(self.Turned(way))

    def action_roster_kind(self) -> None:
        """The next kind."""
        self.post_message(self.OtherKind())

    def action_roster_whose(self) -> None:
        """Enter."""
        if self.row is not None:
            self.post_message(self.OfPerson())

    def action_roster_where(self) -> None:
        """Space."""
        if self.row is not None:
            self.post_message(self.OfPost())

    def action_roster_left(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """Another width shows other days, another height other people."""
        self._paint()

    # What is painted

    def _moved(self) -> None:
        self._paint()
        self.post_message(self.Moved())

    def _paint(self) -> None:
        width, board = self.size.width, self.board
        if not width or board is None:
            return
        if board.shown is None or self.row is None:
            self.show(_empty(board, width))
            return
        from screens import roster_words as words

        shown, here = board.shown, self._place
        self._day = min(self._day, len(shown.days) - 1)
        wide = words.day_cells(width, len(shown.days))
        span = self._in_sight(len(shown.days), max(1, (width - words.NAME) // wide))
        marks = self._marks_of(shown, wide)
        below = words.cursor_lines(marks, self.row, self._day, width)
        seats = max(1, self.size.height - HEADS - len(below))
        top = max(0, min(here - seats // 2, len(board.rows) - seats))
        body = [
            words.person_line(marks, row, span, wide, shown.days[self._day] if n == here else None)
            for n, row in enumerate(board.rows)
        ][top : top + seats]
        hidden = len(board.rows) - top - len(body)
        title = line(
            *words.title(shown, self.published),
            *_hidden(span, len(shown.days), hidden, board.draft),
            ground="title",
        )
        heads = words.heads(
            shown, [shown.days[n] for n in span], wide, board.today, shown.days[self._day]
        )
        blank = [line()] * (seats - len(body))
        self.show([cut(title, width), *heads, *body, *blank, *below][: max(1, self.size.height)])

    def _marks_of(self, shown: "Shown", wide: int) -> "Marks":
        """The marks of the month, made anew only where it or their room is another."""
        from screens.roster_words import marks_of

        assert self.board is not None
        kept = self._marks
        if kept is None or kept[0] is not shown or kept[1] != wide:
            self._marks = kept = (shown, wide, marks_of(shown, self.board.rows, wide))
        return kept[2]

    def _in_sight(self, days: int, room: int) -> range:
        """The days that are seen; the cursor's is always among them."""
        self._first = min(self._first, self._day, max(0, days - room))
        self._first = max(self._first, self._day - room + 1, 0)
        return range(self._first, min(days, self._first + room))


def _hidden(span: range, days: int, people: int, draft: str) -> list[Span]:
    """What of the month is out of sight, and whether a draft waits."""
    told: list[Span] = []
    if draft:
        told.append((_("  另有草稿 {number}").format(number=draft), "late"))
    if span.start:
        told.append((_("  左边还有 {n} 天").format(n=span.start), "soon"))
    if span.stop < days:
        told.append((_("  右边还有 {n} 天").format(n=days - span.stop), "soon"))
    if people > 0:
        told.append((_("  下面还有 {n} 人").format(n=people), "soon"))
    return told


def _empty(board: "Board", width: int) -> list[Line]:
    """Nothing is known of the month: who draws it up, and where else to look."""
    head = _(" {kind} {month}").format(kind=_(board.kind.word), month=board.month)
    told = _("  这个月还没有发布。行政用 wuye rosters generate 排，publish 发布。")
    other = _("  PgUp、PgDn 看别的月份，F9 换一种排班。")
    shown = [line((head, "title"), ground="title"), line((told, "dim")), line((other, "dim"))]
    return [cut(one, width) for one in shown]
