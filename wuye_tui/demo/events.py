"""What a month brings besides: notices, three storm days, and one lift that stands.

On a storm day many call about one thing: they are answered from a notice, or get a slip each.
"""

from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from wuye_tui.demo import calls
from wuye_tui.demo.book import spelled
from wuye_tui.demo.life import Life, Lives
from wuye_tui.registers import directory, hearing, matters, notices, proposals, questions
from wuye_tui.rules.line_kinds import Kind

WATER, RAIN, HEATING, TRAPPED = 17, 10, 24, 12
"""How many days ago each was."""
CALLERS, BEFORE_IT, WITHIN = 50, 3, 40
_RAIN, _COLD, _ASKING = 20, 12, 14
_PUMP = {"subject": "water", "department": "engineering", "text": "二次供水泵跳停，全小区没水"}
_SAY = "水泵房跳停，正在抢修，预计中午12点来水，请先关好水龙头。"
_PASTE = "各位业主：水泵房设备跳停，正在抢修，预计12:00恢复供水，请关好水龙头。"


def notice(life: Life, row: dict[str, Any], until: datetime) -> Lives:
    """A notice as it was heard, reported by the department, and over."""
    told = {name: row[name] for name in ("subject", "department", "scope", "text")}
    number = _registered(life, {**told, "ends": until.isoformat()})
    yield life.now + timedelta(minutes=row["report"])
    said = {"told_by": "王建国", "say": row["say"], "paste": row["paste"]}
    life.take(number, "report", ends=until.isoformat(), **said)
    yield until - timedelta(minutes=life.draw.uniform(1, 9))
    life.take(number, "end", note="已恢复")


def _registered(life: Life, told: dict[str, Any]) -> str:
    work = partial(matters.start, kind="notice", **told)
    return str(life.act("notice.register", work)["number"])


def water(life: Life) -> Lives:
    """The water is off: fifty calls in forty minutes, answered by one notice (XX-4.3.3)."""
    began = life.now
    ends = life.moment(life.today, time(12))
    asked = [_asks(life, "water") for _caller in range(BEFORE_IT)]
    yield life.soon(4, 6)
    number = _registered(life, _PUMP)
    last = began + timedelta(minutes=WITHIN)
    life.begin(_answered(life, number, CALLERS - BEFORE_IT, "water", last))
    yield life.soon(2, 4)
    life.take(number, "report", told_by="王建国", say=_SAY, paste=_PASTE, ends=ends.isoformat())
    for contact in asked:
        life.act("call.answered", partial(questions.answered, number=contact))
    yield ends - timedelta(minutes=25)
    later = ends + timedelta(minutes=45)
    life.take(number, "renew", ends=later.isoformat(), say=_SAY.replace("12点", "12点45分"))
    yield later - timedelta(minutes=4)
    life.take(number, "end", note="水压正常，已恢复")


def _asks(life: Life, what: str) -> str:
    """A question that nobody can answer yet."""
    for _try in range(calls.TRIES):
        room = spelled(life.draw, life.draw.choice(life.homes))
        found = hearing.understand(life.desk, f"{room} {life.book.phrase(life.draw, what)}")
        if found.understood.kind is Kind.ENQUIRY:
            break
    return str(life.act("call.line", partial(proposals.accept, proposal=found))["contact"])


def _answered(life: Life, number: str, many: int, what: str, until: datetime) -> Lives:
    """So many who ask about a notice before then, each answered in its words."""
    whole = (until - life.now).total_seconds()
    for wait in sorted(life.draw.uniform(20, whole) for _caller in range(many)):
        yield until - timedelta(seconds=whole - wait)
        home = life.draw.choice(life.homes)
        line = f"{spelled(life.draw, home)} {life.book.phrase(life.draw, what)}"
        work = partial(notices.answer, number=number, unit=home.label, words=line)
        life.act("notice.answer", work)


def rain(life: Life) -> Lives:
    """Rain that comes through walls and windows."""
    for wait in sorted(life.draw.uniform(0, 330) for _home in range(_RAIN)):
        yield life.moment(life.today, time(7, 40)) + timedelta(minutes=wait)
        calls.repair(life, "rain")


def heating(life: Life) -> Lives:
    """The day on which the heating starts: radiators, and who asks when theirs will be warm."""
    until = life.moment(life.today + timedelta(days=2), time(18))
    told = {"subject": "heating", "department": "engineering", "text": "今天开始供暖，逐栋放气"}
    number = _registered(life, told)
    say = "今天开始供暖，逐栋放气，两天内都热；后天18点还不热的请报修。"
    yield life.soon(10, 20)
    life.take(number, "report", told_by="王建国", say=say, ends=until.isoformat())
    evening = life.moment(life.today, time(20))
    life.begin(_answered(life, number, _ASKING, "heat", evening))
    life.begin(_cold(life))
    yield until - timedelta(minutes=6)
    life.take(number, "end", note="各栋已热")


def _cold(life: Life) -> Lives:
    for wait in sorted(life.draw.uniform(0, 600) for _home in range(_COLD)):
        yield life.moment(life.today, time(9, 10)) + timedelta(minutes=wait)
        calls.repair(life, "heating")


def trapped(life: Life) -> Lives:
    """Somebody is shut in a lift: helped first, written up afterwards (NB-3)."""
    found = hearing.understand(life.desk, "11栋2单元电梯困人 里面两个人")
    number = str(life.act("call.line", partial(proposals.accept, proposal=found))["number"])
    yield life.soon(0.2, 0.5)
    there = life.roster.workers(life.today)
    worker = "GC07" if "GC07" in there else there[0]
    called = {"emergency": "entrapment", "whom": "电梯救援、监控室", "how": "phone"}
    life.take(number, "dispatch_now", worker=worker, **called)
    life.act("directory.check", partial(directory.check, name="电梯救援"))
    yield life.soon(1, 2)
    life.take(number, "report", reported_to="林文斌", how="phone")
    yield life.soon(2, 3)
    life.take(number, "note", note="对讲安抚，里面两人都好，没有不舒服")
    yield life.soon(2, 3)
    life.take(number, "arrive", doer=worker, worker=worker)
    yield life.soon(4, 5)
    life.take(number, "note", note="再次安抚；救援公司已到，正在平层")
    yield life.soon(8, 10)
    life.take(number, "write_up", charge="public")
    life.take(number, "agree", doer=worker, damage="门机故障，轿厢停在两层之间", minutes="40")
    yield life.soon(25, 40)
    life.take(number, "finish", doer=worker, tried="yes", inspector="GC02")
    yield from closed(life, number)


def closed(life: Life, number: str) -> Lives:
    """A slip without a callback, from its return to the red line."""
    yield life.at_desk(life.soon(20, 60))
    life.take(number, "return", doer=life.roster.lead(life.now))
    yield life.at_desk(life.soon(20, 60))
    finding = "已看过记录和现场，运行正常"
    life.take(number, "verify", life.roster.assistant(life.now), finding=finding)
    yield life.at_desk(life.soon(5, 15))
    life.take(number, "close")


def storms(today: date) -> dict[str, date]:
    """The day of each storm, a weekday, and of the lift that stood."""
    ago = {"water": WATER, "rain": RAIN, "heating": HEATING, "trapped": TRAPPED}
    return {name: _weekday(today - timedelta(days=days)) for name, days in ago.items()}


def _weekday(day: date) -> date:
    while day.weekday() > 4:
        day -= timedelta(days=1)
    return day
