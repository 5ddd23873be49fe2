"""Days and amounts as they are written in the language in force, where there is room for a line.

Columns and the console's clock keep the short form that is the same in every language, 11-19 10:20:
it is read at a glance, and never wider than its place.
"""

from datetime import date, datetime, tzinfo

from wuye_tui.rules.money import yuan
from wuye_tui.words import _, language

FEN, SHARE = 2, 4  # places
_LOCALES = {"zh": "zh_Hans_CN", "en": "en_GB"}


def whole_day(day: date) -> str:
    """The day with its weekday: 2026年11月19日星期四; Thursday, 19 November 2026."""
    from babel.dates import format_date  # slow to import, and seldom needed

    return format_date(day, "full", locale=_LOCALES[language()])


def whole_moment(moment: datetime, zone: tzinfo) -> str:
    """The same with the time."""
    local = moment.astimezone(zone)
    return f"{whole_day(local.date())} {local:%H:%M}"


class Number(str):
    """Words that say a number, for the cells of a file that somebody adds up: so many `units`, of
    which ten to the `places` are one. A share of a whole is shown in percent.
    """

    units: int
    places: int
    is_share: bool

    def __new__(cls, words: str, units: int, places: int, is_share: bool = False) -> "Number":
        """The words, and the number that they say."""
        made = super().__new__(cls, words)
        made.units, made.places, made.is_share = units, places, is_share
        return made

    @property
    def plain(self) -> str:
        """Digits that every program reads: 1234.50, without thousands and unit; a share as it is
        shown.
        """
        if self.is_share:
            return str(self)
        whole, rest = divmod(abs(self.units), 10**self.places)
        return f"{'-' if self.units < 0 else ''}{whole}.{rest:0{self.places}}"


def amount(fen: int) -> Number:
    """An amount with its unit: 1,234.50元; 1,234.50 yuan."""
    return Number(_("{yuan}元").format(yuan=yuan(fen)), fen, FEN)


def in_yuan(fen: int) -> Number:
    """An amount without it, where its column says of what: 1,234.50."""
    return Number(yuan(fen), fen, FEN)


def percent(share: int) -> Number:
    """A share in 1/10000: 96.50%."""
    return Number(f"{share / 100:.2f}%", share, SHARE, is_share=True)
