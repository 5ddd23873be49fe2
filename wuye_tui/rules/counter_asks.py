"""What is asked at the counter besides a payment (FW-4.1, FW-4.3, KF-3.4, BX-16): deposits, money
given back, what is let off, charged once or taken back.

Written as the steps of a procedure are, so that their forms are made in the same way; none of them
is a step of a matter. Choices that are an account's own are put in by whoever shows the form.
"""

from typing import Final

from wuye_tui.rules.lifecycle import NEW, SAME, Ask, Facts, Kind, Row
from wuye_tui.rules.receipts import MEANS
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

HOME, FEE, HELD, SUM, BY, PAYER, WHAT, REASON = (
    "home", "fee", "held", "sum", "means", "paid_by", "what", "why",
)  # fmt: skip
"""The names of the answers."""


def _one_of(name: str) -> Ask:
    """A choice that is made for whoever has only one."""
    words = {HOME: N_("哪一户"), FEE: N_("哪项费用"), HELD: N_("退什么")}

    def several(facts: Facts) -> bool:
        return name != HOME or bool(facts.get("several"))

    return Ask(
        name, Kind.CHOICE, words[name], when=several, proposed=lambda f: str(f.get(name, ""))
    )


def _sum(word: str) -> Ask:
    return Ask(SUM, Kind.MONEY, word, proposed=lambda facts: str(facts.get(SUM, "")))


def _means(word: str) -> Ask:
    return Ask(BY, Kind.CHOICE, word, choices=MEANS)


WHY: Final = Ask(REASON, Kind.WORDS, N_("为什么"), personal=True)
PAID_BY: Final = Ask(
    PAYER,
    Kind.NAME,
    N_("付款人"),
    needed=False,
    personal=True,
    proposed=lambda facts: str(facts.get(PAYER, "")),
)

DEPOSIT: Final = Row(
    "deposit",
    N_("收押金"),
    NEW,
    SAME,
    Right.TAKE_MONEY,
    "FW-1.6",
    ask=(_one_of(HOME), _one_of(FEE), _sum(N_("收多少")), _means(N_("怎样付")), PAID_BY),
)
REFUND: Final = Row(
    "refund",
    N_("退预存、押金"),
    NEW,
    SAME,
    Right.TAKE_MONEY,
    "BX-16",
    ask=(_one_of(HELD), _sum(N_("退多少")), _means(N_("怎样退")), WHY),
    prompt=N_("钱退给本人；填完由第二个人用自己的密码签字。"),
)
REFUND_RECEIPT: Final = Row(
    "refund_receipt",
    N_("退已日结的收据"),
    NEW,
    SAME,
    Right.TAKE_MONEY,
    "FW-4.3",
    ask=(WHY,),
    prompt=N_("全部退，怎样收的怎样退；填完由第二个人用自己的密码签字。"),
)
NO_LATE: Final = Row(
    "no_late",
    N_("不收违约金"),
    NEW,
    SAME,
    Right.TAKE_MONEY,
    "KF-3.4",
    ask=(WHY,),
    prompt=N_("只管下一次收款，没收清的以后还算；填完由批准的人用自己的密码签字。"),
)
WAIVE: Final = Row(
    "waive",
    N_("减免一笔"),
    NEW,
    SAME,
    Right.BILL,
    "KF-3.4",
    ask=(_sum(N_("减多少")), WHY),
    prompt=N_("填完由批准的人用自己的密码签字。"),
)
CHARGE: Final = Row(
    "charge",
    N_("加收一笔"),
    NEW,
    SAME,
    Right.BILL,
    "FW-4.1",
    ask=(
        _one_of(HOME),
        _one_of(FEE),
        _sum(N_("收多少")),
        Ask(WHAT, Kind.TEXT, N_("写明是什么"), needed=False),
    ),
)
REVERSE: Final = Row(
    "reverse",
    N_("冲销一笔"),
    NEW,
    SAME,
    Right.BILL,
    "BX-16",
    ask=(WHY,),
    prompt=N_("记错的账：没收的部分全部冲掉；填完由第二个人用自己的密码签字。"),
)

ROWS: Final = {
    row.verb: row for row in (DEPOSIT, REFUND, REFUND_RECEIPT, NO_LATE, WAIVE, CHARGE, REVERSE)
}
SIGNED: Final = {
    **dict.fromkeys((REFUND.verb, REFUND_RECEIPT.verb, REVERSE.verb), Right.SECOND),
    **dict.fromkeys((NO_LATE.verb, WAIVE.verb), Right.ALLOW_LESS),
}
"""What somebody else signs with their own PIN, and what they must be allowed to."""
