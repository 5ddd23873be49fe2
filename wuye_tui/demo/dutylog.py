"""The duty manager's log of the training office: patrols, what they find, calls, a weekly reading.

One day in eight is too short, one finding in three is put right on the next day alone; the lift
that stands is an event that the general manager hears of at once. Dice of its own, so that nothing
else in the office changes.
"""

from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any

from wuye_tui.demo import events
from wuye_tui.demo.life import Life, Lives
from wuye_tui.demo.roster import CREWS, DEPUTY, HEADS
from wuye_tui.registers import matters
from wuye_tui.registers.dutylog import to_recheck
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.lifecycle import Facts
from wuye_tui.rules.repair_facts import EMERGENCY
from wuye_tui.store.acts import Act, Result

HEAD = "JL01"  # general manager and project head
SHORT, MONDAY = 8, 0  # every so many days the patrol is too short
ROUNDS = (("08:50", 75), ("10:30", 70), ("14:10", 80), ("16:00", 70))
"""When the duty manager sets out, and for how many minutes."""
POSTS = (
    ("desk", "gate_south"), ("control_room", "gate_north"), ("gate_east", "garage"), ("show_flat",),
)  # fmt: skip
ROOMS = (
    (time(9, 20), "day", (("power_room", 35), ("pump_room", 22), ("fire_pump_room", 12),
                          ("lift_room", 3))),
    (time(14, 50), "day", (("power_room", 20), ("pump_room", 10), ("generator_room", 2))),
    (time(20, 25), "night", (("power_room", 15), ("pump_room", 3))),
    (time(2, 15), "night", (("power_room", 5),)),
)  # fmt: skip
"""The rounds of the rooms: until when, by whom, and each room so many minutes before that."""
READ = {
    "power_room": "负荷 {n}A，信号正常，保护装置正常", "pump_room": "压力 0.4{d}MPa，水位 2.{d}m",
}  # fmt: skip
MISSED = 9  # every so many nights nobody goes round at two
_FOUND = (
    ("garage", "guards", "车库入口道闸杆上反光贴脱落", "已贴好"),
    ("gate_north", "guards", "北门岗访客登记漏填离开时间", "已补齐，开了班前会"),
    ("show_flat", "cleaning", "样板房窗台有灰", "已擦，改为每天擦"),
    ("desk", "administration", "前台伞架坏了一个", "已换"),
    ("gate_east", "engineering", "东门岗灯不亮", "换了灯管"),
    ("control_room", "engineering", "7号摄像头画面模糊", "擦了镜头，重新对焦"),
)
_CALLS = (
    ("help", "车库里有人车钥匙掉进水篦子", "已取出"),
    ("call", "问夜里能不能搬家具", "已说明时间"),
    ("report", "南门岗报告有外卖车闯杆", "已劝离，记了车号"),
    ("help", "老人在楼下摔了一跤，要轮椅", "已送轮椅，家人接走"),
)
_CHECKS = (
    ("energy", "车库照明按时段开关"),
    ("equipment", "水泵房设备运行正常，地面无水"),
    ("environment", "各栋大堂干净，垃圾已清"),
    ("discipline", "各岗在岗，交接班记录齐全"),
    ("appearance", "着装、胸牌齐全"),
)


def starts(life: Life, day: date, begins: datetime) -> None:
    """Lets everything happen that the duty manager does on a day."""
    draw, ago = Random(day.toordinal()), _ago(life, day)  # noqa: S311 - nothing here is a secret
    short = ago % SHORT == SHORT // 2
    for n, (at, minutes) in enumerate(ROUNDS[: 2 if short else None]):
        found = _FOUND[ago // 2 % len(_FOUND)] if ago % 2 == 0 else None
        when = life.moment(day, time.fromisoformat(at)) + timedelta(minutes=draw.randrange(9))
        _from(life, begins, when, _patrol(life, day, POSTS[n], minutes, found))
    _from(life, begins, life.moment(day, time(9, 20)), _rechecked(life, day))
    _from(life, begins, life.moment(day, time(12, 12)), _checked(life, day, draw))
    if draw.random() < 0.6:
        when = life.moment(day, time(draw.choice((10, 13, 17)), draw.randrange(60)))
        _from(life, begins, when, _called(life, day, draw))
    for until, by, rooms in ROOMS:
        early = until < time(8)
        staff = DEPUTY if by == "day" else life.roster.night(day - timedelta(days=early))
        if not (early and ago % MISSED == MISSED // 3):
            _from(life, begins, life.moment(day, until), _round(life, staff, rooms, draw))
    if ago == 11:
        _from(life, begins, life.moment(day, time(15, 30)), _punished(life, day))
    if day == events.storms(_today(life))["trapped"]:
        _from(life, begins, life.moment(day, time(15, 19)), _trapped(life, day))
    if day.weekday() == MONDAY:
        _from(life, begins, life.moment(day, time(11, 5)), _read(life, draw))


def _today(life: Life) -> date:
    return life.end.astimezone(life.desk.zone).date()


def _ago(life: Life, day: date) -> int:
    return (_today(life) - day).days


def _from(life: Life, begins: datetime, when: datetime, happening: Lives) -> None:
    if when >= begins:
        life.begin(happening, when)


def _manager(life: Life, day: date) -> str:
    return life.roster.manager(day, at_night=False)


def _started(life: Life, kind: str, staff: str, verb: str = "register", **given: Any) -> Result:
    work = partial(_start, kind=kind, verb=verb, given=given)
    return life.act(f"{kind}.{verb}", work, staff)


def _start(act: Act, kind: str, verb: str, given: Facts) -> Result:
    return matters.start(act, kind, verb, **given)


def _patrol(
    life: Life,
    day: date,
    posts: tuple[str, ...],
    minutes: int,
    found: tuple[str, str, str, str] | None,
) -> Lives:
    """One round: the posts signed one after the other, and what is found given to a department."""
    staff = _manager(life, day)
    number = str(_started(life, "patrol", staff, what="duty_manager")["number"])
    for post in posts:
        yield life.now + timedelta(minutes=minutes / (len(posts) + 1))
        given: dict[str, Any] = {"spot": post, "sound": True}
        if found and found[0] == post:
            given |= {"sound": False, "found": found[2], "department": found[1]}
        done = life.take(number, "visit", staff, **given)
        for task in done.get("opened", ()):
            assert found is not None
            life.begin(_put_right(life, task, found[1], found[3]), number=task)
    yield life.now + timedelta(minutes=minutes / (len(posts) + 1))
    life.take(number, "finish", staff)


def _round(life: Life, staff: str, rooms: tuple[tuple[str, int], ...], draw: Random) -> Lives:
    """A round of the rooms, kept on paper and written up when it is over (SB-1, SB-2)."""

    def work(act: Act) -> Result:
        began = act.now - timedelta(minutes=rooms[0][1] + 4)
        what = "power" if len(rooms) == 1 else "equipment"
        number = str(matters.start(act, "patrol", what=what, happened=began)["number"])
        for room, before in rooms:
            given: dict[str, Any] = {"spot": room, "sound": True}
            if room in READ:
                given["readings"] = READ[room].format(
                    n=draw.randrange(180, 390), d=draw.randrange(1, 9)
                )
            when = act.now - timedelta(minutes=before)
            matters.take(act, number, "visit", happened=when, **given)
        return matters.take(act, number, "finish")

    life.act("patrol.finish", work, staff)
    yield from ()


def _put_right(life: Life, number: str, department: str, result: str) -> Lives:
    """A department signs for a task and does it; every third only on the next day."""
    head = HEADS[department][0]
    yield life.now + timedelta(minutes=35)
    life.take(number, "receive", head, department=head)
    hours = 20.0 if int(number[-1]) % 3 == 0 else 2.2
    yield life.at_desk(life.now + timedelta(hours=hours))
    worker = CREWS.get(department, HEADS[department])[0]
    life.take(number, "finish", worker, result=result)


def _rechecked(life: Life, day: date) -> Lives:
    """What was put right the day before is looked at; once it was not (ZB-4.10)."""
    staff = _manager(life, day)
    for one in to_recheck(life.desk.as_staff(staff), day):
        yield life.now + timedelta(minutes=4)
        again = _ago(life, day) == 6 and not one.times
        if one.situation.facts.get("worker") == staff:
            continue
        if again:
            life.take(one.number, "redo", staff, finding="只弄了一半")
            department = str(one.situation.facts["department"])
            life.begin(_put_right(life, one.number, department, "全部弄好"), number=one.number)
        else:
            life.take(one.number, "recheck", staff, finding="看过，已好")


def _checked(life: Life, day: date, draw: Random) -> Lives:
    area, words = draw.choice(_CHECKS)
    staff = _manager(life, day)
    _started(life, "entry", staff, "write", sort="check", area=area, sound=True, text=words)
    yield from ()


def _called(life: Life, day: date, draw: Random) -> Lives:
    """A call that the duty manager took, and its end."""
    category, words, result = draw.choice(_CALLS)
    staff = _manager(life, day)
    told = {"category": category, "text": words, "place": "园区"}
    number = str(_started(life, "entry", staff, **told)["number"])
    yield life.now + timedelta(minutes=draw.randrange(12, 50))
    life.take(number, "solve", staff, result=result)


def _punished(life: Life, day: date) -> Lives:
    """A penalty, and the line that puts its amount right."""
    staff = _manager(life, day)
    told = {
        "sort": "penalty",
        "whom": "ZX12",
        "text": "东门岗离岗",
        "because": "离岗十分钟，无人替",
    }
    number = _started(life, "entry", staff, "write", fine="100", **told)["number"]
    yield life.now + timedelta(minutes=26)
    _started(life, "entry", staff, "correct", which=number, text="按制度是 50 元，不是 100 元")
    praise = {"sort": "proposal", "whom": "BJ03", "text": "捡到钱包交前台", "because": "拾金不昧"}
    _started(life, "entry", staff, "write", proposed="通报表扬", **praise)


def _trapped(life: Life, day: date) -> Lives:
    """The lift that stands: reported at once, its course written down, closed on the next day."""
    staff = _manager(life, day)
    told = {"sort": "entrapment", "text": "11栋2单元电梯困两人", "place": "11栋2单元电梯"}
    slips = queue(life.desk.as_staff(staff), Wanted("repair"))
    told["linked"] = next((row.number for row in slips if row.priority == EMERGENCY), "")
    number = str(_started(life, "incident", staff, **told)["number"])
    yield life.now + timedelta(minutes=3)
    how = {"told_to": HEAD, "how": "phone", "instructions": "先安抚，催救援，别硬撬门"}
    life.take(number, "report", staff, **how)
    yield life.now + timedelta(minutes=6)
    life.take(number, "measure", staff, measure="对讲安抚，救援公司在路上")
    yield life.now + timedelta(minutes=18)
    life.take(number, "course", staff, course="平层开门，两人出来，都好")
    life.take(number, "assess", staff, injured="无", loss="280")
    yield life.now + timedelta(minutes=60)
    ended = {"result": "门机修好，试运行正常", "cause": "门机皮带老化打滑"}
    life.take(number, "handle", staff, lessons="同批电梯门机一周内全查一遍", **ended)
    yield life.at_desk(life.moment(life.today + timedelta(days=1), time(9)))
    life.take(number, "close", HEAD, opinion="同意，请工程部报检查结果")


def _read(life: Life, draw: Random) -> Lives:
    """The project head reads last week's log; one of them with an instruction (ZB-3.7)."""
    for row in queue(life.desk.as_staff(HEAD), Wanted("reading")):
        if 14 < _ago(life, life.today) <= 21:
            task = "北门岗夜间加一次巡逻，班长带队"
            done = life.take(row.number, "instruct", HEAD, department="guards", task=task)
            (number,) = done["opened"]
            life.begin(_put_right(life, number, "guards", "已排进夜班表"), number=number)
            yield life.now + timedelta(minutes=5)
        words = draw.choice(("已阅", "巡查要走满四小时", "整改要一件一件复查", "已阅，继续保持"))
        life.take(row.number, "read", HEAD, remarks=words)
    yield from ()
