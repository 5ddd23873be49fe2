"""Several matters that take one step in one act: all of them, or none; and take it back again.

Which step that may be is written in its row (`Row.together`).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from wuye_tui.desk import Desk
from wuye_tui.registers import console, matters, views
from wuye_tui.registers.views import MatterView
from wuye_tui.rules.errors import DeskError, StoreError
from wuye_tui.rules.lifecycle import Facts, Row
from wuye_tui.rules.refusals import ChangedMeanwhile
from wuye_tui.store.acts import Act, Result
from wuye_tui.words import _


class OneRefused(DeskError):
    """One of several may not take the step, so none has."""

    def __init__(self, number: str, cause: DeskError) -> None:
        told = _("{number} 办不了：{why} 勾着的都没有办；去掉它的勾，其余的再来。")
        super().__init__(told.format(number=number, why=str(cause)), cause.clause)


@dataclass(frozen=True)
class Several:
    """Matters that are in hand together, as they were read."""

    views: tuple[MatterView, ...]

    @property
    def rows(self) -> list[Row]:
        """The steps that all of them may take now, and together."""
        first, *others = self.views
        found = [row for row in first.following if row.together]
        return [row for row in found if all(row in view.following for view in others)]

    @property
    def usual(self) -> Row | None:
        """The step that would be proposed for every one of them, if it is the same one."""
        proposed = [console.usual(view) for view in self.views]
        return proposed[0] if all(row is proposed[0] for row in proposed) else None

    @property
    def facts(self) -> Facts:
        """What is true of all of them."""
        first, *others = (view.situation.facts for view in self.views)
        return {
            name: value
            for name, value in first.items()
            if all(name in facts and facts[name] == value for facts in others)
        }

    @property
    def seen(self) -> dict[str, int]:
        """The last step of each that was read, by their numbers."""
        return {view.number: view.situation.last for view in self.views}


def read(desk: Desk, numbers: Sequence[str]) -> Several:
    """The matters of these numbers. Raises NotFound."""
    return Several(tuple(views.show(desk, number) for number in sorted(numbers)))


def asked(row: Row) -> Row:
    """The row without the questions that have another answer for every matter."""
    return replace(row, ask=tuple(ask for ask in row.ask if not ask.each))


def take(
    act: Act,
    seen: Mapping[str, int],
    verb: str,
    *,
    happened: datetime | None = None,
    doer: str = "",
    proven: Collection[str] = (),
    **given: Any,
) -> Result:
    """Takes the step of every matter in `seen`, the last step known of each by its number.

    The result is that of the first, with the step of every one under `together`. Raises
    ChangedMeanwhile, which names the matter, or OneRefused, which names it and why.
    """
    results: dict[str, Result] = {}
    for number in sorted(seen):
        try:
            results[number] = matters.take(
                act,
                number,
                verb,
                seen=seen[number],
                happened=happened,
                doer=doer,
                proven=proven,
                **given,
            )
        except (ChangedMeanwhile, StoreError):
            raise
        except DeskError as error:
            raise OneRefused(number, error) from error
    first = next(iter(results.values()))
    opened = [child for result in results.values() for child in result.get("opened", ())]
    steps = {number: int(result["n"]) for number, result in results.items()}
    return {**first, "together": steps, **({"opened": opened} if opened else {})}


def undo(act: Act, seen: Mapping[str, int]) -> Result:
    """Takes back the last step of every matter in `seen`, of which each is the last step known.

    One that has gone on meanwhile does not keep the others: the result has the steps taken back
    under `together`, and under `kept` the numbers of those that could not be; no sentence, because
    a result lies in the audit chain for good. Where none could, it raises what `matters.undo`
    raises for the first.
    """
    results: dict[str, Result] = {}
    kept: dict[str, DeskError] = {}
    for number in sorted(seen):
        try:
            results[number] = matters.undo(act, number, seen=seen[number])
        except StoreError:
            raise
        except DeskError as error:
            kept[number] = error
    if not results:
        raise next(iter(kept.values()))
    first = next(iter(results.values()))
    steps = {number: int(result["n"]) for number, result in results.items()}
    return {**first, "together": steps, "kept": list(kept)}
