"""The repair tariff: what a job costs, shown to the resident before it begins (BX-13)."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from wuye_tui.desk import Desk
from wuye_tui.store.tables import Tariff


def list_tariff(desk: Desk, category: str = "") -> list[dict[str, Any]]:
    """Every item by its code, or those of one `category`; `price_fen` is labour for one unit."""
    query = select(Tariff).where(col(Tariff.site) == desk.site).order_by(col(Tariff.code))
    if category:
        query = query.where(col(Tariff.category) == category)
    with desk.read() as session:
        return [
            {**item.as_dict(), "keywords": item.keywords.split()}
            for item in session.execute(query).scalars()
        ]
