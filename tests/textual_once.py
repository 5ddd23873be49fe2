"""What Textual does over and over for hundreds of consoles in one process, done once.

Nothing here changes what a console does. The style sheets of a theme are parsed once; which methods
of a class a message goes to, and how many parameters they take, is found out once; and the pilot
sends its question whether a widget is through only where somebody is not.
"""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import CodeType, FunctionType, MethodType
from typing import Any

from textual import _callback, app, pilot
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.message import Message
from textual.message_pump import MessagePump
from textual.pilot import Pilot
from textual.widget import Widget

_TURNS = 8  # of the loop, more than a key needs from the pilot to the application
_wait_for_idle = pilot.wait_for_idle
_looks = ContextVar("looks", default=False)

_Theme = tuple[tuple[str, str], ...]
_parsed: dict[_Theme, dict[tuple[Any, ...], list[RuleSet]]] = {}
_parse_rules = Stylesheet._parse_rules
_wait_for_screen = Pilot._wait_for_screen
_themes: dict[int, tuple[dict[str, str], _Theme]] = {}
_Handlers = list[tuple[type, Any]]
_handlers: dict[tuple[type, str, type], _Handlers | None] = {}
_get_dispatch_methods = MessagePump._get_dispatch_methods
_counts: dict[CodeType, int] = {}
_count_parameters = _callback._count_parameters


def install() -> None:
    """For all tests of this process."""
    Stylesheet._parse_rules = _parse_once  # type: ignore[method-assign]
    Pilot._wait_for_screen = _wait_where_needed  # type: ignore[method-assign]
    MessagePump._get_dispatch_methods = _dispatch_once  # type: ignore[method-assign]
    _callback._count_parameters = _count_once
    app.wait_for_idle = pilot.wait_for_idle = _wait_unless_seen  # type: ignore[attr-defined, assignment]


@contextmanager
def looked_at(by_the_test: bool = True) -> Iterator[None]:
    """In here the test looks itself whether all is done, by `all_through` and `is_unpainted`: the
    pilot need not wait.
    """
    before = _looks.set(by_the_test)
    try:
        yield
    finally:
        _looks.reset(before)


async def _wait_unless_seen(min_sleep: float = 0.0, max_sleep: float = 1.0) -> None:
    """Half of a console test's time went into waiting to see that nothing goes on."""
    if not _looks.get():
        await _wait_for_idle(min_sleep, max_sleep)
        return
    for _turn in range(_TURNS):
        await asyncio.sleep(0)


def is_unpainted(pilot: Pilot[Any]) -> bool:
    """Whether something is still to be laid out or painted. A busy machine looks idle to the
    pilot, which goes by the processor time that was used; this does not.
    """
    seen = pilot.app.screen
    return bool(
        pilot.app._resize_event
        or seen._dirty_widgets
        or seen._callbacks
        or any(one._layout_required or one._repaint_required for one in seen.walk_children(Widget))
        or seen._layout_required
    )


def all_through(pilot: Pilot[Any]) -> bool:
    """Whether the application and each widget wait for their next message, and none is there."""
    app = pilot.app
    return all(_is_through(one) for one in (app, *app.screen.walk_children(with_self=True)))


def _is_through(pump: MessagePump) -> bool:
    queue = pump._message_queue
    return pump.is_running and not queue.values and bool(queue.ready_event._waiters)


async def _wait_where_needed(pilot: Pilot[Any], timeout: float = 30.0) -> bool:
    """The pilot sends a message to every widget and waits until it is through with it: half of the
    processor time of a key. It need not where nobody has a message and everything is painted; nor
    where the test looks itself, unless nothing but such a message brings the painting on.
    """
    await asyncio.sleep(0)
    if pilot.app.screen_stack and all_through(pilot):
        if not is_unpainted(pilot):
            return True
    elif _looks.get():
        return True
    return await _wait_for_screen(pilot, timeout)


def _parse_once(sheet: Stylesheet, css: str, *place: Any, **named: Any) -> list[RuleSet]:
    """Rules are only read once they are parsed: one application keeps and shares them as well."""
    theme = _parsed.setdefault(_theme_of(sheet._variables), {})
    key = (css, *place, *sorted(named.items()))
    if key not in theme:
        theme[key] = _parse_rules(sheet, css, *place, **named)
    return theme[key]


def _theme_of(variables: dict[str, str]) -> _Theme:
    """The variables of a sheet, which it has for all its sources and never changes."""
    kept = _themes.get(id(variables))
    if kept is None or kept[0] is not variables:
        kept = _themes[id(variables)] = (variables, tuple(sorted(variables.items())))
    return kept[1]


def _dispatch_once(
    pump: MessagePump, method_name: str, message: Message
) -> Iterator[tuple[type, Callable[..., Any]]]:
    """What a message is handed to, in the order of the classes; each of them may be the last."""
    key = (pump.__class__, method_name, message.__class__)
    if key not in _handlers:
        _handlers[key] = _find_handlers(*key)
    found = _handlers[key]
    if found is None:
        yield from _get_dispatch_methods(pump, method_name, message)  # type: ignore[misc]
        return
    for cls, method in found:
        if message._no_default_action:
            break
        yield cls, method.__get__(pump, cls)


def _find_handlers(pump: type, method_name: str, message: type) -> _Handlers | None:
    """By the naming convention; None where Textual may find one by its decorator as well."""
    found: _Handlers = []
    for cls in pump.__mro__:
        decorated = cls.__dict__.get("_decorated_handlers")
        if decorated and not decorated.keys().isdisjoint(message.__mro__):
            return None
        method = cls.__dict__.get(f"_{method_name}") or cls.__dict__.get(method_name)
        if method is not None and not getattr(method, "_textual_on", None):
            found.append((cls, method))
    return found


def _count_once(called: Callable[..., Any]) -> int:
    """A part of a function, or one made anew each time, has as many parameters as the last one."""
    if isinstance(called, MethodType) and isinstance(called.__func__, FunctionType):
        return _count_once(called.__func__) - 1
    if not isinstance(called, FunctionType) or called.__dict__:  # it may stand for another
        return _count_parameters(called)
    if called.__code__ not in _counts:
        _counts[called.__code__] = _count_parameters(called)
    return _counts[called.__code__]
