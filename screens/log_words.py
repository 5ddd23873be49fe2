"""Words of the duty manager's log: the title, and the entries of its sections."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from screens.log_tasks import older_entries, recheck_entries, task_entries
from screens.log_telling import Telling, below, heading, nothing, spelled_out
from screens.widgets.entries import Entry
from screens.widgets.painted import Line, Span, fit, line
from screens.wording import clock, is_late, left
from wuye_tui.registers.patrols import spent
from wuye_tui.rules.entries import CATEGORIES, ENTRY
from wuye_tui.rules.incidents import SORTS as EVENTS
from wuye_tui.rules.locale import amount
from wuye_tui.rules.patrol_time import COMING, DUE, MADE, MISSED
from wuye_tui.rules.patrols import MANAGER
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.registers.log_lines import Event, Read
    from wuye_tui.registers.log_lines import Line as LogLine
    from wuye_tui.registers.patrols import Walked

NUMBER, WORD, STATE, WHERE = 9, 9, 7, 10  # cells
BAR = 24  # cells of the bar
EVENT, LINE_, PATROL, READING = "event", "line", "patrol", "reading"  # before an entry's number
DAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


def log_title(t: Telling) -> list[Span]:
    """Which day, and who is duty manager since when."""
    board = t.board
    day = board.log.day
    told = f"{day:%m-%d} {_(DAYS[day.weekday()])}"
    if not board.is_today:
        past = _(" (以前的一天)")
        told += past
    spans: list[Span] = [(f" {_('值班日志')} ", "title"), (f"{told}  ", "")]
    holder = board.holder
    if holder is None:
        spans.append((_("没有人值班"), "chosen"))
        return spans
    since = t.at(holder.started)
    spans.append((f"{_(holder.word)} {holder.name}", "strong"))
    spans.append((_(" {time}起").format(time=since), ""))
    if holder.ended is not None:
        spans.append((_("，{time}交班").format(time=t.at(holder.ended)), ""))
    return spans


def log_entries(t: Telling) -> list[Entry]:
    """Every section; what cannot wait stands first."""
    parts = (
        _events(t), _patrol(t), recheck_entries(t), _lines(t), task_entries(t), older_entries(t),
        _readings(t),
    )  # fmt: skip
    return list(chain.from_iterable(parts))


# Events


def _events(t: Telling) -> Iterator[Entry]:
    events = sorted(t.board.log.events, key=lambda one: one.told is not None)
    if events:
        yield heading(_("突发重大事件（ZB-4.2）"))
    for one in events:
        yield _event(one, t)


def _event(one: "Event", t: Telling) -> Entry:
    facts = one.situation.facts
    sort = _(dict(EVENTS).get(str(facts.get("sort", "")), ""))
    if one.told is None:
        rest = left(one.due, t.now)
        told: Span = (_(" 没报告总经理 {left} ").format(left=rest).replace("  ", " "), "chosen")
    else:
        told = (_("{time} 已报告{whom}").format(time=t.at(one.told), whom=one.told_to), "good")
    spans: list[Span] = [
        told,
        (f" {t.at(one.at)} {fit(t.short(one.number), NUMBER)}", ""),
        (f"{sort} ", "strong"),
        (str(facts.get("text", "")), ""),
    ]
    return Entry(
        tuple(spans), f"{EVENT}:{one.number}", one.number, below=below(str(facts.get("text", "")))
    )


# The patrol


def bar(done: int, needed: int) -> str:
    """How far it is, in signs that are one cell wide everywhere."""
    full = min(BAR, done * BAR // max(1, needed))
    return f"[{'#' * full}{'-' * (BAR - full)}]"


def _patrol(t: Telling) -> Iterator[Entry]:
    patrol, done = t.board.log.patrol, t.board.patrolled(t.now)
    short = max(0, patrol.needed - done)
    role = "good" if not short else "late" if patrol.is_over else "strong"
    lacks = _("还差{time}").format(time=spent(short)) if short else _("够了")
    walks = next((one for one in patrol.patrols if one.ended is None), None)
    yield heading(_("巡查（ZB-4.3）"), *_under_way(walks, t))
    counted = _(" {done}，应有{needed}，").format(done=spent(done), needed=spent(patrol.needed))
    number = walks.number if walks else patrol.patrols[-1].number if patrol.patrols else ""
    spans: list[Span] = [(bar(done, patrol.needed), "strong"), (counted, ""), (lacks, role)]
    yield Entry(tuple(spans), PATROL, number, below=tuple(_walked(t)))
    left_over = [spot.name for spot in patrol.unvisited]
    words = _("还没到的岗位 {n} 处：{names}").format(n=len(left_over), names=listed(left_over))
    if not left_over:
        words = _("{n} 处岗位都到过了").format(n=len(patrol.posts))
    yield from spelled_out(words, "soon" if left_over else "good")
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
        rooms = [f"{one.spot.name} {t.at(one.at)}" for one in rounds if one.stands == stands]
        if rooms:
            yield from spelled_out(words.format(rooms=listed(rooms)), role)
    made = sum(one.stands == MADE for one in rounds)
    coming = next((one for one in rounds if one.stands == COMING), None)
    if coming is not None and all(one.stands != DUE for one in rounds):
        told = _("机房巡了 {made} 次，下一次 {room} {time}")
        words = told.format(made=made, room=coming.spot.name, time=t.at(coming.at))
        yield from spelled_out(words, "dim")


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


# The lines


def _lines(t: Telling) -> Iterator[Entry]:
    lines = t.board.log.lines
    yield heading(_("记录（ZB-3.4）"), (_("  {n} 条").format(n=len(lines)), ""))
    here = {one.number for one in lines}
    for one in lines:
        if one.corrects in here:
            continue  # it stands beside the line that it corrects
        yield _line(one, t)
        for later in one.corrections:
            yield _line(later, t, beside=True)
    if not lines:
        yield nothing(_("今天还没有记：F7 补记。") if t.board.is_today else _("这天没有记。"))


def _line(one: "LogLine", t: Telling, beside: bool = False) -> Entry:
    head = (f"      {_('更正')} " if beside else f"{fit(t.at(one.at), 5)} ", "strong")
    stand = _(ENTRY.state_word(one.situation.state)) if one.is_open else ""
    if one.corrections:
        stand = _("已更正")
    solved = one.what in dict(CATEGORIES) and not one.is_open
    stand = stand or (_("已解决") if solved else "")
    word = _("更正 {number}").format(number=t.short(one.corrects)) if one.corrects else _(one.word)
    kind = "" if beside else f"{fit(word, WORD if not one.corrects else 15)} "
    where = f"{one.where} " if one.where else ""
    spans: list[Span] = [
        head,
        (kind, ""),
        (f"{fit(stand, STATE)} ", "soon" if one.is_open else "dim"),
        (f"{where}{_whom(one, t)}{one.text}", "dim" if one.corrections else ""),
        (f"  {one.holder_name}", "dim"),
    ]
    return Entry(tuple(spans), f"{LINE_}:{one.number}", one.number, below=_more(one, t))


def _whom(one: "LogLine", t: Telling) -> str:
    whom = str(one.situation.facts.get("whom", ""))
    return f"{t.board.log.names.get(whom, whom)} " if whom else ""


def _more(one: "LogLine", t: Telling) -> tuple[Line, ...]:
    """What else is written there, under the line of the cursor."""
    facts = one.situation.facts
    said = [f"{t.short(one.number)} {one.text}"]
    said += [
        str(facts[name]) for name in ("because", "proposed", "result", "reply") if name in facts
    ]
    said += [amount(int(facts[name])) for name in ("fine", "reward") if facts.get(name)]
    said += [str(step.facts.get("note", "")) for step in one.notes]
    if one.opened:
        said.append(_("另开 {numbers}").format(numbers=listed(map(t.short, one.opened))))
    if facts.get("offered_to"):
        name = str(facts["offered_to"])
        said.append(_("等 {name} 接手").format(name=t.board.log.names.get(name, name)))
    return below(*said)


# The project head


def _readings(t: Telling) -> Iterator[Entry]:
    reads: Sequence[Read] = t.board.log.readings
    if not reads:
        return
    unread = sum(one.read is None for one in reads)
    more = _("  {n} 周没批阅").format(n=unread) if unread else ""
    yield heading(_("项目负责人批阅（ZB-3.7）"), (more, "soon"))
    for one in reads:
        yield _reading(one, t)
        for task in one.instructions:
            facts = task.situation.facts
            told = f"      {t.short(task.number)} {_(task.state_word)}  {facts.get('text', '')}"
            yield Entry(((told, ""),), f"instruction:{task.number}", task.number)


def _reading(one: "Read", t: Telling) -> Entry:
    facts = one.situation.facts
    if one.read is not None:
        stand: Span = (_("{time} {who} 已批阅").format(time=t.at(one.read), who=one.reader), "good")
    else:
        due = clock(one.due, t.zone, t.now) if one.due else ""
        late = bool(one.due and is_late(one.due, t.now))
        stand = (_("没批阅，{time} 前").format(time=due), "late" if late else "soon")
    spans: list[Span] = [
        (f"{fit(one.week, 9)} ", ""), stand, (f"  {facts.get('remarks', '')}", ""),
    ]  # fmt: skip
    return Entry(tuple(spans), f"{READING}:{one.number}", one.number)
