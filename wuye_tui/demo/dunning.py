"""Dunning of the training office (FW-13): on working days a few of those that owe are reminded, by
finance and by the desk; most promise a day, most of them keep it, and who does not gets a letter.

One home complains about its bill before anybody duns it: whoever reminds it has seen that first.
"""

from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random
from typing import Any, Final

from wuye_tui.demo.book import Home
from wuye_tui.demo.life import Life, Lives
from wuye_tui.demo.roster import CASHIER
from wuye_tui.registers import arrears, arrears_facts, counter, hearing, owed, proposals
from wuye_tui.rules.payments import Tender
from wuye_tui.store.acts import Act, Result

FRIDAY: Final = 4
A_DAY: Final = (0, 2)
WAYS: Final = (("phone", 6), ("wechat", 3), ("visit", 1))
PROMISES, DISPUTES, KEEPS, PAYS_AFTER = 0.6, 0.1, 0.6, 0.7
LETTER_AFTER: Final = 30  # days overdue
COMPLAINED: Final = 5  # so many days ago at least, one home complains about its bill
_PROMISED = ("说月底前来交", "说周末转账", "说发了工资就交", "说让家里人来交")
_NOTHING = ("没有人接，发了短信", "说知道了", "说在开会，晚点再说")
_DISPUTED = ("说楼道灯坏了两个月没人修，不该全交", "说面积不对，要看产权证", "说车位费重复收了")
_BROKEN = ("答应的日子没有缴，又提醒了一次", "说忘了，答应尽快")


def starts(life: Life, day: date, begins: datetime) -> None:
    """Lets everything happen that dunning brings on a day."""
    if day.weekday() > FRIDAY:
        return
    dice = Random(day.toordinal() * 11)  # noqa: S311 - dice of its own: it changes nothing else
    found: list[tuple[datetime, Lives]] = []
    for n in range(dice.randint(*A_DAY)):
        when = life.moment(day, time(9, 40)) + timedelta(minutes=dice.randint(0, 130))
        found.append((when, _dunned(life, dice.randrange(1 << 30), by_desk=n > 0)))
    if day == _complaint_day(life):
        found.append((life.moment(day, time(9, 31)), _complained(life, dice.randrange(1 << 30))))
    for when, happening in found:
        if when >= begins:
            life.begin(happening, when)


def _complaint_day(life: Life) -> date:
    """A Monday to Thursday, so that all of it is done by the present."""
    day = life.end.astimezone(life.desk.zone).date() - timedelta(days=COMPLAINED)
    return day - timedelta(days=max(0, day.weekday() - FRIDAY + 1))


def _dunned(life: Life, dice: int, by_desk: bool) -> Lives:
    """From the first reminder to the money, or to the letter."""
    draw = Random(dice)  # noqa: S311
    home = _owing(life, draw)
    if home is None:
        return
    says = draw.random()
    text = draw.choice(_PROMISED if says < PROMISES else _NOTHING)
    if PROMISES <= says < PROMISES + DISPUTES:
        text = draw.choice(_DISPUTED)
    way = draw.choices([one for one, _ in WAYS], [many for _, many in WAYS])[0]
    number = _reminded(life, home, "" if by_desk else CASHIER, way=way, text=text)
    yield life.now + timedelta(minutes=1)
    if says < PROMISES:
        yield from _promise(life, draw, home, number)
    elif says < PROMISES + DISPUTES:
        life.take(number, "dispute", CASHIER, text=text)
        yield from _pays_after(life, draw, home)
    else:
        yield _at_work(life, life.today + timedelta(days=draw.randint(4, 7)), draw)
        yield from _again(life, draw, home, number)


def _promise(life: Life, draw: Random, home: Home, number: str) -> Lives:
    """A day is promised; on it they come and pay, or they do not."""
    day = life.today + timedelta(days=draw.randint(2, 8))
    life.take(number, "promise", CASHIER, until=day.isoformat())
    if draw.random() < KEEPS:
        yield life.moment(day, time(9, 30)) + timedelta(minutes=draw.randint(0, 400))
        _pays(life, home)
        return
    yield _at_work(life, day + timedelta(days=1), draw)
    yield from _again(life, draw, home, number)


def _again(life: Life, draw: Random, home: Home, number: str) -> Lives:
    """Reminded once more, and after some days by a letter, where it is still owed."""
    if not _still(life, home, number):
        return
    text = draw.choice(_BROKEN)
    life.take(number, "remind", CASHIER, way=draw.choice(("visit", "notice")), text=text)
    yield _at_work(life, life.today + timedelta(days=draw.randint(2, 4)), draw)
    if _still(life, home, number) >= LETTER_AFTER:
        life.take(number, "letter", CASHIER, way="post")
    yield from _pays_after(life, draw, home)


def _pays_after(life: Life, draw: Random, home: Home) -> Lives:
    """What was explained, or written, is paid some days later, mostly."""
    yield _at_work(life, life.today + timedelta(days=draw.randint(3, 8)), draw)
    if draw.random() < PAYS_AFTER:
        _pays(life, home)


def _complained(life: Life, dice: int) -> Lives:
    """A complaint about the bill; the home is reminded while it is open, by who has seen it."""
    draw = Random(dice)  # noqa: S311
    home = _owing(life, draw)
    if home is None:
        return
    found = hearing.understand(life.desk, f"{home.label} 投诉物业费算错了 多收了钱")
    result = life.act("call.line", partial(proposals.accept, proposal=found))
    number = str(result["number"])
    yield life.now + timedelta(minutes=6)
    life.take(number, "handle", apologised=True, remedy="已致歉，请财务核对账单")
    yield life.now + timedelta(minutes=18)
    told = "说账单在核对，核对完再约日子"
    dunned = _reminded(life, home, CASHIER, way="phone", text=told, knowing=number)
    life.take(dunned, "dispute", CASHIER, text="说面积多算了", complaint=number)
    yield life.now + timedelta(minutes=35)
    said = {"said": "面积和产权证一致，账单没有错，已逐项说明", "cause": "charges"}
    answered = life.take(number, "answer", **said)
    yield life.now + timedelta(minutes=50)
    checks = life.roster.assistant(life.now)
    life.take(number, "verify", checks, finding="账单和产权证核对过，一致")
    yield life.moment(life.today, time(14, 50))
    for callback in answered.get("opened", ()):
        life.take(callback, "reach", satisfaction="fair", opinion="知道了")
    yield life.now + timedelta(minutes=9)
    life.take(number, "close")


def _owing(life: Life, draw: Random) -> Home | None:
    """A home that owes something overdue, is not dunned yet, and has not complained."""
    for home in draw.sample(life.homes, 12):
        if _days(life, home) and _open(life, home) == "":
            return home
    return None


def _open(life: Life, home: Home) -> str | None:
    """Its open dunning, "" for none; None where it has complained: that is looked at first."""
    with life.desk.read() as session:
        if home.label in arrears_facts.complaints(session, life.desk.site, CASHIER):
            return None
        return arrears_facts.open_number(session, life.desk.site, home.label)


def _still(life: Life, home: Home, number: str) -> int:
    """For how many days it owes, where this dunning goes on; 0 where it does not."""
    return _days(life, home) if _open(life, home) == number else 0


def _days(life: Life, home: Home) -> int:
    """For how many days it owes."""
    due = arrears_facts.overdue(owed.account(life.desk, [home.label]).owed, life.today)
    return arrears_facts.days_of(due, life.today)


def _reminded(life: Life, home: Home, staff: str, **given: Any) -> str:
    def work(act: Act) -> Result:
        return arrears.remind(act, home.label, **given)

    return str(life.act("dunning.remind", work, staff)["number"])


def _pays(life: Life, home: Home) -> Result:
    """All of it, to the cashier or to the desk."""
    found = owed.account(life.desk, [home.label])
    fen = found.open_fen + found.late_fen
    if not fen:
        return {}
    who = CASHIER if life.today.weekday() <= FRIDAY else ""
    work = partial(
        counter.take, units=[home.label], tenders=[Tender("wechat", fen)],
        payer=next((one.name for one in home.people), ""),
    )  # fmt: skip
    return life.act("payments.take", work, who)


def _at_work(life: Life, day: date, draw: Random) -> datetime:
    """Some moment of that day, or of the next working one."""
    while day.weekday() > FRIDAY:
        day += timedelta(days=1)
    return life.moment(day, time(14, 20)) + timedelta(minutes=draw.randint(0, 120))
