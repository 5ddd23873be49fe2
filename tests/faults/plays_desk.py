"""What is done at the desk besides the lives of slips: one function a kind of work."""

from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest

from screens import asking_acts, asking_handovers, asking_records, asking_ringing
from tests.desks import THURSDAY
from tests.eyes import erased, moved_out
from tests.factories import a_repair, on_duty, walk_to
from tests.faults.typist import Typist
from tests.rosters import ADMIN, DECEMBER, in_turn, place, write_rules
from tests.screens.test_console_billing_day import CHEAP
from wuye_tui.desk import Desk
from wuye_tui.registers import (
    handovers,
    hearing,
    passwords,
    people,
    pins,
    proposals,
    ticking,
    tries,
    workstations,
)
from wuye_tui.registers import nights as night_register
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.rosters import Drawn
from wuye_tui.store.acts import Act
from wuye_tui.store.tables import Staff

UNIT, PIN, PASSWORD = "3-1-502", "840275", "三号楼的猫爱晒太阳"


def calls(t: Typist) -> None:
    t.line("calls", "add", "--text", "问物业费", "--category", "enquiry")
    t.line("calls", "add", "--line", "3-1-501 窗户关不严", "--tomorrow")
    asked = t.line("calls", "add", "--line", "3-1-502 停水到几点")
    t.line("calls", "ring", "13800001234")
    t.line("calls", "hang-up", "13800001234")
    ring = t.line("calls", "ring", "13800002345")["number"]
    t.line("calls", "answer", ring)
    missed = t.line("calls", "ring", "13800003456")["number"]
    t.line("calls", "hang-up", "13800003456")
    t.line("calls", "back", missed, "--note", "已回")
    slip = t.line("calls", "add", "--line", "3-1-502 厨房漏水")
    ringing = t.line("calls", "ring", "13800004567")["number"]
    t.does(lambda desk: asking_ringing.release(desk, ringing, ""))

    def joined(desk: Desk) -> None:
        found = proposals.understand(desk, "3-1-502 厨房漏水 快点")
        asking_acts.join(desk, found, slip["number"], "")
        made = asking_acts.accept(desk, proposals.understand(desk, "3-2-502 灯坏"), "")
        asking_acts.withdraw(desk, made["contact"], {made["number"]: made["n"]}, False)

    t.does(joined)
    t.line("repairs", "undo", slip["number"])
    t.line("calls", "answered", asked["contact"])


def numbers(t: Typist) -> None:
    t.line("directory", "put", "燃气抢修", "--phone", "95777", "--kind", "emergency", staff="KF04")
    t.line("directory", "check", "燃气抢修")
    t.line("directory", "remove", "燃气抢修", "--reason", "并号", staff="KF04")


def staff(t: Typist) -> None:
    t.line("staff", "add", "--number", "KF09", "--name", "吴敏", "--post", "客服主管",
           staff="XZ01")  # fmt: skip
    t.line("staff", "leave", "KF09", staff="XZ01")
    t.line("staff", "return", "KF09", staff="XZ01")

    def pinned(desk: Desk) -> None:
        pins.set_pin(desk, "KF01", PIN, cost=CHEAP)
        pins.authenticate(desk, "KF01", PIN)
        with suppress(pins.PinRefused):
            pins.authenticate(desk, "KF01", "111222")

    t.does(pinned)
    t.line("staff", "list", "--full", "--reason", "排班", staff="XZ01")


def sheets(t: Typist) -> None:
    t.line("people", "import", t.file("p.csv", "房号,业主姓名,联系电话", "3-1-502,陈立,13911112222",
                                      "6-1-301,仇英,13900002222"), staff="ZJ01")  # fmt: skip
    t.line("units", "import", t.file("u.csv", "房号,状态,面积", "3-1-502,出租,99.5"), staff="ZJ01")
    t.line("staff", "import", t.file("s.csv", "工号,姓名,岗位", "KF08,沈周,前台客服"), staff="XZ01")
    t.line("tariff", "import", t.file("t.csv", "编号,项目,单价", "SX-09,换阀门,35"), staff="ZJ01")
    t.line("directory", "import", t.file("d.csv", "名称,电话,类别", "电梯急修,13711112222,维保"),
           staff="XZ01")  # fmt: skip


def rosters_ready(t: Typist) -> None:
    write_rules(t.home)
    t.does(lambda desk: desk.perform("test", place), ADMIN)


def rosters(t: Typist) -> None:
    t.staff = ADMIN
    of = ("--kind", "night", "--month", "2026-12")
    with pytest.MonkeyPatch.context() as patched:
        drawn = Drawn(tuple(in_turn(DECEMBER)), 12, 10, seed=1)
        patched.setattr("wuye_tui.rostering.drawing.draw", lambda *_a, **_k: drawn)
        number = t.line("rosters", "generate", *of)["number"]
    t.line("rosters", "publish", number)
    path = t.home / "wall.csv"
    path.unlink(missing_ok=True)
    t.line("rosters", "export", *of, "-o", str(path))
    t.line("rosters", "check", str(path), "--kind", "night", "--keep")
    t.line("rosters", "swap", "--kind", "night", "--shift", "夜班", "--why", "出差",
           "--day", "2026-12-10", "--staff", "GC03", "--with", "SB01")  # fmt: skip
    wish = ("rosters", "wish", "--day", "2026-12-24", "--staff", "GC03")
    t.line(*wish)
    t.line(*wish, "--cancel")
    leave = ("rosters", "leave", "--staff", "SB01", "--why", "病假")
    t.line(*leave, "--from", "2026-12-20", "--to", "2026-12-22")
    t.line("rosters", "leave", "--cancel", "QJ-20261119-001")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("wuye_tui.rostering.mending.mend", _mended)
        absent = ("rosters", "absent", "--staff", "GC04", "--why", "发烧")
        t.line(*absent, "--from", "2026-12-05", "--to", "2026-12-05")
    t.now = t.now.replace(month=12, day=10, hour=17, minute=31)
    t.line("duties", "start", staff="ZB01")
    t.now = t.now.replace(day=11, hour=8, minute=31)
    t.line("duties", "force", "--why", "接班", "--staff", "KF01", staff="KF03")
    t.line("rosters", "missed", "--month", "2026-12", "--put-forward", staff="ZJ01")


def seen_ready(t: Typist) -> None:
    (t.home / "gone").write_text(t.does(lambda desk: moved_out(desk, "徐静")))


def seen(t: Typist) -> None:
    """Files that are opened, lists that are taken out, what is past, and who wants to be gone."""
    t.line("files", "open", UNIT, "--purpose", "更正电话", "--second", "KF03", "--part", "people")
    out = t.home / "people.csv"
    out.unlink(missing_ok=True)
    t.line("people", "list", "-o", str(out), "--reason", "年度核对", staff="KF04")
    t.line("calls", "add", "--unit", UNIT, "--category", "enquiry", "--text", "问停车费")
    t.line("workstations", "enrol", "前台1", staff="XZ01")
    t.does(_secured, "XZ01")
    t.does(lambda desk: erased(desk, (t.home / "gone").read_text()))
    t.now = t.now.replace(year=2031)
    by_two = ("--second", "ZJ01")
    t.line("retention", "apply", "--reason", "到期", *by_two, staff="KF04")


def _secured(desk: Desk) -> None:
    """The administrator has a password, so the only workstation may go."""
    passwords.set_password(desk, "XZ01", PASSWORD, cost=CHEAP)
    tries.check(desk, passwords.PASSWORD, "XZ01", PASSWORD)
    with suppress(Refused):
        tries.check(desk, passwords.PASSWORD, "XZ01", PASSWORD[::-1])
    desk.perform("workstations.revoke", lambda act: workstations.revoke(act, "前台1"))


def _mended(asked: Any, absent: Any, *_more: Any, **_others: Any) -> Drawn:
    """Whoever stands in takes every duty of whoever is away."""
    cells = [
        one._replace(staff="SB01")
        if one.staff == absent.staff and absent.begins <= one.day <= absent.ends
        else one
        for one in asked.published
    ]
    many = len(set(cells) - set(asked.published))
    return Drawn(tuple(cells), many, many)


def nights_ready(t: Typist) -> None:
    t.now += timedelta(hours=12)
    t.line("duties", "start", staff="ZB01")


def nights(t: Typist) -> None:
    t.now += timedelta(hours=12)
    t.staff = "ZB01"
    line = ("--unit", UNIT, "--text", "水龙头漏水")
    slip = t.line("repairs", "register", *line)["number"]
    t.line("duties", "away", "13811112222")
    t.line("duties", "back")
    t.line("repairs", "take", slip, "--charge", "public")
    t.does(_settled)
    t.now += timedelta(hours=10, minutes=30)
    t.line("supervisor", "countersign", staff="GC01")
    t.line("supervisor", "sign", "--note", "请补姓名", staff="KF03")
    t.does(ticking.tick)


def _settled(desk: Desk) -> None:
    """Somebody is told of a call of the night, and settles it."""
    found = hearing.understand(desk, "3-2-502 楼上太吵")
    choice = next(one.choice for one in night_register.offered(desk, found) if one.choice.to)
    found = night_register.handled(found, choice)
    call = desk.perform("call.line", lambda act: proposals.accept(act, found))["contact"]
    desk.perform("call.settled", lambda act: night_register.settle(act, call))


def held(t: Typist) -> None:
    """A desk that changes hands by its lines, goes on, and is stepped into."""
    t.line("duties", "start")
    number = t.line("handovers", "new")["number"]
    t.does(_handed)
    assert number
    t.staff = "KF02"
    t.now = t.now.replace(hour=12, minute=1)
    t.line("duties", "continue")
    t.line("duties", "force", "--why", "晕倒", "--staff", "KF03", staff="KF03")


def _handed(desk: Desk) -> None:
    now = handovers.now(desk)
    counted = asking_handovers.Counted(now.tools, cash=now.cash)
    asking_handovers.give(desk, "desk", counted, "", "")
    taker = desk.as_staff("KF02")
    unseen = handovers.now(taker).unseen
    asking_handovers.receive(desk, taker, now.number, unseen, True, "")


def late(t: Typist) -> None:
    """What happens by itself: late, unanswered, run on, opened, escalated."""
    t.line("duties", "start")
    t.line("duties", "start", "--post", "duty_manager", staff="KF04")
    t.line("repairs", "register", "--unit", UNIT, "--text", "灯坏")
    t.line("calls", "ring", "13800001234")
    for hours in (1, 12, 24, 48, 24):
        t.now += timedelta(hours=hours)
        t.does(ticking.tick)


def filed_ready(t: Typist) -> None:
    def over(desk: Desk) -> None:
        for _ in range(3):
            number = a_repair(desk, staff="KF01", upto="finished")
            walk_to(desk, number, "closed", **{"return": {"register_line": "3"}})
            numbers.append(number)

    numbers: list[str] = []
    t.does(over)
    (t.home / "numbers").write_text(" ".join(numbers))


def filed(t: Typist) -> None:
    first, second, _third = (t.home / "numbers").read_text().split()
    t.line("archive", "send-back", first, "--why", "签字不清", staff="XZ01")
    t.line("repairs", "complete", first, "--mended", "重新签过")
    t.line("archive", "file", first, second, staff="XZ01")
    t.now += timedelta(days=1, hours=3)
    t.does(ticking.tick)
    t.does(lambda desk: asking_records.check_opened(desk, THURSDAY.date()), "KF03")
    t.now += timedelta(days=3)
    t.does(ticking.tick)
    t.line("archive", "week", "--week", "2026-W47", staff="XZ01")


def asked(t: Typist) -> None:
    number = t.line("notices", "register", "--subject", "water", "--department", "engineering",
                    "--text", "停水")["number"]  # fmt: skip
    t.line("notices", "answer", number, "--phone", "13911112222", "--text", "几点来水")
    t.line("callbacks", "visit", "3-1-501")
    t.does(lambda desk: people.find(desk, "陈立", full=True, reason="回电"))
    t.line("calls", "list", "--full", "--reason", "核对", staff="ZJ01")
    t.line("repairs", "register", "--unit", UNIT, "--text", "灯坏")
    out = t.home / "slip.txt"
    out.unlink(missing_ok=True)
    day = ("--from", "2026-11-19", "--to", "2026-11-19")
    t.line("forms", "print", "slip", *day, "--reason", "核对", "-o", str(out), staff="ZJ01")


def overdue_ready(t: Typist) -> None:
    t.does(lambda desk: [a_repair(desk, staff="KF01", upto="collected") for _ in range(2)])


def overdue(t: Typist) -> None:
    """What has waited for two working days is taken higher: by itself, and by hand."""
    order = t.line("orders", "register", "--department", "guards", "--text", "大堂积水")["number"]
    t.line("orders", "issue", order)
    t.line("orders", "urge", order, "--said", "快点")
    t.line("orders", "note", order, "--note", "带拖把")
    t.line("orders", "receive", order, "--department", "ZX01", "--assistant", "KF05")
    t.now = datetime.fromisoformat("2026-11-23T12:00:00+08:00")
    t.line("repairs", "escalate", "PG-20261119-001")
    t.line("orders", "escalate", order)
    t.line("orders", "give-up", order, "--why", "要大修")
    t.does(ticking.tick)


def log(t: Typist) -> None:
    """The duty log of a week, and its reading by the head of the project."""
    t.staff = "KF04"
    t.line("duties", "start", "--post", "duty_manager")
    wrong = t.line("log", "write", "--sort", "note", "--text", "下雪")["number"]
    t.line("log", "correct", "--which", wrong, "--text", "雨夹雪")
    task = t.line("tasks", "register", "--department", "guards", "--text", "大堂有水")["number"]
    t.line("tasks", "receive", task, "--name", "刘洋", staff="ZX01")
    t.line("tasks", "finish", task, "--result", "已拖", staff="ZX01")
    t.line("tasks", "redo", task, "--finding", "还有水")
    t.line("tasks", "receive", task, "--name", "刘洋", staff="ZX01")
    t.line("tasks", "finish", task, "--result", "又拖了", staff="ZX01")
    t.line("tasks", "recheck", task, "--finding", "干了")
    t.now = datetime.fromisoformat("2026-11-23T09:00:00+08:00")
    t.does(ticking.tick)
    (reading,) = t.line("log", "show")["readings"]
    number, t.staff = reading["number"], "ZJ02"
    t.line("log", "instruct", number, "--department", "guards", "--task", "夜巡加一次")
    t.line("log", "read", number, "--remarks", "已阅")


def log_ready(t: Typist) -> None:
    def head(act: Act) -> dict[str, Any]:
        act.add(Staff(site=act.site, number="ZJ02", name="方正", hats=["project_head"]))
        return {}

    t.does(lambda desk: desk.perform("seed", head, system=True))


def called(t: Typist) -> None:
    """Callbacks that end otherwise than by being answered."""
    first = t.line("callbacks", "visit", "3-1-501")["number"]
    t.line("callbacks", "cancel", first, "--why", "搬走了")
    (due,) = (one for one in t.line("callbacks", "due") if one["number"] != first)
    for hour, who in ((11, "KF01"), (12, "KF02"), (14, "KF01")):  # three duties of one day
        t.now = t.now.replace(hour=hour, minute=30)
        t.does(partial(on_duty, staff=who))
        t.line("callbacks", "try", due["number"], "--note", "关机")
    t.line("callbacks", "unreachable", due["number"])


def called_ready(t: Typist) -> None:
    t.does(lambda desk: a_repair(desk, staff="KF01", upto="finished"))
