"""What a repair slip can lack: one row for each thing. It is looked for when the day's records are
checked (BX-3.3), and before a slip goes into the archive (XX-4.3.10).

Most of it the steps insist on by themselves. It is looked for all the same: a record that came
about in another way, by an older table, is not filed unseen.
"""

from collections.abc import Callable
from dataclasses import replace

from wuye_tui.rules import filing
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.folding import Situation
from wuye_tui.rules.lifecycle import Ask, Kind, Lack, Sign
from wuye_tui.rules.repair_asks import CALLER, PHONE, TEXT
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

SHORTEST = 2  # characters; less says nothing to whoever reads the record later
_SENT = frozenset({"on_site", "working", "finished", "returned", "verified", "closed"})


def _unfit(name: str) -> Callable[[Situation], bool]:
    """Words that were given and say nothing; erased ones are not missed."""
    return lambda was: 0 < len(str(was.facts.get(name) or "").strip()) < SHORTEST


def _kept(was: Situation) -> bool:
    """Whether the slip was not called off: what was, needs no more than who said so."""
    return was.state != "cancelled"


def _nameless(was: Situation) -> bool:
    return _kept(was) and bool(was.facts.get("unit")) and not was.facts.get("caller")


def _phoneless(was: Situation) -> bool:
    known = was.facts.get("phone") or was.facts.get("no_phone")
    return _kept(was) and bool(was.facts.get("unit")) and not known


def _unsigned(was: Situation, role: str) -> bool:
    return not (was.facts.get(f"signed_{role}") or was.facts.get(f"refused_{role}"))


def _done(was: Situation) -> bool:
    return was.outcome == "done"


def _unregistered(was: Situation) -> bool:
    charged = _done(was) and is_.paid(was.facts) and is_.total_fen(was.facts)
    return bool(charged) and "return" in was.done and not was.facts.get("register_line")


def _unwritten(was: Situation) -> bool:
    sent = is_.emergency(was.facts) and was.state in _SENT
    return sent and not was.facts.get("written_up")


LACKS = (
    filing.SENT_BACK,
    Lack("nameless", "XX-4.2.2", N_("没有写报修人，请补上。"), _nameless, daily=True),
    Lack(
        "phoneless",
        "BX-5",
        N_("没有写联系电话，请补上，或写明为什么没有。"),
        _phoneless,
        daily=True,
    ),
    Lack("unclear", "XX-4.2.2", N_("报修内容写得不清楚，请重写。"), _unfit("text"), daily=True),
    Lack("finding", "XX-4.2.5", N_("核实结果写得不清楚，请重写。"), _unfit("finding")),
    Lack("unwritten", "NB-3", N_("紧急派遣还没有补开派工单，请先补单。"), _unwritten, daily=True),
    Lack(
        "unreported",
        "ZB-4.2",
        N_("紧急事件还没有上报总经理，请先上报。"),
        lambda was: is_.emergency(was.facts) and not was.facts.get("reported"),
        daily=True,
    ),
    Lack(
        "countersign",
        "BX-3.1",
        N_("值班接的单还没有主管补签，请工程主管先签字。"),
        lambda was: bool(was.facts.get("taken")) and not was.facts.get("countersigned"),
        daily=True,
    ),
    Lack(
        "collector",
        "BX-6",
        N_("领单没有签字，请工程部补签。"),
        lambda was: "collect" in was.done and _unsigned(was, "collector"),
        daily=True,
    ),
    Lack(
        "resident",
        "BX-15",
        N_("业主没有签字，也没有写明原因，请补上。"),
        lambda was: _done(was) and not is_.public(was.facts) and _unsigned(was, "resident"),
        daily=True,
    ),
    Lack(
        "inspector",
        "BX-15",
        N_("公共部位没有验收签字，请补上。"),
        lambda was: _done(was) and is_.public(was.facts) and _unsigned(was, "inspector"),
        daily=True,
    ),
    Lack(
        "refusal",
        "BX-13",
        N_("业主不修的，要维修工和主管都签字。"),
        lambda was: (
            was.outcome == "refused"
            and (_unsigned(was, "worker_sign") or _unsigned(was, "supervisor"))
        ),
        daily=True,
    ),
    Lack(
        "lines",
        "BX-15",
        N_("有偿维修没有收费明细，请补上。"),
        lambda was: _done(was) and is_.paid(was.facts) and not was.facts.get("lines"),
        daily=True,
    ),
    Lack("register_line", "BX-16", N_("没有写收费登记表行号，请补上。"), _unregistered),
    Lack(
        "copies",
        "BX-16",
        N_("二、三联还在工程部，收回以后才能归档。"),
        lambda was: was.facts.get("copies") == "engineering",
    ),
    Lack(
        "callback",
        "BX-17",
        N_("还没有回访，回访之后才能归档。"),
        lambda was: was.facts.get("callback") == "due",
    ),
    filing.RED_LINE,
)

INSISTED = frozenset(
    {"unwritten", "unreported", "countersign", "collector", "resident", "inspector"}
    | {"refusal", "lines", "callback", "red_line"}
)
"""What the steps insist on before a slip is over, so that none of today's can lack it."""

NO_PHONE = Ask("no_phone", Kind.WORDS, N_("为什么没有电话"), needed=False, personal=True)
LATE = Ask("late_signature", Kind.FLAG, N_("客户现在补签"), needed=False)


def late_by(role: str, word: str) -> Sign:
    """A resident's or customer's signature that is given after all."""
    late = "late_signature"
    return Sign(role, word, lambda facts: bool(facts.get(late)), may_refuse=True, staff=False)


MENDING_ROW = filing.mending(
    "closed,cancelled",
    Right.DESK,
    ask=(
        CALLER,
        PHONE,
        NO_PHONE,
        replace(TEXT, needed=False),
        Ask("finding", Kind.WORDS, N_("核实结果"), needed=False, personal=True),
        Ask("register_line", Kind.TEXT, N_("收费登记表行号"), needed=False, when=is_.paid),
        Ask(
            "copies_back",
            Kind.FLAG,
            N_("二、三联已收回"),
            needed=False,
            when=lambda facts: facts.get("copies") == "engineering",
        ),
        LATE,
    ),
    signs=(late_by("resident", N_("业主签字")),),
)
