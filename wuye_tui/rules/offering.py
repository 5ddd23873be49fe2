"""Which steps stand open to somebody now: what the screens offer and the command line lists."""

from wuye_tui.rules.lifecycle import Case, Guard, Lifecycle, Row
from wuye_tui.rules.rights import Actor


def may_take(row: Row, actor: Actor) -> bool:
    """Whether the actor may take the step, in their own right or by writing down another's."""
    return actor.may(row.who) or (row.relay and actor.records)


def refusal(row: Row, case: Case) -> Guard | None:
    """The first guard that refuses the step, if one does."""
    return next((guard for guard in row.guards if guard.refuses(case)), None)


def offered(cycle: Lifecycle, case: Case) -> tuple[Row, ...]:
    """The steps open to whoever the case is about, moving ones first, in the table's order.

    A step whose guard says that it makes no sense now is left out; one that a guard refuses for a
    reason worth reading is offered, and the refusal read.
    """
    rows = [
        row
        for row in cycle.rows_from(case.matter.state)
        if not row.auto
        and may_take(row, case.by)
        and not any(guard.hides and guard.refuses(case) for guard in row.guards)
    ]
    return tuple(sorted(rows, key=lambda row: not row.moves))
