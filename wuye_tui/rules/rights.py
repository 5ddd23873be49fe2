"""Who may do what: one table of rights, each granted to hats (HR-5.1).

A person wears the hats of their post, those that deputies and small offices add, and those that a
running duty lends (the plumber who holds the night wears `night`). Steps ask for a right, never
for a post.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from wuye_tui.words import N_


class Hat(StrEnum):
    """What a person is to the office."""

    CLERK = "clerk"
    DESK_SUPERVISOR = "desk_supervisor"
    DESK_MANAGER = "desk_manager"
    ASSISTANT = "assistant"
    INFORMATION = "information"
    ARCHIVIST = "archivist"
    ENG_SUPERVISOR = "eng_supervisor"
    ENG_DEPUTY = "eng_deputy"
    MAINTAINER = "maintainer"
    TRADE_DUTY = "trade_duty"
    NIGHT = "night"
    DUTY_MANAGER = "duty_manager"
    CASHIER = "cashier"
    GENERAL_MANAGER = "general_manager"
    PROJECT_HEAD = "project_head"
    ADMIN = "admin"
    GUARD = "guard"
    CLEANER = "cleaner"
    SYSTEM = "system"


class Right(StrEnum):
    """What a step asks for."""

    ANYONE = "anyone"  # any employee (BX-3.2, XX-4.2.2)
    DESK = "desk"
    DESK_NIGHT = "desk_night"
    EMERGENCY = "emergency"
    TAKE_NIGHT = "take_night"
    COLLECT = "collect"
    LEAD_REPAIRS = "lead_repairs"
    REPAIR = "repair"
    TAKE_ANSWER = "take_answer"
    VERIFY = "verify"
    FREE_REWORK = "free_rework"
    CLOSE = "close"
    HOLD = "hold"
    COMMAND = "command"  # who an overdue matter is taken to (XX-4.3.11b)
    CALL_BACK = "call_back"
    TAKE_MONEY = "take_money"  # the cashier, and the desk in the cashier's absence (FW-1.6)
    ACCOUNTS = "accounts"  # sees what units owe
    DUN = "dun"  # reminds whoever owes, and hears what they promise (KF-3.4)
    BILL = "bill"  # sets prices and terms, runs bills, closes the day (FW-4.3)
    ALLOW_LESS = "allow_less"  # allows that less is charged than the price says (KF-3.4)
    SECOND = "second"  # the second person of a void, a refund or a reversal
    COMPLAINT = "complaint"  # taking care of one (FW-2.2)
    JUDGE = "judge"  # the manager, who weighs a complaint (BH-4) and has those about staff (FW-M.9)
    HEAR_MAJOR = "hear_major"  # who a major event is put to (XX-4.2.7)
    CHECK_EFFECT = "check_effect"  # of what was done about a complaint (BH-4)
    SUPERVISE = "supervise"  # checks and signs the day's records (BX-3.3)
    ARCHIVE = "archive"  # takes records into the archive (XX-4.3.8)
    RELIEVE = "relieve"  # takes a duty over; whose turn it may be is planned (KF-5, ZB-3.2)
    STEP_IN = "step_in"  # takes one over that nobody can hand over any more
    LOG = "log"  # writes the duty manager's log (ZB-3.4)
    PATROL = "patrol"  # goes round the posts and the rooms (ZB-4.3, SB-1, SB-2)
    TASK = "task"  # gives departments tasks (ZB-4.7)
    RECHECK = "recheck"  # looks whether they are done (ZB-4.10)
    HEAR_INCIDENT = "hear_incident"  # who a sudden or major event is reported to (ZB-4.2)
    READ_LOG = "read_log"  # reads the log every week and writes instructions (ZB-3.7)
    ROSTER = "roster"  # draws up and publishes rosters, and hears of swaps and leave (ZB-3.6, 4.4)
    SEE_NUMBER = "see_number"  # sees one whole telephone for the work at hand
    OPEN_FILE = "open_file"  # asks to look into an owner's file, by the procedure (FW-6.3)
    ALLOW_FILE = "allow_file"  # allows somebody else to look into it (FW-6.3)
    TAKE_PEOPLE_OUT = "take_people_out"  # lists of people into files, and with whole numbers
    ERASE = "erase"  # takes words about people out for good, and allows somebody else to
    ADMINISTER = "administer"
    SYSTEM = "system"


_DESK = {Hat.CLERK, Hat.DESK_SUPERVISOR, Hat.DESK_MANAGER, Hat.INFORMATION}
_LEADS = {Hat.ENG_SUPERVISOR, Hat.ENG_DEPUTY}
_TRADE = {Hat.MAINTAINER, Hat.TRADE_DUTY}
_MANAGERS = {Hat.DESK_MANAGER, Hat.GENERAL_MANAGER, Hat.PROJECT_HEAD}
_ABOVE = {Hat.DESK_SUPERVISOR, Hat.DESK_MANAGER, Hat.GENERAL_MANAGER, Hat.PROJECT_HEAD}

GRANTS: dict[Right, frozenset[Hat]] = {
    Right.ANYONE: frozenset(Hat) - {Hat.SYSTEM},
    Right.DESK: frozenset(_DESK | {Hat.ASSISTANT}),
    Right.DESK_NIGHT: frozenset(_DESK | {Hat.ASSISTANT, Hat.NIGHT}),
    Right.EMERGENCY: frozenset(_DESK | {Hat.ASSISTANT, Hat.NIGHT, Hat.DUTY_MANAGER} | _ABOVE),
    Right.TAKE_NIGHT: frozenset({Hat.NIGHT, Hat.TRADE_DUTY}),
    Right.COLLECT: frozenset(_LEADS | _TRADE),
    Right.LEAD_REPAIRS: frozenset(_LEADS),
    Right.REPAIR: frozenset(_LEADS | _TRADE | {Hat.NIGHT}),
    Right.TAKE_ANSWER: frozenset(_DESK | {Hat.ASSISTANT, Hat.NIGHT} | _LEADS),
    Right.VERIFY: frozenset({Hat.ASSISTANT}),
    Right.FREE_REWORK: frozenset(_ABOVE | {Hat.ENG_SUPERVISOR}),
    Right.CLOSE: frozenset(_DESK | {Hat.ASSISTANT}),
    Right.HOLD: frozenset(_DESK | {Hat.ASSISTANT, Hat.NIGHT} | _LEADS),
    Right.COMMAND: frozenset({Hat.DESK_MANAGER, Hat.GENERAL_MANAGER, Hat.PROJECT_HEAD} | _LEADS),
    Right.CALL_BACK: frozenset(_DESK | {Hat.ASSISTANT}),
    Right.TAKE_MONEY: frozenset(_DESK | {Hat.CASHIER}),
    Right.ACCOUNTS: frozenset(_DESK | {Hat.ASSISTANT, Hat.CASHIER, Hat.ADMIN} | _ABOVE),
    Right.DUN: frozenset(_DESK | {Hat.ASSISTANT, Hat.CASHIER}),
    Right.BILL: frozenset({Hat.CASHIER, Hat.ADMIN} | _MANAGERS),
    Right.ALLOW_LESS: frozenset(_MANAGERS),
    Right.SECOND: frozenset({Hat.CASHIER} | _ABOVE),
    Right.COMPLAINT: frozenset(_DESK | {Hat.ASSISTANT, Hat.NIGHT, Hat.DUTY_MANAGER} | _ABOVE),
    Right.JUDGE: frozenset(_MANAGERS),
    Right.HEAR_MAJOR: frozenset({Hat.DUTY_MANAGER} | _ABOVE),
    Right.CHECK_EFFECT: frozenset({Hat.ASSISTANT} | _ABOVE),
    Right.SUPERVISE: frozenset({Hat.DESK_SUPERVISOR, Hat.DESK_MANAGER}),
    # Regulation A staffs no archivist: there the files are Administration's.
    Right.ARCHIVE: frozenset({Hat.ARCHIVIST, Hat.ADMIN}),
    Right.RELIEVE: frozenset(Hat) - {Hat.SYSTEM},
    Right.STEP_IN: frozenset(_ABOVE | _LEADS),
    Right.LOG: frozenset({Hat.DUTY_MANAGER} | _MANAGERS),
    # A duty manager may write a patrol up when the duty that lent the hat is over: by their post.
    Right.PATROL: frozenset(
        {Hat.DUTY_MANAGER, Hat.NIGHT, Hat.GUARD, Hat.ADMIN} | _TRADE | _LEADS | _ABOVE
    ),
    Right.TASK: frozenset({Hat.DUTY_MANAGER} | _MANAGERS),
    Right.RECHECK: frozenset({Hat.DUTY_MANAGER}),
    Right.HEAR_INCIDENT: frozenset({Hat.GENERAL_MANAGER}),
    Right.READ_LOG: frozenset({Hat.PROJECT_HEAD}),
    Right.ROSTER: frozenset({Hat.ADMIN} | _MANAGERS),
    # Guards and cleaners are told by the desk whom to ring.
    Right.SEE_NUMBER: frozenset(
        _DESK
        | {Hat.ASSISTANT, Hat.NIGHT, Hat.DUTY_MANAGER, Hat.CASHIER, Hat.ADMIN, Hat.ARCHIVIST}
        | _LEADS
        | _TRADE
        | _ABOVE
    ),
    Right.OPEN_FILE: frozenset(Hat) - {Hat.SYSTEM},
    Right.ALLOW_FILE: frozenset({Hat.ARCHIVIST, Hat.ADMIN} | _ABOVE),
    Right.TAKE_PEOPLE_OUT: frozenset({Hat.ADMIN, Hat.ARCHIVIST} | _ABOVE),
    Right.ERASE: frozenset({Hat.ADMIN} | _MANAGERS),
    Right.ADMINISTER: frozenset({Hat.ADMIN, Hat.PROJECT_HEAD, Hat.GENERAL_MANAGER}),
    Right.SYSTEM: frozenset({Hat.SYSTEM}),
}

# Who may write down, in their own name, what somebody else did and told the desk about.
RECORDERS = frozenset(_DESK | {Hat.ASSISTANT, Hat.NIGHT})

HAT_WORDS: dict[Hat, str] = {
    Hat.CLERK: N_("客服专员"),
    Hat.DESK_SUPERVISOR: N_("客服主管"),
    Hat.DESK_MANAGER: N_("客服经理"),
    Hat.ASSISTANT: N_("客服助理"),
    Hat.INFORMATION: N_("信息处理员"),
    Hat.ARCHIVIST: N_("档案管理员"),
    Hat.ENG_SUPERVISOR: N_("工程主管"),
    Hat.ENG_DEPUTY: N_("工程副主管"),
    Hat.MAINTAINER: N_("维修工"),
    Hat.TRADE_DUTY: N_("设备值班工"),
    Hat.NIGHT: N_("夜班值班"),
    Hat.DUTY_MANAGER: N_("值班经理"),
    Hat.CASHIER: N_("收费员"),
    Hat.GENERAL_MANAGER: N_("总经理"),
    Hat.PROJECT_HEAD: N_("项目负责人"),
    Hat.ADMIN: N_("行政"),
    Hat.GUARD: N_("秩序维护员"),
    Hat.CLEANER: N_("保洁员"),
    Hat.SYSTEM: N_("系统"),
}


_CODES: dict[str, Hat] = {hat.value: hat for hat in Hat}


@dataclass(frozen=True)
class Actor:
    """Somebody who acts: staff number, name, and the hats they wear at this moment."""

    number: str
    name: str
    hats: frozenset[Hat]

    def may(self, right: Right) -> bool:
        """Whether one of the hats grants the right; the office's clockwork may do what is due."""
        return Hat.SYSTEM in self.hats or not self.hats.isdisjoint(GRANTS[right])

    @property
    def records(self) -> bool:
        """Whether this person may write down what others did (desk, assistant, night)."""
        return not self.hats.isdisjoint(RECORDERS)


SYSTEM = Actor("system", "system", frozenset({Hat.SYSTEM}))


def holders(right: Right) -> list[Hat]:
    """The hats that grant a right, in the order of the hats' own table."""
    return [hat for hat in Hat if hat in GRANTS[right]]


def hats(codes: Iterable[str]) -> frozenset[Hat]:
    """Hats from their codes; unknown codes are left out (an older program's rows)."""
    return frozenset(_CODES[code] for code in codes if code in _CODES)
