"""What a departmental order can lack before it goes into the archive (XX-4.3.8, XX-4.3.10)."""

from dataclasses import replace

from wuye_tui.rules import filing
from wuye_tui.rules.folding import Situation
from wuye_tui.rules.lifecycle import Ask, Kind, Lack
from wuye_tui.rules.repair_asks import CALLER, PHONE, TEXT
from wuye_tui.rules.repair_lacks import LATE, late_by
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_


def _unsigned(was: Situation, role: str) -> bool:
    return not (was.facts.get(f"signed_{role}") or was.facts.get(f"refused_{role}"))


LACKS = (
    filing.SENT_BACK,
    Lack(
        "nameless",
        "XX-4.2.2",
        N_("没有写反映的人，请补上。"),
        lambda was: (
            was.state != "cancelled" and bool(was.facts.get("unit")) and not was.facts.get("caller")
        ),
        daily=True,
    ),
    Lack(
        "receipt",
        "XX-4.2.3",
        N_("部门和客服助理没有签收，请补签。"),
        lambda was: (
            "receive" in was.done and (_unsigned(was, "department") or _unsigned(was, "assistant"))
        ),
        daily=True,
    ),
    Lack(
        "customer",
        "XX-4.3.8",
        N_("客户服务单上客户没有签字，也没有写明原因，请补上。"),
        lambda was: was.outcome == "done" and _unsigned(was, "customer"),
        daily=True,
    ),
    Lack(
        "untold",
        "XX-4.2.6",
        N_("还没有把结果告诉反映的人，告诉之后才能归档。"),
        lambda was: was.state == "closed" and not was.facts.get("told"),
    ),
    filing.RED_LINE,
)

INSISTED = frozenset({"receipt", "customer", "untold", "red_line"})
"""What the steps insist on before an order is over, so that none of today's can lack it."""

MENDING_ROW = filing.mending(
    "closed,cancelled",
    Right.DESK,
    ask=(
        CALLER,
        PHONE,
        replace(TEXT, word=N_("事项"), needed=False),
        Ask("result", Kind.WORDS, N_("结果"), needed=False, personal=True),
        LATE,
    ),
    signs=(late_by("customer", N_("客户签字")),),
)
