"""Receipts 收据: money taken for a finished slip, with a number of the year's series (BX-16).

The receptionist takes it in the cashier's absence and is named on the receipt (FW-1.6). What was
taken by mistake is made void by a second person; the number is never given again.
"""

from wuye_tui.rules.lifecycle import Ask, Case, Effect, Facts, Guard, Kind, Row, Sign
from wuye_tui.rules.repair_asks import WHY
from wuye_tui.rules.rights import Hat, Right
from wuye_tui.words import N_

PREFIX = "SJ"
DIGITS = 6
FIELD = 12 * 3600
DONE = "finished-verified"
KEPT = "finished-closed"  # what was not paid at the red line is still taken; not once filed
MEANS = (
    ("cash", N_("现金")),
    ("card", N_("刷卡")),
    ("wechat", N_("微信")),
    ("alipay", N_("支付宝")),
    ("transfer", N_("转账")),
)
SEVERAL = "several"
"""What a receipt says where there are several means, or several fees."""
MEANS_WORDS = {**dict(MEANS), SEVERAL: N_("几种")}


def number_of(year: str, n: int) -> str:
    """The n-th receipt of a year, SJ-2026-000001; grows past the last."""
    return f"{PREFIX}-{year}-{n:0{DIGITS}d}"


def outstanding(facts: Facts) -> int:
    """What is still to be paid for a slip, in fen: all of it, or nothing once it was taken."""
    charged = int(facts.get("charged_fen", 0) or 0)
    return 0 if facts.get("paid_fen") else charged


def held(facts: Facts) -> int:
    """What the worker took in cash at the door and has not handed to the cashier, in fen."""
    return 0 if facts.get("paid_fen") else int(facts.get("held_fen", 0) or 0)


def _taken(case: Case) -> Facts:
    return {
        "paid_fen": outstanding(case.matter.facts),
        "held_fen": 0,
        "for_cashier": Hat.CASHIER not in case.doer.hats,
    }


NOTHING_OWED = Guard(
    "nothing_owed",
    "BX-16",
    N_("这张单没有要收的钱：没有收费，或者已经收过了。"),
    lambda case: outstanding(case.matter.facts) == 0,
    hides=True,
)
HELD = Guard(
    "held",
    "BX-16",
    N_("这张单的现金已经代收了，交给收费员开收据。"),
    lambda case: held(case.matter.facts) > 0,
    hides=True,
)
NO_RECEIPT = Guard(
    "no_receipt",
    "BX-16",
    N_("这张单还没有收款，没有收据。"),
    lambda case: not case.matter.facts.get("paid_fen"),
    hides=True,
)
RECEIVED = Guard(
    "received",
    "BX-16",
    N_("钱已经收了，收据也开了：先作废收据，再减免。"),
    lambda case: bool(case.matter.facts.get("paid_fen")),
)
ALONE = Guard(
    "alone",
    "BX-16",
    N_("作废收据要有第二个人签字，不能是自己。"),
    lambda case: case.signed.get("second", "") in {"", case.doer.number},
)

UNPROVEN = Guard(
    "second_pin",
    "BX-16",
    N_("第二个人要输入自己的密码，只写名字不算签；还没有密码的，请管理员先设一个。"),
    lambda case: "second" not in {*case.by_pin, *case.around.get("pinless", ())},
)

RECEIPT_ROWS = (
    Row(
        "pay",
        N_("收款"),
        KEPT,
        "@same",
        Right.TAKE_MONEY,
        "BX-16",
        ask=(
            Ask(
                "means",
                Kind.CHOICE,
                N_("怎样付"),
                choices=MEANS,
                proposed=lambda facts: "cash" if held(facts) else "",
            ),
            Ask(
                "paid_by",
                Kind.NAME,
                N_("付款人"),
                needed=False,
                personal=True,
                proposed=lambda facts: str(facts.get("payer") or facts.get("caller") or ""),
            ),
        ),
        signs=(Sign("cashier", N_("收款人"), right=Right.TAKE_MONEY, own=True),),
        guards=(NOTHING_OWED,),
        effects=(Effect.RECEIPT,),
        sets=_taken,
        undo=False,
    ),
    Row(
        "hold_cash",
        N_("代收现金"),
        DONE,
        "@same",
        Right.REPAIR,
        "BX-16",
        ask=(
            Ask(
                "paid_by",
                Kind.NAME,
                N_("付款人"),
                needed=False,
                personal=True,
                proposed=lambda facts: str(facts.get("payer") or facts.get("caller") or ""),
            ),
        ),
        guards=(NOTHING_OWED, HELD),
        sets=lambda case: {"held_fen": outstanding(case.matter.facts), "held_by": case.doer.number},
        backdate=FIELD,
        relay=True,
        prompt=N_("先请业主扫单上的收款码；收了现金，交班时连单号一起点清，收据由收费员开。"),
    ),
    Row(
        "void_receipt",
        N_("作废收据"),
        KEPT,
        "@same",
        Right.TAKE_MONEY,
        "BX-16",
        ask=(WHY,),
        signs=(Sign("second", N_("第二人"), right=Right.FREE_REWORK, by_pin=True),),
        guards=(NO_RECEIPT, ALONE, UNPROVEN),
        effects=(Effect.VOID_RECEIPT,),
        sets=lambda _: {"paid_fen": 0},
        undo=False,
    ),
    Row(
        "bring_receipt",
        N_("收据送达"),
        KEPT,
        "@same",
        Right.REPAIR,
        "BX-16",
        ask=(
            Ask(
                "receipt_to",
                Kind.NAME,
                N_("交给谁"),
                personal=True,
                proposed=lambda facts: str(facts.get("paid_by") or facts.get("caller") or ""),
            ),
        ),
        guards=(NO_RECEIPT,),
        backdate=FIELD,
        relay=True,
    ),
)
"""The steps of a repair slip that concern its money, from taking it to the resident's own copy."""
