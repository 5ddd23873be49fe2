"""What the items of a handover are called, and why one is looked at by itself."""

from typing import Final

from wuye_tui.words import N_

RECEIPTS: Final = "receipts"
KINDS: Final = {
    "left": N_("夜间留下"),
    RECEIPTS: N_("收据"),
    "held": N_("代收现金"),
    "draft": N_("没写完的"),
    "lacks": N_("巡查"),
    "item": N_("清单"),
    "forced": N_("顶班"),
}
WHY: Final = {
    "new": N_("本班新开"),
    "changed": N_("本班有变"),
    "overdue": N_("超时"),
    "grave": N_("重大"),
    "left": N_("夜间没办"),
    "money": N_("钱"),
    "patrol": N_("巡查不足"),
    "keys": N_("要点清"),
    "forced": N_("没交接就换人"),
    "promised": N_("答应缴费"),
}
