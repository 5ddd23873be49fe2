"""Words of the archive and of the supervisor's desk: the entries of the two lists."""

from collections.abc import Sequence
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from screens.widgets.entries import Entry, Figure
from screens.widgets.painted import Line, Span, fit, line, wrap
from screens.wording import clock, is_late, left, short_number
from wuye_tui.rules.duetime import short_countdown
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from screens.asking_records import Supervised, Unfiled
    from wuye_tui.registers.day_records import DayRecord
    from wuye_tui.registers.lateness import Group
    from wuye_tui.registers.load import Counted, Load
    from wuye_tui.registers.unfiled import Record
    from wuye_tui.rules.lifecycle import Lack

NUMBER, WHERE, STAND, WORDS = 9, 12, 6, 16  # cells
CHECK = "check"
FIT = 66  # cells of what stands below an entry


def archive_title(found: "Unfiled", now: datetime, zone: tzinfo) -> list[Span]:
    """How many there are, how many of them may be filed, and until when they have to be."""
    many, ready = len(found.records), sum(one.ready for one in found.records)
    told = _("{n} 份没归档，{ready} 份齐，{lacking} 份缺")
    counted = told.format(n=many, ready=ready, lacking=many - ready) if many else ""
    spans: list[Span] = [(f" {_('归档')}  ", "title"), (counted, "")]
    if found.due is not None:
        when = clock(found.due, zone, now)
        role = "late" if is_late(found.due, now) else "strong"
        spans.append(("  " + _("{when} 前交档").format(when=when), role))
    return spans


def archive_entries(records: "Sequence[Record]", today: date, zone: tzinfo) -> list[Entry]:
    """Every record under its week; what it lacks stands below the cursor's."""
    found: list[Entry] = []
    week = ""
    for one in records:
        if one.week != week:
            week = one.week
            found.append(Entry(((week, "strong"),)))
        found.append(_record(one, today, zone))
    if not found:
        found.append(Entry(((_("没有等着归档的记录。"), "dim"),)))
    return found


def _record(one: "Record", today: date, zone: tzinfo) -> Entry:
    role = "good" if one.ready else "late" if one.sent_back else "soon"
    stand = _("齐") if one.ready else _("退回") if one.sent_back else _("缺")
    day = one.closed.astimezone(zone).strftime("%m-%d")
    spans: list[Span] = [
        (fit(stand, STAND), role),
        (f"{fit(short_number(one.number, today), NUMBER)} {day} {fit(one.where, WHERE)} ", ""),
        (masked_words(one.words), ""),
    ]
    return Entry(tuple(spans), one.number, one.number, ticks=True, below=_lacking(one.lacks))


def _lacking(lacks: "Sequence[Lack]") -> tuple[Line, ...]:
    told = [f"{_(lack.word)}({lack.clause})" for lack in lacks]
    return tuple(line(f"     {part}") for one in told for part in wrap(one, FIT))


def supervisor_title(found: "Supervised") -> list[Span]:
    """Which day is looked at, and whether it is signed."""
    check = found.check
    told = _("{day} 记录 {n} 份，{lacking} 份填得不全")
    words = told.format(
        day=check.day.strftime("%m-%d"), n=len(check.records), lacking=len(check.lacking)
    )
    signed = _("已签字") if check.signed is not None else _("没签字")
    return [(f" {_('主管')}  ", "title"), (f"{words}  ", ""), (signed, "strong")]


def supervisor_entries(found: "Supervised", now: datetime, zone: tzinfo) -> list[Entry]:
    """The four parts: the day's records, the night's slips, what is late, who has how much."""
    return [
        *_of_day(found, now, zone),
        *_of_night(found, now, zone),
        *_of_lateness(found),
        *_of_load(found),
    ]


def _of_day(found: "Supervised", now: datetime, zone: tzinfo) -> list[Entry]:
    check = found.check
    head = _("当日报修记录（BX-3.3）")
    entries = [Entry(((head, "strong"),))]
    others = [day for day in found.days if day != check.day]
    if others:
        told = _("还没签字：{days}").format(days=" ".join(f"{day:%m-%d}" for day in others))
        entries.append(Entry(((f"  {told}", "late"),)))
    # What looks bad stands first: it is what the signature is about.
    rows = sorted(check.records, key=lambda one: not one.lacks)
    entries += [_day_record(one, now, zone) for one in rows]
    if not rows:
        entries.append(Entry(((_("  还没有记录。"), "dim"),)))
    return entries


def _day_record(one: "DayRecord", now: datetime, zone: tzinfo) -> Entry:
    today = now.astimezone(zone).date()
    stand = _("不全") if one.lacks else ""
    spans: list[Span] = [
        (fit(stand, STAND), "soon"),
        (f"{fit(short_number(one.number, today), NUMBER)} {fit(one.where, WHERE)} ", ""),
        (f"{fit(one.words, WORDS)} {fit(_(one.state_word), 8)} ", ""),
        (one.worker, "dim"),
    ]
    key = f"{CHECK}:{one.number}"
    return Entry(tuple(spans), key, one.number, below=_lacking(one.lacks))


def _of_night(found: "Supervised", now: datetime, zone: tzinfo) -> list[Entry]:
    entries = [Entry(((_("等工程主管补签的夜间单（BX-3.1）"), "strong"),))]
    today = now.astimezone(zone).date()
    for one in found.night:
        role = "late" if one.late(now) else ""
        spans: list[Span] = [
            (f"{fit(left(one.due, now), 8, right=True)}  ", role),
            (f"{fit(short_number(one.number, today), NUMBER)} {fit(one.where, WHERE)} ", ""),
            (f"{one.taker} {masked_words(one.words)}", ""),
        ]
        entries.append(Entry(tuple(spans), one.number, one.number, ticks=True))
    if not found.night:
        entries.append(Entry(((_("  没有。"), "dim"),)))
    return entries


def _of_lateness(found: "Supervised") -> list[Entry]:
    late = found.late
    told = _("超时：现在、最久，本月超时、平均")
    average = _("本月平均超时 {span}").format(span=short_countdown(late.average))
    entries = [Entry(((told, "strong"), (f"  {average}" if late.average else "", "")))]
    entries += [_group(one, _(late.department(one)), "late_of") for one in late.departments]
    people = [one for one in late.people if one.late or one.running]
    for one in people:
        entries.append(_group(one, late.person(one) or _("没派到人"), "late_by"))
    return entries


def _group(one: "Group", name: str, kind: str) -> Entry:
    longest = short_countdown(one.longest) if one.running else ""
    average = short_countdown(one.average) if one.late else ""
    over = _("{n}张").format(n=len(one.running)) if one.running else ""
    spans: list[Span] = [
        (fit(f"  {name}", 14), ""),
        (f"{fit(over, 6, right=True)} ", "late"),
        (f"{fit(longest, 9, right=True)}  ", ""),
        (f" {fit(f'{one.late}/{one.due}', 10, right=True)} ", ""),
        (fit(average, 9, right=True), ""),
    ]
    now = _("{name} 现在超时").format(name=name), one.numbers
    month = _("{name} 本月超时").format(name=name), one.late_numbers
    return Entry(tuple(spans), f"{kind}:{one.code}", figures=_figures((1, *now), (3, *month)))


def _figures(*of: "tuple[int, str, Sequence[str]]") -> tuple[Figure, ...]:
    """Those that count anything."""
    return tuple(Figure(*one) for one in of if one[2])


def _of_load(found: "Supervised") -> list[Entry]:
    """Who has how much; whoever may be sent and has nothing stands there too."""
    from wuye_tui.registers.load import Load
    from wuye_tui.registers.workers import STAND_WORDS

    loads, stands = found.loads, {one.number: one for one in found.load}
    head = _("手上有多少：未结、超时、本周办完")
    how = _("左右选数，Enter 看是哪些单")
    entries = [Entry(((head, "strong"), (f"  {how}", "dim")))]
    entries += [_load(one, _(loads.department(one)), "", "load_of") for one in loads.departments]
    known = {one.code for one in loads.people}
    free = [Load(one.number) for one in found.load if one.number not in known]
    for one in (*loads.people, *free):
        worker = stands.get(one.code)
        name = worker.name if worker else loads.person(one) or _("没派到人")
        stand = _(STAND_WORDS[worker.stand]) if worker else ""
        entries.append(_load(one, name, stand, "load_by"))
    return entries


def _load(one: "Load", name: str, stand: str, kind: str) -> Entry:
    def shown(numbers: "Sequence[str]") -> str:
        many = _("{n}张").format(n=len(numbers)) if numbers else ""
        return f" {fit(many, 7, right=True)} "

    spans: list[Span] = [
        (fit(f"  {name}", 14), ""),
        (fit(stand, 8), ""),
        (shown(one.open), ""),
        (shown(one.overdue), "late"),
        (shown(one.finished), "good"),
    ]
    lists = (
        (2, _("{name} 未结").format(name=name), one.open),
        (3, _("{name} 超时").format(name=name), one.overdue),
        (4, _("{name} 本周办完").format(name=name), one.finished),
    )
    return Entry(tuple(spans), f"{kind}:{one.code}", figures=_figures(*lists))


def behind_title(words: str, many: int) -> list[Span]:
    """What is listed, and how many there are."""
    return [(f" {words}  ", "title"), (_("{n}张").format(n=many), "")]


def behind_entries(found: "Sequence[Counted]", now: datetime, zone: tzinfo) -> list[Entry]:
    """Each matter that a figure has counted."""
    today = now.astimezone(zone).date()
    entries = []
    for one in found:
        late = one.due is not None and is_late(one.due, now)
        spans: list[Span] = [
            (f"{fit(left(one.due, now) if one.due else '', 8, right=True)}  ", "late" * late),
            (f"{fit(short_number(one.number, today), NUMBER)} {fit(one.where, WHERE)} ", ""),
            (f"{fit(one.words, WORDS)} {fit(_(one.state_word), 8)} ", ""),
            (one.who, "dim"),
        ]
        entries.append(Entry(tuple(spans), one.number, one.number))
    return entries or [Entry(((_("  没有。"), "dim"),))]


def filed_words(taken: Sequence[str], kept: Sequence[str], today: date) -> str:
    """What filing has come to."""
    told = _("归档了 {n} 份。").format(n=len(taken))
    if not kept:
        return told
    short = listed(short_number(number, today) for number in kept)
    return told + _("没有归档：{numbers}。").format(numbers=short)
