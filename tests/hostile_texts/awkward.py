"""Strings that are neither: long, of several lines, not composed, blank. By family.

A field takes such a text in its own tidy form (composed, blanks off the ends, one kind of line
ends, a tab as a blank), or refuses it because it is too long or has lines where it may have none.
"""

import unicodedata

AWKWARD_FAMILIES: dict[str, dict[str, str]] = {
    "long": {
        "past a name": "张" * 41,
        "past a summary": "a" * 201,
        "past words": "水" * 2001,
        "past a log": "x" * 4001,
        "a hundred thousand": "水" * 100_000,
        "a million": "A" * 1_000_000,
        "a million wide emoji": "😀" * 250_000,
        "a million blanks": " " * 1_000_000 + "张",
        "long without a break": "abcdefghij" * 19,
        "long and wide": "很长的名字" * 38,
        "unfolds eighteenfold": "\ufdfa" * 20,
        "unfolds, long": "\ufdfa" * 100_000,
        "a wall of brackets": "[" * 100_000,
        "a wall of digits": "9" * 100_000,
    },
    "line ends": {
        "unix": "一\n二",
        "dos": "一\r\n二",
        "old": "一\r二",
        "blank lines": "一\n\n\n二",
        "ics": "x\r\nEND:VEVENT\r\nBEGIN:VALARM",
        "mail": "x\r\nSubject: y\r\n\r\nz",
        "csv": 'x\r\n"=1+1",y',
        "log": "x\nERROR wuye",
        "own paper": "x\n!! y\n{name}",
        "a formula below": "x\n=1+1",
        "only ends": "\r\n\r\n",
        "many": "x\n" * 900,
        "ends behind": "张敏\r\n",
        "prompt": "x\n$ rm -rf /",
    },
    "blanks": {
        "nothing": "",
        "blank": " ",
        "wide blank": "\u3000",
        "no-break": "\u00a0",
        "tab": "\t",
        "tab in front": "\t=1+1",
        "tab inside": "张\t敏",
        "blank in front": " =1+1",
        "return in front": "\r=1+1",
        "line in front": "\n=1+1",
        "em blank": "\u2003张",
        "thin": "张\u2009敏",
    },
    "not composed": {
        "accent apart": "Nguye\u0302\u0303n",
        "hangul apart": "\u1100\u1161\u11a8",
        "kana apart": "か\u3099",
        "angstrom": "\u212b",
        "compatible Han": "\uf900",
        "ohm": "\u2126",
    },
}


def tidy(text: str) -> str:
    """The form in which a field of many lines keeps it, reckoned here by itself."""
    lines = "\n".join(text.replace("\r\n", "\n").split("\r")).replace("\t", " ")
    return unicodedata.normalize("NFC", lines.strip(" \n\u00a0\u3000"))
