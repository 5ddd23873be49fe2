"""Words of arrears at the counter: the list, and one unit's dunning with what to say now."""

from collections.abc import Iterator, Sequence
from datetime import tzinfo
from typing import TYPE_CHECKING

from screens.billing_words import LABEL, NARROW, SUM, UNIT
from screens.widgets.entries import Entry
from screens.widgets.painted import Line, Span, entry, fit, line, wrap
from wuye_tui.rules.dunning import DUNNING
from wuye_tui.rules.dunning_levels import WAYS_OF
from wuye_tui.rules.locale import amount
from wuye_tui.rules.money import yuan
from wuye_tui.words import _, listed

if TYPE_CHECKING:
    from screens.asking_arrears import Dunning
    from wuye_tui.registers.arrears_rows import Arrear, Arrears, Dunned
    from wuye_tui.registers.views import HistoryLine

DAYS, STEP, PROMISE = 5, 20, 14  # cells
MARKS = 2  # of the cursor


# The list


def list_title(found: "Arrears") -> list[Span]:
    """How many units owe, how much in all, and how many of them are not listed."""
    told = _(" 欠费 {n} 户，共 {sum}")
    shown: list[Span] = [
        (told.format(n=found.units, sum=amount(found.total.open_fen)), "title"),
        (_("，违约金 {sum}").format(sum=amount(found.total.late_fen)), ""),
    ]
    if found.left_out:
        shown.append((_("；只列前 {n} 户").format(n=len(found.rows)), "soon"))
    return shown


def list_head(cells: int) -> Line:
    """The heading of the columns."""
    words = [
        fit(_("房号"), UNIT),
        fit(_("天数"), DAYS, right=True),
        fit(_("未收"), SUM, right=True),
        fit(_("最后一步"), STEP),
        *([] if cells < NARROW else [fit(_("答应哪天"), PROMISE)]),
        _("投诉"),
    ]
    return line((" " * MARKS + " ".join(words), "label"))


def list_entries(found: "Arrears", cells: int) -> list[Entry]:
    """One line a unit, the longest overdue first; where there is little room a promise stands in
    the place of the last step.
    """
    return [_entry(one, cells < NARROW) for one in found.rows]


def _entry(one: "Arrear", narrow: bool) -> Entry:
    dunned = one.dunned
    late = dunned is not None and dunned.late
    step = last_words(dunned) if dunned else ""
    promise = _promise(dunned) if dunned else ""
    said: list[Span] = [(fit(step, STEP) + " ", "")]
    said.append((fit(promise, PROMISE) + " ", "late" if late else ""))
    if narrow:
        said = [(fit(promise or step, STEP) + " ", "late" if late else "")]
    spans: list[Span] = [
        (fit(one.unit, UNIT) + " ", "strong"),
        (fit(str(one.days or ""), DAYS, right=True) + " ", "late" if one.days else "dim"),
        (fit(yuan(one.open_fen), SUM, right=True) + " ", "strong"),
        *said,
        (_("有投诉") if one.complaints else "", "late"),
    ]
    return Entry(tuple(spans), one.unit)


def last_words(dunned: "Dunned") -> str:
    """The last step and its day."""
    word = _(DUNNING.rows_named(dunned.verb)[0].word)
    return f"{dunned.day:%m-%d} {word}"


def _promise(dunned: "Dunned") -> str:
    if dunned.promised is None:
        return ""
    told = _("{day} 没有缴") if dunned.late else _("{day} 缴")
    return told.format(day=f"{dunned.promised:%m-%d}")


# One unit


def dunning_lines(found: "Dunning", zone: tzinfo, cells: int) -> list[Line]:
    """The whole: complaints first, what was promised, what to say and never, what was done."""
    return [
        _head(found),
        *_first(found, cells),
        *_owed(found, cells),
        *_to_say(found, cells),
        *_done(found, zone, cells),
    ]


def _head(found: "Dunning") -> Line:
    shown, state = found.shown, _("还没有催过")
    if shown.dunned is not None:
        state = f"{shown.dunned.number} {_(DUNNING.state_word(shown.dunned.state))}"
    return line((_(" 催缴 {unit}  ").format(unit=shown.unit), "title"), state, ground="title")


def _first(found: "Dunning", cells: int) -> Iterator[Line]:
    """What is looked at before anybody is reminded."""
    shown = found.shown
    for number, about in found.complaints.items():
        told = _("先看投诉 {number}：{about}").format(number=number, about=about)
        yield from _wrapped(told, cells, "late")
    if found.complaints:
        yield from _wrapped(_("看过再催：按 F8 打开投诉；催的时候写上看过的单号。"), cells, "soon")
    dunned = shown.dunned
    if dunned is not None and dunned.promised is not None:
        told = _("答应 {day} 缴 {sum}，没有缴") if dunned.late else _("答应 {day} 缴 {sum}")
        words = told.format(day=dunned.promised, sum=amount(dunned.promised_fen))
        yield from _wrapped(words, cells, "late" if dunned.late else "good")
        if not dunned.late:
            yield from _wrapped(_("过了这一天没缴再催。"), cells, "soon")
    if shown.quiet:
        yield from _wrapped(_("晚上八点到早上九点不催。"), cells, "soon")


def _owed(found: "Dunning", cells: int) -> Iterator[Line]:
    today = found.today
    due = [one.debt for one in found.shown.account.owed if one.debt.due and one.debt.due < today]
    if not due:
        yield from _wrapped(_("没有逾期未缴的，不用催。"), cells, "good")
        return
    days = max((today - one.due).days for one in due if one.due)
    words = _("{sum}，最早的超期 {n} 天").format(sum=amount(sum(d.open_fen for d in due)), n=days)
    yield from entry(_(" 逾期"), words, cells, LABEL, "strong")
    if late := sum(one.late_fen for one in due):
        yield from entry(_(" 违约金"), amount(late), cells, LABEL)


def _to_say(found: "Dunning", cells: int) -> Iterator[Line]:
    level = found.shown.level
    if level is None:
        return
    words = dict(WAYS_OF[level.code])
    yield line((f" {level.shown}", "title"), ground="title")
    yield from entry(_(" 可以用"), listed(_(words[way]) for way in level.ways), cells, LABEL)
    for said in found.shown.say:
        yield from entry(_(" 说"), said, cells, LABEL, "strong")
    for said in level.never:
        yield from entry(_(" 不说"), said, cells, LABEL, "late")
    following = found.shown.following
    if following is not None and following != level:
        told = _("{day} 起：{level}").format(day=found.shown.from_day, level=following.shown)
        yield from entry(_(" 下一级"), told, cells, LABEL)


def _done(found: "Dunning", zone: tzinfo, cells: int) -> Iterator[Line]:
    if found.slip is None:
        return
    yield line((_(" 做过的"), "title"), ground="title")
    for one in reversed(found.slip.view.history):
        if not one.undone and not one.step.undoes:
            yield from _step(one, zone, cells)


def _step(one: "HistoryLine", zone: tzinfo, cells: int) -> Sequence[Line]:
    from screens.wording import clock

    facts = one.step.facts
    ways = {code: word for known in WAYS_OF.values() for code, word in known}
    way = _(ways.get(str(facts.get("way", "")), ""))
    head = line(
        (f" {clock(one.step.happened, zone)} ", "dim"), (f"{_(one.word)} ", "strong"),
        way, (f"  {one.by}", "dim"),
    )  # fmt: skip
    said = " ".join(str(facts[name]) for name in ("caller", "text") if facts.get(name))
    return [head, *(line((f"   {part}", "")) for part in wrap(said, cells - 4) if part)]


def _wrapped(words: str, cells: int, role: str) -> list[Line]:
    return [line((f" {part}", role)) for part in wrap(words, max(20, cells - 2))]
