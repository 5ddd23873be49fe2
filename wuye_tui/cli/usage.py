"""Wrong usage in our own words: the library's refusals become sentences of the user's language."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

_EXTRA = re.compile(r"unexpected extra arguments? \((.*)\)")
_NO_COMMAND = re.compile(r"No such command '(.*?)'")


class WrongUsage(UsageError):
    """The words of a command do not fit; built from whatever the library refused."""

    def __init__(self, noun: str, error: Any) -> None:
        see = _("用法见 wuye {noun} --help。").format(noun=noun)
        super().__init__(_("{reason}{see}").format(reason=_reason(error), see=see))


def _reason(error: Any) -> str:
    kind = type(error).__name__
    if kind == "NoSuchOption":
        return _("没有选项 {name}。").format(name=getattr(error, "option_name", ""))
    unknown = _NO_COMMAND.search(error.format_message())
    if unknown:
        return _("没有动词「{name}」。").format(name=unknown.group(1))
    if kind == "MissingParameter":
        return _("缺少 {name}。").format(name=_name(error))
    if kind in ("BadParameter", "BadOptionUsage"):
        return _("{name} 的内容写得不对。").format(name=_name(error))
    extra = _EXTRA.search(error.format_message())
    if extra:
        return _("多写了「{words}」。").format(words=extra.group(1))
    return _("命令写得不对。")


def _name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    options = [option for option in getattr(parameter, "opts", []) if option.startswith("-")]
    name = getattr(parameter, "name", "") or getattr(error, "option_name", "")
    return options[0] if options else str(name).upper()


@contextmanager
def in_our_words(noun: str) -> Iterator[None]:
    """Turns what the library refuses inside into WrongUsage."""
    try:
        yield
    except Exception as error:
        if not callable(getattr(error, "format_message", None)):
            raise
        raise WrongUsage(noun, error) from error
