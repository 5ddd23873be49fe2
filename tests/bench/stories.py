"""Stories that are lived once through the real verbs, and taken down row by row for copying."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import SQLModel

from tests.bench.moulds import Mould, Slots, line_of
from wuye_tui.desk import Desk
from wuye_tui.rules.accounts import OWN
from wuye_tui.rules.duetime import Before, Length, Wall
from wuye_tui.rules.procedures import procedure
from wuye_tui.store import chain
from wuye_tui.store.tables import APPEND_ONLY

Row = Mapping[str, Any]
Rows = dict[tuple[Any, ...], dict[str, Any]]
TABLES = {table.name: table for table in SQLModel.metadata.sorted_tables}
ROOTS = ("matter", "contact", "charge", "duty")  # what has an id of its own
NUMBERED = ("matter", "contact", "receipt", "ledger_entry")
LEFT = ("audit", "series", "balance", "staff", "bill_run")  # written otherwise, or not at all
PERIOD = "<period>"  # of a charge: the month in which its story begins
HELD = ("<seq>", "<prev>", "<digest>", "<hash>")


@dataclass
class Deed:
    """One act of a story: when, what it proves, its line of the chain, and the rows it leaves."""

    at: datetime
    line: Mould
    audit: Mould
    proofs: list[Mould] = field(default_factory=list)
    rows: list[tuple[str, Mould]] = field(default_factory=list)
    born: list[int] = field(default_factory=list)
    """The slots of the numbers that are given in it."""
    duty: int = -1
    """The slot of the duty that begins with it."""


@dataclass
class Story:
    """What is copied. `seals` are reckoned anew where the words differ, `dues` by the calendar."""

    kind: str
    slots: Slots
    deeds: list[Deed]
    seals: list[tuple[int, str, Mould]]
    dues: list[tuple[int, Length, datetime, datetime]]
    sums: Counter[tuple[str, str, str]]

    @cached_property
    def on_duty(self) -> list[int]:
        """The slots of the duty that runs."""
        return [n for n, slot in enumerate(self.slots.all) if slot.sort == "duty"]

    @cached_property
    def after(self) -> list[int]:
        """The slots of the duty that ran before a handover."""
        return [n for n, slot in enumerate(self.slots.all) if slot.sort == "prev"]

    @property
    def begins(self) -> datetime:
        """The moment of its first act."""
        return self.deeds[0].at


def lived(desk: Desk, kind: str, tell: Callable[[], object], known: Row, dialect: str) -> Story:
    """Lives a story and takes it down. `known`: what of it differs in each copy, and its sort."""
    before = _all(desk)
    tell()
    return _taken_down(desk, kind, before, dict(known), dialect)


def _all(desk: Desk) -> dict[str, Rows]:
    with desk.engine.connect() as connection:
        return {name: _rows(connection, table) for name, table in TABLES.items()}


def _rows(connection: Any, table: Table) -> Rows:
    keys = [column.name for column in table.primary_key]
    found = connection.execute(select(table).where(table.c.site != "")).mappings().all()
    return {tuple(row[key] for key in keys): dict(row) for row in found}


def _taken_down(
    desk: Desk, kind: str, before: dict[str, Rows], known: dict[str, str], dialect: str
) -> Story:
    new = {
        name: [row for key, row in rows.items() if key not in before[name]]
        for name, rows in _all(desk).items()
    }
    for row in new["duty"]:  # the next handover is a copy of this one
        row["ended"] = row["ended"] or row["started"] + timedelta(hours=3.5)
    acts = sorted(new["audit"], key=lambda row: row["seq"])
    known |= dict.fromkeys(HELD, "held")
    known |= {row["key"]: "key" for row in acts}
    known |= {row["id"]: "id" for name in ROOTS for row in new[name] if row["id"] not in known}
    known |= {row["number"]: "number" for name in NUMBERED for row in new[name]}
    sealed = {chain.seal(row["salt"], _said(row)): row for row in new["private"] if row["salt"]}
    known |= dict.fromkeys(sealed, "seal")
    dues = _with_dues(new, known)
    for row in new["charge"]:
        row["period"], known[PERIOD] = PERIOD, "period"
    slots = Slots(known)
    for name in HELD:
        slots.place("held", name)
    deeds = {row["key"]: _deed(slots, row, dialect) for row in acts}
    first, last = deeds[acts[0]["key"]], deeds[acts[-1]["key"]]
    entries = {row["number"]: row["act"] for row in new["ledger_entry"]}
    contacts = {row["id"] for row in new["contact"]}
    sums: Counter[tuple[str, str, str]] = Counter()
    for name, rows in new.items():
        if name in LEFT:
            continue
        for row in rows:
            of = last
            if name in APPEND_ONLY:
                of = deeds[row["act"] if "act" in row else entries[row["entry"]]]
                of.proofs.append(slots.mould(chain.proof(name, row)))
            elif name.startswith("contact") or row.get("owner") in contacts:
                of = first
            if name == "posting":
                assert row["account"] not in OWN
                sums[row["account"], row["part"], ""] += row["fen"]
            shown = {**row, **row.get("_due", {})}
            of.rows.append((name, slots.mould(line_of(TABLES[name], shown, dialect))))
    _born(slots, list(deeds.values()))
    for row in new["duty"]:
        begun = max(n for n, act in enumerate(acts) if act["at"] == row["started"])
        deeds[acts[begun]["key"]].duty = slots.place("id", row["id"])
    seals = []
    for seal, row in sealed.items():
        said = slots.mould(chain.canonical(_said(row)))
        if said.picks:
            seals.append((slots.place("seal", seal), row["salt"], said))
    reckoned = [(slots.place("due", name), *rest) for name, rest in dues.items()]
    return Story(kind, slots, list(deeds.values()), seals, reckoned, sums)


def _said(row: Row) -> dict[str, Any]:
    return {name: row[name] for name in ("name", "phone", "address", "words", "more")}


def _with_dues(new: dict[str, list[dict[str, Any]]], known: dict[str, str]) -> dict[str, Any]:
    """What is due after working days, or not at night, is not simply so much later in a copy."""
    kinds = {row["id"]: row["kind"] for row in new["matter"]}
    found: dict[str, Any] = {}
    for n, row in enumerate(new["deadline"]):
        rules = procedure(kinds[row["matter"]]).deadlines
        (length,) = (rule.length for rule in rules if rule.name == row["name"])
        if isinstance(length, Wall | Before) or row["due"] is None:
            continue
        name = f"<due{n}>"
        known[name] = "due"
        row["_due"] = {"due": name}
        found[name] = (length, row["started"], row["due"])
        for other in new["callback"]:
            if other["matter"] == row["matter"] and other["due"] == row["due"]:
                other["_due"] = {"due": name}
    return found


def _deed(slots: Slots, row: dict[str, Any], dialect: str) -> Deed:
    seq, prev, digest, hash_ = HELD
    open_ = {**row, "seq": seq, "prev": prev, "digest": digest, "hash": hash_}
    if row["digest"] == chain.digest(()):
        open_["digest"] = row["digest"]
    line = chain.canonical([open_[name] for name in chain.HASHED])
    return Deed(
        at=row["at"],
        line=slots.mould(line.replace(f'"{seq}"', seq)),
        audit=slots.mould(line_of(TABLES["audit"], open_, dialect)),
    )


def _born(slots: Slots, deeds: list[Deed]) -> None:
    """A number is given by the first act that knows it."""
    seen = set[int]()
    for deed in deeds:
        for mould in (deed.line, *deed.proofs, *(mould for _name, mould in deed.rows)):
            fresh = {at for at in mould.picks if slots.all[at].sort == "number"} - seen
            deed.born += sorted(fresh)
            seen |= fresh
