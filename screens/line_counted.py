"""What is said of calls that opened nothing: as what one is counted, and that many say the same."""

from wuye_tui.words import N_, _

_COUNTED = {
    "enquiry": N_("{contact} 咨询已记为答复，本班第 {n} 个咨询，没有开单。"),
    "unanswered": N_(
        "{contact} 已记下，还没有答复：先问工程部，再 F10「登记变化」。"
        "本班第 {n} 个咨询，没有开单。"
    ),
    "open": N_("{contact} 已记下，还没有答复，本班第 {n} 个咨询，没有开单。"),
    "progress": N_("{contact} 已记下，本班第 {n} 个跟单，没有开单。"),
    "help": N_("{contact} 已记下，本班第 {n} 个求助，没有开单。"),
}


def counted_words(contact: str, counted_as: str, answered: bool, n: int) -> str:
    """What is said of a call that opened nothing; empty where its being written down is all."""
    if counted_as == "enquiry" and not answered:
        counted_as = "unanswered"
    told = _COUNTED.get(counted_as, "")
    return _(told).format(contact=contact, n=n) if told else ""


def many_without(supply: str, homes: int) -> str:
    """That so many homes are without a supply and no notice says so; empty while it may be one
    home's own fault.
    """
    from wuye_tui.rules.line_supply import MANY, SUPPLIES  # not needed for the first paint

    told = _("一小时内已有 {n} 户问{supply}：请报工程部并登记通知。")
    return told.format(n=homes, supply=_(SUPPLIES[supply])) if homes >= MANY else ""
