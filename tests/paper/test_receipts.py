"""Receipts and refunds on paper: which printing it is, what is void, and no way round it.

* looked at is not printed; the original says nothing, the second one and all later ones do
* in text, in PDF and for needles, on every copy, and with an office's own layout that forgot it
* a void one has 作废 across and both names; one that was given back names its refund
"""

from collections.abc import Sequence
from contextlib import suppress
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.billing import CASHIER, MANAGER, charged, paid, priced
from tests.factories import move_to
from tests.hostile import ACTING, HOSTILE, PLAIN, leaks
from tests.paper.needles import printed
from tests.paper.test_papers import flat
from tests.paper.test_pdf import page_words
from wuye_tui.desk import Desk
from wuye_tui.paper.blocks import Kind, Sheet, parse
from wuye_tui.paper.forms import known
from wuye_tui.paper.layouts import BadLayout
from wuye_tui.paper.papers import NoSuchCopy, Papers
from wuye_tui.paper.plain import text_of
from wuye_tui.paper.printing import document
from wuye_tui.paper.sizes import paper
from wuye_tui.reference import Reference
from wuye_tui.registers import counter, dayclose, giving_back, receipts
from wuye_tui.registers.receipt_prints import prints_of
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.fee_kinds import fee_named
from wuye_tui.rules.payments import Tender

PREVIEW, AGAIN = "预览，没有打印", "重打 第2次 2026-11-19 16:30 高远"


def issued(desk: Desk, payer: str = "陈立") -> str:
    cashier = priced(desk)
    charged(cashier, "3-1-502", 1640902)
    return str(paid(cashier, "3-1-502", ("cash", 1640902), payer=payer)["receipt"])


def out(desk: Desk, number: str, form: str = "receipt") -> list[Sheet]:
    """The copies as they go to paper."""
    (sheets,) = Papers(desk).for_paper(known(form), [number])
    return sheets


def twice(desk: Desk, number: str) -> list[Sheet]:
    """The copies of the second printing, which another one made at half past four."""
    out(desk.as_staff(CASHIER), number)
    move_to(desk, "16:30")
    return out(desk.as_staff(MANAGER), number)


def voided(desk: Desk, number: str, why: str = "打错") -> None:
    desk.as_staff(CASHIER).perform(
        "void", lambda act: receipts.void(act, number, why, MANAGER, (MANAGER,))
    )


@pytest.mark.clause("BX-16")
def test_looked_at_is_not_printed_and_only_a_reprint_says_so(any_desk: Desk) -> None:
    number = issued(any_desk)
    looked = text_of(Papers(any_desk).filled(known("receipt"), number))
    assert looked.count(PREVIEW) == 3
    assert prints_of(any_desk, number) == []
    first = text_of(out(any_desk.as_staff(CASHIER), number))
    assert PREVIEW not in first
    assert "重打" not in first
    move_to(any_desk, "16:30")
    again = out(any_desk.as_staff(MANAGER), number)
    assert len(again) == 3
    assert all(AGAIN in text_of([sheet]) for sheet in again)
    assert len(prints_of(any_desk, number)) == 2


@pytest.mark.clause("BX-16")
@pytest.mark.parametrize("ending", [".txt", ".pdf", ".escp"])
def test_the_mark_and_the_stamp_are_on_every_copy_of_every_kind(desk: Desk, ending: str) -> None:
    number = issued(desk)
    voided(desk, number)
    made = document(ending, paper("241"))
    made.add(twice(desk, number))
    if ending == ".txt":
        pages: Sequence[str] = made.content().decode("utf-8").split("=" * 78)
    elif ending == ".pdf":
        pages = [page_words(page) for page in PdfReader(BytesIO(made.content())).pages]
    else:
        pages = printed(made.content()).texts
    assert len(pages) == 3
    for page in pages:
        for words in (
            AGAIN,
            "作废",
            "陈静，第二人 高远，原因：打错",
            "人民币壹万陆仟肆佰零玖元零贰分",
        ):
            assert flat(words) in flat(page)


def test_a_stamp_is_on_every_page_that_a_receipt_needs() -> None:
    rows = "".join(f"|| 第{n}行 | 1.00 |\n" for n in range(60))
    for ending in (".pdf", ".escp"):
        made = document(ending, paper("241"))
        made.add(parse(f"# 收据\n!! 作废\n|| 项目 | 金额 |\n{rows}"))
        content = made.content()
        is_pdf = ending == ".pdf"
        pages = PdfReader(BytesIO(content)).pages if is_pdf else ()
        texts = [page_words(page) for page in pages] if is_pdf else printed(content).texts
        assert len(texts) > 1
        assert all("作废" in text for text in texts)
        assert all(f"第{n}行" in "".join(texts) for n in range(60)), "and it covers no row"


def test_an_offices_own_layout_cannot_leave_them_out(desk: Desk) -> None:
    own = desk.settings.home / "data" / "layouts" / "receipt.txt"
    own.parent.mkdir(parents=True)
    own.write_text(
        "{% for copy in copies %}\n===\n# 我们的收据\n{{ number }}\n{% endfor %}\n", "utf-8"
    )
    number = issued(desk)
    voided(desk, number)
    sheets = twice(desk, number)
    for sheet in sheets:
        assert [block.kind for block in sheet[:2]] == [Kind.TITLE, Kind.WORDS]
        assert any(block.kind is Kind.STAMP for block in sheet)
        assert all(words in text_of([sheet]) for words in (AGAIN, "陈静，第二人 高远", number))


def test_what_cannot_be_filled_in_is_refused_before_anything_is_counted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    number, cashier = issued(desk), desk.as_staff(CASHIER)
    with pytest.raises(receipts.UnknownReceipt):
        Papers(cashier).for_paper(known("receipt"), [number, "SJ-2026-000009"])
    with pytest.raises(NoSuchCopy):
        Papers(cashier).for_paper(known("receipt"), [number], ["4"])
    monkeypatch.setattr(Reference, "text", lambda _self, _name: "{% if %}")
    with pytest.raises(BadLayout):
        Papers(cashier).for_paper(known("receipt"), [number])
    assert prints_of(desk, number) == []


def test_several_receipts_are_counted_once_each_however_they_were_typed(desk: Desk) -> None:
    number, cashier = issued(desk), desk.as_staff(CASHIER)
    charged(cashier, "3-1-501", 100)
    other = str(paid(cashier, "3-1-501", ("cash", 100))["receipt"])
    asked = [number, number.lower(), other]
    assert len(list(Papers(cashier).for_paper(known("receipt"), asked))) == 2
    assert [len(prints_of(desk, one)) for one in (number, other)] == [1, 1]


@pytest.mark.clause("FW-4.3")
def test_a_refund_is_a_paper_of_its_own_with_a_line_to_sign(any_desk: Desk) -> None:
    number, cashier = issued(any_desk), any_desk.as_staff(CASHIER)
    today = any_desk.calendar.day_of(any_desk.now())
    cashier.perform("close", lambda act: dayclose.close_day(act, today, 1640902))
    back = str(
        cashier.perform(
            "refund", lambda act: receipts.refund(act, number, "搬走了", MANAGER, (MANAGER,))
        )["number"]
    )
    sheets = out(cashier, back, "refund")
    assert len(sheets) == 3
    text = flat(text_of(sheets[1:2]))
    for words in (
        "退款单", "第二联 交住户", back, number, "3-1-502", "陈立", "16,409.02", "搬走了",
        "人民币壹万陆仟肆佰零玖元零贰分", "现金", "经办人 陈静", "第二人 高远", "领款人签收",
    ):  # fmt: skip
        assert flat(words) in text, words
    assert "重打" not in text
    assert "重打第2次" in flat(text_of(out(cashier, back, "refund")))
    assert f"已退款：{back}" in text_of(out(cashier, number)), "the receipt is no proof any more"


def test_a_deposit_that_is_given_back_names_no_receipt(desk: Desk) -> None:
    cashier = priced(desk)
    fee = fee_named(cashier.reference.fees, "装修押金")

    def work(act: counter.Act) -> counter.Result:
        counter.take_deposit(act, "3-1-502", fee, [Tender("card", 200000)])
        money = Tender("cash", 32504)
        return giving_back.refund(act, "3-1-502", money, "验收", MANAGER, (MANAGER,), fee.code)

    back = str(cashier.perform("test", work)["number"])
    text = text_of(out(cashier, back, "refund"))
    assert "装修押金" in text
    assert "人民币叁佰贰拾伍元零肆分" in text
    assert "SJ-" not in text


def test_words_of_people_never_act_on_a_receipt_nor_take_its_marks_away(desk: Desk) -> None:
    cashier, numbers = priced(desk), dict[str, str]()
    charged(cashier, "3-1-502", 100 * len(HOSTILE))
    for name, payload in HOSTILE.items():
        with suppress(UsageError):  # what no paper can bear is refused at the counter
            done = paid(cashier, "3-1-502", ("cash", 100), payer=payload)
            voided(desk, str(done["receipt"]), payload)
            numbers[name] = str(done["receipt"])
    assert numbers.keys() >= PLAIN.keys()
    for _turn in range(2):
        made = Papers(cashier).for_paper(known("receipt"), [*numbers.values()])
        papers = dict(zip(numbers, made, strict=True))
    for name, sheets in papers.items():
        assert not leaks(text_of(sheets), HOSTILE[name]), name
        for sheet in sheets:
            assert [one.kind for one in sheet].count(Kind.STAMP) == 1, name
            said = [cell for block in sheet for cell in block.cells]
            assert sum("重打 第2次" in cell for cell in said) == 1, name
            assert name in ACTING or any(HOSTILE[name] == cell for cell in said), name
