"""Every table, by area. Keys start with `site`, so that offices can be sharded by it.

Roots are (site, id) with an id made by the application; children are (site, matter, n); no foreign
key or unique index crosses sites, and no number that people see comes from the database.
"""

from wuye_tui.store.tables.audit import Audit, Firing, Series
from wuye_tui.store.tables.contacts import Absence, Contact, ContactMatter, Duty
from wuye_tui.store.tables.directory import Entry
from wuye_tui.store.tables.matters import (
    Callback,
    Charge,
    Complaint,
    DeadlineRow,
    Handover,
    Matter,
    Private,
    Repair,
    Signature,
    StepRow,
    VisitRow,
)
from wuye_tui.store.tables.office import Office, Staff, Tariff
from wuye_tui.store.tables.people import Person, PersonKey, Unit, UnitPerson
from wuye_tui.store.tables.receipts import Receipt, ReceiptVoid

APPEND_ONLY = ("audit", "firing", "receipt", "receipt_void", "signature", "step")

__all__ = [
    "APPEND_ONLY",
    "Absence",
    "Audit",
    "Callback",
    "Charge",
    "Complaint",
    "Contact",
    "ContactMatter",
    "DeadlineRow",
    "Duty",
    "Entry",
    "Firing",
    "Handover",
    "Matter",
    "Office",
    "Person",
    "PersonKey",
    "Private",
    "Receipt",
    "ReceiptVoid",
    "Repair",
    "Series",
    "Signature",
    "Staff",
    "StepRow",
    "Tariff",
    "Unit",
    "UnitPerson",
    "VisitRow",
]
