"""What a hostile or careless hand can put into a field, by what it tries. Used by every layer.

`ACTING` steers or fakes: each has at least one character that never gets into a record and never
out to a terminal. `PLAIN` is ordinary text that something else might take for an instruction: it
is kept and shown literally, letter for letter.

These are one or two of each kind, for tests that go through them one by one. `ALL_ACTING`,
`ALL_PLAIN` and `ALL_AWKWARD` are every one we know of, by family and name.
"""

from itertools import chain

from tests.hostile_texts.acting import ACTING_FAMILIES
from tests.hostile_texts.awkward import AWKWARD_FAMILIES
from tests.hostile_texts.plain import PLAIN_FAMILIES
from wuye_tui.rules.text import bad_character

ACTING: dict[str, str] = {
    "red": "张敏\x1b[31mMARK",
    "clear screen": "a\x1b[2JMARK",
    "cursor home": "\x1b[HMARK",
    "cursor up and overwrite": "x\x1b[1A\x1b[2KMARK",
    "full reset": "\x1bcMARK",
    "alternate screen": "\x1b[?1049lMARK",
    "mouse on": "\x1b[?1003hMARK",
    "kitty keys": "\x1b[>25uMARK",
    "device status": "\x1b[6nMARK",
    "window title": "\x1b]0;MARK\x07",
    "title, other end": "\x1b]2;MARK\x1b\\",
    "clipboard": "\x1b]52;c;TUFSSw==\x07",
    "clipboard, other end": "\x1b]52;c;TUFSSw==\x1b\\",
    "hyperlink": "\x1b]8;;http://example.org\x1b\\MARK\x1b]8;;\x1b\\",
    "notification": "\x1b]9;MARK\x07",
    "file transfer": "\x1b]1337;File=:TUFSSw==\x07",
    "device control": "\x1bP$qMARK\x1b\\",
    "application command": "\x1b_MARK\x1b\\",
    "privacy message": "\x1b^MARK\x1b\\",
    "charset": "\x1b(0MARK",
    "lonely escape at the end": "MARK\x1b",
    "C1 CSI": "\x9b31mMARK",
    "C1 OSC": "\x9d0;MARK\x9c",
    "C1 DCS": "\x90MARK\x9c",
    "C1 next line": "张\x85敏",
    "nul": "张\x00敏",
    "bell": "MARK\x07",
    "backspaces": "1234\x08\x08\x08\x08MARK",
    "delete": "MARK\x7f",
    "shift out": "\x0eMARK\x0f",
    "form feed and vertical tab": "a\x0cb\x0bMARK",
    "xoff": "MARK\x13",
    "file separator": "\x1cMARK\x1f",
    "right to left override": "收据\u202e001\u202cMARK",
    "right to left embedding": "\u202bMARK\u202c",
    "isolate": "\u2067MARK\u2069",
    "marks": "张\u200e敏\u200fMARK",
    "arabic letter mark": "张\u061c敏",
    "zero width space": "张\u200b敏",
    "zero width non-joiner": "张\u200c敏",
    "joiner between Han": "张\u200d敏",
    "joiner at the end": "🚰\u200d",
    "word joiner": "张\u2060敏",
    "byte order mark": "\ufeff张敏",
    "soft hyphen": "3-1\u00ad-502",
    "hangul filler": "\u3164",
    "half-width filler": "a\uffa0b",
    "combining grapheme joiner": "张\u034f敏",
    "mongolian separator": "张\u180e敏",
    "selector behind Han": "张\ufe0f敏",
    "selector behind a letter": "a\U000e0100b",
    "tag characters": "张敏\U000e0041\U000e0042\U000e007f",
    "language tag": "\U000e0001MARK",
    "line separator": "张\u2028敏",
    "paragraph separator": "张\u2029敏",
    "annotation": "\ufff9MARK\ufffa\ufffb",
    "replacement": "张\ufffd敏",
    "no character": "张\uffff敏\ufdd0",
    "lone high surrogate": "张\ud83d敏",
    "lone low surrogate": "\udc80MARK",
    "tower of accents": "Z" + "\u0301" * 40 + "MARK",
}

PLAIN: dict[str, str] = {
    "closing tag": "电话[/]备注",
    "closing named tag": "[/red]张敏",
    "style tag": "[bold red]张敏[/bold red]",
    "swallowed tag": "[VIP] 张敏",
    "half a tag": "[bold",
    "action link": "[@click=app.quit]张敏[/]",
    "link tag": "[link=https://example.org]张敏[/link]",
    "percent tag": "50%[off]",
    "backslash tag": "\\[b]张敏\\",
    "format field": "{0} {name} {0.__class__}",
    "percent format": "%s %d %n %(name)s",
    "dollar": "${HOME} $(id) `id`",
    "quote": "'; DROP TABLE matter; --",
    "double quote": '" OR 1=1 --',
    "like": "100%_\\%",
    "full text search": '3-2-501 AND "x* NEAR(',
    "formula": '=HYPERLINK("http://example.org")',
    "formula plus": "+8613800000000",
    "formula at": "@SUM(A1)",
    "html": "<script>alert(1)</script>&amp;",
    "path": "../../etc/passwd",
    "device": "CON",
    "family emoji": "👨\u200d👩\u200d👧 一家",
    "heart and keycap": "❤\ufe0f 1\ufe0f\u20e3",
    "name with a variant glyph": "葛\U000e0100城",
    "rare name": "𠮷野家 㛃 𬎆",
    "accents": "Tiếng Việt, Đặng",
    "look-alike letters": "аdmin",
    "capital letters of width": "ＡＢＣ１２３",
}

HOSTILE: dict[str, str] = {**ACTING, **PLAIN}


def _all(usual: dict[str, str], families: dict[str, dict[str, str]]) -> dict[str, str]:
    """Every string once, under its family and what it tries."""
    rest = (
        {f"{family}: {name}": text for name, text in them.items()}
        for family, them in families.items()
    )
    found: dict[str, str] = {}
    for name, text in chain(usual.items(), *(them.items() for them in rest)):
        if text not in found.values():
            found[name] = text
    return found


ALL_ACTING: dict[str, str] = _all(ACTING, ACTING_FAMILIES)
ALL_PLAIN: dict[str, str] = _all(PLAIN, PLAIN_FAMILIES)
ALL_AWKWARD: dict[str, str] = _all({}, AWKWARD_FAMILIES)
EVERY: dict[str, str] = {**ALL_ACTING, **ALL_PLAIN, **ALL_AWKWARD}


def leaks(output: str, payload: str) -> bool:
    """Whether a character of the payload that acts has come through into `output` as it is.

    A painted screen has escapes and bells of its own, so these count in their surroundings only;
    so do accents, joiners and selectors, of which only the place is wrong.
    """
    for found in bad_character().finditer(payload):
        place, piece = found.start(), found.group()
        if piece == "\x1b":
            piece = payload[place : place + 14]
        elif piece in "\x07\u0301\u200d\ufe0f\U000e0100":
            piece = payload[max(0, place - (4 if piece == "\u0301" else 1)) : place + 1]
        if piece != "\x1b" and piece in output:
            return True
    return False
