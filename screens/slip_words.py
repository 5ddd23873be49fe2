"""A slip as the paper form: who and where, the clocks, the steps open now, and the history."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from screens.commands import BY_ID, keyed
from screens.widgets.painted import Line, entry, fit, line, wrap
from screens.wording import appointment, charge_word, clock, emergency_word, hold_word, short_number
from wuye_tui.rules.complaint_guards import LEVELS
from wuye_tui.rules.complaints import CAUSES, COMPLAINT
from wuye_tui.rules.duetime import DAY, MINUTE, countdown, seconds_left
from wuye_tui.rules.eyes import What, Where
from wuye_tui.rules.eyes import shown as seen
from wuye_tui.rules.lifecycle import Kind
from wuye_tui.rules.money import yuan
from wuye_tui.rules.notices import NOTICE, SUBJECTS
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.procedures import procedure
from wuye_tui.rules.repair_facts import total_fen
from wuye_tui.rules.saying import (
    COPIES,
    HOW_SIGNED,
    Teller,
    answer_words,
    caller_word,
    receipt_words,
)
from wuye_tui.rules.text import masked_identity
from wuye_tui.words import _, clauses, listed

if TYPE_CHECKING:
    from screens.asking import Slip
    from wuye_tui.registers.console import Event
    from wuye_tui.registers.views import HistoryLine, MatterView


SECOND = timedelta(seconds=1)
_MOST_ABLE = 3  # of those who may take a step that is waited for


@dataclass(frozen=True)
class Page:
    """What a slip is printed with: the zone, the time, the cells across, tariff items by code, the
    step whose form waits half filled in, and the key that leads to those of its steps, where they
    mean something else as things stand; None where none does. `whole`: its numbers were asked for.
    """

    zone: tzinfo
    now: datetime
    cells: int
    items: Mapping[str, str]
    half_filled: str = ""
    way: str | None = ""
    whole: bool = False

    def number(self, phone: str) -> str:
        """A telephone as it is seen on a record."""
        return seen(Where.RECORD, What.PHONE, phone, asked=self.whole)

    def said(self, words: str) -> str:
        """Words as they are seen there; an identity number in them is never whole."""
        return masked_identity(seen(Where.RECORD, What.WORDS, words, asked=self.whole))


def slip_lines(slip: "Slip", page: Page) -> list[Line]:
    """The whole slip."""
    view = slip.view
    waits = _("草稿「{step}」没填完：再走这一步就接着填").format(step=page.half_filled)
    return [
        *_head(view),
        *([line((waits, "soon"))] if page.half_filled else ()),
        *_body(view, page),
        *_clocks(view, page),
        *_steps(slip, page),
        *_history(view, page),
    ]


def told(
    slip: "Slip", opened: Iterable[str], zone: tzinfo, key: str = "F7", receipt: str = ""
) -> str:
    """What an act has led to: the state, the next step, how long there is for it, and its key; or
    who takes the step that is waited for.

    `opened` are the numbers of the matters that it opened besides, `receipt` that of the receipt.
    `key` leads to the next step as things stand; empty where something else is to be done first.
    """
    view = slip.view
    said = f"{view.number} {_(view.cycle.state_word(view.situation.state))}"
    last = view.history[-1] if view.history else None
    if last is not None and not last.step.moves:
        said += _("，已记下{step}").format(step=_(last.word))
    if last is not None and last.step.verb == "urge" and slip.to_ring:
        return said + _("，请打给 {who}").format(who=slip.to_ring)
    if last is not None and last.step.verb == "rebook":
        said += f" {appointment(view.situation.facts, zone)}"
    said += _("，收据 {number}").format(number=receipt) if receipt else ""
    for child in opened:
        said += _("，另开 {number}").format(number=child)
    if slip.usual is None:
        if slip.awaited:
            return f"{said}，{waits_for(slip)}"
        is_open = key and any(row.moves for row in view.following)
        return said + (_("，接下来有几种：按 {key} 选").format(key=key) if is_open else "")
    told_to_desk = _("：报来了按 {key}") if slip.usual.relay else _("：按 {key}")
    press = told_to_desk.format(key=key) if key else ""
    step, limit = _(slip.usual.word), slip.limit
    seconds = seconds_left(limit.due, view.now) if limit and limit.due else -1
    if view.kind == NOTICE.kind and (waited := _of_notice(slip, seconds, key)):
        return said + waited
    soonest = next((run for run in view.running if run.due and not run.late(view.now)), None)
    if soonest and soonest.due and (seconds < 0 or soonest.due < view.now + seconds * SECOND):
        within, word = seconds_left(soonest.due, view.now), _(view.word_of(soonest))
        if within <= DAY and step not in word:  # another clock ends before that of the next step
            told = _("，{time}内要「{clock}」，先{step}")
            return said + told.format(time=_length(within), clock=word, step=step) + press
        seconds = within if within <= DAY else seconds
    if 0 <= seconds <= DAY:
        return said + _("，{time}内{step}").format(time=_length(seconds), step=step) + press
    return said + _("，下一步{step}").format(step=step) + press


def _of_notice(slip: "Slip", seconds: int, key: str) -> str:
    """What a notice waits for, and the key for when it has come; empty where nothing is due."""
    verb = slip.usual.verb if slip.usual else ""
    if verb == "report" and 0 <= seconds <= DAY:
        said = _("，{time}内等部门报情况").format(time=_length(seconds))
        return said + (_("；部门报了按 {key}").format(key=key) if key else "")
    if verb == "end":
        within = 0 <= seconds <= DAY
        said = _("，预计 {time}后恢复").format(time=_length(seconds)) if within else ""
        return said + (_("；真恢复了才按 {key}").format(key=key) if key else "")
    return ""


def waits_for(slip: "Slip") -> str:
    """The step that is waited for, and who of the office may take it; a few names, or the hats. Or
    why nobody may yet.
    """
    if slip.awaited is None:
        return ""
    if (guard := slip.view.barred.get(slip.awaited.verb)) is not None:
        return f"{guard.said()}【{guard.clause}】"
    if not slip.able:
        return _("等「{step}」").format(step=_(slip.awaited.word))
    names = listed(slip.able[:_MOST_ABLE]) + ("" if len(slip.able) <= _MOST_ABLE else _("等"))
    return _("等{who}「{step}」").format(step=_(slip.awaited.word), who=names)


def _length(seconds: int) -> str:
    """So much time in words: seconds, then minutes rounded up, from two hours on whole hours."""
    if seconds < MINUTE:
        return _("{n} 秒").format(n=seconds)
    minutes = -(-seconds // MINUTE)
    if minutes < 120:
        return _("{n} 分钟").format(n=minutes)
    return _("{n} 小时").format(n=round(minutes / 60))


def event_lines(events: "Iterable[Event]", now: datetime, zone: tzinfo) -> list[Line]:
    """What was done last at any desk."""
    shown = [line((_(" 刚才"), "title"), ground="title")]
    today = now.astimezone(zone).date()
    for event in events:
        rows = procedure(event.kind).rows_named(event.verb)
        word = _(rows[0].word) if rows else _("撤回")
        more = _(" 等 {n} 张").format(n=event.many) if event.many > 1 else ""
        number = fit(short_number(event.number, today), 9)
        when = fit(clock(event.at, zone, now), 12)
        shown.append(line((f" {when}", "dim"), number, (fit(word + more, 18), "strong"), event.by))
    return shown


def _head(view: "MatterView") -> list[Line]:
    s = view.situation
    closed = bool(s.facts.get("red_line"))
    state = _(view.cycle.state_word(s.state))
    marks = [_("加急")] if s.facts.get("urgent") else []
    if s.facts.get("emergency"):
        marks.append(emergency_word(str(s.facts["emergency"])))
    if s.hold:
        marks.append(_("挂起:{why}").format(why=hold_word(s.hold)))
    if s.outcome:
        marks.append(_(dict(view.cycle.outcomes).get(s.outcome, s.outcome)))
    head = [
        (f"{_(view.cycle.word)} ", "title"),
        (view.number, "struck" if closed else "title"),
        (f"  {state}", "late" if closed else "title"),
    ]
    return [line(*head, *((f"  {mark}", "soon") for mark in marks), ground="title")]


def _body(view: "MatterView", page: Page) -> list[Line]:
    facts = view.situation.facts
    where = str(facts.get("unit") or facts.get("place") or "")
    shown: list[Line] = []

    def add(label: str, words: str, role: str = "") -> None:
        if words:
            shown.extend(entry(label, words, page.cells, role=role))

    add(_("房号") if facts.get("unit") else _("部位"), where, "strong")
    add(
        _(caller_word(view.kind)),
        " ".join(str(facts[k]) for k in ("caller", "contact") if facts.get(k)),
    )
    add(_("电话"), _phone(facts, page), "strong")
    if view.kind == NOTICE.kind:
        add(_("事项"), _(dict(SUBJECTS).get(str(facts.get("subject", "")), "")))
        add(_("范围"), str(facts.get("scope") or _("全小区")))
        add(_("截至"), _moment(facts.get("ends"), page))
    add(_("内容"), page.said(str(facts.get("text", ""))))
    add(_("回答"), str(facts.get("say", "")))
    add(_("部门"), _(dict(DEPARTMENTS).get(str(facts.get("department", "")), "")))
    if view.kind == "repair":
        add(_("时间"), appointment(facts, page.zone))
        add(_("收费"), _charge(facts, page))
        add(_("付费人"), str(facts.get("payer", "")))
    others = (" ".join(filter(None, (one.who, page.number(one.phone)))) for one in view.waiting)
    add(_("等着告知"), listed(others), "strong")
    receipts = (receipt_words(one.number, one.fen, one.void) for one in view.receipts)
    add(_("收据"), listed(receipts))
    add(_("警示牌"), listed(one.sign for one in view.signs))
    if view.kind == COMPLAINT.kind:
        for label, words in complaint_words(view):
            add(label, words, "strong")
    worker = str(facts.get("worker", ""))
    add(_("维修工"), view.staff_name(worker) if worker else "")
    add(_("联单"), _(COPIES.get(str(facts.get("copies", "")), "")))
    add(_("来自"), view.parent)
    add(_("另有"), " ".join(view.children))
    return shown


def _phone(facts: Mapping[str, Any], page: Page) -> str:
    """The number, and by which key it is seen whole."""
    phone = str(facts.get("phone", ""))
    shown = page.number(phone)
    return shown if shown == phone else f"{shown}  {keyed(_('F9 看全'))}"


def complaint_words(view: "MatterView") -> list[tuple[str, str]]:
    """How grave a complaint is, about whom, who has it, and how often it changed hands."""
    facts = view.situation.facts
    names = {key: str(facts.get(key) or "") for key in ("judged_by", "about", "offered_to")}
    who = {key: view.staff_name(number) if number else "" for key, number in names.items()}
    level = _(dict(LEVELS).get(str(facts.get("level", "")), ""))
    if who["judged_by"]:
        level = _("{level}（{who}评定）").format(level=level, who=who["judged_by"])
    hands = int(facts.get("hands") or 0)
    return [
        (_("轻重"), level),
        (_("投诉谁"), who["about"]),
        (_("负责"), view.staff_name(view.situation.received)),
        (_("待接手"), who["offered_to"]),
        (_("转手"), _("{n} 次").format(n=hands) if hands else ""),
        (_("原因"), _(dict(CAUSES).get(str(facts.get("cause", "")), ""))),
    ]


def _moment(stored: object, page: Page) -> str:
    return clock(datetime.fromisoformat(str(stored)), page.zone, page.now) if stored else ""


def _charge(facts: Mapping[str, Any], page: Page) -> str:
    charge = charge_word(str(facts.get("charge", "")))
    code = str(facts.get("tariff", ""))
    item = page.items.get(code, _("标准外") if code == "off" else code)
    if facts.get("lines"):  # what was done has taken the place of what was thought of
        told = _("合计 {yuan}元").format(yuan=yuan(total_fen(facts)))
        return " ".join(part for part in (charge, told) if part)
    quoted = facts.get("fee")
    told = _("报价 {yuan}元").format(yuan=yuan(int(quoted))) if quoted else ""
    return " ".join(part for part in (charge, item, told) if part)


def _clocks(view: "MatterView", page: Page) -> list[Line]:
    if not view.running:
        return []
    shown = [line((_("时限"), "title"), ground="title")]
    for run in view.running:
        word = _(view.word_of(run))
        if run.due is None:
            shown.append(line((f"{word} ", "strong"), _("暂停"), (f"  {run.clause}", "dim")))
            continue
        late = run.late(page.now)
        parts = (
            (f"{countdown(seconds_left(run.due, page.now))} ", "late" if late else "strong"),
            f"{word} ",
            (clock(run.due, page.zone, page.now), ""),
            (f" {run.clause}", "dim"),
            (_(" 暂定") if run.provisional else "", "soon"),
        )
        shown.append(line(*parts))
    return shown


def _steps(slip: "Slip", page: Page) -> list[Line]:
    view = slip.view
    if view.situation.state in view.cycle.final:
        return []
    shown = [line((_("下一步"), "title"), ground="title")]
    if slip.usual:
        word = _(slip.usual.word)
        clause = (f"  {slip.usual.clause}", "dim")
        shown.append(line((_key("main", page), "key"), (word, "strong"), clause))
    elif slip.awaited:
        shown += [line(part) for part in wrap(waits_for(slip), page.cells)]
    key = _key("steps", page)
    others = [_(row.word) for row in slip.steps if row is not slip.usual]
    for n, part in enumerate(wrap(listed(others), page.cells - len(key)) if others else []):
        shown.append(line((key if n == 0 else " " * len(key), "key"), part))
    return shown


def _key(name: str, page: Page) -> str:
    return f"{page.way} {BY_ID[name].key} ".lstrip() if page.way is not None else "  "


def _history(view: "MatterView", page: Page) -> list[Line]:
    shown = [line((_("经过"), "title"), ground="title")]
    for one in view.history:
        step = one.step
        by = one.by
        if one.doer and one.doer != step.by:
            by = _("{doer}（{by}记）").format(doer=view.staff_name(one.doer), by=one.by)
        role = "dim" if one.undone else "strong"
        mark = _("  已撤回") if one.undone else ""
        word = _("撤回") if step.undoes else _(one.word)
        when = clock(step.happened, page.zone)
        shown.append(line((f"{when} ", "dim"), (word, role), f"  {by}", (mark, "dim")))
        said = clauses(_said(view, one, page))
        if said:
            shown += [line((f"  {part}", "dim")) for part in wrap(said, page.cells - 2)]
    return shown


def _said(view: "MatterView", one: "HistoryLine", page: Page) -> Iterable[str]:
    """What was given with a step, in words; what the head of the slip says is not said again."""
    row = view.cycle.row(one.step.verb, one.step.frm)
    tell = Teller(
        lambda moment: clock(datetime.fromisoformat(moment), page.zone),
        lambda number: view.names.get(number, number),
        lambda code: page.items.get(code, code),
        page.number,
    )
    for ask in row.ask if row else ():
        value = one.step.facts.get(ask.name)
        if value in (None, "", []) or (ask.kind is Kind.FLAG and not value and not ask.needed):
            continue
        if row and row.frm == "new":
            continue
        words = answer_words(ask, value, tell)
        if ask.kind in (Kind.WORDS, Kind.TEXT):
            words = page.said(words)
        yield f"{_(ask.word)} {words}"
    for signed in view.valid:
        if signed.n == one.step.n:
            sign = next((s for s in row.signs if s.role == signed.role), None) if row else None
            word = _(sign.word) if sign else signed.role
            name = view.staff_name(signed.name)
            yield f"{word} {name}({_(HOW_SIGNED.get(signed.how, signed.how))})"
