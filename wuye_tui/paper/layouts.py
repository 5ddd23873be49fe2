"""Layouts: the templates that forms are filled in with, the office's own before the program's.

An office's layout that cannot be used never keeps a form from being printed: the program's own is
used in its place, and what is wrong is told with its line.
"""

import traceback
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from wuye_tui.paper.blocks import Sheet, parse, quoted
from wuye_tui.reference import BadReference, Reference
from wuye_tui.rules.errors import BadFile
from wuye_tui.words import _

if TYPE_CHECKING:
    from jinja2 import Environment, Template

FOLDER: Final = "layouts"
ENDING: Final = ".txt"


class BadLayout(BadFile):
    """A layout does not compile or cannot be filled in. `number` is its line, 0 for none."""

    def __init__(self, file: str, number: int, why: str) -> None:
        self.file, self.number, self.why = file, number, why
        told = _("版面 {file} 第 {line} 行写错了：{why}。请改正，或换回原来的。")
        super().__init__(told.format(file=f"data/{file}", line=number, why=why))


class Lenient(dict[str, Any]):
    """What is known by name; what is not known is empty, so that one layout serves every kind."""

    def __missing__(self, name: str) -> str:
        return ""


def file_of(name: str) -> str:
    """The file of a layout, as it is called in the office's `data` folder."""
    return f"{FOLDER}/{name}{ENDING}"


class Layouts:
    """The layouts of one office, each compiled once; `faults` are what was wrong with its own."""

    def __init__(self, reference: Reference) -> None:
        self._reference = reference
        self._compiled: dict[str, Template] = {}
        self.faults: list[BadLayout] = []

    def filled(self, name: str, facts: Mapping[str, Any]) -> list[Sheet]:
        """The copies of a form. Where the office's own layout fails, that is among the faults and
        the program's is used. Raises BadLayout only for a layout of the program.
        """
        try:
            return parse(_rendered(self._template(name), name, facts))
        except BadLayout as fault:
            if _is_ours(self._reference, name):
                raise
            self.faults.append(fault)
            self._compiled[name] = compiled(name, Reference().text(file_of(name)))
            return parse(_rendered(self._compiled[name], name, facts))

    def _template(self, name: str) -> "Template":
        if name not in self._compiled:
            try:
                text = self._reference.text(file_of(name))
            except BadReference as error:
                raise BadLayout(file_of(name), 1, str(error)) from error
            self._compiled[name] = compiled(name, text)
        return self._compiled[name]


def compiled(name: str, text: str) -> "Template":
    """A layout that is ready to be filled in. Raises BadLayout with the line that is wrong."""
    from jinja2 import TemplateSyntaxError

    try:
        return _environment().from_string(text)
    except TemplateSyntaxError as error:
        raise BadLayout(file_of(name), error.lineno, error.message or repr(error)) from error


def tried(name: str, text: str, facts: Mapping[str, Any]) -> None:
    """Compiles a layout and fills it in once, for `wuye config check`. Raises BadLayout."""
    _rendered(compiled(name, text), name, facts)


def _is_ours(reference: Reference, name: str) -> bool:
    try:
        return reference.text(file_of(name)) == Reference().text(file_of(name))
    except BadReference:
        return False


def _rendered(template: "Template", name: str, facts: Mapping[str, Any]) -> str:
    try:
        return template.render(facts)
    except Exception as error:  # whatever an office's own template may do
        raise BadLayout(file_of(name), _line(error), str(error) or repr(error)) from error


def _line(error: Exception) -> int:
    """The line of the template in which it failed."""
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 0 for f in reversed(frames) if f.filename == "<template>"), 0)


@cache
def _environment() -> "Environment":
    from jinja2 import StrictUndefined  # only where something is printed
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    class Filling(ImmutableSandboxedEnvironment):
        def getattr(self, obj: Any, attribute: str) -> Any:
            """What a layout asks for is nearly always in one of our own dictionaries."""
            if type(obj) is dict and attribute in obj:
                return obj[attribute]
            return super().getattr(obj, attribute)

    def told(value: Any) -> Any:
        if isinstance(value, Markup):  # made by the layout itself: a macro, a block
            return value
        return Markup(quoted("" if value is None else str(value)))  # noqa: S704 - no HTML is made

    return Filling(
        autoescape=True,  # what a layout puts together itself is told from words of people
        finalize=told,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
