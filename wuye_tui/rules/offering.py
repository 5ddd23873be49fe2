"""Which steps stand open to somebody now: what the screens offer and the command line lists."""

from wuye_tui.rules.lifecycle import Case, Guard, Lifecycle, Row
from wuye_tui.rules.rights import Actor


def may_take(row: Row, actor: Actor) -> bool:
    """Whether the actor may take the step, in their own right or by writing down another's."""
    return actor.may(row.who) or (row.relay and actor.records)


def refusal(row: Row, case: Case) -> Guard | None:
    """The first guard that refuses the step, if one does."""
    return next((guard for guard in row.guards if guard.refuses(case)), None)


def barred(cycle: Lifecycle, case: Case) -> dict[str, Guard]:
    """The steps, by verb, that are known to be refused before anything is filled in, and by what:
    they are offered and the refusal is worth reading, but nobody should be sent to them.
    """
    return {
        row.verb: guard
        for row in cycle.rows_from(case.matter.state)
        for guard in reversed(row.guards)
        if guard.first is not None and guard.refuses(case)
    }


def makes_sense(cycle: Lifecycle, case: Case) -> list[Row]:
    """The steps that somebody could take now, whoever it is, in the table's order.

    A step whose guard says that it makes no sense now is left out; one that a guard refuses for a
    reason worth reading is there, and the refusal read.
    """
    return [
        row
        for row in cycle.rows_from(case.matter.state)
        if not row.auto and not any(guard.hides and guard.refuses(case) for guard in row.guards)
    ]


def withheld(cycle: Lifecycle, case: Case) -> tuple[tuple[Row, Guard], ...]:
    """The steps of this state that are not even offered now, and the guard that says why: for
    whoever looks for one of them.
    """
    found = [
        (row, next((one for one in row.guards if one.hides and one.refuses(case)), None))
        for row in cycle.rows_from(case.matter.state)
        if not row.auto and may_take(row, case.by)
    ]
    return tuple((row, guard) for row, guard in found if guard is not None)


def offered(cycle: Lifecycle, case: Case) -> tuple[Row, ...]:
    """Those of them open to whoever the case is about, moving ones first."""
    rows = [row for row in makes_sense(cycle, case) if may_take(row, case.by)]
    return tuple(sorted(rows, key=lambda row: not row.moves))


def ways_on(cycle: Lifecycle, case: Case) -> list[Row]:
    """What to name to whoever asked for a step that is not open: those steps that move the matter
    and that no guard refuses now.
    """
    return [row for row in makes_sense(cycle, case) if row.moves and refusal(row, case) is None]
