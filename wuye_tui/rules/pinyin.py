"""The ways to type a name on a keyboard: pinyin initials and full pinyin, without tones.

Nobody knows beforehand how a name is read (单 may be Shan or Dan), so every reading of every
character is kept and whoever searches need not guess. ü is `v`, as typists write it.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import product
from math import prod
from typing import Final
from unicodedata import combining, normalize

MOST_KEYS: Final = 64
_MOST_FULL: Final = 48
_MOST_INITIALS: Final = MOST_KEYS - _MOST_FULL
_LONGEST: Final = 60  # letters of one key
_HAN: Final = re.compile("[\u4e00-\u9fff]+")  # nearly every name: nothing to be taken apart

SURNAMES: Final[dict[str, str]] = {
    "单": "shan", "仇": "qiu", "曾": "zeng", "区": "ou", "朴": "piao", "查": "zha", "翟": "zhai",
    "解": "xie", "黑": "he", "盖": "ge", "乐": "yue", "种": "chong", "缪": "miao", "员": "yun",
    "繁": "po", "秘": "bi", "召": "shao", "覃": "qin", "郇": "xun", "隗": "wei", "佴": "nai",
    "洗": "xian", "祭": "zhai", "阚": "kan", "卜": "bu", "薄": "bo", "句": "gou", "折": "she",
    "都": "du", "重": "chong", "粘": "nian", "能": "nai", "尉迟": "yu chi", "万俟": "mo qi",
    "单于": "chan yu", "澹台": "tan tai",
}  # fmt: skip
"""How surnames are read that the dictionary reads otherwise first, or (黑) never."""


@lru_cache(maxsize=4096)
def name_keys(name: str) -> frozenset[str]:
    """Initials and full pinyin of a name, every reading; at most MOST_KEYS, in a-z and 0-9.

    Latin letters and digits stand for themselves, other signs for nothing: a name of nothing but
    signs has no keys. The first call loads the dictionary.
    """
    readings = _readings(name)
    if not readings:
        return frozenset()
    full = _combined(readings, _MOST_FULL)
    initials = [_first_letters(options) for options in readings]
    return frozenset(key[:_LONGEST] for key in (*full, *_combined(initials, _MOST_INITIALS)))


def typed_key(text: str) -> str:
    """What was typed, as it may stand in a key: `Chen Li`, `nǚ`, `xi'an` become chenli, nv, xian.

    "" where anything else was typed, above all Han.
    """
    letters = _plain(normalize("NFKC", text).casefold())
    joined = "".join(letter for letter in letters if letter not in " '\u2019")
    return joined if joined.isascii() and joined.isalnum() else ""


def _readings(name: str) -> list[tuple[str, ...]]:
    """For each character or Latin word its readings, a surname's own first."""
    text = name if _HAN.fullmatch(name) else _plain(normalize("NFKC", name).casefold())
    parts = list(filter(None, map(_read, text) if _HAN.fullmatch(text) else _parts(text)))
    usual = SURNAMES.get(text[:2]) or SURNAMES.get(text[:1], "")
    for place, reading in enumerate(usual.split()):
        parts[place] = tuple(dict.fromkeys((reading, *parts[place])))
    return parts


def _parts(text: str) -> Iterable[tuple[str, ...]]:
    word = ""
    for letter in text:
        if letter.isascii() and letter.isalnum():
            word += letter
            continue
        yield (word,) if word else ()
        word = ""
        yield _read(letter)
    yield (word,) if word else ()


@lru_cache(maxsize=32_768)
def _read(character: str) -> tuple[str, ...]:
    """Every reading of one character in plain letters; none for a sign."""
    if character.isascii():
        return ()
    # Here and not above: the dictionary costs a tenth of a second, and reading never needs it.
    from pypinyin import Style, pinyin

    found = pinyin(character, style=Style.NORMAL, heteronym=True, errors="ignore", v_to_u=False)
    plain = (_plain(reading) for options in found for reading in options)
    return tuple(dict.fromkeys(reading for reading in plain if reading.isalpha()))


@lru_cache(maxsize=4096)
def _first_letters(options: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one[0] for one in options))


def _plain(text: str) -> str:
    """Without accents and tones, ü as v."""
    letters = normalize("NFD", text).replace("u\u0308", "v")
    return "".join(letter for letter in letters if not combining(letter))


def _combined(readings: Sequence[tuple[str, ...]], most: int) -> list[str]:
    """Every combination; where there are too many, the rarest readings are given up first."""
    kept = list(readings)
    while prod(map(len, kept)) > most:
        # The surname's readings are kept longest: it is what people type first.
        widest = max(range(len(kept)), key=lambda place: (len(kept[place]), place))
        kept[widest] = kept[widest][:-1]
    return list(map("".join, product(*kept)))
