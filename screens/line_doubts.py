"""What is asked before a line is taken: Enter takes it the second time, words unchanged."""

from typing import TYPE_CHECKING

from screens.line_words import hardly_meant, unknown_block
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.meaning import Proposal


def line_doubt(proposal: "Proposal") -> str:
    """One sentence about what is doubtful or final in what Enter would do; empty if nothing is."""
    if only := hardly_meant(proposal):
        return _hardly(proposal, only)
    if _says_nothing(proposal):
        return _("听不出是哪一户、什么事。只记一个来电就再按一次 Enter。")
    if proposal.understood.kind.value == "other" and not proposal.understood.words.strip():
        return _("还没说什么事。只记一个来电就再按一次 Enter。")
    if proposal.asks_about_a_slip:
        return _about_a_slip(proposal)
    if proposal.off and (said := _told_by_a_notice(proposal)):
        return said
    if proposal.alike:
        told = _("{number} 像是同一件（{words}）：按 F9 并入；是另一件再按一次 Enter。")
        if _says_again(proposal):
            told = _("{number} 就是这件事（{words}）：按 F9 并入；确实是另一件再按一次 Enter。")
        return told.format(number=proposal.alike[0].number, words=proposal.alike[0].words)
    if "unknown_block" in proposal.asks and not proposal.understood.emergency:
        told = _("{told}只能照原话登记就再按一次 Enter。")
        return told.format(told=unknown_block(proposal))
    if "where" in proposal.asks:
        return _("没说是哪一栋、哪个单元。问清楚补上，或再按一次 Enter 照原话登记。")
    if "what" in proposal.asks and proposal.opens_slip:
        return _("只说了是什么，没说怎么了。问清楚补上，或再按一次 Enter 照原话登记。")
    if _untimely(proposal):
        return _("时间不对，不会当作预约。问清楚改过来，或再按一次 Enter 照原话登记。")
    if "when" in proposal.asks and proposal.opens_slip:
        return _("没说什么时候来方便。问清楚写上时间；再按一次 Enter 就按尽快派人。")
    if proposal.is_answered_later and "unit" in proposal.asks:
        return _("还没问是哪一户、打哪个电话答复。不肯说就再按一次 Enter 照原话登记。")
    return ""


def _hardly(proposal: "Proposal", told: str) -> str:
    if proposal.keeps_more:
        return _("{told}；整张取消再按一次 Enter。").format(told=told)
    if "about" in proposal.asks:
        return _("想问什么？只记一个来电就再按一次 Enter。")
    return _("{told}。只记一个来电就再按一次 Enter。").format(told=told)


def _about_a_slip(proposal: "Proposal") -> str:
    about, kind = proposal.about, proposal.understood.kind.value
    if about is None:
        if proposal.repairs:
            told = _("未结的 {n} 张都不是说的这件事，没有取消。只记一个来电就再按一次 Enter。")
            return told.format(n=len(proposal.repairs))
        return _("没有这样的未结报修单。只记一个来电就再按一次 Enter。")
    if proposal.verb == "cancel":
        told = _("会取消 {number} {words}，不能撤回。真要取消就再按一次 Enter。")
        return told.format(number=about.number, words=about.words)
    if proposal.verb != "join":
        return ""
    if kind == "rebook" and not proposal.understood.appointment:
        return _("改到什么时候？写上新的时间；再按一次 Enter 只把原话记到单上。")
    from wuye_tui.rules.repairs import REPAIR  # not needed for the first paint

    told = _("{number} 已经是「{state}」，不能再{step}。再按一次 Enter 把原话记到单上。")
    step, state = REPAIR.rows_named(kind)[0].word, REPAIR.state_word(about.state)
    return told.format(number=about.number, state=_(state), step=_(step))


def _told_by_a_notice(proposal: "Proposal") -> str:
    """The supply is off, and a notice says so: hardly a slip, and no call without its answer."""
    notice = proposal.off[0]
    if proposal.opens_slip:
        told = _("正在{subject}({number})：按 F9 就按通知回答；确实要开单再按一次 Enter。")
    elif proposal.understood.kind.value == "enquiry":
        told = _("正在{subject}({number})：按 F9 就按通知回答；只记一个来电就再按一次 Enter。")
    else:
        return ""
    return told.format(subject=_(notice.subject), number=notice.number)


def _says_again(proposal: "Proposal") -> bool:
    from wuye_tui.rules.line_again import says_again  # not needed for the first paint

    return says_again(proposal.understood.line)


def _says_nothing(proposal: "Proposal") -> bool:
    """Neither who nor where nor what: most likely not meant for this line."""
    u = proposal.understood
    known = proposal.typed_unit or proposal.place or u.phone or u.plate
    return u.kind.value == "other" and not known and not proposal.is_answered_later


def _untimely(proposal: "Proposal") -> bool:
    """A time was said that is over or cannot be, and nothing was made of it: it is asked about.

    An appointment in the past is refused by its clause.
    """
    said = {"past", "impossible_time"} & set(proposal.asks)
    return bool(said) and proposal.understood.appointment is None
