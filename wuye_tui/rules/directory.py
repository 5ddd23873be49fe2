"""The directory of telephone numbers (XX-4.1.4): whose they are, when to try one again, and what
is asked of whoever writes one down or takes one out.
"""

from datetime import date
from enum import StrEnum
from typing import Final

from wuye_tui.rules.lifecycle import Ask, Facts, Kind, Row
from wuye_tui.rules.phones import is_dialled
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_

CLAUSE: Final = "XX-4.1.4"


class Group(StrEnum):
    """What a number is for."""

    EMERGENCY = "emergency"
    UTILITY = "utility"
    AUTHORITY = "authority"
    MAKER = "maker"
    SERVICE = "service"
    INSIDE = "inside"


GROUPS: Final = {
    Group.EMERGENCY: N_("报警急救"),
    Group.UTILITY: N_("水电气暖"),
    Group.AUTHORITY: N_("政府社区"),
    Group.MAKER: N_("设备维保"),
    Group.SERVICE: N_("外部服务"),
    Group.INSIDE: N_("内部"),
}


def is_number(typed: str) -> bool:
    """Whether it can be dialled: 110, 8001, 95598, 023-55501001, 400-820-8820."""
    return is_dialled(typed)


def is_stale(checked: date | None, today: date, days: int) -> bool:
    """Whether a number has to be tried: nobody ever did, or more than `days` days ago."""
    return checked is None or (today - checked).days > days


def _is_new(facts: Facts) -> bool:
    """Whether it is an entry that the directory does not have yet, so that its name is asked."""
    return not facts.get("place")


# Written as the steps of a procedure are, so that their forms are made in the same way. An entry is
# no matter: `place` of the facts is its name.
PUT: Final = Row(
    "put",
    N_("改电话"),
    "new",
    "new",
    Right.DESK_NIGHT,
    CLAUSE,
    ask=(
        Ask(
            "name",
            Kind.TEXT,
            N_("名称"),
            when=_is_new,
            proposed=lambda facts: str(facts.get("name", "")),
        ),
        Ask(
            "kind",
            Kind.CHOICE,
            N_("类别"),
            choices=tuple((str(group), word) for group, word in GROUPS.items()),
            proposed=lambda facts: str(facts.get("kind", Group.SERVICE)),
        ),
        *(
            Ask(
                name,
                kind,
                word,
                name == "phone",
                proposed=lambda facts, name=name: str(facts.get(name, "")),  # type: ignore[misc]
            )
            for name, kind, word in (
                ("phone", Kind.PHONE, N_("电话")),
                ("second", Kind.PHONE, N_("备用电话")),
                ("hours", Kind.TEXT, N_("时间")),
                ("note", Kind.WORDS, N_("备注")),
            )
        ),
    ),
    prompt=N_("号码改了就要重新核对：打通以后在通讯录里按 F9。"),
)
REMOVE: Final = Row(
    "remove",
    N_("删电话"),
    "new",
    "new",
    Right.DESK_NIGHT,
    CLAUSE,
    ask=(Ask("reason", Kind.WORDS, N_("为什么不再用")),),
    prompt=N_("通讯录里不再有它；以后还可以用同一个名称加回来。"),
)
