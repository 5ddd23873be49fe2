"""Lazy gettext at the very bottom: everything that speaks to people comes through here.

The message id is the Chinese sentence itself, so the default language needs no catalogue at all;
English is a catalogue in `data/locale/en`. Nothing is loaded before the first English word is
asked for.
"""

import gettext
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib.resources import files
from io import BytesIO

LANGUAGES = ("zh", "en")
PAPER = "zh"
"""What residents are given and told, whichever language the desk speaks: forms and phrases of an
office are Chinese, and a sheet of two languages is nobody's.
"""
_JOINERS = {"zh": ("、", "；", ""), "en": (", ", "; ", " ")}
_language = "zh"
_within: ContextVar[str] = ContextVar("within", default="")  # of this thread, for a while
_catalogues: dict[str, gettext.NullTranslations] = {"zh": gettext.NullTranslations()}


def speak(language: str) -> None:
    """Chooses the language of everything said from now on; an unknown one is Chinese."""
    global _language
    _language = language if language in LANGUAGES else "zh"


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Everything said inside, in this thread alone, is in this language."""
    token = _within.set(language)
    try:
        yield
    finally:
        _within.reset(token)


def language() -> str:
    """The language in force: zh or en."""
    return _within.get() or _language


def _(message: str) -> str:
    """The sentence in the language in force. Fill in values afterwards with `str.format`."""
    return _catalogue().gettext(message) if message else ""


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for "translate later"
    """Marks a word of a table for translation; it is translated where it is shown."""
    return message


def listed(items: Iterable[str]) -> str:
    """Things one after the other, as the language in force joins them: 甲、乙."""
    return _JOINERS[language()][0].join(items)


def clauses(items: Iterable[str]) -> str:
    """Parts of a sentence, each of which may be such a list: 甲、乙；丙."""
    return _JOINERS[language()][1].join(items)


def beside(*words: str) -> str:
    """Names one behind the other: 李晓燕上午班, with blanks where the language in force has them.
    Empty ones are left out.
    """
    return _JOINERS[language()][2].join(filter(None, words))


def _catalogue() -> gettext.NullTranslations:
    lang = language()
    if lang not in _catalogues:
        _catalogues[lang] = catalogue(lang)
    return _catalogues[lang]


def catalogue(lang: str) -> gettext.NullTranslations:
    """The words of one language; none where there is no catalogue of it."""
    folder = files("data").joinpath("locale", lang, "LC_MESSAGES")
    compiled = folder.joinpath("wuye.mo")
    if compiled.is_file():
        return gettext.GNUTranslations(BytesIO(compiled.read_bytes()))
    # A checkout that was never compiled: read the source catalogue itself.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    source, target = folder.joinpath("wuye.po"), BytesIO()
    if not source.is_file():
        return gettext.NullTranslations()
    write_mo(target, read_po(BytesIO(source.read_bytes()), locale=lang))
    return gettext.GNUTranslations(BytesIO(target.getvalue()))
