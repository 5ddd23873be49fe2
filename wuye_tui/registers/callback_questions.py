"""What a summary of callbacks asks the database: alike ones counted together, and their lists.

Each question is given `site`, `since` and `until`; what the answers mean, `callback_summary` says.
"""

from typing import Any

from sqlalchemy import Select, and_, bindparam, case, exists, func, or_, select

from wuye_tui.registers.seeing import seen_by
from wuye_tui.rules.callback_figures import COMPLAINTS, JOBS, VISITS
from wuye_tui.rules.filing import COMPLETE
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Callback, Matter, Private, Repair, StepRow, Tariff

_callback, _matter, _repair, _tariff, _said = (
    table_of(kind).c for kind in (Callback, Matter, Repair, Tariff, Private)
)
_slip = table_of(Matter).alias("slip")  # what the callback asks about
_answer = table_of(Private).alias("answer")  # the words in which the opinion was said last
_spoken = table_of(Private).alias("spoken")
_step, _back = table_of(StepRow).alias("said_at"), table_of(StepRow).alias("back")
_order = table_of(Matter).alias("linked")

_WITHIN = (
    _callback.site == bindparam("site"),
    _callback.due >= bindparam("since"),
    _callback.due < bindparam("until"),
)
_OF_MATTER = and_(_matter.site == _callback.site, _matter.id == _callback.matter)
_FOLLOWS = and_(_slip.c.site == _matter.site, _slip.c.number == _matter.parent)
# Words at the step that reached somebody are an opinion, and so is what mending a record adds.
_SAID_AT = (
    select(func.max(_spoken.c.n))
    .where(
        _spoken.c.site == _matter.site,
        _spoken.c.owner == _matter.id,
        _step.c.site == _spoken.c.site,
        _step.c.matter == _spoken.c.owner,
        _step.c.n == _spoken.c.n,
        or_(
            _step.c.verb == "reach",
            and_(
                _step.c.verb == COMPLETE,
                _spoken.c.more["opinion"].as_string() != "",
                ~exists().where(
                    _back.c.site == _step.c.site,
                    _back.c.matter == _step.c.matter,
                    _back.c.undoes == _step.c.n,
                ),
            ),
        ),
    )
    .correlate(table_of(Matter))
    .scalar_subquery()
)
_ANSWERED = and_(
    _answer.c.site == _matter.site,
    _answer.c.owner == _matter.id,
    _answer.c.n == _SAID_AT,
    _matter.outcome == "reached",
)
_SORT = case(
    (_callback.regular.is_(True), VISITS), (_slip.c.kind == "complaint", COMPLAINTS), else_=JOBS
)
_LATE = case((_matter.closed > _callback.due, 1), else_=0)
_OPINION = case((_answer.c.n.is_not(None), 1), else_=0)
_WORKER = func.coalesce(func.nullif(_callback.worker, ""), _slip.c.worker, "")
_TRADE = func.coalesce(_tariff.category, "")


def _joined(*columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(table_of(Callback))
        .join(table_of(Matter), _OF_MATTER)
        .outerjoin(_slip, _FOLLOWS)
        .outerjoin(_answer, _ANSWERED)
        .where(*_WITHIN)
    )


def _with_slip(asked: Select[Any]) -> Select[Any]:
    return asked.outerjoin(
        table_of(Repair), and_(_repair.site == _slip.c.site, _repair.matter == _slip.c.id)
    ).outerjoin(
        table_of(Tariff), and_(_tariff.site == _repair.site, _tariff.code == _repair.tariff)
    )


_ALIKE = (_SORT, _matter.outcome, _LATE, _callback.satisfaction, _OPINION)
_WHOSE = (_slip.c.kind, _slip.c.department, _TRADE, _WORKER)
BEFORE = _joined(*_ALIKE, func.count()).group_by(*_ALIKE)
NOW = _with_slip(_joined(*_ALIKE, *_WHOSE, func.count())).group_by(*_ALIKE, *_WHOSE)
_REPAIRED = (
    _repair.site == bindparam("site"),
    _repair.done >= bindparam("since"),
    _repair.done < bindparam("until"),
)
COMPLETED = select(func.count()).select_from(table_of(Repair)).where(*_REPAIRED)
_SNAPSHOT = and_(_said.site == _matter.site, _said.owner == _matter.id, _said.n == 0)
LISTED = (
    _with_slip(
        _joined(
            *_ALIKE,
            *_WHOSE,
            *(_matter[name] for name in ("number", "unit", "place", "closed", "state")),
            *(_callback[name] for name in ("due", "tries")),
            _slip.c.number.label("about"),
            _answer.c.more,
            _answer.c.erased,
            _said.name,
            _said.words,
            _order.c.number.label("linked"),
        )
    )
    .outerjoin(table_of(Private), _SNAPSHOT)
    .outerjoin(
        _order,
        and_(
            _order.c.site == _matter.site,
            _order.c.parent == _matter.number,
            _order.c.kind == "order",
            _callback.satisfaction == "dissatisfied",
        ),
    )
    .where(seen_by())
    .order_by(_callback.due, _matter.number)
)
LISTED_REPAIRS = (
    select(
        *(_matter[name] for name in ("number", "unit", "place", "worker", "department", "state")),
        _repair.done,
        _TRADE.label("trade"),
        _said.name,
        _said.words,
    )
    .select_from(table_of(Repair))
    .join(table_of(Matter), and_(_matter.site == _repair.site, _matter.id == _repair.matter))
    .outerjoin(table_of(Tariff), and_(_tariff.site == _repair.site, _tariff.code == _repair.tariff))
    .outerjoin(table_of(Private), _SNAPSHOT)
    .where(*_REPAIRED, seen_by())
    .order_by(_repair.done, _matter.number)
)
