"""Who may see a matter: nobody sees one that is about themselves (FW-M.9).

A complaint about one of the staff names them in `matter.about`, and so does whatever it opened. The
rule stands here alone; every question that reads matters, or the calls that led to them, has it as
a condition, and whoever takes a step asks it first. For somebody whom nobody knows, a command
without `--as`, what concerns any of the staff is not there at all. The audit and the statistics are
whole for everybody: they hold no words and no names.
"""

from collections.abc import Iterable
from typing import Any, Final

from sqlalchemy import ColumnElement, String, and_, bindparam, exists, literal, not_, or_, select
from sqlmodel import Session

from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Contact, ContactMatter, Matter

VIEWER: Final = bindparam("viewer", type_=String)
"""The staff number of whoever looks, "" for nobody known: what the conditions are asked with."""

_about = table_of(Matter).alias("seen")
_link = table_of(ContactMatter).alias("seen_link")


def may_see(about: str, viewer: str) -> bool:
    """Whether somebody may see a matter that is about this member of the staff, or about none."""
    return not about or (bool(viewer) and about != viewer)


def seen_by(viewer: str | ColumnElement[str] = VIEWER, matter: Any = None) -> ColumnElement[bool]:
    """The same as a condition on matters; `matter` are the columns, where they have an alias."""
    about = (table_of(Matter).c if matter is None else matter).about
    who = literal(viewer, String) if isinstance(viewer, str) else viewer
    return or_(about == "", and_(who != "", about != who))


def calls_seen_by(viewer: str | ColumnElement[str] = VIEWER) -> ColumnElement[bool]:
    """The condition on calls: none that led to a matter which must not be seen; its words are in
    them.
    """
    contact, m, link = table_of(Contact).c, _about.c, _link.c
    led = exists().where(
        link.site == contact.site,
        link.contact == contact.id,
        m.site == link.site,
        m.id == link.matter,
        not_(seen_by(viewer, m)),
    )
    return ~led


def hidden(session: Session, site: str, viewer: str, numbers: Iterable[str]) -> frozenset[str]:
    """Those of these numbers that are of matters which somebody must not see."""
    asked = list(dict.fromkeys(filter(None, numbers)))
    if not asked:
        return frozenset()
    m = table_of(Matter).c
    question = select(m.number).where(m.site == site, m.number.in_(asked), not_(seen_by(viewer)))
    return frozenset(session.execute(question).scalars())
