"""Whose list is read, who looks at it, when, and what the office has laid down."""

from dataclasses import dataclass
from datetime import datetime

from wuye_tui.desk import Desk
from wuye_tui.reference import Reference
from wuye_tui.store.acts import Act


@dataclass(frozen=True)
class Source:
    """Whose list it is, who looks, when, and what the office has laid down."""

    site: str
    viewer: str
    now: datetime
    reference: Reference

    @classmethod
    def of(cls, at: Desk | Act, viewer: str | None = None) -> "Source":
        """From a desk, or inside an act; for somebody else where `viewer` says so."""
        if isinstance(at, Desk):
            who = at.staff if viewer is None else viewer
            return cls(at.site, who, at.now(), at.reference)
        return cls(at.site, at.by.number if viewer is None else viewer, at.now, at.reference)
