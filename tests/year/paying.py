"""What people pay in the year, and what is given back: through the verbs, each written down."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

from tests.year.inputs import Back, Off, Once, Taken
from tests.year.office import MANAGER, Office
from wuye_tui.registers import counter, giving_back, owed, receipts
from wuye_tui.rules.accounts import CASH
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.payments import Tender

MEANS = ("wechat",) * 11 + ("cash",) * 4 + ("alipay",) * 3 + ("card", "transfer")


class Paying(Office):
    """The counter."""

    def __init__(self, folder: Path, buildings: Collection[str] = ()) -> None:
        super().__init__(folder, buildings)
        self._day_of: dict[str, date] = {}
        self._last = ""  # the charge that was written last

    def pay(self, unit: str) -> None:
        """All of it; a part; something for later; by two means; or a family's two flats at once."""
        units: tuple[str, ...] = (unit,)
        if self.draw.random() < 0.02:
            units = (unit, self.draw.choice(self.given.units).label)
            units = tuple(dict.fromkeys(units))
        found = owed.account(self.cashier, units)
        chance, without = self.draw.random(), False
        whole = found.open_fen + found.late_fen
        if not whole:
            return
        if chance < 0.06:
            fen = max(1, whole * self.draw.randrange(20, 95) // 100)
        elif chance < 0.10:
            fen = whole + self.draw.randrange(1, 60_000)
        elif chance < 0.14 and found.late_fen:
            fen, without = found.open_fen, True
        else:
            fen = whole
        means = self.draw.choice(MEANS)
        tenders: tuple[tuple[str, int], ...] = ((means, fen),)
        if means == CASH and fen > 20_000 and chance > 0.9:
            tenders = ((CASH, 10_000), ("wechat", fen - 10_000))
        self._take(units, tenders, without)

    def _take(
        self, units: tuple[str, ...], tenders: tuple[tuple[str, int], ...], without: bool = False
    ) -> str:
        why, by = ("协商", MANAGER) if without else ("", "")
        desk = self.cashier if self.today.weekday() < 5 else self.clerk
        done = self.act(
            "payments.take",
            lambda act: counter.take(
                act,
                units,
                [Tender(*one) for one in tenders],
                prepay=True,
                late_why=why,
                approver=by,
                proven=(by,),
            ),
            desk,
        )
        name = str(done["receipt"])
        self.given.events.append(Taken(self.today, name, units, tenders, without))
        self._day_of[name] = self.today
        return name

    def some_days(self, day: date) -> None:
        """What comes now and then: a card, a deposit and its return, a void, a refund, a waiver."""
        unit = self.draw.choice([one.label for one in self.given.units if one.kind == "home"])
        match day.toordinal() % 9:
            case 0:
                self._charge(unit, f"卡 {day}", 1500)
                self._take((unit,), (("cash", 5_000),))
            case 1:
                self._deposit(unit)
            case 2:
                self._void(self._take((unit,), (("wechat", 12_345),)))
            case 3:
                self._refund_older(day)
            case 4:
                self._waive(unit)
            case 5:
                self._reverse(unit, day)
            case 6:
                self._refund_held(unit)

    def _charge(self, unit: str, name: str, fen: int) -> Once:
        kind = fee_named(self.cashier.reference.fees, "card")
        done = self.act("bills.charge", lambda act: counter.charge_once(act, unit, kind, fen, name))
        row = Once(self.today, unit, "card", f"{name} {done['number']}", fen)
        self.given.events.append(row)
        self._last = str(done["charge"])
        return row

    def _deposit(self, unit: str) -> None:
        kind = fee_named(self.cashier.reference.fees, "decoration_deposit")
        done = self.act(
            "payments.deposit",
            lambda act: counter.take_deposit(act, unit, kind, [Tender("card", 200_000)]),
        )
        name = str(done["receipt"])
        self._day_of[name] = self.today
        tenders = (("card", 200_000),)
        self.given.events.append(Taken(self.today, name, (unit,), tenders, deposit=kind.code))

    def _void(self, name: str) -> None:
        self.act(
            "payments.void", lambda act: receipts.void(act, name, "打错了", MANAGER, (MANAGER,))
        )
        self.given.events.append(Back(self.today, "", "", 0, of=name))
        del self._day_of[name]

    def _refund_older(self, day: date) -> None:
        """A receipt of a day that is closed, if what was kept of it is still there."""
        older = [name for name, of in self._day_of.items() if (day - of).days == 3]
        if not older:
            return
        name = self.draw.choice(older)
        try:
            self.act(
                "payments.refund",
                lambda act: receipts.refund(act, name, "收错了户", MANAGER, (MANAGER,)),
            )
        except giving_back.PrepaidUsed as error:
            self.refused.append(str(error))
            return
        self.given.events.append(Back(day, "", "", 0, of=name))
        del self._day_of[name]

    def _waive(self, unit: str) -> None:
        found = [one for one in owed.account(self.cashier, [unit]).owed if one.debt.fee != "late"]
        if found:
            one = found[0]
            fen = max(1, one.debt.open_fen // 3)
            self.act(
                "bills.waive",
                lambda act: giving_back.waive(
                    act, one.debt.charge, fen, "漏水补偿", MANAGER, (MANAGER,)
                ),
            )
            self.given.events.append(
                Off(self.today, unit, one.debt.fee, one.debt.period, one.debt.source, fen)
            )

    def _reverse(self, unit: str, day: date) -> None:
        row = self._charge(unit, f"错 {day}", 9_900)
        self.act(
            "bills.reverse",
            lambda act: giving_back.reverse(act, self._last, "记错户", MANAGER, (MANAGER,)),
        )
        period = f"{day.year:04d}-{day.month:02d}"
        self.given.events.append(
            Off(day, unit, "card", period, f"{unit} {row.name}", 0, wrong=True)
        )

    def _refund_held(self, unit: str) -> None:
        """Half of what is prepaid, or a whole deposit, of whoever has one."""
        held = sum(owed.account(self.cashier, [unit]).prepaid.values())
        if held:
            self._give(unit, "cash", held // 2 or held)
        with_deposit = [
            one for one in self.given.events
            if isinstance(one, Taken) and one.deposit and one.name in self._day_of
        ]  # fmt: skip
        if with_deposit and (self.today - with_deposit[0].day).days > 40:
            first = with_deposit[0]
            self._give(first.units[0], "card", 200_000, first.deposit)
            del self._day_of[first.name]

    def _give(self, unit: str, means: str, fen: int, part: str = "") -> None:
        self.act(
            "payments.refund",
            lambda act: giving_back.refund(
                act, unit, Tender(means, fen), "业主要求", MANAGER, (MANAGER,), part
            ),
        )
        self.given.events.append(Back(self.today, unit, means, fen, part=part))
