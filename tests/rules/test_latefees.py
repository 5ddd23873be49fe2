"""Late fees: by the day after the grace, on what is still owed, rounded once, within the cap."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules.latefees import LateRule, days_late, late_fee, late_millionths

DAY = timedelta(days=1)
DUE = date(2026, 3, 31)
FIVE = LateRule(rate=500, grace=0, cap=0)  # 万分之五 a day
THREE = LateRule(rate=3_000, grace=15, cap=10_000)  # 千分之三 a day, never more than was owed

rules = st.builds(
    LateRule, st.integers(0, 5_000), st.integers(0, 40), st.sampled_from([0, 500, 2_000, 10_000])
)
ends = st.integers(-10, 400).map(lambda days: DUE + days * DAY)
steps = st.lists(
    st.tuples(st.integers(-30, 400), st.integers(0, 10**6)), max_size=5, unique_by=lambda s: s[0]
).map(lambda found: [(DUE + days * DAY, fen) for days, fen in sorted(found)])


@pytest.mark.parametrize(
    ("rule", "until", "fen"),
    [
        (FIVE, date(2026, 3, 30), 0),
        (FIVE, date(2026, 3, 31), 0),  # the due day itself
        (FIVE, date(2026, 4, 1), 33),  # 657.83 x 0.0005 = 0.328915
        (FIVE, date(2026, 4, 30), 987),  # 30 days: 9.86745
        (THREE, date(2026, 4, 14), 0),
        (THREE, date(2026, 4, 15), 0),  # the last day of grace
        (THREE, date(2026, 4, 16), 197),  # the day after: one day, 1.97349
        (THREE, date(2026, 4, 17), 395),  # 3.94698
        (THREE, date(2027, 3, 14), 65_717),  # 333 days: 657.17217
        (THREE, date(2027, 3, 15), 65_783),  # 334 days would be 659.15
        (THREE, date(2030, 3, 15), 65_783),
    ],
)
def test_a_quarter_that_is_not_paid_costs_by_the_day(rule: LateRule, until: date, fen: int) -> None:
    assert late_fee(rule, DUE, until, [(DUE, 65_783)]) == fen


def test_the_days_that_cost_are_those_after_the_grace() -> None:
    assert days_late(THREE, DUE, date(2026, 4, 15)) == 0
    assert days_late(THREE, DUE, date(2026, 4, 16)) == 1
    assert days_late(FIVE, DUE, date(2026, 4, 1)) == 1
    assert days_late(FIVE, DUE, date(2025, 4, 1)) == 0


def test_what_is_paid_in_between_costs_no_more() -> None:
    # April at 0.05%: 10 days on 1000.00 and 20 on 400.00, 5.00 + 4.00.
    owed = [(date(2026, 1, 1), 100_000), (date(2026, 4, 11), 40_000)]
    assert late_fee(FIVE, DUE, date(2026, 4, 30), owed) == 900
    # All paid on May 1st: that day and those after cost nothing.
    paid = [*owed, (date(2026, 5, 1), 0)]
    assert late_fee(FIVE, DUE, date(2026, 12, 31), paid) == 900


def test_what_changes_after_the_day_asked_for_changes_nothing() -> None:
    capped = LateRule(rate=1_000_000, grace=0, cap=2_000)
    now = late_fee(capped, DUE, date(2026, 4, 30), [(DUE, 10_000)])
    assert now == 2_000
    later = [(DUE, 10_000), (date(2026, 5, 1), 90_000)]
    assert late_fee(capped, DUE, date(2026, 4, 30), later) == now


def test_half_a_fen_goes_up_and_less_is_nothing() -> None:
    assert late_fee(FIVE, DUE, DUE + DAY, [(DUE, 1_000)]) == 1
    assert late_fee(FIVE, DUE, DUE + DAY, [(DUE, 999)]) == 0


def test_a_cap_of_a_broken_fen_is_not_passed() -> None:
    fifth = LateRule(rate=5_000, grace=0, cap=2_000)
    assert late_fee(fifth, DUE, date(2027, 3, 31), [(DUE, 999)]) == 199  # not 199.8


def test_nothing_owed_and_nothing_known_cost_nothing() -> None:
    assert late_fee(THREE, DUE, date(2030, 1, 1), []) == 0
    assert late_fee(FIVE, DUE, date(2030, 1, 1), [(DUE, 0)]) == 0
    assert late_fee(FIVE, DUE, date(2030, 1, 1), [(DUE, -5_000)]) == 0
    assert late_fee(THREE, DUE, date(2030, 1, 1), [(DUE, -5_000)]) == 0


@given(rules, ends, steps)
def test_it_is_the_sum_of_its_days(
    rule: LateRule, until: date, owed: list[tuple[date, int]]
) -> None:
    """Reckoned again day by day, knowing nothing of spans."""
    exact, day = 0, DUE + (rule.grace + 1) * DAY
    while day <= until:
        exact += rule.rate * next((fen for since, fen in reversed(owed) if since <= day), 0)
        day += DAY
    assert late_millionths(rule, DUE, until, owed) == exact
    fee = late_fee(LateRule(rule.rate, rule.grace, 0), DUE, until, owed)
    assert -500_000 <= exact - 1_000_000 * fee < 500_000


@given(rules, ends, ends, steps)
def test_days_add_up_before_rounding(
    rule: LateRule, one: date, other: date, owed: list[tuple[date, int]]
) -> None:
    until, after = sorted((one, other))
    more = late_millionths(rule, DUE, after, owed) - late_millionths(rule, DUE, until, owed)
    rest = LateRule(rule.rate, max(rule.grace, (until - DUE).days), rule.cap)
    assert more == late_millionths(rest, DUE, after, owed)


@given(
    rules,
    ends,
    st.integers(1, 10**6),
    st.lists(st.tuples(st.integers(0, 400), st.integers(0, 10**6)), min_size=1, max_size=4),
    st.data(),
)
def test_paying_earlier_never_costs_more(
    rule: LateRule,
    until: date,
    principal: int,
    payments: list[tuple[int, int]],
    data: st.DataObject,
) -> None:
    def fee(paid: list[tuple[int, int]]) -> int:
        owed, left = [(DUE - 30 * DAY, principal)], principal
        for days, fen in sorted(paid):
            left = max(0, left - fen)
            owed.append((DUE + days * DAY, left))
        return late_fee(rule, DUE, until, owed)

    which = data.draw(st.integers(0, len(payments) - 1))
    days, fen = payments[which]
    earlier = [*payments]
    earlier[which] = (data.draw(st.integers(-29, days)), fen)
    assert fee(earlier) <= fee(payments) <= fee([])


@given(rules.filter(lambda rule: rule.cap), ends, steps)
def test_the_cap_holds(rule: LateRule, until: date, owed: list[tuple[date, int]]) -> None:
    most = max((fen for _day, fen in owed), default=0)
    fee = late_fee(rule, DUE, until, owed)
    assert 0 <= 10_000 * fee <= most * rule.cap
    assert fee <= late_fee(LateRule(rule.rate, rule.grace, 0), DUE, until, owed)
    assert fee == 0 or days_late(rule, DUE, until) > 0
