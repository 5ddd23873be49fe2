"""Bills of many months, as their runs publish them, and what is paid of them a year at a time."""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from tests.bench import maker
from tests.bench.copies import Copier
from tests.bench.moulds import Mould, line_of
from tests.bench.pouring import TABLES
from tests.bench.stories import Story
from tests.bench.told import CASHIER, MONTHS
from tests.billing import A_MONTH
from tests.desks import THURSDAY
from wuye_tui.registers.bills import AT_ONCE, PREFIX, PUBLISHED, digest_words, line_sum
from wuye_tui.rules.accounts import BILL, INCOME, PREFIXES, RECEIVABLE
from wuye_tui.rules.months import Month

FEE = "management"
PAID_FROM, PAID_FOR = 9 * 3600, 8 * 3600
PAYING_DAYS = 15
Bound = Callable[[int], Mapping[str, str]]


def charge_id(month: int, unit: int) -> str:
    """The id of a bill."""
    return f"{month:012x}70008{unit:015x}"


class Bills:
    """So many months up to the last whole one. A year is paid in the days after its last bill; of
    each year one home in twenty has not paid yet, and the months of no whole year are open.
    """

    def __init__(self, copier: Copier, units: int, months: int, payment: Story) -> None:
        self._copier, self._units, self._payment = copier, units, payment
        self._years = months // MONTHS
        now = Month(THURSDAY.year, THURSDAY.month)
        found = [now]
        while len(found) <= months:
            found.insert(0, found[0].before)
        self._months = found[:-1]
        self._mould: Mould | None = None

    def of_day(self, today: datetime, bound: Bound) -> None:
        """The run of a month on its first day, and the payments of the days that follow."""
        month = Month(today.year, today.month)
        if today.day == 1 and month in self._months:
            self._run(self._months.index(month), today + timedelta(hours=3))
        if month.before in self._months and 2 <= today.day < 2 + PAYING_DAYS:
            many, rest = divmod(self._months.index(month.before) + 1, MONTHS)
            if not rest:
                self._pay(many - 1, today, bound)

    def _paid(self, month: int, unit: int) -> bool:
        return month // MONTHS < self._years and (unit + month // MONTHS) % 20 != 0

    def _run(self, n: int, at: datetime) -> None:
        copier, month = self._copier, self._months[n]
        copier.upto(at)
        number = copier.number(f"{PREFIX}-20000101-001", at)
        copier.act(at, CASHIER, "bills.begin", {"number": number})
        total = 0
        for unit in range(self._units):
            label = maker.label(unit)
            row = _charge(copier.site, number, month, at)
            row |= {
                "id": charge_id(n, unit), "unit": label, "source": label,
                "settled_fen": A_MONTH if self._paid(n, unit) else 0,
            }  # fmt: skip
            copier.put("charge", line_of(TABLES["charge"], row, copier.to.dialect))
            total += line_sum(label, FEE, str(month), A_MONTH)
            if (unit + 1) % AT_ONCE == 0 or unit + 1 == self._units:
                copier.act(at, CASHIER, "bills.prepare", {"run": number, "lines": unit + 1})
        self._publish(number, month, at, digest_words(total))

    def _publish(self, number: str, month: Month, at: datetime, digest: str) -> None:
        copier, fen = self._copier, A_MONTH * self._units
        entry = copier.number(f"{PREFIXES[BILL]}-20000101-001", at)
        posted = ((RECEIVABLE, fen), (INCOME, -fen))
        rows: list[tuple[str, dict[str, Any]]] = [
            ("posting", {"entry": entry, "n": n, "account": account, "part": FEE, "unit": "",
                         "charge": "", "fen": much})
            for n, (account, much) in enumerate(posted, 1)
        ]  # fmt: skip
        for account, much in posted:
            copier.sums[account, FEE, ""] += much
        rows.append(
            ("ledger_entry",
             {"number": entry, "act": copier.next_key, "kind": BILL, "at": at,
              "day": at.date(), "by": CASHIER, "second": "", "duty": copier.duty, "unit": "",
              "receipt": "", "reverses": "", "for_cashier": False, "seal": ""})
        )  # fmt: skip
        rows.append(
            ("bill_run",
             {"number": number, "period": str(month), "fees": [FEE], "state": PUBLISHED,
              "lines": self._units, "fen": fen, "digest": digest, "began": at, "seen": at,
              "published": at, "by": CASHIER})
        )  # fmt: skip
        result = {"number": number, "period": str(month), "lines": self._units,
                  "amount_fen": fen, "entry": entry, "digest": digest}  # fmt: skip
        copier.act(at, CASHIER, "bills.publish", result, rows)

    def _pay(self, year: int, today: datetime, bound: Bound) -> None:
        part = -(-self._units // PAYING_DAYS)
        first = (today.day - 2) * part
        homes = range(first, min(first + part, self._units))
        for place, unit in enumerate(homes):
            if not self._paid(year * MONTHS, unit):
                continue
            at = today + timedelta(seconds=PAID_FROM + place * PAID_FOR // part)
            charges = {f"charge{n}": charge_id(year * MONTHS + n, unit) for n in range(MONTHS)}
            self._copier.begin(self._payment, at, {**bound(unit), **charges})


def _charge(site: str, run: str, month: Month, at: datetime) -> dict[str, Any]:
    begins = date(month.year, month.month, 1)
    return {
        "site": site, "fee": FEE, "period": str(month), "fen": A_MONTH, "waived_fen": 0,
        "at": at, "run": run, "begins": begins,
        "ends": date(month.after.year, month.after.month, 1) - timedelta(days=1),
        "due": begins.replace(day=25), "detail": [],
    }  # fmt: skip
