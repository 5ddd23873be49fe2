"""Money of the training office: prices, the bills of each month, people at the counter, and the
close of every working day (FW-4.1, FW-4.2, FW-4.3).
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from random import Random

from wuye_tui.demo.life import Life, Lives
from wuye_tui.demo.roster import CASHIER
from wuye_tui.registers import bills, counter, dayclose, fee_terms, fees, owed
from wuye_tui.rules.accounts import CASH
from wuye_tui.rules.months import Month, month_of
from wuye_tui.rules.payments import Tender
from wuye_tui.store.acts import Act, Result

PRICES = (
    ("management", "home", 24_500),
    ("management", "shop", 68_000),
    ("parking", "", 800_000),
    ("heating", "", 54_000),
)
"""Fee, kind of unit, and 1/10000 yuan a month."""
PAYING = (2, 6)  # how many come to the counter on a day
MEANS = (("wechat", 55), ("cash", 20), ("alipay", 15), ("card", 5), ("transfer", 5))
SATURDAY = 5
SHORT = 11  # so many days ago the drawer was short
PARKED = 3  # of all that have a car, every so many rent a space


def begins(life: Life, first: date) -> None:
    """Prices and spaces, and the bills of the month before and of the present one."""
    at, since = life.desk.as_staff(CASHIER), date(first.year - 1, 1, 1)

    def priced(act: Act) -> Result:
        for fee, kind, price in PRICES:
            fees.set_price(act, fee, price, since, kind)
        parked = [one.label for one in life.homes if any(each.plate for each in one.people)]
        for n, label in enumerate(parked[::PARKED], 1):
            fee_terms.add_term(act, label, "parking", "space", since, subject=f"B-{n:03d}")
        return {}

    at.perform("fees.set", priced)
    for month in (month_of(first).before, month_of(first)):
        billed(life, month)


def billed(life: Life, month: Month) -> None:
    """A month's bills go out; what was prepaid pays what it can."""
    at = life.desk.as_staff(CASHIER)
    bills.run(at, month)
    counter.use_all_prepaid(at)


def starts(life: Life, day: date, begins_: datetime) -> None:
    """Lets everything happen that money brings on a day."""
    dice, at_work = _dice(day), day.weekday() < SATURDAY
    found: list[tuple[datetime, Lives]] = []
    if day.day == 1:
        found.append((life.moment(day, time(9, 20)), _month(life, month_of(day))))
    for _n in range(dice.randint(*PAYING)):
        when = life.moment(day, time(9)) + timedelta(minutes=dice.randint(5, 470))
        found.append((when, _paid(life, dice.randrange(1 << 30), at_work)))
    if at_work:
        closes = life.moment(day, time(17, 45))
        found.append((closes, _closed(life, _not_closed(day), life.end - closes)))
    for when, happening in found:
        if when >= begins_:
            life.begin(happening, when)


def _dice(day: date) -> Random:
    """Dice of its own for a day, so that money changes nothing else in the office."""
    return Random(day.toordinal() * 7)  # noqa: S311 - nothing here is a secret


def _not_closed(day: date) -> list[date]:
    """The day itself, on Mondays with the days before it on which there is no cashier."""
    back = 3 if day.weekday() == 0 else 1
    return [day - timedelta(days=ago) for ago in reversed(range(back))]


def _month(life: Life, month: Month) -> Lives:
    billed(life, month)
    yield from ()


def _paid(life: Life, dice: int, at_work: bool) -> Lives:
    """Somebody pays all of it, a part, or something for later; the desk where no cashier is."""
    draw = Random(dice)  # noqa: S311
    home = draw.choice(life.homes)
    found = owed.account(life.desk, [home.label])
    whole = found.open_fen + found.late_fen
    if not whole:
        return
    share, later = draw.random(), 0
    fen = whole if share < 0.8 else max(100, whole // 200 * 100)
    if share > 0.95:
        fen, later = whole + 50_000, 1
    means = draw.choices([one for one, _ in MEANS], [many for _, many in MEANS])[0]
    payer = next((one.name for one in home.people), "")
    work = partial(
        counter.take, units=[home.label], tenders=[Tender(means, fen)], prepay=bool(later),
        payer=payer,
    )  # fmt: skip
    life.act("payments.take", work, CASHIER if at_work else "")
    yield from ()


def _closed(life: Life, days: Sequence[date], before: timedelta) -> Lives:
    for day in days:
        sheet = dayclose.day_sheet(life.desk, day)
        short = 500 if before.days == SHORT and day == days[-1] else 0
        work = partial(
            dayclose.close_day, day=day, cash=sheet.of_means(CASH) - short,
            why="找零多给了五元，收费员补上" if short else "",
        )  # fmt: skip
        life.act("bills.close", work, CASHIER)
    yield from ()
