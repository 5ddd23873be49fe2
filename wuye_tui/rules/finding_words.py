"""Which department something found on patrol is likely for (ZB-4.7). A proposal, and no more: it is
shown beside the key that makes the task, and whoever found it may name another.
"""

from typing import Final

from wuye_tui.rules.findings import ROOM
from wuye_tui.rules.line_orders import department_of
from wuye_tui.rules.units_text import compiled

UNCLEAR: Final = "service"  # what `department_of` says of words that it does not understand
_POSTS: Final = r"[离脱睡]岗|岗亭|着装|仪容|对讲|登记本|巡逻|放行|外卖|玩手机"
_BROKEN: Final = r"[坏破裂松断锈掉漏渗滴闸泵]|不[亮转动响]|关不|打不开|失灵|故障|积水|配电|异响"


def proposed_department(words: str, sort: str) -> str:
    """The code of the department; `sort` is what was visited: a post, a room or a place."""
    if compiled(_POSTS).search(words):
        return "guards"
    found = department_of(words)
    if found != UNCLEAR:
        return found
    if sort == ROOM or compiled(_BROKEN).search(words):
        return "engineering"
    return UNCLEAR
