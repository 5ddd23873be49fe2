"""The telephone numbers at hand at the desk (XX-4.1.4)."""

from datetime import date

from sqlmodel import Field, SQLModel


class Entry(SQLModel, table=True):
    """One number of the directory: whose, when they answer, and when somebody last tried it."""

    __tablename__ = "directory"

    site: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    keys: str = ""  # the ways to type the name, reckoned when it is written
    kind: str
    phone: str
    second: str = ""
    hours: str = ""
    note: str = ""
    place: int = 0
    checked: date | None = None
    checked_by: str = ""
    active: bool = True
