"""CSV cells that spreadsheet programs leave alone, and how they are read back.

A program that opens a CSV file reckons what begins with =, + or @, turns room 3-1-2008 into a day
and shortens long numbers. An apostrophe in front stops that; reading takes one off again, so that
whatever was written comes back as it was.
"""

import re
from typing import Final

_ACTIVE: Final = r"[=+\-@\t\r＝＋－＠]"
_DAY: Final = r"[0-9]{1,2}-[0-9]{1,2}(?:-(?:[0-9]{1,2}|19[0-9]{2}|[2-9][0-9]{3}))?"
_TEMPTING: Final = re.compile(rf"{_ACTIVE}|'+(?:{_ACTIVE}|[0-9])|(?:[0-9]{{12,}}|0[0-9]+|{_DAY})\Z")
_GUARDED: Final = re.compile(rf"'+(?:{_ACTIVE}|[0-9])")
_AS_FORMULA: Final = re.compile(r'="([^"]*)"')  # how some systems keep the digits of a CSV as text


def guarded(text: str) -> str:
    """The text as it may stand in a CSV file that somebody will open in a spreadsheet program."""
    return f"'{text}" if _TEMPTING.match(text) else text


def unguarded(field: str) -> str:
    """What a cell of a CSV file says: the opposite of `guarded`; `="0571"` is 0571, too."""
    if field.startswith("="):
        found = _AS_FORMULA.fullmatch(field)
        return found[1] if found else field
    return field[1:] if _GUARDED.match(field) else field
