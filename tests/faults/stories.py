"""Whole lives of slips, verb by verb: together they take every step of every table.

Each story is a list of moves; `{}` in a number's place is the slip the story opened.
"""

from dataclasses import dataclass, field
from typing import Any

PAID = {"charge": "paid", "tariff": "SX-01"}
TOLD = {"whom": "工程部", "how": "phone"}
AGREED = {"tariff_shown": True, "damage": "老化", "minutes": 30, "consent": True}
DONE = {"lines": "SX-01", "tried": True, "resident": "陈立"}
WHY = {"why": "见派工单"}


@dataclass(frozen=True)
class Move:
    """One act: the verb, who is at the keyboard, what is given; `child` for the callback's own."""

    verb: str
    staff: str
    given: dict[str, Any] = field(default_factory=dict)
    child: str = ""
    auto: bool = False
    later: int = 20  # seconds that pass before it


@dataclass(frozen=True)
class Story:
    """How a slip begins, and what happens to it."""

    name: str
    first: Move
    moves: tuple[Move, ...]
    kind: str = "repair"


def _home(verb: str = "register", **given: Any) -> Move:
    return Move(verb, "KF01", {"unit": "3-1-502", "text": "厨房水龙头漏水", **given})


_ISSUED = (Move("issue", "KF01", PAID), Move("notify", "KF01", TOLD))
_COLLECTED = (*_ISSUED, Move("collect", "KF01", {"collector": "GC03"}))
_ASSIGNED = (*_COLLECTED, Move("assign", "GC01", {"worker": "GC03"}))
_WORKING = (*_ASSIGNED, Move("arrive", "GC03"), Move("agree", "GC03", AGREED))
_FINISHED = (*_WORKING, Move("finish", "GC03", DONE))
_CLOSING = (
    Move("return", "GC01"),
    Move("verify", "KF05", {"finding": "已修好"}),
    Move("close", "KF05"),
)
_BACK = {"back_why": "签字看不清"}
_FILED = (
    Move("send_back", "XZ01", _BACK),
    Move("complete", "KF01", {"caller": "陈立", "mended": "请业主重新签过"}),
    Move("archive", "XZ01"),
)
_REACHED = Move("reach", "KF05", {"satisfaction": "satisfied"}, child="callback")
_ANSWERED = {"said": "已打扫", "cause": "cleaning", "because": "漏排", "correction": "排班改了"}
_OFF = (
    Move("issue", "KF01", {"charge": "paid", "tariff": "off"}),
    Move("collect", "KF01", {"collector": "GC03"}),
)

STORIES: tuple[Story, ...] = (
    Story("usual", _home(), (*_FINISHED, _REACHED, *_CLOSING)),
    Story(
        "filed",
        _home(),
        (
            *_FINISHED,
            _REACHED,
            Move("send_back", "XZ01", _BACK, child="callback"),
            Move("complete", "KF01", {"mended": "又问过业主"}, child="callback"),
            Move("archive", "XZ01", child="callback"),
            Move("join", "KF01", {"said": "楼下也漏", "joined_phone": "13800002345"}),
            Move("return", "GC01", {"register_line": "3"}),
            Move("hold_cash", "GC03"),
            Move("pay", "SF01", {"means": "cash"}),
            Move("void_receipt", "SF01", {**WHY, "second": "KF04"}),
            Move("pay", "SF01", {"means": "wechat"}),
            Move("bring_receipt", "GC03", {"receipt_to": "陈立"}),
            _CLOSING[1],
            Move("tell", "KF01", {"said": "已修好"}),
            _CLOSING[2],
            *_FILED,
        ),
    ),
    Story(
        "quoted and agreed",
        _home(),
        (
            *_OFF,
            Move("quote", "GC01", {"fee": "120", "told_how": "phone"}),
            Move("consent", "KF01", {"agreed_by": "陈立"}),
            Move("assign", "GC01", {"worker": "GC03"}),
            Move("arrive", "GC03"),
            Move("refuse", "GC03", {**WHY, "worker_sign": "GC03", "supervisor": "GC01"}),
        ),
    ),
    Story(
        "declined",
        _home(),
        (
            *_OFF,
            Move("quote", "GC01", {"fee": "120", "told_how": "phone"}),
            Move("decline", "KF01", WHY),
            *_CLOSING,
        ),
    ),
    Story("infeasible", _home(), (*_OFF, Move("infeasible", "GC01", WHY), *_CLOSING)),
    Story(
        "revisited",
        _home(),
        (
            *_WORKING,
            Move("material", "GC03", {"material_from": "office", "found": "qualified"}),
            Move("amend", "GC03", {"charge": "paid", "tariff": "SX-02", "explained": True}),
            Move(
                "leave", "GC03", {"missing": "龙头", "gets": "李强", "back_at": "2026-12-31 10:00"}
            ),
            Move("arrive", "GC03"),
            Move("agree", "GC03", AGREED),
            Move("finish", "GC03", DONE),
            Move("waive", "KF03", {"fee_now": "10", **WHY}),
            Move("return", "GC01"),
            Move("rework", "KF03", WHY),
            Move("arrive", "GC03"),
            Move("agree", "GC03", {"damage": "仍漏", "minutes": 10}),
            Move("finish", "GC03", {"tried": True, "resident": "陈立"}),
            Move("try", "KF01", {"note": "没人接"}, child="callback"),
            Move("refuse", "KF01", child="callback"),
            *_CLOSING,
        ),
    ),
    Story(
        "held and moved",
        _home(urgent=True),
        (
            Move("correct", "KF01", {"caller": "陈先生"}),
            Move("rebook", "KF01", {"at": "2026-12-31 09:00", "asked_by": "陈立"}),
            Move("hold", "KF01", {"hold": "parts"}),
            Move("resume", "KF01"),
            Move("urge", "KF01", {"said": "快点"}),
            Move("join", "KF01", {"said": "邻居也来电"}),
            Move("note", "KF01", {"note": "带梯子"}),
            *_ASSIGNED,
            Move("no_access", "GC03", {"left_note": True}),
            Move("cancel", "KF01", {"said": "不修了"}),
        ),
    ),
    Story(
        "emergency",
        _home("dispatch_now", emergency="burst_pipe", whom="王建国", how="radio", worker="GC03"),
        (
            Move("report", "KF01", {"reported_to": "值班经理", "how": "phone"}),
            Move("write_up", "KF01", PAID),
            Move("give_up", "GC03", {**WHY, "supervisor": "GC01"}),
            *_CLOSING,
        ),
    ),
    Story(
        "order",
        Move("register", "KF01", {"department": "guards", "text": "大堂积水"}),
        (
            Move("issue", "KF01"),
            Move("receive", "KF01", {"department": "ZX01", "assistant": "KF05"}),
            Move("assign", "KF01", {"worker": "ZX01"}),
            Move("hold", "KF01", {"hold": "weather"}),
            Move("resume", "KF01"),
            Move("finish", "KF01", {"result": "已清", "customer": "陈立"}),
            Move("verify", "KF05", {"finding": "干了"}),
            Move("tell", "KF01", {"said": "已告知"}),
            Move("close", "KF01"),
            *_FILED,
        ),
        kind="order",
    ),
    Story(
        "complaint",
        Move("register", "KF01", {"unit": "3-1-502", "text": "楼道没人打扫"}),
        (
            Move("correct", "KF01", {"department": "cleaning"}),
            Move("judge", "KF04", {"level": "major"}),
            Move("report", "KF01", {"told_to": "KF03", "how": "phone"}),
            Move("hand_on", "KF01", {"to_whom": "KF02", "why": "下班"}),
            Move("decline", "KF02", {"why": "也下班"}),
            Move("hand_on", "KF01", {"to_whom": "KF03", "why": "下班"}),
            Move("accept", "KF03"),
            Move("handle", "KF03", {"apologised": True, "remedy": "叫人去看"}),
            Move("hold", "KF03", {"hold": "customer"}),
            Move("resume", "KF03"),
            Move("urge", "KF01", {"urging": "快点"}),
            Move("note", "KF01", {"note": "对方着急"}),
            Move("refer", "KF03", {"department": "guards"}),
            Move("receive", "KF01", {"department": "ZX01", "assistant": "KF05"}, child="order"),
            Move("assign", "KF01", {"worker": "ZX01"}, child="order"),
            Move("finish", "KF01", {"result": "已扫", "customer": "陈立"}, child="order"),
            Move("answer", "KF03", _ANSWERED),
            Move("reopen", "KF03", {"why": "又脏了"}),
            Move("answer", "KF03", _ANSWERED),
            _REACHED,
            Move("verify", "KF05", {"finding": "干净"}),
            Move("close", "KF01"),
            Move("send_back", "XZ01", _BACK),
            Move("complete", "KF01", {"caller": "陈立", "mended": "补了投诉人"}),
            Move("archive", "XZ01"),
        ),
        kind="complaint",
    ),
    Story(
        "complaint withdrawn",
        Move("register", "KF01", {"unit": "3-1-502", "text": "楼上太吵"}),
        (Move("cancel", "KF01", {"why": "已经不吵了"}),),
        kind="complaint",
    ),
    Story(
        "notice",
        Move("register", "KF01", {"subject": "water", "department": "engineering", "text": "停水"}),
        (
            Move("note", "KF01", {"note": "水箱还有水"}),
            Move("report", "KF01", {"told_by": "王建国", "say": "抢修水管，晚上六点来水"}),
            Move("renew", "KF01", {"say": "晚上八点来水"}),
            Move("end", "KF01"),
        ),
        kind="notice",
    ),
    Story(
        "duty log",
        Move("register", "KF04", {"category": "complaint", "text": "楼道脏", "unit": "3-1-502"}),
        (
            Move("note", "KF04", {"note": "已去看"}),
            Move("hand_on", "KF04", {"to_whom": "KF03", **WHY}),
            Move("decline", "KF03", WHY),
            Move("hand_on", "KF04", {"to_whom": "KF03", **WHY}),
            Move("accept", "KF03"),
            Move("order", "KF03", {"department": "cleaning"}),
            Move("cancel", "KF01", WHY, child="order"),
            Move("task", "KF03", {"department": "cleaning", "task": "打扫"}),
            Move("cancel", "KF04", WHY, child="task"),
            Move("complaint", "KF03", {"level": "ordinary"}),
            Move("cancel", "KF03", WHY, child="complaint"),
            Move("solve", "KF03", {"result": "已扫", "reply": "已告知"}),
        ),
        kind="entry",
    ),
    Story(
        "task",
        Move("register", "KF04", {"department": "guards", "text": "大堂有水"}),
        (
            Move("hold", "KF01", {"hold": "weather"}),
            Move("urge", "KF01"),
            Move("resume", "KF01"),
            Move("receive", "ZX01", {"department": "ZX01"}),
            Move("note", "KF01", {"note": "带拖把"}),
            Move("finish", "ZX01", {"result": "已拖"}),
        ),
        kind="task",
    ),
    Story(
        "event",
        Move("register", "KF01", {"sort": "flood", "text": "水管爆了", "place": "5栋"}),
        (
            Move("note", "KF01", {"note": "已关阀"}),
            Move("report", "KF01", {"told_to": "ZJ01", "how": "phone"}),
            Move("course", "KF01", {"course": "水已停"}),
            Move("measure", "KF01", {"measure": "抽水"}),
            Move("assess", "KF01", {"injured": "无", "loss": "300"}),
            Move("handle", "KF01", {"result": "修好", "cause": "老化", "lessons": "换管"}),
            Move("close", "KF04"),
        ),
        kind="incident",
    ),
    Story(
        "patrol",
        Move("register", "KF04", {"what": "equipment"}),
        (
            Move("visit", "KF04", {"spot": "pump_room", "sound": True, "readings": "0.4MPa"}),
            Move("finding", "KF04", {"department": "engineering", "task": "灯坏", "spot": "desk"}),
            Move("finish", "KF04"),
        ),
        kind="patrol",
    ),
    Story(
        "patrol begun by mistake",
        Move("register", "SB01", {"what": "power"}),
        (Move("cancel", "SB01", WHY),),
        kind="patrol",
    ),
    Story(
        "answered call",
        Move("register", "KF01", {"phone": "13800001234"}, auto=True),
        (Move("answer", "KF01"),),
        kind="ring",
    ),
    Story(
        "missed call",
        Move("register", "KF01", {"phone": "13800001234"}, auto=True),
        (Move("release", "KF01"), Move("call_back", "KF01", {"note": "已回"})),
        kind="ring",
    ),
)
