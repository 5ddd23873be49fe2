"""What was understood of a typed line, as fields for one glance; and what is still to be asked."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING

from rich.cells import cell_len

from screens.commands import keyed
from screens.line_counted import many_without
from screens.widgets.painted import Line, Span, fit, flow, line
from screens.wording import (
    CATEGORIES,
    KINDS,
    ROLES,
    charge_word,
    clock,
    emergency_word,
    price,
    short_number,
)
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.text import masked_phone
from wuye_tui.words import N_, _, listed

if TYPE_CHECKING:
    from wuye_tui.registers.cars import Car
    from wuye_tui.registers.meaning import Proposal

HINT = N_("例：3-1-502 厨房水管漏水 明天9点 急")
_PICK_CELLS = 20  # of a slip's words, where several are offered
_ASKS = {
    "unit": N_("还要问：哪一户，或者哪个公共部位？"),
    "where": N_("还要问：哪一栋、哪个单元？"),
    "what": N_("还要问：怎么了？是漏、堵、坏，还是别的？"),
    "past": N_("说的时间已经过去了，请问清楚是哪一天几点。"),
    "impossible_time": N_("没有这样的时间，请问清楚是哪一天几点。"),
    "when": N_("不是马上要来：请问清楚什么时候来方便。"),
    "time": N_("改到什么时候？"),
    "phone": N_("电话号码像是少了或多了一位，请再核对。"),
}


_ABOUT = {
    "urge": N_("催 {number} {state} {words}"),
    "cancel": N_("取消 {number} {words}"),
    "rebook": N_("改约 {number} {words}"),
    "join": N_("只记到 {number} {words}"),
}


def understood_lines(
    proposal: "Proposal", choice: int, now: datetime, zone: tzinfo, cells: int,
    items: Mapping[str, str], joins: bool = True,
) -> list[Line]:  # fmt: skip
    """Two lines: what was understood; and what has to be asked, or else the rest of it.

    `joins`: F9 joins the line to an open slip, and does nothing else.
    """
    asked = question(proposal, choice, now, zone, cells)
    parts = _fields(proposal, now, zone, items, joins)
    if asked is None:
        return flow(parts, cells, 2)
    return [*flow(parts, cells, 1), asked]


def question(
    proposal: "Proposal", choice: int, now: datetime, zone: tzinfo, cells: int
) -> Line | None:
    """What has to be asked or picked before the line can be taken; None if nothing."""
    said = [_(_ASKS[ask]) for ask in proposal.asks if ask in _ASKS]
    said = [hardly_meant(proposal), *said] if hardly_meant(proposal) else said
    picks = choices(proposal)
    if picks:
        day = now.astimezone(zone).date()
        slips = {
            slip.number: f"{short_number(slip.number, day)} {fit(slip.words, _PICK_CELLS).rstrip()}"
            for slip in proposal.repairs
        }
        shown = [slips.get(pick, pick) for pick in picks]
        head = _("哪一套？") if proposal.choices else _("哪一张？")
        if "building" in proposal.asks:
            head = _("哪一栋？")
        return _pick_line(head, shown, choice, cells)
    if "unknown_unit" in proposal.asks:
        unknown = _("没有房号「{typed}」，请核对；公共部位请写部位名，例如 5栋大堂。")
        return line((unknown.format(typed=proposal.typed_unit), "late"))
    if "unknown_block" in proposal.asks:
        return line((unknown_block(proposal), "late"))
    if "unknown_tail" in proposal.asks:
        told = _("没找到尾号 {tail}，请问房号。").format(tail=proposal.understood.tail)
        return line((told, "late"))
    return line((said[0], "late")) if said else None


def hardly_meant(proposal: "Proposal") -> str:
    """Why the line as it stands can hardly be what is meant, and what to do instead; empty if it
    may be. A second Enter takes it all the same.
    """
    if "about" in proposal.asks:
        return _("想问什么？")
    if proposal.keeps_more and proposal.about:
        told = _("{number} 上还有别的：只取消这一样请按 F8「更正」")
        return keyed(told.format(number=proposal.about.number))
    unnamed = "unit" in proposal.asks and not proposal.understood.slip
    if proposal.asks_about_a_slip and proposal.about is None and unnamed:
        return _("请问房号：没有房号找不到那张单")
    return ""


def choices(proposal: "Proposal") -> tuple[str, ...]:
    """What may be meant: units, or the open slips that an urge may be about."""
    if proposal.choices:
        return proposal.choices
    if proposal.asks_about_a_slip and proposal.about is None and not proposal.understood.slip:
        return tuple(matter.number for matter in proposal.candidates)
    return ()


def joinable(proposal: "Proposal") -> str:
    """The open slip that a further report may be joined to, if there is one: the youngest that is
    about the same thing.
    """
    return next((matter.number for matter in proposal.alike), "")


def no_join(proposal: "Proposal | None") -> str:
    """Why F9 joins the line to nothing."""
    if proposal is not None and not proposal.opens_slip and not proposal.understood.emergency:
        return _("这一句不是报修，不用并入；按 Enter 登记。")
    if proposal is None or not proposal.repairs:
        return _("这一户没有可以并入的未结报修，按 Enter 另开一张。")
    if proposal.understood.emergency:
        return _("紧急的事不并入别的单，按 Enter 马上派人。")
    if all(matter.is_done for matter in proposal.repairs):
        return _("这几张都修完了，不能再并入，按 Enter 另开一张。")
    return _("这几张未结的都不是同一件事，按 Enter 另开一张。")


def _pick_line(head: str, picks: list[str], choice: int, cells: int) -> Line:
    """The picks around the chosen one; which of how many, and which keys."""
    parts: list[Span] = [(head, "late")]
    if len(picks) == 1:  # nothing to choose from, and still nothing is taken silently
        return line((_("是 {pick} 吗？").format(pick=picks[0]), "late"), (_(" Enter就是它"), "key"))
    more = _(" {n}/{all} 上下选 Enter定").format(n=choice + 1, all=len(picks))
    room = cells - cell_len(head) - cell_len(more)
    first = max(0, choice - 1)
    if sum(cell_len(pick) + 3 for pick in picks[first : choice + 1]) > room:
        first = choice  # the chosen one is seen, whatever else is
    for n in range(first, len(picks)):
        room -= cell_len(picks[n]) + 3
        if room < 0:
            break
        mark = ">" if n == choice else " "
        parts.append((f" {mark}{picks[n]} ", "cursor" if n == choice else ""))
    return line(*parts, (more, "dim"))


def _fields(
    proposal: "Proposal", now: datetime, zone: tzinfo, items: Mapping[str, str], joins: bool
) -> list[list[Span]]:
    u = proposal.understood
    parts = _came(proposal)
    if u.emergency:
        parts.append([(_("紧急 {what}").format(what=emergency_word(u.emergency.value)), "late")])
    elif u.kind.value != "repair":
        parts.append([(_(KINDS[u.kind.value]), "soon")])
    if u.kind.value == "guard":
        somewhere = proposal.unit or proposal.place
        first = _("先打 110") if somewhere else _("先打 110，问清在哪里")
        parts.append([(first, "late")])
    parts += _where(proposal) + _cars(proposal)
    if proposal.opens_slip and u.faults:
        trades = dict.fromkeys(_(CATEGORIES[fault.category.value]) for fault in u.faults)
        parts.append([(listed(trades), "strong")])
    if proposal.subject:
        told = _("投诉的是 {name}，由经理办").format(name=proposal.subject_name)
        parts.append([(told, "late")])
    elif proposal.is_answered_later:
        from wuye_tui.rules.line_orders import department_of  # not needed for the first paint
        from wuye_tui.rules.orders import DEPARTMENTS

        department = _(dict(DEPARTMENTS)[department_of(u.line, u.kind)])
        told = _("派给{department}") if proposal.opens_order else _("记投诉，{department}的事")
        parts.append([(told.format(department=department), "strong")])
    parts += _beside(proposal, now, zone)
    if u.words:
        parts.append([(u.words, "")])
    if proposal.known:
        parts.append([(proposal.known, "strong")])
    parts += _supply(proposal) + _when(proposal, zone)
    if proposal.opens_slip and not u.emergency:  # help is not a question of what it costs
        parts += _charge(proposal, items)
    elif proposal.opens_beside:
        parts += _charge(proposal.opens_beside, items)
    parts += _open(proposal, now, zone, joins)
    return parts


def _beside(proposal: "Proposal", now: datetime, zone: tzinfo) -> list[list[Span]]:
    """What becomes of the fault that somebody complains of: a slip besides, or why there is
    none.
    """
    if beside := proposal.opens_beside:
        trades = dict.fromkeys(CATEGORIES[one.category.value] for one in beside.understood.faults)
        told = _("另开报修：{trade}").format(trade=listed(map(_, trades)))
        where = [] if beside.place == proposal.place else [(f" {beside.place}", "")]
        return [[(told, "strong"), *where]]
    if proposal.broken and proposal.broken.alike:
        number = short_number(proposal.broken.alike[0].number, now.astimezone(zone).date())
        return [[(_("报修已有 {number}，不再开").format(number=number), "soon")]]
    if proposal.opens_complaint and _has_fault(proposal):
        return [[(_("不另开报修：故障请写明房号另打一行"), "late")]]
    return []


def _has_fault(proposal: "Proposal") -> bool:
    u = proposal.understood
    return u.kind.value == "complaint" and any(kind.value == "repair" for kind in u.also)


def _supply(proposal: "Proposal") -> list[list[Span]]:
    """A supply that is off, and no notice of it: whom to ask; and where many are without it."""
    from wuye_tui.rules.line_supply import MANY, SUPPLIES  # not needed for the first paint

    if proposal.off and proposal.unit is None:
        told = _("正在{subject}：{scope}")
        return [
            [(told.format(subject=_(one.subject), scope=one.scope or _("全小区")), "soon")]
            for one in proposal.off
        ]
    if not proposal.unnoticed:
        return []
    if proposal.homes_off >= MANY:
        return [[(many_without(proposal.unnoticed, proposal.homes_off), "late")]]
    supply = _(SUPPLIES[proposal.unnoticed])
    if proposal.elsewhere:
        told = _("{where} 不在{supply}范围（{scope}）")
        where = proposal.unit.label if proposal.unit else _said_place(proposal)
        scopes = listed(dict.fromkeys(proposal.elsewhere))
        said = told.format(where=where, supply=supply, scope=scopes)
        return [[(said if proposal.opens_slip else said + _("：先问工程部"), "late")]]
    if proposal.opens_slip:
        return []
    told = _("现在没有{supply}通知：先问工程部，再 F10「登记变化」")
    return [[(told.format(supply=supply), "late")]]


def _came(proposal: "Proposal") -> list[list[Span]]:
    """By what the call came, where that is not the telephone."""
    from wuye_tui.registers.contacts import CHANNELS  # not needed for the first paint

    return [] if proposal.channel == PHONE else [[(_(CHANNELS[proposal.channel]), "strong")]]


def _cars(proposal: "Proposal") -> list[list[Span]]:
    """Whose car it is; the number is masked until the call that asks for it is written down."""
    plate = proposal.understood.plate
    if not plate and proposal.understood.kind.value == "car":
        return [[(_("车牌多少？问不到就请保安到车前看"), "late")]]
    if not plate:
        return []
    if not proposal.cars:
        return [[(_("{plate} 没有登记，请保安到车前看").format(plate=plate), "late")]]
    return [[(whom_to_ring(car, masked_phone(car.phone)), "soon")] for car in proposal.cars]


def whom_to_ring(car: "Car", phone: str) -> str:
    """Whose car it is and which number, as far as it is to be seen, in one sentence."""
    told = _("{plate} 打 {phone} {name} {unit}")
    return told.format(plate=car.plate, phone=phone, name=car.name, unit=car.unit).strip()


def _where(proposal: "Proposal") -> list[list[Span]]:
    from wuye_tui.rules.rooms import key  # its patterns need not be ready for the first paint

    parts: list[list[Span]] = []
    if proposal.unit:
        parts.append([(proposal.unit.label, "strong")])
    elif proposal.typed_unit:
        parts.append([(proposal.typed_unit, "late")])
    elif said := proposal.place or _said_place(proposal):
        parts.append([(said, "strong")])
    if proposal.home:
        parts.append([(_("{unit} 报").format(unit=proposal.home), "")])
    parts += _who(proposal)
    others = proposal.understood.other_rooms
    return parts + [[(_("涉及 {room}").format(room=key(room)), "")] for room in others]


def unknown_block(proposal: "Proposal") -> str:
    """That there is no such building, or no such entrance of it."""
    place = proposal.understood.place
    building = replace(place, name="") if place else None
    said = _said_place(replace(proposal, understood=replace(proposal.understood, place=building)))
    return _("没有「{block}」，请问清楚是哪一栋、哪个单元。").format(block=said)


def _said_place(proposal: "Proposal") -> str:
    """A building, or a part of it, that no slip could be made out to."""
    from wuye_tui.rules.places import place_text  # not needed for the first paint

    place = proposal.understood.place
    return place_text(place) if place else ""


def _who(proposal: "Proposal") -> list[list[Span]]:
    """Who calls, whose number will be called back, and who pays if that is somebody else."""
    from wuye_tui.registers.lookups import contact_of  # not needed for the first paint
    from wuye_tui.registers.meaning import caller_of

    u = proposal.understood
    caller = u.caller
    name = caller_of(proposal)
    known = name or not (caller and caller.role)  # an owner is not the first of the unit
    contact = contact_of(proposal.residents, name) if known else None
    parts: list[list[Span]] = []
    if caller and (name or caller.role):
        role = caller.role or (contact.role if name and contact else "")
        parts.append([(f"{name} {_(ROLES.get(str(role), ''))}".strip(), "")])
    elif contact:
        parts.append([(f"{contact.name} {_(ROLES.get(contact.role, ''))}".strip(), "")])
    if u.phone:
        parts.append([(masked_phone(u.phone), "dim")])
    elif contact and contact.phone:
        parts.append([(masked_phone(contact.phone), "dim")])
    if u.payer:
        paid = _("{role}付费").format(role=_(ROLES[u.payer.value]))
        waits = _("，待他同意") if proposal.charge == "paid" and proposal.opens_slip else ""
        parts.append([(paid, ""), (waits, "soon")])
    return parts


def _when(proposal: "Proposal", zone: tzinfo) -> list[list[Span]]:
    u = proposal.understood
    parts: list[list[Span]] = []
    if u.appointment:
        start, end = u.appointment
        said = clock(start, zone)
        if end is None:
            said += _("以后")
        elif end != start:
            said += "-" + clock(end, zone, start)
        parts.append([(_("约 {when}").format(when=said), "late" if u.past else "strong")])
    elif "when" in proposal.asks and proposal.opens_slip:
        parts.append([(_("时间还没定"), "soon")])
    elif u.at_once or proposal.opens_slip:
        parts.append([(_("尽快"), "")])
    if u.urgent:
        parts.append([(_("加急"), "soon")])
    # Of a complaint's fault more is said: what becomes of it.
    told = {"repair"} if _has_fault(proposal) else set()
    also = [_(KINDS[kind.value]) for kind in u.also if kind.value not in told]
    if also:
        parts.append([(_("还有：{also}").format(also=listed(also)), "soon")])
    return parts


def _charge(proposal: "Proposal", items: Mapping[str, str]) -> list[list[Span]]:
    charge = charge_word(proposal.charge)
    if proposal.charge != "paid":
        return [[(charge, "")]] if charge else []
    on_top = [
        [(_("{name} {price}元").format(name=one.name, price=price(one)), "soon")]
        for one in proposal.on_top
    ]
    if not proposal.tariff:
        return [[(_("{charge} 项目待定").format(charge=charge), "")], *on_top]
    item = items.get(proposal.tariff, f"{proposal.tariff} {proposal.tariff_name}")
    return [[(f"{charge} {item}", "")], *on_top]


def _open(proposal: "Proposal", now: datetime, zone: tzinfo, joins: bool) -> list[list[Span]]:
    if not proposal.open_matters:
        return []
    today = now.astimezone(zone).date()
    about = proposal.about
    if about and proposal.verb:
        from wuye_tui.rules.repairs import REPAIR  # not needed for the first paint

        told = _(_ABOUT[proposal.verb])
        number = short_number(about.number, today)
        state = _(REPAIR.state_word(about.state))
        return [[(told.format(number=number, state=state, words=about.words), "soon")]]
    many = len(proposal.open_matters)
    if joins and proposal.alike:
        alike = proposal.alike[0]
        slip = f" {short_number(alike.number, today)} {fit(alike.words, _PICK_CELLS).rstrip()}"
        open_ = _("未结{n}张").format(n=many)
        return [[(f"{open_} ", "soon"), (_("F9 并入"), "key"), (slip, "soon")]]
    first = sorted(proposal.open_matters, key=lambda matter: matter.is_done)[:3]
    numbers = " ".join(short_number(matter.number, today) for matter in first)
    return [[(_("未结{n}张 {numbers}").format(n=many, numbers=numbers), "soon")]]
