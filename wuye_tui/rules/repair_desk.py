"""Repair slip: the steps of the desk, from the call to the slip on its way (BX-4, BX-5)."""

from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules import repair_guards as no
from wuye_tui.rules.lifecycle import Ask, Case, Effect, Facts, Kind, Row
from wuye_tui.rules.repair_asks import (
    AT,
    AT_TO,
    CALLER,
    CHANNEL,
    CHARGE,
    CONTACT,
    EMERGENCY,
    HOME,
    PAPER,
    PAYER,
    PHONE,
    PLACE,
    TARIFF,
    TEXT,
    UNIT,
    URGENT,
)
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

OUTAGE = 24 * 3600  # seconds: paper of a day without power
OPEN = "registered-verified"
FIRST_THE_CALL = N_("先打电话，后补单：说清地点、人数、有无危险；提醒对方等人到场，不要自行处理。")


def corrected(case: Case) -> Facts:
    """Copies of a slip that is made out are void; a home given takes the place of a place, and the
    other way round.
    """
    elsewhere = {"unit": {"place": ""}, "place": {"unit": ""}}
    moved = next((elsewhere[name] for name in elsewhere if case.given.get(name)), {})
    copies = {} if case.matter.state == "registered" else {"copies": "void"}
    return {**copies, **moved}


def waiting(case: Case) -> Facts:
    """Whoever called about the same thing, and can be rung, waits to be told how it ended
    (XX-4.2.6): the steps with which they joined, by number. The slip's own caller is called back.
    """
    phone = case.given.get("joined_phone")
    if not phone or phone == case.matter.facts.get("phone"):
        return {}
    return {"waiting": [*case.matter.facts.get("waiting", ()), case.matter.last + 1]}


DESK_ROWS = (
    Row(
        "register",
        N_("登记报修"),
        "new",
        "registered",
        Right.ANYONE,
        "BX-4",
        ask=(HOME, PLACE, TEXT, CALLER, CONTACT, PHONE, AT, AT_TO, URGENT, PAYER, CHANNEL, PAPER),
        guards=(no.NOWHERE, no.LATE_ENTRY, no.PAST_WISH, no.BACKWARDS),
        undo=False,
        backdate=OUTAGE,
    ),
    Row(
        "dispatch_now",
        N_("紧急派遣"),
        "new",
        "assigned",
        Right.EMERGENCY,
        "NB-3",
        ask=(HOME, PLACE, TEXT, *EMERGENCY, CALLER, PHONE),
        guards=(no.NOWHERE,),
        undo=False,
        prompt=FIRST_THE_CALL,
    ),
    Row(
        "dispatch_now",
        N_("紧急派遣"),
        "registered",
        "assigned",
        Right.EMERGENCY,
        "NB-3",
        ask=EMERGENCY,
        undo=False,
        prompt=FIRST_THE_CALL,
    ),
    Row(
        "issue",
        N_("开派工单"),
        "registered",
        "issued",
        Right.DESK_NIGHT,
        "BX-5",
        ask=(CHARGE, TARIFF, PAPER),
        guards=(no.LATE_ENTRY, no.HOMELESS),
        backdate=OUTAGE,
    ),
    Row(
        "notify",
        N_("通知工程部"),
        "issued",
        "notified",
        Right.DESK_NIGHT,
        "BX-5",
        ask=(
            Ask("whom", Kind.TEXT, N_("通知了谁"), personal=True, proposed=lambda _: "工程部"),
            Ask("how", Kind.CHOICE, N_("通知方式"), choices=is_.WAYS, proposed=lambda _: "phone"),
            PAPER,
        ),
        guards=(no.LATE_ENTRY,),
        backdate=OUTAGE,
        together=True,
    ),
    Row(
        "write_up",
        N_("补开派工单"),
        "assigned-finished",
        "@same",
        Right.DESK_NIGHT,
        "NB-3",
        ask=(CHARGE, TARIFF),
        guards=(no.NOT_EMERGENCY, no.HOMELESS),
        sets=lambda _: {"written_up": True},
    ),
    Row(
        "report",
        N_("上报总经理"),
        OPEN,
        "@same",
        Right.EMERGENCY,
        "ZB-4.2",
        ask=(
            Ask("reported_to", Kind.TEXT, N_("报给谁"), personal=True, proposed=lambda _: "总经理"),
            Ask("how", Kind.CHOICE, N_("上报方式"), choices=is_.WAYS, proposed=lambda _: "phone"),
        ),
        sets=lambda _: {"reported": True},
    ),
    Row(
        "rebook",
        N_("改约"),
        "registered-quoted",
        "@same",
        Right.DESK_NIGHT,
        "BX-9",
        ask=(
            Ask("at", Kind.MOMENT, N_("新的时间")),
            AT_TO,
            Ask("asked_by", Kind.NAME, N_("谁要求的"), personal=True),
        ),
        guards=(no.PAST_APPOINTMENT, no.BACKWARDS),
    ),
    Row(
        "correct",
        N_("更正"),
        "registered-quoted",
        "@same",
        Right.DESK_NIGHT,
        "BX-4",
        ask=(
            UNIT,
            PLACE,
            PHONE,
            CALLER,
            PAYER,
            Ask("text", Kind.WORDS, N_("报修内容"), needed=False, personal=True),
        ),
        guards=(no.NOTHING_GIVEN,),
        effects=(Effect.SNAPSHOT,),
        sets=corrected,
        prompt=N_("已打印的各联作废，请重新打印。"),
    ),
    Row(
        "hold",
        N_("挂起"),
        OPEN,
        "@same",
        Right.HOLD,
        "XX-4.3.7b",
        ask=(
            Ask("hold", Kind.CHOICE, N_("原因"), choices=is_.HOLDS),
            Ask("until", Kind.MOMENT, N_("到什么时候"), needed=False),
            Ask("why", Kind.WORDS, N_("说明"), needed=False, personal=True),
        ),
        sets=lambda case: {"until": case.given.get("until", "")},
        guards=(no.PAST_UNTIL,),
        effects=(Effect.HOLD,),
        relay=True,
        together=True,
    ),
    Row(
        "resume",
        N_("恢复"),
        OPEN,
        "@same",
        Right.HOLD,
        "XX-4.3.7b",
        guards=(no.NOT_HELD,),
        effects=(Effect.RELEASE,),
        relay=True,
        together=True,
    ),
    Row(
        "urge",
        N_("催单"),
        OPEN,
        "@same",
        Right.ANYONE,
        "XX-4.1.3",
        ask=(Ask("said", Kind.WORDS, N_("催单人的话"), needed=False, personal=True),),
        together=True,
    ),
    Row(
        "join",
        N_("并入来电"),
        OPEN,
        "@same",
        Right.DESK_NIGHT,
        "XX-4.1.3",
        ask=(
            Ask("said", Kind.WORDS, N_("来电内容"), personal=True),
            Ask("joined_by", Kind.NAME, N_("谁来电"), needed=False, personal=True),
            Ask("joined_phone", Kind.PHONE, N_("电话"), needed=False, personal=True),
        ),
        sets=waiting,
    ),
    Row(
        "note",
        N_("备注"),
        OPEN,
        "@same",
        Right.ANYONE,
        "XX-4.1.3",
        ask=(Ask("note", Kind.WORDS, N_("备注"), personal=True),),
        together=True,
    ),
    Row(
        "escalate",
        N_("上报督办"),
        "collected-finished",
        "@same",
        Right.DESK,
        "XX-4.3.11b",
        guards=(no.NOT_OVERDUE, no.ESCALATED),
        effects=(Effect.OPEN_ORDER,),
        undo=False,
        sets=lambda _: {"escalated": True},
    ),
    Row(
        "cancel",
        N_("取消报修"),
        "registered-quoted",
        "cancelled",
        Right.DESK_NIGHT,
        "BX-4",
        ask=(Ask("said", Kind.WORDS, N_("业主原话"), personal=True),),
        guards=(no.UNSIGNED, no.UNREPORTED),
        undo=False,
    ),
)
