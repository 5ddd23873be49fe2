"""The office's own keys: `keys.toml` in its folder, checked before any of it counts.

    [keys]
    main = "f9"
    palette = ["f10", "ctrl+k"]
    "choice(1)" = "pagedown"

A command is named by its id in the table of commands. What is wrong is told with its line; one
fault, and the whole file does not count, so that nobody works with half of what they meant.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from screens.commands import BY_ID, COMMANDS, DESK, LOCK, PANE, PAPER, QUEUE, Command, spoken
from screens.help_words import PLACES
from wuye_tui.rules.errors import BadFile
from wuye_tui.settings import line_of
from wuye_tui.words import _

FILE: Final = "keys.toml"
QUIT: Final = "ctrl+q"
_SPELLINGS: Final = {
    "pgup": "pageup", "pgdn": "pagedown", "esc": "escape", "del": "delete",
    **{f"shift+f{n}": f"f{n + 12}" for n in range(1, 9)},
}  # fmt: skip
# F11 is the terminal's own, and these letters with Ctrl arrive as other keys.
_FUNCTION: Final = {f"f{n}" for n in range(1, 21)} - {"f11"}
_CHORDS: Final = {f"ctrl+{letter}" for letter in "abdefgklnopqrstuvwxyz"}
_NAMED: Final = {
    "enter", "escape", "tab", "shift+tab", "space", "up", "down", "left", "right", "home", "end",
    "pageup", "pagedown", "insert", "delete", "ctrl+home", "ctrl+end",
}  # fmt: skip
# What a field keeps for itself: a command of a place with a field would never hear of it.
_OF_A_FIELD: Final = {
    "enter", "space", "left", "right", "home", "end", "delete",
    *(f"ctrl+{letter}" for letter in "adefkuvwxz"),
}  # fmt: skip
_LINE: Final = re.compile(r"at line (\d+)")
_MOST_BYTES: Final = 64 * 1024  # every command with several keys is a tenth of it
_SHOWN: Final = 20  # characters of what somebody wrote


@dataclass(frozen=True)
class Fault:
    """What is wrong, and in which line of the file."""

    line: int
    why: str


class BadKeys(BadFile):
    """keys.toml does not count."""

    def __init__(self, path: Path, fault: Fault) -> None:
        told = _("{name} 第 {line} 行：{why}。先用原来的键，改好后重新打开（{path}）。")
        super().__init__(told.format(name=FILE, line=fault.line, why=fault.why, path=path))


def read(home: Path) -> Mapping[str, str]:
    """The keys by command id, several by commas; none without a file. Raises BadKeys."""
    path = home / FILE
    keys, faults = check(path)
    if faults:
        raise BadKeys(path, faults[0])
    return keys


def check(path: Path) -> tuple[Mapping[str, str], list[Fault]]:
    """What the file says, and everything that is wrong with it, from its first line on."""
    try:
        with path.open("rb") as file:
            read = file.read(_MOST_BYTES + 1)
        text = read.decode("utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except UnicodeDecodeError as error:
        line = read.count(b"\n", 0, error.start) + 1
        return {}, [Fault(line, _("不是 UTF-8 的文字，请用 UTF-8 另存"))]
    except OSError as error:
        return {}, [Fault(1, _("读不出来（{error}）").format(error=error))]
    if len(read) > _MOST_BYTES:
        told = _("文件太大，最多 {most} KB")
        return {}, [Fault(1, told.format(most=_MOST_BYTES // 1024))]
    try:
        document = tomllib.loads(text)
    except RecursionError:
        return {}, [Fault(1, _("括号套得太深，读不出来"))]
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else len(text.splitlines())
        return {}, [Fault(line, _("不是 TOML 的写法（{error}）").format(error=error))]
    return _read(document, text)


def _read(document: Mapping[str, Any], text: str) -> tuple[Mapping[str, str], list[Fault]]:
    faults = [
        Fault(line_of(text, name), _("只认 [keys] 这一段，没有「{name}」").format(name=name))
        for name in document
        if name != "keys"
    ]
    table = document.get("keys", {})
    if not isinstance(table, dict):
        return {}, [Fault(line_of(text, "keys"), _("keys 要写成 [keys] 一段"))]
    keys: dict[str, str] = {}
    for name, given in table.items():
        line = _line_of(text, name)
        wrong = [Fault(line, why) for why in _wrong(name, given)]
        faults += wrong
        if not wrong:
            keys[name] = ",".join(filter(None, map(_plain, _several(given))))
    faults += [Fault(_line_of(text, name), why) for name, why in _clashes(keys)]
    return keys, sorted(faults, key=lambda fault: fault.line)


def _line_of(text: str, name: str) -> int:
    """The line of a command: behind [keys], or written as keys.main."""
    begun = re.search(r"^[ \t]*\[\s*[\"']?keys[\"']?\s*[\].]", text, re.MULTILINE)
    if begun is None:
        return line_of(re.sub(r"(?m)^\s*keys\s*\.\s*", "", text), name)
    return text.count("\n", 0, begun.start()) + line_of(text[begun.start() :], name)


def _several(given: object) -> list[str]:
    if isinstance(given, str):
        return given.split(",")
    if isinstance(given, list) and all(isinstance(key, str) for key in given):
        return given
    return []


def _plain(key: str) -> str:
    """A key as Textual names it: F9, Ctrl+N and PgUp are read too."""
    parts = key.strip().casefold().split("+")
    plain = "+".join(_SPELLINGS.get(part.strip(), part.strip()) for part in parts)
    return _SPELLINGS.get(plain, plain)


def _wrong(name: str, given: object) -> Iterator[str]:
    """What is wrong with one line by itself."""
    command = BY_ID.get(name)
    if command is None:
        yield _("没有「{name}」这个操作").format(name=name[:_SHOWN])
        return
    keys = [_plain(key) for key in _several(given)]
    if not any(keys):
        yield _('「{name}」后面要写一个键，例如 "f9"').format(name=name)
    elif command.id == "quit" and QUIT not in keys:
        yield _("退出一定要能用 Ctrl+Q，可以另外加一个键")
    for key in filter(None, keys):
        if key in command.keys.split(","):
            continue
        if key not in _FUNCTION | _CHORDS | _NAMED:
            yield _("没有「{key}」这个键，或者终端收不到它").format(key=key[:_SHOWN])
        elif _is_deaf(command, key):
            yield _("「{key}」在输入框里是打字和改字用的").format(key=spoken(key))


def _is_deaf(command: Command, key: str) -> bool:
    """Whether a field would lose a key of its own to the command, or the command to the field."""
    if DESK in command.where or command.first:
        return key in _NAMED
    return key in _OF_A_FIELD and not set(command.where) <= {QUEUE, PANE, PAPER}


def _clashes(keys: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The re-mapped commands whose key something else of the same place has already."""
    told: set[tuple[str, str]] = set()
    for place in (DESK, *PLACES, LOCK):
        taken: dict[str, Command] = {}
        near = [c for c in COMMANDS if place in c.where or (DESK in c.where and place != LOCK)]
        for command in sorted(near, key=lambda c: c.id in keys):  # whatever was moved comes last
            held = f"{keys.get(command.id, command.keys)},{command.more}".split(",")
            for key in filter(None, held):
                other = taken.setdefault(key, command)
                if other is not command and command.id in keys and (command.id, key) not in told:
                    told.add((command.id, key))
                    yield (
                        command.id,
                        _("{key} 已经是「{word}」（{id}）的键").format(
                            key=spoken(key), word=_(other.word), id=other.id
                        ),
                    )
