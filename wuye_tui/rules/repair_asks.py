"""The questions that several steps of a repair slip share."""

from dataclasses import replace

from wuye_tui.rules import channels
from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.lifecycle import Ask, Facts, Kind
from wuye_tui.rules.rights import Right
from wuye_tui.words import N_


def _likely_charge(facts: Facts) -> str:
    """What the form starts with: public for a place, warranty while it runs, otherwise paid."""
    if facts.get("place"):
        return is_.PUBLIC
    return is_.WARRANTY if facts.get("warranty") else is_.PAID


UNIT = Ask("unit", Kind.UNIT, N_("房号"), needed=False)
PLACE = Ask("place", Kind.TEXT, N_("公共部位"), needed=False)
HOME = replace(UNIT, wanted=True, or_else="place")
TEXT = Ask("text", Kind.WORDS, N_("报修内容"), personal=True)
CALLER = Ask("caller", Kind.NAME, N_("报修人"), needed=False, personal=True)
CONTACT = Ask("contact", Kind.NAME, N_("现场联系人"), needed=False, personal=True)
PHONE = Ask("phone", Kind.PHONE, N_("联系电话"), needed=False, personal=True)
AT = Ask("at", Kind.MOMENT, N_("预约时间"), needed=False)
AT_TO = Ask("at_to", Kind.MOMENT, N_("预约到"), needed=False)
URGENT = Ask("urgent", Kind.FLAG, N_("加急"), needed=False)
PAYER = Ask("payer", Kind.NAME, N_("付费人"), needed=False, personal=True)
CHANNEL = Ask(
    "channel",
    Kind.CHOICE,
    N_("来电渠道"),
    needed=False,
    choices=tuple(channels.CHANNELS.items()),
    proposed=lambda _: channels.PHONE,
)
PAPER = Ask("paper", Kind.FLAG, N_("停电停网时的纸质记录"), needed=False)
WHY = Ask("why", Kind.WORDS, N_("原因"), personal=True)

CHARGE = Ask(
    "charge", Kind.CHOICE, N_("收费类别"), choices=is_.ISSUE_CHARGES, proposed=_likely_charge
)
TARIFF = Ask(
    "tariff",
    Kind.TARIFF,
    N_("收费项目"),
    when=is_.paid,
    proposed=lambda facts: str(facts.get("likely_tariff", "")),
)
CHARGE_UNKNOWN = replace(CHARGE, when=lambda facts: not facts.get("charge"))
TARIFF_UNKNOWN = replace(TARIFF, when=lambda f: is_.paid(f) and not f.get("tariff"))
CHARGE_NOW = Ask(
    "charge",
    Kind.CHOICE,
    N_("实际收费类别"),
    choices=is_.CHARGES,
    proposed=lambda facts: str(facts.get("charge", "")),
)
TARIFF_NOW = Ask(
    "tariff",
    Kind.TARIFF,
    N_("实际项目"),
    when=is_.paid,
    proposed=lambda facts: str(facts.get("tariff", "")),
)
WORKER = Ask(
    "worker",
    Kind.STAFF,
    N_("到场的人"),
    needed=False,
    proposed=lambda facts: str(facts.get("worker", "")),
    right=Right.REPAIR,
)
LINES = Ask("lines", Kind.LINES, N_("收费明细"), when=is_.paid)
EMERGENCY = (
    Ask("emergency", Kind.CHOICE, N_("紧急类别"), choices=is_.EMERGENCIES),
    Ask("whom", Kind.TEXT, N_("已通知谁"), personal=True),
    Ask("how", Kind.CHOICE, N_("通知方式"), choices=is_.WAYS, proposed=lambda _: "phone"),
    Ask("worker", Kind.STAFF, N_("派谁去"), needed=False, wanted=True),
)
