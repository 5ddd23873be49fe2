"""Wrong usage in our own words: the library's refusals become sentences of the user's language."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _, listed

_EXTRA = re.compile(r"unexpected extra argument(?:s|\(s\))? \((.*)\)")
_NO_COMMAND = re.compile(r"No such command '(.*?)'")
_OUT_OF_RANGE = re.compile(r"(?:greater|less) than|in the range")
_NO_NUMBER = re.compile(r"valid (?:int|float|number)")
_QUOTED = re.compile(r"'(.*?)'")


class WrongUsage(UsageError):
    """The words of a command do not fit; built from whatever the library refused."""

    def __init__(self, noun: str, error: Any) -> None:
        command = _command(noun, error)
        super().__init__(
            _("{reason}用法见 {command} --help。").format(reason=_reason(error), command=command)
        )


def _command(noun: str, error: Any) -> str:
    """The command that was typed as far as it was understood: `wuye repairs issue`."""
    context = getattr(error, "ctx", None)
    return str(getattr(context, "command_path", "") or f"wuye {noun}")


def _reason(error: Any) -> str:
    kind, said = type(error).__name__, error.format_message()
    if kind == "NoSuchOption":
        told = _("没有选项 {name}").format(name=getattr(error, "option_name", ""))
        return _unknown(told, getattr(error, "possibilities", None) or ())
    if unknown := _NO_COMMAND.search(said):
        alike = _QUOTED.findall(said[unknown.end() :])
        return _unknown(_("没有动词「{name}」").format(name=unknown.group(1)), alike)
    if kind == "MissingParameter":
        return _("缺少 {name}。").format(name=_name(error))
    if kind == "BadOptionUsage":
        return _("{name} 后面要写内容。").format(name=_name(error))
    if kind == "BadParameter":
        return _bad_value(error, said)
    if extra := _EXTRA.search(said):
        return _("多写了「{words}」。").format(words=extra.group(1))
    return _("命令写得不对。")


def _unknown(told: str, alike: Iterable[str]) -> str:
    """What there is not, and what may have been meant."""
    if names := listed(alike):
        return _("{told}，是不是 {names}？").format(told=told, names=names)
    return _("{told}。").format(told=told)


def _bad_value(error: Any, said: str) -> str:
    least, most = (getattr(error.param, name, None) for name in ("min", "max"))
    if _NO_NUMBER.search(said):
        return _("{name} 要写整数。").format(name=_name(error))
    if not _OUT_OF_RANGE.search(said) or least is None:
        return _("{name} 的内容写得不对。").format(name=_name(error))
    if most is None:
        return _("{name} 不能小于 {least}。").format(name=_name(error), least=least)
    told = _("{name} 要在 {least} 到 {most} 之间。")
    return told.format(name=_name(error), least=least, most=most)


def _name(error: Any) -> str:
    parameter = getattr(error, "param", None)
    options = [option for option in getattr(parameter, "opts", []) if option.startswith("-")]
    name = getattr(parameter, "name", "") or getattr(error, "option_name", "")
    return options[0] if options else str(name) if str(name).startswith("-") else str(name).upper()


@contextmanager
def in_our_words(noun: str) -> Iterator[None]:
    """Turns what the library refuses inside into WrongUsage."""
    try:
        yield
    except Exception as error:
        if not callable(getattr(error, "format_message", None)):
            raise
        raise WrongUsage(noun, error) from error
