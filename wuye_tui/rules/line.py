"""One-line intake: what a receptionist types while the caller speaks, understood.

`3-1-502 厨房水管漏水 明天9点 急` is a repair in 3-1-502, urgent, with an appointment on the next
day at nine. Nothing is lost and nothing is guessed silently: every character belongs to a span that
says what it was taken for, or stays in `words`; what has to be asked is told by `line_asks`.

Two rooms: the first is the caller's, except one that is complained of, blocked, leaked into, or
lies above, below or next door. Other rooms, places, faults and plates stay in `words`, because the
sentence needs them; the caller's room, phone, name, payer, times and words such as 投诉 are taken
out, and so is the number of a slip that is urged, moved or cancelled. A repair with neither an
appointment nor at-once words has `appointment` None and `at_once` False: the desk decides, unless
the caller refuses a time or is in no hurry, which is asked about. A time
that is over or cannot be is asked about and stays in `words`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Final, NamedTuple

from wuye_tui.rules.faults import (
    Category,
    Emergency,
    Fault,
    FoundFault,
    find_emergency,
    find_power_cut,
)
from wuye_tui.rules.line_cars import find_plate_tails, is_in_the_way, is_to_move
from wuye_tui.rules.line_danger import find_crime, find_hazard
from wuye_tui.rules.line_draft import Draft
from wuye_tui.rules.line_kinds import ABOUT_A_SLIP, Kind, asks, kinds
from wuye_tui.rules.line_noise import find_faults_told
from wuye_tui.rules.places import Place, find_place
from wuye_tui.rules.rooms import Found, RoomRef, find_numbers, find_rooms
from wuye_tui.rules.spoken import Spoken, find_moment, leaves_open_when
from wuye_tui.rules.units_text import (
    MASK,
    Caller,
    Piece,
    Role,
    What,
    compiled,
    find_caller,
    find_payer,
    find_phone,
    find_plates,
    find_slips,
    find_tail,
    mask,
)

__all__ = ["Appointment", "Category", "Emergency", "Kind", "Understood", "parse"]


class Appointment(NamedTuple):
    """When the caller wants somebody, in UTC. A point has `end` equal to `start`; None is open."""

    start: datetime
    end: datetime | None


@dataclass(frozen=True)
class Understood:
    """A line as understood. `words` is what the slip says; `spans` are positions in `line`.

    `past`: the appointment is over, or there is none because a time that may be meant for it is
    (昨天9点, of a call that wants somebody to come).
    `impossible`: a time that cannot be (25点). `when_open`: a time does not suit, or there is no
    hurry, and no other was said.
    """

    line: str
    kind: Kind
    room: RoomRef | None
    other_rooms: tuple[RoomRef, ...]
    place: Place | None
    phone: str | None
    tail: str | None
    caller: Caller | None
    payer: Role | None
    faults: tuple[Fault, ...]
    emergency: Emergency | None
    appointment: Appointment | None
    at_once: bool
    urgent: bool
    past: bool
    impossible: bool
    when_open: bool
    plate: str | None
    slip: str | None
    also: tuple[Kind, ...]
    words: str
    spans: tuple[Piece, ...]

    @property
    def category(self) -> Category | None:
        """The category of the first fault, if there is one."""
        return self.faults[0].category if self.faults else None

    def said(self, what: What) -> tuple[str, ...]:
        """The parts of the line that were taken for this, as typed."""
        return tuple(self.line[p.start : p.end] for p in self.spans if p.what is what)

    @property
    def unnumbered(self) -> str:
        """The line without the slip's number, which whoever picks a slip adds to what was said."""
        draft = Draft(self.line)
        numbers = [piece for piece in self.spans if piece.what is What.SLIP]
        for piece in numbers:
            draft.drop(piece)
        return (draft.words if numbers else "") or self.line


_ABOUT_IT: Final = (
    r"(?:投诉|举报|楼[上下]|隔壁|对面|挡住?|占[用了]?|堵住?|停在|[漏渗滴流淹响]到)的?\s?$"
)
_MINE: Final = (
    r"(?:(?:你好|您好|喂)[,\s]{0,2})?"
    r"(?:我是|我家(?:是|住)?|这里是|这边是|我住在?|(?<=[\s\x00,])住在?)\s?$"
)
_SIDE: Final = (
    r"(?:顺便|顺带|顺道|另外|还有|同时|还想|还要)\s?[^\s\x00,;。!?]+[?]?"
    r"|(?<=[\s\x00,;。!])(?:再?问|咨询|查)一?下?[^\s\x00,;。!?]+[?]?"
)
_SIDE_KINDS: Final = frozenset({Kind.ENQUIRY, Kind.COMPLAINT, Kind.PRAISE, Kind.URGE, Kind.CANCEL})
_NO_REPAIR_BESIDE: Final = ABOUT_A_SLIP | {Kind.EMERGENCY}  # a fault beside them is theirs
_WORDS_ABOUT_GUARDS: Final = frozenset({Kind.COMPLAINT, Kind.SUGGESTION, Kind.PRAISE})
_COMES: Final = frozenset({Kind.REPAIR, Kind.REBOOK})
_BEHIND_IT: Final = frozenset({Kind.URGE, Kind.REPAIR})
_LABEL: Final = (
    r"(?:^|(?<=[\s\x00,;。!]))(?:催单|催修|催促|催一下|催|投诉|改约|改期|撤单"
    r"|报修(?![的过了电流进0-9一二三两几半]))\s?:?"
)


def _no_room(_: RoomRef) -> bool:
    return False


def parse(
    line: str, now: datetime, zone: tzinfo, is_room: Callable[[RoomRef], bool] = _no_room
) -> Understood:
    """What the line says, at the moment `now` (aware), its times meant in the office's `zone`.

    `is_room` tells whether a number alone (502 漏水) is a room's, which has no building then, or a
    shop's (S03).
    Never raises on any text, and gives the same answer for the same arguments.
    """
    draft = Draft(line)
    slip, plate, phone = _numbers(draft)
    tail = _tail(draft) if phone is None else None
    room, others = _rooms(draft, is_room)
    payer, caller = _payer(draft), _caller(draft)
    place = _place(draft, room)
    emergency = _emergency(draft, room, place)
    aside = _aside(draft)
    spoken = _time(draft, now, zone)
    faults = find_faults_told(draft.rest)
    for found in faults:
        draft.note(found.start, found.end, What.FAULT)
    timed = spoken is not None and (spoken.start is not None or spoken.at_once)
    open_when = not timed and leaves_open_when(draft.rest, now, zone)
    kind, also = _kind(draft, faults, spoken, emergency, aside)
    for m in compiled(_LABEL).finditer(draft.rest):
        draft.cut(m.start(), m.end(), What.KIND)
    for piece in draft.pieces:
        if piece.what is What.SLIP and kind in ABOUT_A_SLIP:
            draft.drop(piece)  # the step is taken of that slip
    start = spoken.start if spoken else None
    hazard = kind is Kind.REPAIR and _hazard(draft)
    return Understood(
        line=line,
        kind=kind,
        room=room,
        other_rooms=others,
        place=place,
        phone=phone,
        tail=tail,
        caller=caller,
        payer=payer,
        faults=tuple(Fault(f.fault.category, line[f.start : f.end]) for f in faults),
        emergency=emergency,
        appointment=Appointment(start, spoken.end) if spoken and start else None,
        at_once=bool(spoken and spoken.at_once) or (hazard and start is None),
        urgent=bool(spoken and spoken.urgent) or hazard,
        past=bool(spoken and (spoken.past or (kind in _COMES and spoken.says(What.PAST)))),
        impossible=bool(spoken and spoken.says(What.IMPOSSIBLE)),
        when_open=open_when and kind is Kind.REPAIR and not hazard,
        plate=plate,
        slip=slip,
        also=also,
        words=draft.words,
        spans=tuple(sorted(draft.pieces)),
    )


def _numbers(draft: Draft) -> tuple[str | None, str | None, str | None]:
    slips, plates = find_slips(draft.rest), find_plates(draft.rest)
    for mark in slips:
        draft.note(mark.start, mark.end, What.SLIP)
        draft.hide(mark.start, mark.end)
    for mark in plates:
        draft.note(mark.start, mark.end, What.PLATE)
        draft.hide(mark.start, mark.end)
    phone = find_phone(draft.rest)
    if phone:
        draft.cut(phone.start, phone.end, What.PHONE)
    if not plates and (plates := find_plate_tails(draft.rest)):
        draft.note(plates[0].start, plates[0].end, What.PLATE)
        draft.hide(plates[0].start, plates[0].end)
    slip, plate = slips[0].value if slips else None, plates[0].value if plates else None
    return slip, plate, phone.value if phone else None


def _tail(draft: Draft) -> str | None:
    found = find_tail(draft.rest)
    if found:
        draft.cut(found.start, found.end, What.TAIL)
    return found.value if found else None


def _rooms(
    draft: Draft, is_room: Callable[[RoomRef], bool]
) -> tuple[RoomRef | None, tuple[RoomRef, ...]]:
    found = find_rooms(draft.rest)
    if not found:
        numbers = (one for one in find_numbers(draft.rest) if _mine(draft.rest, [one]))
        found = [one for one in numbers if is_room(one.ref)][:1]
    mine = _mine(draft.rest, found)
    others: dict[RoomRef, None] = {}
    for one in found:
        if mine is None or one.ref != mine.ref:
            others[one.ref] = None
            draft.note(one.start, one.end, What.OTHER_ROOM)
            draft.hide(one.start, one.end)
            continue
        lead = compiled(_MINE).search(draft.rest[: one.start][-12:])
        behind = draft.rest[one.end : one.end + 1] == "的"
        start = one.start - len(lead[0]) if lead else one.start
        draft.cut(start, one.end + behind, What.ROOM)
    return (mine.ref if mine else None), tuple(others)


def _mine(text: str, found: list[Found]) -> Found | None:
    """The caller's own room: the one said to be, else the first that is not complained of."""
    said = [one for one in found if compiled(_MINE).search(text[: one.start][-12:])]
    free = [one for one in found if not compiled(_ABOUT_IT).search(text[: one.start][-5:])]
    return next(iter(said + free), None)


def _payer(draft: Draft) -> Role | None:
    if (found := find_payer(draft.rest)) is None:
        return None
    draft.cut(found[0].start, found[0].end, What.PAYER)
    return found[1]


def _caller(draft: Draft) -> Caller | None:
    if (found := find_caller(draft.rest)) is None:
        return None
    draft.cut(found[0].start, found[0].end, What.CALLER)
    return found[1]


def _place(draft: Draft, room: RoomRef | None) -> Place | None:
    if (found := find_place(draft.rest, room)) is None:
        return None
    if found.name_at:
        draft.note(*found.name_at, What.PLACE)
    if found.building_at:
        start, end = found.building_at
        if draft.rest[max(0, start - 1) : start].isalnum():  # 困在3栋电梯里 must stay whole
            draft.note(start, end, What.BUILDING)
            draft.hide(start, end)
        else:
            draft.cut(start, end, What.BUILDING)
    return found.place


def _emergency(draft: Draft, room: RoomRef | None, place: Place | None) -> Emergency | None:
    found = find_emergency(draft.rest)
    if found is None and room is None and not (place and place.name) and not asks(draft.rest):
        found = find_power_cut(draft.rest, building=place is not None)
    if found is None:
        return None
    draft.note(found[1], found[2], What.EMERGENCY)
    return found[0]


def _is_car(draft: Draft, found: dict[Kind, bool]) -> bool:
    """Whether the car whose plate was said is to be moved, or blocks something."""
    if not any(piece.what is What.PLATE for piece in draft.pieces) or found.get(Kind.COMPLAINT):
        return False
    return is_to_move(draft.rest) or (
        is_in_the_way(draft.rest) and next(iter(found)) is not Kind.COMPLAINT
    )


def _hazard(draft: Draft) -> bool:
    """Whether somebody may be hurt, so that it is urgent whatever was said of time."""
    found = find_hazard(draft.rest)
    if found:
        draft.note(*found, What.URGENT)
    return found is not None


def _aside(draft: Draft) -> list[Kind]:
    """Second matters that stand apart (顺便问物业费): out of the words, and into `also`."""
    found: list[Kind] = []
    for m in compiled(_SIDE).finditer(draft.rest):
        kind = next(iter(kinds(m[0], find_faults_told(m[0]))))
        rest = mask(draft.rest, m.start(), m.end()).replace(MASK, " ")
        if kind in _SIDE_KINDS and any(c.isalnum() for c in rest):
            draft.cut(m.start(), m.end(), What.ALSO)
            found.append(kind)
    return found


def _time(draft: Draft, now: datetime, zone: tzinfo) -> Spoken | None:
    spoken = find_moment(draft.rest, now, zone)
    for piece in spoken.pieces if spoken else ():
        # 急用水 and 紧急维修 would not read without the word; 昨天9点 may belong to the story.
        read_on = piece.what is What.URGENT and draft.rest[piece.end : piece.end + 1].isalnum()
        if read_on or piece.what in (What.PAST, What.IMPOSSIBLE, What.TODAY):
            draft.note(*piece)
        else:
            draft.cut(*piece)
    return spoken


def _kind(
    draft: Draft,
    faults: list[FoundFault],
    spoken: Spoken | None,
    emergency: Emergency | None,
    aside: list[Kind],
) -> tuple[Kind, tuple[Kind, ...]]:
    found = kinds(draft.rest, faults)
    if faults and spoken and spoken.start and next(iter(found)) is Kind.ENQUIRY:
        found = {Kind.REPAIR: True} | found  # 下午能来修马桶吗 asks for somebody to come
    if spoken and spoken.moved:
        found = {Kind.REBOOK: True} | found
    if find_crime(draft.rest) and not any(found.get(kind) for kind in _WORDS_ABOUT_GUARDS):
        found = {Kind.GUARD: True} | found
    if _is_car(draft, found):
        found = {Kind.CAR: True} | found
    if emergency:
        found = {Kind.EMERGENCY: True} | found
    first = next(iter(found))
    also = [kind for kind, said in found.items() if said and kind is not first]
    if first in _NO_REPAIR_BESIDE or Kind.URGE in found:
        also = [kind for kind in also if kind is not Kind.REPAIR]
    if first is Kind.COMPLAINT:
        also += [kind for kind in found if kind in _BEHIND_IT and kind not in also][:1]
    also += [kind for kind in aside if kind is not first and kind not in also]
    return first, tuple(also)
