"""Words of the duty manager's log: the title, and the entries of its sections."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from screens.log_patrol import patrol_entries
from screens.log_tasks import older_entries, recheck_entries, task_entries
from screens.log_telling import Telling, below, heading, nothing
from screens.widgets.entries import Entry
from screens.widgets.painted import Line, Span, fit
from screens.wording import clock, is_late, left
from wuye_tui.rules.entries import CATEGORIES, ENTRY
from wuye_tui.rules.incidents import SORTS as EVENTS
from wuye_tui.rules.locale import amount
from wuye_tui.rules.text import masked_words
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.registers.log_lines import Event, Holder, Read, TaskLine
    from wuye_tui.registers.log_lines import Line as LogLine

NUMBER, WORD, STATE, WHERE = 9, 9, 7, 10  # cells
EVENT, LINE_, READING = "event", "line", "reading"  # before an entry's number
DAYS = (N_("周一"), N_("周二"), N_("周三"), N_("周四"), N_("周五"), N_("周六"), N_("周日"))


def log_title(t: Telling) -> list[Span]:
    """Which day, and who is duty manager since when."""
    board = t.board
    day = board.log.day
    told, title = f"{day:%m-%d} {_(DAYS[day.weekday()])}", _("值班日志")
    if not board.is_today:
        past = _(" (以前的一天)")
        told += past
    spans: list[Span] = [(f" {title} ", "title"), (f"{told}  ", "")]
    turn = (_("  左右键换天"), "dim")
    if not board.is_today and board.log.holders:
        return [*spans, (listed(_held(one, t) for one in board.log.holders), "strong"), turn]
    holder = board.holder
    if holder is None:
        return [*spans, (_("没有人值班"), "chosen"), turn]
    since = t.at(holder.started)
    spans.append((f"{_(holder.word)} {holder.name}", "strong"))
    spans.append((_(" {time}起").format(time=since), ""))
    return [*spans, turn]


def _held(one: "Holder", t: Telling) -> str:
    zone = t.zone
    ended = one.ended.astimezone(zone).strftime("%H:%M") if one.ended else ""
    return f"{one.name} {one.started.astimezone(zone):%H:%M}-{ended}"


def log_entries(t: Telling) -> list[Entry]:
    """Every section; what cannot wait stands first."""
    parts = (
        _events(t), patrol_entries(t), recheck_entries(t), _lines(t), task_entries(t),
        older_entries(t), _readings(t),
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
        (masked_words(str(facts.get("text", ""))), ""),
    ]
    said = masked_words(str(facts.get("text", "")))
    return Entry(tuple(spans), f"{EVENT}:{one.number}", one.number, below=below(said))


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
    put_right = _("更正")
    head = (f"      {put_right} " if beside else f"{fit(t.at(one.at), 5)} ", "strong")
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
        (masked_words(f"{where}{_whom(one, t)}{one.text}"), "dim" if one.corrections else ""),
        (f"  {one.holder_name}", "dim"),
    ]
    return Entry(tuple(spans), f"{LINE_}:{one.number}", one.number, below=_more(one, t))


def _whom(one: "LogLine", t: Telling) -> str:
    whom = str(one.situation.facts.get("whom", ""))
    return f"{t.board.log.names.get(whom, whom)} " if whom else ""


def _more(one: "LogLine", t: Telling) -> tuple[Line, ...]:
    """What else is written there, under the line of the cursor."""
    facts = one.situation.facts
    said = [f"{t.short(one.number)} {masked_words(one.text)}"]
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
    last = next((one for one in reads if one.read is not None), None)
    for one in reads:
        if one.read is not None and one is not last and all(map(_is_over, one.instructions)):
            continue
        yield _reading(one, t)
        for task in one.instructions:
            facts = task.situation.facts
            said = masked_words(str(facts.get("text", "")))
            told = f"      {t.short(task.number)} {_(task.state_word)}  {said}"
            yield Entry(((told, ""),), f"instruction:{task.number}", task.number)


def _is_over(task: "TaskLine") -> bool:
    return task.situation.closed is not None


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
