"""From what was typed to the facts of a step: one validation for forms and commands.

* every kind of question takes what people type for it and refuses what it is not, by name
* what is not asked in this case is left out; what no step asks is an error
* signatures: an employee's own is by PIN, a resident may refuse with reason and witness
* whatever comes out can be written down as JSON and comes in again as the same
"""

import json
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.rules import repair_facts as is_
from wuye_tui.rules.answers import Answers, TariffItem, take_answers
from wuye_tui.rules.errors import UnknownUnit, UsageError
from wuye_tui.rules.lifecycle import Ask, Kind, Row, Sign
from wuye_tui.rules.money import NegativeAmount, NotAnAmount
from wuye_tui.rules.patrol_plan import Spot
from wuye_tui.rules.refusals import (
    BadAnswer,
    MissingAnswer,
    MissingSignature,
    NotACount,
    OtherKind,
    SameSigner,
    UnknownAnswer,
    UnknownMatter,
    UnknownSpot,
    UnknownStaff,
    UnknownTariff,
)
from wuye_tui.rules.repairs import REPAIR
from wuye_tui.rules.rights import Right
from wuye_tui.rules.text import BadText, TooLong

ZONE, TODAY = ZoneInfo("Asia/Shanghai"), date(2026, 11, 19)
STAFF = {"GC01": "GC01", "王建国": "GC01", "GC03": "GC03", "李强": "GC03"}
TARIFF = {
    "SX-01": TariffItem("SX-01", "换水龙头", 300_000),
    "SX-09": TariffItem("SX-09", "辅料", 1_250),
}


class Register:
    """A small office: two on the staff, one unit, two items of the tariff."""

    def staff(self, typed: str) -> str:
        if typed not in STAFF:
            raise UnknownStaff(typed)
        return STAFF[typed]

    def department(self, code: str) -> tuple[str, ...]:
        return ()

    def may(self, number: str, right: Right) -> bool:
        return right is not Right.LEAD_REPAIRS or number == "GC01"

    def unit(self, typed: str) -> str:
        if typed not in {"3-1-502", "3栋1单元502"}:
            raise UnknownUnit(typed)
        return "3-1-502"

    def tariff(self, typed: str) -> TariffItem:
        if typed not in TARIFF:
            raise UnknownTariff(typed)
        return TARIFF[typed]

    def spot(self, typed: str) -> Spot:
        if typed not in {"desk", "前台"}:
            raise UnknownSpot(typed, ("desk 前台",))
        return Spot("desk", "前台", "post")

    def matter(self, typed: str) -> str:
        if not typed.startswith(("ZR-", "PG-")):
            raise UnknownMatter(typed)
        return typed


def a_row(*asks: Ask, signs: tuple[Sign, ...] = ()) -> Row:
    return Row("try", "试", "new", "registered", Right.ANYONE, "BX-4", signs=signs, ask=asks)


def answers(row: Row, own: str = "", before: dict[str, Any] | None = None, **given: Any) -> Answers:
    return take_answers(row, before or {}, given, Register(), ZONE, TODAY, own)


def one(kind: Kind, typed: Any, choices: tuple[tuple[str, str], ...] = ()) -> Any:
    """What comes of one question that was answered so."""
    return answers(a_row(Ask("it", kind, "那个", choices=choices)), it=typed).facts["it"]


@pytest.mark.parametrize(
    ("kind", "typed", "meant"),
    [
        (Kind.TEXT, " 大堂 ", "大堂"),
        (Kind.WORDS, "第一行\r\n第二行", "第一行\n第二行"),
        (Kind.NAME, "陈立", "陈立"),
        (Kind.PHONE, "１３８００００１２３４", "13800001234"),
        (Kind.FLAG, "是", True),
        (Kind.FLAG, "YES", True),
        (Kind.FLAG, True, True),
        (Kind.FLAG, "no", False),
        (Kind.FLAG, False, False),
        (Kind.MONEY, "12.5", 1250),
        (Kind.MONEY, "￥1,234.50", 123450),
        (Kind.MONEY, 1250, 1250),
        (Kind.MONEY, 0, 0),
        (Kind.MONEY, "0", 0),
        (Kind.MINUTES, "30", 30),
        (Kind.MINUTES, 45, 45),
        (Kind.MOMENT, "2026-11-20 14:00", "2026-11-20T06:00:00+00:00"),
        (Kind.MOMENT, "14:00", "2026-11-19T06:00:00+00:00"),
        (Kind.MOMENT, "明天9点", "2026-11-20T01:00:00+00:00"),
        (Kind.STAFF, "李强", "GC03"),
        (Kind.STAFF, "GC03", "GC03"),
        (Kind.UNIT, "3栋1单元502", "3-1-502"),
        (Kind.TARIFF, "SX-01", "SX-01"),
        (Kind.TARIFF, "OFF", "off"),
        (
            Kind.COUNTS,
            "对讲机=6；手电筒＝３, 挡水板、沙袋 = 1",
            {"对讲机": 6, "手电筒": 3, "挡水板、沙袋": 1},
        ),
        (Kind.COUNTS, ["万用表=0"], {"万用表": 0}),
        (Kind.COUNTS, {"万用表": 1}, {"万用表": 1}),
        (Kind.KEYS, "PG-20261119-001:2 item:desk.4", ["PG-20261119-001:2", "item:desk.4"]),
        (Kind.KEYS, ["a", "b", "a"], ["a", "b"]),
    ],
)
def test_each_kind_takes_what_people_type(kind: Kind, typed: Any, meant: Any) -> None:
    assert one(kind, typed) == meant


@pytest.mark.parametrize(
    ("kind", "typed", "error"),
    [
        (Kind.TEXT, "大堂\x1b[31m", BadText),
        (Kind.WORDS, "水" * 2001, TooLong),
        (Kind.FLAG, "perhaps", BadAnswer),
        (Kind.MONEY, "-5", NegativeAmount),
        (Kind.MONEY, -500, NegativeAmount),
        (Kind.MONEY, True, NotAnAmount),
        (Kind.MONEY, "十元", NotAnAmount),
        (Kind.MINUTES, "0", BadAnswer),
        (Kind.MINUTES, "-30", BadAnswer),
        (Kind.MINUTES, "half", BadAnswer),
        (Kind.MINUTES, "100001", BadAnswer),
        (Kind.MOMENT, "soon", UsageError),
        (Kind.MOMENT, "2026-12-01", UsageError),
        (Kind.STAFF, "GC99", UnknownStaff),
        (Kind.UNIT, "9-9-999", UnknownUnit),
        (Kind.TARIFF, "ZZ-99", UnknownTariff),
        (Kind.COUNTS, "万用表", BadAnswer),
        (Kind.COUNTS, "=3", BadAnswer),
        (Kind.COUNTS, "万用表=两", NotACount),
        (Kind.COUNTS, "万用表=-1", NotACount),
        (Kind.COUNTS, {"万用表": None}, NotACount),
        (Kind.COUNTS, "万用表=1234567", NotACount),
    ],
)
def test_each_kind_refuses_what_it_is_not(kind: Kind, typed: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        one(kind, typed)


@pytest.mark.clause("XX-4.3.7b")
def test_a_hold_may_last_until_a_day_which_is_when_the_office_opens() -> None:
    hold = REPAIR.rows_named("hold")[0]
    found = answers(hold, hold="parts", until="2026-12-01").facts["until"]
    assert found == "2026-12-01T00:30:00+00:00"
    register = REPAIR.rows_named("register")[0]
    with pytest.raises(UsageError, match="几点"):
        answers(register, unit="3-1-502", text="漏水", at="2026-12-01")


def test_a_choice_is_taken_by_its_code_or_its_word() -> None:
    assert one(Kind.CHOICE, "paid", is_.CHARGES) == "paid"
    assert one(Kind.CHOICE, "有偿", is_.CHARGES) == "paid"
    with pytest.raises(BadAnswer, match="free"):
        one(Kind.CHOICE, "free", is_.CHARGES)


def test_what_is_needed_and_missing_is_named_with_its_option() -> None:
    with pytest.raises(MissingAnswer, match="--left-note"):
        answers(a_row(Ask("left_note", Kind.FLAG, "已留字条")))


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "\n\t", None])
def test_blanks_answer_nothing(blank: str | None) -> None:
    with pytest.raises(MissingAnswer):
        answers(a_row(Ask("asked_by", Kind.NAME, "谁要求的")), asked_by=blank)


def test_what_may_be_left_open_leaves_no_fact() -> None:
    row = a_row(Ask("note", Kind.WORDS, "备注", needed=False))
    assert answers(row).facts == {}
    assert answers(row, note="").facts == {}


def test_what_is_not_asked_in_this_case_is_left_out_whatever_the_form_still_holds() -> None:
    issue = REPAIR.rows_named("issue")[0]
    assert answers(issue, charge="public", tariff="ZZ-99").facts == {"charge": "public"}


def test_a_question_looks_at_the_answers_before_it() -> None:
    issue = REPAIR.rows_named("issue")[0]
    with pytest.raises(MissingAnswer, match="收费项目"):
        answers(issue, charge="paid")
    assert answers(issue, charge="paid", tariff="off").facts == {"charge": "paid", "tariff": "off"}


def test_what_no_step_asks_is_an_error_and_not_overlooked() -> None:
    with pytest.raises(UnknownAnswer, match="tarif"):
        answers(REPAIR.rows_named("issue")[0], charge="public", tarif="SX-01")


def test_words_about_people_are_told_apart_from_the_rest() -> None:
    found = answers(REPAIR.rows_named("register")[0], unit="3-1-502", text="漏水", phone="12345678")
    assert found.personal == {"text", "phone"}
    assert set(found.facts) == {"unit", "text", "phone"}


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("SX-01", [("SX-01", "换水龙头", "1", 3000)]),
        ("SX-01*2", [("SX-01", "换水龙头", "2", 6000)]),
        ("SX-01；软管=15", [("SX-01", "换水龙头", "1", 3000), ("", "软管", "1", 1500)]),
        (["角阀=25.50"], [("", "角阀", "1", 2550)]),
        ("SX-09*0.5", [("SX-09", "辅料", "0.5", 6)]),
        (" ; SX-01 ; ", [("SX-01", "换水龙头", "1", 3000)]),
        ([], []),
    ],
)
def test_charge_lines_are_items_of_the_tariff_or_a_thing_and_its_price(
    typed: Any, lines: list[tuple[str, str, str, int]]
) -> None:
    found = one(Kind.LINES, typed)
    assert [(x["code"], x["what"], x["quantity"], x["fen"]) for x in found] == lines


@pytest.mark.parametrize("typed", ["SX-01*two", "SX-01*0", "SX-01*-1", "SX-01*1e9", "SX-01*NaN"])
def test_a_quantity_is_a_number_above_nothing(typed: str) -> None:
    with pytest.raises(BadAnswer):
        one(Kind.LINES, typed)


def test_a_line_takes_nothing_off_the_bill() -> None:
    with pytest.raises(NegativeAmount):
        one(Kind.LINES, "优惠=-25")


BOTH = (Sign("worker_sign", "维修工"), Sign("supervisor", "工程主管"))
RESIDENT = (Sign("resident", "业主签字", may_refuse=True, staff=False),)


def test_ones_own_signature_is_by_pin_and_anybody_elses_on_paper() -> None:
    found = answers(a_row(signs=BOTH), own="GC03", worker_sign="李强", supervisor="GC01")
    assert [(s.role, s.staff, s.how) for s in found.signed] == [
        ("worker_sign", "GC03", "pin"),
        ("supervisor", "GC01", "paper"),
    ]


def test_two_signatures_are_by_two_people() -> None:
    with pytest.raises(SameSigner):
        answers(a_row(signs=BOTH), worker_sign="GC03", supervisor="李强")


def test_a_missing_signature_is_named() -> None:
    with pytest.raises(MissingSignature, match="工程主管") as refused:
        answers(a_row(signs=BOTH), worker_sign="GC03")
    assert refused.value.clause == "BX-4"
    assert refused.value.role == "supervisor"


def test_an_employees_signature_is_of_somebody_on_the_staff() -> None:
    with pytest.raises(UnknownStaff):
        answers(a_row(signs=BOTH), worker_sign="GC03", supervisor="路人")


def test_a_resident_signs_with_a_name_that_nobody_has_to_know() -> None:
    (signed,) = answers(a_row(signs=RESIDENT), resident="陈立").signed
    assert (signed.name, signed.how, signed.staff) == ("陈立", "paper", "")


def test_who_will_not_sign_needs_a_reason_and_a_witness() -> None:
    row = a_row(signs=RESIDENT)
    (signed,) = answers(row, refused_why="嫌贵", witness="吴刚").signed
    assert (signed.how, signed.why, signed.witness) == ("refused", "嫌贵", "吴刚")
    too_little: list[dict[str, Any]] = [{"refused_why": "嫌贵"}, {"sign_how": "refused"}, {}]
    for less in too_little:
        with pytest.raises(MissingSignature):
            answers(row, **less)


def test_an_employee_cannot_refuse_to_sign() -> None:
    with pytest.raises(MissingSignature):
        answers(a_row(signs=BOTH), worker_sign="GC03", refused_why="不想签", witness="吴刚")


def test_a_signature_is_asked_only_where_it_belongs() -> None:
    finish = REPAIR.rows_named("finish")[0]
    public = answers(finish, before={"place": "大堂"}, tried=True, inspector="GC01", resident="x")
    assert [signed.role for signed in public.signed] == ["inspector"]
    home = answers(finish, before={"unit": "3-1-502"}, tried=True, resident="陈立")
    assert [signed.role for signed in home.signed] == ["resident"]


def test_a_spot_is_kept_by_its_name_and_found_again_by_its_code() -> None:
    row = a_row(Ask("spot", Kind.SPOT, "哪一处"))
    for said in ("desk", "前台"):
        assert answers(row, spot=said).facts == {
            "spot": "前台", "spot_code": "desk", "spot_sort": "post", "spot_reads": False,
        }  # fmt: skip
    with pytest.raises(UnknownSpot) as told:
        answers(row, spot="屋顶")
    assert "desk 前台" in str(told.value)


def test_a_matter_of_another_kind_is_refused_by_the_clause_of_the_step() -> None:
    row = a_row(Ask("which", Kind.MATTER, "哪一条", kinds=("entry",)))
    assert answers(row, which="ZR-20261119-001").facts == {"which": "ZR-20261119-001"}
    with pytest.raises(OtherKind) as told:
        answers(row, which="PG-20261119-001")
    assert told.value.clause == "BX-4"
    with pytest.raises(UnknownMatter):
        answers(row, which="nothing")


typed = st.one_of(st.text(max_size=30), st.integers(), st.booleans(), st.lists(st.text(max_size=8)))
kinds = st.sampled_from([kind for kind in Kind if kind is not Kind.CHOICE])


@given(kinds, typed)
def test_whatever_is_typed_becomes_a_json_fact_or_is_refused(kind: Kind, what: Any) -> None:
    row = a_row(Ask("it", kind, "那个", needed=False))
    try:
        facts = answers(row, it=what).facts
    except (UsageError, UnknownStaff, UnknownUnit, UnknownTariff, UnknownSpot, UnknownMatter):
        return
    assert json.loads(json.dumps(facts)) == facts


@given(
    st.sampled_from(
        [
            (Kind.MOMENT, "2026-11-20 14:00"),
            (Kind.MONEY, 1250),
            (Kind.FLAG, True),
            (Kind.MINUTES, 30),
            (Kind.PHONE, "138-0000-1234"),
            (Kind.TARIFF, "off"),
        ]
    )
)
def test_a_fact_comes_in_again_as_itself(pair: tuple[Kind, Any]) -> None:
    kind, typed_once = pair
    fact = one(kind, typed_once)
    assert one(kind, fact) == fact
