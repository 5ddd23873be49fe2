"""A computer whose clock went back: said in one sentence, before anybody relies on the time.

Numbers and the chain do not hang on the clock; deadlines, days and the order of steps do.
"""

from datetime import datetime, timedelta

from sqlalchemy import func, select

from wuye_tui.desk import Desk
from wuye_tui.rules.refusals import shown
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Audit
from wuye_tui.words import _

LEEWAY = timedelta(minutes=2)  # by which the clocks of several desks may differ
_LAST = 200  # acts; what went before them is of no use to anybody who works now
_line = table_of(Audit).c


def last_act(desk: Desk) -> datetime | None:
    """The latest moment at which one of the last acts was written down, where it is yet to come;
    None where the clock is right as far as anybody can tell.
    """
    lately = select(_line.at).where(_line.site == desk.site).order_by(_line.seq.desc())
    with desk.read() as session:
        found = session.execute(select(func.max(lately.limit(_LAST).subquery().c.at))).scalar()
    return found if found and desk.now() + LEEWAY < found else None


def warning(desk: Desk) -> str:
    """What to say of it, or ""."""
    last = last_act(desk)
    if last is None:
        return ""
    told = _("电脑时间（{now}）比最近一次操作（{last}）还早，请先校准电脑的时钟和时区。")
    return told.format(now=shown(desk.now(), desk.zone), last=shown(last, desk.zone))
