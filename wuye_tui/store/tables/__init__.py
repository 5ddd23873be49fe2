"""Every table, by area. Keys start with `site`, so that offices can be sharded by it.

Roots are (site, id) with an id made by the application; children are (site, matter, n); no foreign
key or unique index crosses sites, and no number that people see comes from the database.
"""

from wuye_tui.store.tables.audit import Audit, Firing, Series
from wuye_tui.store.tables.contacts import Absence, Contact, ContactMatter, Duty
from wuye_tui.store.tables.directory import Entry
from wuye_tui.store.tables.fees import FeePrice, FeeTerm, Meter, MeterReading, Pool
from wuye_tui.store.tables.ledger import Balance, BillRun, DayClose, LedgerEntry, Posting
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
from wuye_tui.store.tables.office import EnrolledWorkstation, Office, Staff, Tariff
from wuye_tui.store.tables.people import Person, PersonKey, Unit, UnitPerson
from wuye_tui.store.tables.privacy import Erasure, FileOpening
from wuye_tui.store.tables.receipts import Receipt, ReceiptInvoice, ReceiptPrint, ReceiptVoid
from wuye_tui.store.tables.rosters import (
    LeaveRow,
    Roster,
    RosterCell,
    RosterSwap,
    RosterVersion,
    RosterWish,
)

APPEND_ONLY = (
    "audit", "day_close", "erasure", "file_opening", "firing", "ledger_entry", "posting", "receipt",
    "receipt_invoice", "receipt_print", "receipt_void", "roster", "roster_cell", "roster_swap",
    "roster_version", "signature", "step",
)  # fmt: skip

__all__ = [
    "APPEND_ONLY",
    "Absence",
    "Audit",
    "Balance",
    "BillRun",
    "Callback",
    "Charge",
    "Complaint",
    "Contact",
    "ContactMatter",
    "DayClose",
    "DeadlineRow",
    "Duty",
    "EnrolledWorkstation",
    "Entry",
    "Erasure",
    "FeePrice",
    "FeeTerm",
    "FileOpening",
    "Firing",
    "Handover",
    "LeaveRow",
    "LedgerEntry",
    "Matter",
    "Meter",
    "MeterReading",
    "Office",
    "Person",
    "PersonKey",
    "Pool",
    "Posting",
    "Private",
    "Receipt",
    "ReceiptInvoice",
    "ReceiptPrint",
    "ReceiptVoid",
    "Repair",
    "Roster",
    "RosterCell",
    "RosterSwap",
    "RosterVersion",
    "RosterWish",
    "Series",
    "Signature",
    "Staff",
    "StepRow",
    "Tariff",
    "Unit",
    "UnitPerson",
    "VisitRow",
]
