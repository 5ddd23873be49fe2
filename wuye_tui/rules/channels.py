"""By what a call, visit or message comes to the desk (KF-6)."""

from typing import Final

from wuye_tui.words import N_

PHONE: Final = "phone"
CHANNELS: Final[dict[str, str]] = {
    PHONE: N_("电话"),
    "visit": N_("来访"),
    "wechat": N_("微信"),
    "group": N_("业主群"),
    "radio": N_("对讲机"),
    "letter": N_("来信"),
    "12345": N_("12345"),  # and orders of the street office
    "patrol": N_("巡查"),
}
