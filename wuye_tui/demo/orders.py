"""Orders of the training office: what a department is told, does, and answers (XX-4.1.3)."""

from datetime import time, timedelta
from typing import Any

from wuye_tui.demo.life import Life, Lives
from wuye_tui.demo.roster import CREWS, HEADS, SUPERVISOR

_NO_LATER = time(14, 30)
"""Later in the day it is signed for in the morning: its four hours would end without a desk."""


def order(life: Life, number: str, department: str, name: str = "", issued: bool = False) -> Lives:
    """From the order to whoever asked for it."""
    if not issued:
        yield life.at_desk(life.soon(1, 8))
        life.take(number, "issue")
    while (when := _in_time(life)) > life.now:
        yield when
    heads = HEADS[department]
    head = life.draw.choice(heads)
    life.take(number, "receive", department=head, assistant=SUPERVISOR)
    yield life.soon(5, 40)
    worker = life.draw.choice(CREWS.get(department, heads))
    life.take(number, "assign", worker=worker)
    if life.chance(0.06):
        yield from _held(life, number)
    yield life.soon(20, 120)
    said = life.book.phrase(life.draw, "damages")
    life.take(number, "finish", result=said, **_signed(life, name))
    yield life.at_desk(life.soon(5, 45))
    life.take(number, "verify", SUPERVISOR, finding="已核实")
    yield life.at_desk(life.soon(5, 60))
    life.take(number, "tell", said="已电话告知处理结果，表示知道了")
    yield life.at_desk(life.soon(1, 15))
    life.take(number, "close")


def _in_time(life: Life) -> Any:
    when = life.at_desk(life.soon(0, 0.01))
    if when <= life.now + timedelta(seconds=1) and life.now.time() > _NO_LATER:
        return life.at_desk(life.moment(life.today, time(23)))
    return when if when > life.now + timedelta(seconds=1) else life.now


def _held(life: Life, number: str) -> Lives:
    """It cannot be done today, and the desk is told why (XX-4.3.7b)."""
    yield life.soon(10, 40)
    back = life.slot(life.today + timedelta(days=1), 9.5, 10, 14)
    life.take(number, "hold", hold="outside", until=back.isoformat(), why="等社区一起上门")
    yield back - timedelta(minutes=5)
    life.take(number, "resume")


def _signed(life: Life, name: str) -> dict[str, str]:
    if name and life.chance(0.6):
        return {"customer": name}
    return {"refused_why": "不愿签字", "witness": "马东"}
