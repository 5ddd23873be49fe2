"""What one part of an office's file says under each name, and in plain words what is wrong there.

`reference_entries` makes cards, duties and lists of it. A part knows its file, so that whatever is
missing or of another sort is told with the part, from which the line can be found.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final

from wuye_tui.rules.errors import BadFile
from wuye_tui.words import _

SHOWN: Final = 40  # characters of what was written, where it is quoted


class BadReference(BadFile):
    """A file of reference data cannot be used. `number` is the line in it, 0 where it is not known,
    and `why` what is wrong there; `part` and `field` say where, if it is a part of the file.
    """

    def __init__(
        self, name: str, why: str, number: int = 0, part: object = None, field: str = ""
    ) -> None:
        self.why, self.number, self.part, self.field = why, number, part, field
        super().__init__(
            _("资料文件 {name} 写错了：{why}。请改正后再试。").format(name=name, why=why)
        )


@dataclass(frozen=True)
class Part:
    """One part of a file, by its names. Each question raises BadReference, and takes what is to be
    had where nothing is written; without that it must be written.
    """

    file: str
    said: Mapping[str, Any]

    @classmethod
    def of(cls, file: str, said: object, name: str = "") -> "Part":
        """What was read, if it is a part at all; `name` is what it stands under."""
        if not isinstance(said, Mapping):
            told = _("{name} 要写成一段一段的，每一行是「名称 = 内容」")
            raise BadReference(file, told.format(name=name or file), field=name)
        return cls(file, said)

    def wrong(self, name: str, why: str) -> BadReference:
        """What is wrong with what stands under a name."""
        return BadReference(self.file, why, part=self.said, field=name)

    def text(self, name: str, usual: str | None = None) -> str:
        """A word or a sentence; a number counts as one."""
        found = self._found(name, usual)
        if isinstance(found, bool) or not isinstance(found, str | int):
            raise self.wrong(name, _("{name} 要写成引号里的字").format(name=name))
        return str(found)

    def texts(self, name: str, usual: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """Several of them."""
        found = self._found(name, usual)
        is_list = isinstance(found, list | tuple)
        if not is_list or any(isinstance(one, list | Mapping) for one in found):
            told = _('{name} 要写成一列：["甲", "乙"]')
            raise self.wrong(name, told.format(name=name))
        return tuple(str(one) for one in found)

    def whole(self, name: str, usual: int | None = None) -> int:
        """A whole number."""
        found = self._found(name, usual)
        if type(found) is not int:
            raise self.wrong(name, _("{name} 要写整数").format(name=name))
        return found

    def flag(self, name: str, usual: bool) -> bool:
        """Yes or no."""
        found = self._found(name, usual)
        if not isinstance(found, bool):
            raise self.wrong(name, _("{name} 要写 true 或者 false").format(name=name))
        return found

    def time(self, name: str) -> time:
        """A time of the day."""
        found = self._found(name, None)
        if isinstance(found, time):
            return found
        try:
            return time.fromisoformat(str(found))
        except ValueError as error:
            told = _("「{typed}」不是时刻，写成 08:30").format(typed=str(found)[:SHOWN])
            raise self.wrong(name, told) from error

    def parts(self, name: str, *, needed: bool = False) -> list["Part"]:
        """The parts that stand under a name."""
        found = self._found(name, None if needed else [])
        if not isinstance(found, list):
            found = [found]
        return [Part.of(self.file, one, name) for one in found]

    def _found(self, name: str, usual: object) -> Any:
        found = self.said.get(name, usual)
        if found is None:
            raise self.wrong(name, _("少了 {name}").format(name=name))
        return found


def line_in(text: str, part: object, field: str) -> int:
    """The line of a name in the part that this is, or the part's head; 0 where neither is there."""
    lines = text.splitlines()
    heads = [n for n, line in enumerate(lines) if line.startswith("[")]
    for head, until in zip(heads, [*heads[1:], len(lines)], strict=True):
        try:
            said = tomllib.loads("\n".join(lines[head + 1 : until]))
        except tomllib.TOMLDecodeError:
            continue
        if said and isinstance(part, Mapping) and said.items() <= part.items():
            named = (n for n in range(head, until) if re.match(rf"\s*{field}\s*=", lines[n]))
            return next(named, head) + 1
    named = (n for n, line in enumerate(lines) if field and re.match(rf"\s*{field}\s*=", line))
    return next(named, -1) + 1
