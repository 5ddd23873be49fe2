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
# By what the first word of a line says how it came; no such word: by telephone.
_FIRST_WORDS: Final[dict[str, str]] = {
    "来访": "visit",
    "微信": "wechat",
    "业主群": "group",
    "微信群": "group",
    "群里": "group",
    "对讲机": "radio",
    "对讲": "radio",
    "来信": "letter",
    "12345": "12345",
    "街道办": "12345",
    "街道": "12345",
    "巡查": "patrol",
}
_BEHIND: Final = " \u3000:：,，、"


def first_word(line: str) -> tuple[str, int]:
    """The channel that the first word of a line names, and where the rest begins.

    `微信 3-1-502 没水` came by WeChat. The word must stand apart: 微信付款 is what is spoken
    of, and 12345 is a hotline's order only where it comes first. (PHONE, 0) where none is named.
    """
    start = len(line) - len(line.lstrip())
    for word in sorted(_FIRST_WORDS, key=len, reverse=True):
        end = start + len(word)
        if line.startswith(word, start) and line[end : end + 1] in tuple(_BEHIND):
            rest = line[end:].lstrip(_BEHIND)
            if rest:
                return _FIRST_WORDS[word], len(line) - len(rest)
    return PHONE, 0
