"""What a complaint can lack before it goes into the archive (NB-2, BH-4, XX-4.3.10)."""

from dataclasses import replace

from wuye_tui.rules import filing
from wuye_tui.rules.complaint_desk import COMPLAINANT
from wuye_tui.rules.lifecycle import Ask, Kind, Lack
from wuye_tui.rules.repair_asks import PHONE, TEXT
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

LACKS = (
    filing.SENT_BACK,
    Lack(
        "nameless",
        "XX-4.2.2",
        N_("没有写投诉人，请补上，或写明不肯留名。"),
        lambda was: (
            was.state != "cancelled" and bool(was.facts.get("unit")) and not was.facts.get("caller")
        ),
        daily=True,
    ),
    Lack(
        "cause",
        "BH-4",
        N_("没有写投诉的原因，请补上。"),
        lambda was: was.state == "closed" and not was.facts.get("cause"),
    ),
    Lack(
        "unverified",
        "BH-4",
        N_("没有写效果怎样，请补上。"),
        lambda was: was.state == "closed" and not was.facts.get("finding"),
    ),
    filing.RED_LINE,
)

INSISTED = frozenset({"cause", "unverified", "red_line"})
"""What the steps insist on before a complaint is over, so that none of today's can lack it."""

MENDING_ROW = filing.mending(
    "closed,cancelled",
    Right.COMPLAINT,
    ask=(
        COMPLAINANT,
        PHONE,
        replace(TEXT, word=N_("投诉内容"), needed=False),
        Ask("finding", Kind.WORDS, N_("效果怎样"), needed=False, personal=True),
    ),
)
