"""Receipts by the command line: taken, listed, shown in capitals, made void; and what is unpaid."""

import pytest

from tests.cli.lines import Office, typed

__all__ = ["typed"]

WALK = (
    ("issue", "KF01", "--charge", "paid", "--tariff", "SX-01"),
    ("notify", "KF01", "--whom", "工程部", "--how", "phone"),
    ("collect", "KF01", "--collector", "GC03"),
    ("assign", "GC01", "--worker", "GC03"),
    ("arrive", "GC03"),
    ("agree", "GC03", "--tariff-shown", "--damage", "老化", "--minutes", "30", "--consent"),
    ("finish", "GC03", "--line", "SX-01", "--tried", "--resident", "陈立"),
)


@pytest.fixture
def finished(typed: Office) -> str:
    number = str(
        typed.done("repairs", "register", "--unit", "3-1-502", "--text", "水龙头坏")["number"]
    )
    for verb, staff, *words in WALK:
        typed.done("repairs", verb, number, *words, staff=staff)
    return number


@pytest.mark.clause("BX-16")
def test_a_payment_prints_the_number_of_its_receipt(typed: Office, finished: str) -> None:
    ran = typed.type("repairs", "pay", finished, "--means", "现金", staff="SF01")
    assert (ran.status, ran.out) == (0, f"{finished}\n")
    assert "收据 SJ-2026-000001。" in ran.err
    shown = typed.type("receipts", "show", "SJ-2026-000001").out
    assert "人民币叁拾元整" in shown
    assert "现金" in shown
    assert "收据 SJ-2026-000001 30.00元" in " ".join(
        typed.type("repairs", "show", finished).out.split()
    )


@pytest.mark.clause("FW-1.6")
def test_the_receptionist_is_named_on_it_as_taking_it_for_the_cashier(
    typed: Office, finished: str
) -> None:
    typed.done("repairs", "pay", finished, "--means", "wechat", staff="KF02")
    assert "赵敏（代收费员）" in typed.type("receipts", "show", "SJ-2026-000001").out
    assert typed.type("receipts", "list", json=True).json[0]["for_cashier"]


def test_a_void_names_its_clause_where_it_is_refused_and_keeps_the_number(
    typed: Office, finished: str
) -> None:
    typed.done("repairs", "pay", finished, "--means", "cash", staff="SF01")
    alone = typed.type(
        "receipts", "void", "SJ-2026-000001", "--reason", "开错", "--second", "KF04", staff="KF04"
    )
    assert (alone.status, alone.err.startswith("BX-16: ")) == (1, True)
    typed.done(
        "receipts", "void", "sj-2026-000001", "--reason", "开错", "--second", "KF04", staff="SF01"
    )
    (row,) = typed.type("receipts", "list", json=True).json
    assert (row["number"], row["void"], row["second"]) == ("SJ-2026-000001", True, "KF04")
    assert typed.type("receipts", "show", "SJ-2026-000002").status == 4
    assert typed.done("check")["clean"]


@pytest.mark.clause("BX-16")
@pytest.mark.parametrize("by", ["receipts", "repairs"])
def test_the_second_person_of_a_void_gives_a_pin_of_their_own(
    typed: Office, finished: str, by: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed.done("repairs", "pay", finished, "--means", "cash", staff="SF01")
    monkeypatch.setenv("WUYE_NEW_PIN", "840275")
    assert typed.type("staff", "set-pin", "KF04", staff="KF04").status == 0
    words = {
        "receipts": ("receipts", "void", "SJ-2026-000001", "--reason", "写错", "--second", "KF04"),
        "repairs": ("repairs", "void-receipt", finished, "--why", "写错", "--second", "KF04"),
    }[by]
    for pin, says in (("", "WUYE_PIN2"), ("111222", "密码不对")):
        monkeypatch.setenv("WUYE_PIN2", pin)
        ran = typed.type(*words, staff="SF01")
        assert ran.status in (1, 2)
        assert says in ran.err
    assert not typed.type("receipts", "list", json=True).json[0]["void"]
    monkeypatch.setenv("WUYE_PIN2", "840275")
    typed.done(*words, staff="SF01")
    shown = typed.type("receipts", "show", "SJ-2026-000001").out
    one = typed.type("receipts", "show", "SJ-2026-000001", json=True).json
    assert one["void_reason"] == "写错"
    assert all(said in shown for said in ("写错", one["voided_by_name"], one["second_name"]))


def test_what_is_unpaid_is_listed_until_it_is_paid(typed: Office, finished: str) -> None:
    (row,) = typed.type("receipts", "charges", "--unpaid", json=True).json
    assert (row["source"], row["due_fen"], row["receipt"]) == (finished, 3000, "")
    assert "换水龙头" in str(row["items"])
    typed.done("repairs", "pay", finished, "--means", "card", staff="SF01")
    assert typed.type("receipts", "charges", "--unpaid", json=True).json == []
    assert typed.type("receipts", "charges", json=True).json[0]["receipt"] == "SJ-2026-000001"
    before = typed.type("receipts", "charges", "--to", "2026-11-18", json=True).json
    assert before == []
