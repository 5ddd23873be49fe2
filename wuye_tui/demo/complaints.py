"""Complaints of the training office: taken down, handled, answered, checked, called back (NB-2).

One in ten is serious; in a month one is major, and two are about members of the staff.
"""

from datetime import time
from functools import partial
from typing import Any

from wuye_tui.demo import callbacks, orders
from wuye_tui.demo.book import spelled
from wuye_tui.demo.life import Life, Lives
from wuye_tui.demo.roster import RECEPTIONIST, SECOND, SUPERVISOR
from wuye_tui.registers import hearing, proposals
from wuye_tui.registers.meaning import Proposal
from wuye_tui.rules.complaint_guards import MAJOR, ORDINARY, SERIOUS
from wuye_tui.rules.line_orders import department_of

MANAGER = "JL01"
SERIOUS_SHARE, HANDED_ON = 0.1, 0.06
PLANNED = (
    (15, time(10, 25), "投诉陈大勇师傅说话难听", ""),
    (9, time(11, 5), "投诉楼上高空抛物 差点伤到孩子", MAJOR),
    (6, time(14, 40), "投诉马东态度差", ""),
)
"""Those that come once: how many days ago, when, what was said, and how grave it turns out."""
_DESK = (RECEPTIONIST, SECOND, SUPERVISOR)
_BY_DESK = frozenset({"service", "management"})
_CAUSES = {
    "guards": ("order", "noise", "decoration"),
    "cleaning": ("cleaning",),
    "finance": ("charges",),
    "engineering": ("facilities", "repairs", "delay"),
    "management": ("attitude",),
    "service": ("other", "delay"),
}
_DONE = ("已致歉，当场电话通知责任部门", "已致歉，说明马上去看", "已致歉，请对方稍等回话")


def complaint(life: Life, number: str, found: Proposal, level: str = "") -> Lives:
    """From the call to the red line; one about the staff goes the manager's way."""
    if found.subject:
        yield from _about_staff(life, number)
        return
    draw, holder = life.draw, life.clerk
    department = department_of(found.understood.line, found.understood.kind)
    level = level or (SERIOUS if life.turn("serious", SERIOUS_SHARE) else ORDINARY)
    yield life.at_desk(life.soon(2, 6))
    if level != ORDINARY:
        life.take(number, "judge", MANAGER, level=level)
    if level == MAJOR:
        yield life.at_desk(life.soon(2, 5))
        told = {"told_to": SUPERVISOR if life.clerk != SUPERVISOR else MANAGER}
        said = "先安抚，查监控，找到人当面谈"
        life.take(number, "report", how="phone", instructions=said, **told)
    yield life.at_desk(life.soon(1, 8))
    life.take(number, "handle", apologised=True, remedy=draw.choice(_DONE))
    hands = {life.clerk}
    if holder in _DESK and life.chance(HANDED_ON):
        hands.add(_hand_on(life, number, holder))
    if department not in _BY_DESK:
        yield life.at_desk(life.soon(1, 6))
        (order,) = life.take(number, "refer", department=department)["opened"]
        name = found.residents[0].name if found.residents else ""
        life.begin(orders.order(life, order, department, name, issued=True), number=order)
        while life.done.get(order) not in ("finish", "verify", "tell", "close"):
            yield life.at_desk(life.soon(20, 60))
    yield life.at_desk(life.soon(5, 40))
    given = {"said": "已电话说明处理结果，对方表示接受", "cause": draw.choice(_CAUSES[department])}
    if level != ORDINARY:
        given |= {"because": "巡查间隔太长，没有及时发现", "correction": "加一次巡查，记入班检表"}
    opened = life.take(number, "answer", **given)
    yield from _to_the_end(life, number, opened, hands | {life.clerk})


def _about_staff(life: Life, number: str) -> Lives:
    """The manager's from the first second (FW-M.9)."""
    yield life.at_desk(life.soon(5, 30))
    life.take(number, "judge", MANAGER, level=SERIOUS)
    yield life.at_desk(life.soon(10, 40))
    life.take(number, "handle", MANAGER, apologised=True, remedy="经理已电话致歉，约当事人谈话")
    yield life.at_desk(life.soon(60, 200))
    given = {"said": "已告知处理结果，当面道了歉", "cause": "attitude"}
    given |= {"because": "说话急躁", "correction": "部门内批评，服务礼仪再培训一次"}
    opened = life.take(number, "answer", MANAGER, **given)
    yield from _to_the_end(life, number, opened, {MANAGER})


def _hand_on(life: Life, number: str, holder: str) -> str:
    other = RECEPTIONIST if holder != RECEPTIONIST else SECOND
    life.take(number, "hand_on", holder, to_whom=other, why="下班前跟不完，请接着跟")
    life.take(number, "accept", other)
    return other


def _to_the_end(life: Life, number: str, answered: Any, hands: set[str]) -> Lives:
    """Checked by somebody else, called back, and closed."""
    for opened in answered.get("opened", ()):
        life.calling.add(number)
        life.begin(callbacks.callback(life, opened, number), number=opened)
    yield life.at_desk(life.soon(30, 200))
    assistant = life.roster.assistant(life.now)
    checks = MANAGER if assistant in hands else assistant
    life.take(number, "verify", checks, finding="现场看过，已改正")
    while number in life.calling:
        yield life.at_desk(life.soon(15, 40))
    yield life.at_desk(life.soon(2, 15))
    life.take(number, "close")


def said(life: Life, words: str, level: str = "") -> Lives:
    """One complaint in these words, from some home."""
    home = life.draw.choice([one for one in life.homes if one.entrance])
    found = hearing.understand(life.desk, f"{spelled(life.draw, home)} {words}")
    result = life.act("call.line", partial(proposals.accept, proposal=found))
    number = str(result["number"])
    life.begin(complaint(life, number, found, level), number=number)
    yield from ()
