"""Words of the day's patrol in the duty manager's log (ZB-4.3, SB-1, SB-2)."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from screens.log_telling import Telling, heading, spelled_out
from screens.widgets.entries import Entry
from screens.widgets.painted import Line, Span, line
from wuye_tui.registers.patrols import spent
from wuye_tui.rules.duetime import MINUTE
from wuye_tui.rules.patrol_time import COMING, DUE, MADE, MISSED
from wuye_tui.rules.patrols import MANAGER
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from wuye_tui.registers.patrols import Walked

BAR, NARROW = 24, 60  # cells of the bar, and of a list that has room for a third of it
PATROL = "patrol"  # the key of the entry


def bar(done: int, needed: int, cells: int = BAR) -> str:
    """How far it is, in signs that are one cell wide everywhere."""
    full = min(cells, done * cells // max(1, needed))
    return f"[{'#' * full}{'-' * (cells - full)}]"


def patrol_entries(t: Telling) -> Iterator[Entry]:
    """How long, which posts, which rooms."""
    patrol, done = t.board.log.patrol, t.board.patrolled(t.now)
    short = -(-max(0, patrol.needed - done) // MINUTE) * MINUTE  # with what is done it is the whole
    role = "good" if not short else "late" if patrol.is_over else "strong"
    lacks = _("还差{time}").format(time=spent(short)) if short else _("够了")
    walks = next((one for one in patrol.patrols if one.ended is None), None)
    yield heading(_("巡查（ZB-4.3）"), *_under_way(walks, t))
    counted = _(" {done}，应有{needed}，").format(done=spent(done), needed=spent(patrol.needed))
    number = walks.number if walks else patrol.patrols[-1].number if patrol.patrols else ""
    spans: list[Span] = [
        (bar(done, patrol.needed, BAR if t.cells > NARROW else BAR // 3), "strong"),
        (counted, ""),
        (lacks, role),
    ]
    yield Entry(tuple(spans), PATROL, number, below=tuple(_walked(t)))
    left_over = [spot.name for spot in patrol.unvisited]
    words = _("还没到的岗位 {n} 处：{names}").format(n=len(left_over), names=listed(left_over))
    if not left_over:
        words = _("{n} 处岗位都到过了").format(n=len(patrol.posts))
    yield from spelled_out(words, "soon" if left_over else "good", t.cells)
    yield from _rounds(t)


def _under_way(walks: "Walked | None", t: Telling) -> Iterator[Span]:
    """Who walks now, and which key goes on; nothing of a day that is over."""
    if not t.board.is_today:
        return
    if walks is None:
        yield _("  F9 开始巡查"), ""
        return
    told = _("  {name} 正在巡查，{time}开始")
    yield told.format(name=walks.by_name, time=t.at(walks.began)), "soon"
    if t.board.running is not None:
        yield _("：到了一处按 F9"), ""


def _rounds(t: Telling) -> Iterator[Entry]:
    rounds = t.board.log.patrol.rounds
    for stands, words, role in (
        (MISSED, _("漏巡的机房：{rooms}"), "late"),
        (DUE, _("该巡的机房：{rooms}"), "soon"),
    ):
        rooms: dict[str, list[str]] = {}
        for one in rounds:
            if one.stands == stands:
                rooms.setdefault(one.spot.name, []).append(f"{one.at.astimezone(t.zone):%H:%M}")
        if rooms:
            said = listed(" ".join((name, *times)) for name, times in rooms.items())
            yield from spelled_out(words.format(rooms=said), role, t.cells)
    made = sum(one.stands == MADE for one in rounds)
    coming = next((one for one in rounds if one.stands == COMING), None)
    if coming is not None and all(one.stands != DUE for one in rounds):
        told = _("机房巡了 {made} 次，下一次 {room} {time}")
        words = told.format(made=made, room=coming.spot.name, time=t.at(coming.at))
        yield from spelled_out(words, "dim", t.cells)


def _walked(t: Telling) -> Iterator[Line]:
    """Each patrol of the day, while the cursor stands on their sum."""
    for one in t.board.log.patrol.patrols:
        ended = t.at(one.ended) if one.ended else _("还在巡查")
        own = "" if one.what == MANAGER else _("（不算在 4 小时里）")
        told = _("{number} {who} {began}-{ended} 到了 {n} 处{own}").format(
            number=t.short(one.number), who=one.by_name, began=t.at(one.began), ended=ended,
            n=len(one.visits), own=own,
        )  # fmt: skip
        yield line(f"     {told}")
