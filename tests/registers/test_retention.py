"""How long words about people are kept, and how they are taken out (PIPL 19, 47).

* every kind of matter has its term; what the law of accounts keeps is never taken out
* nothing goes before its time, nothing that is open, and nothing by one person alone
* afterwards no word is left, salts too; numbers, times, states, sums stay, `wuye check` is clean
* one person who has moved out is erased wherever they are spoken of, and nobody else is
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import col

from tests.billing import charged, paid, priced
from tests.desks import settings_for
from tests.eyes import erased, moved_out
from tests.factories import a_repair, matter, rows_of, step_rows
from wuye_tui.desk import Desk
from wuye_tui.reference import BadReference, Reference
from wuye_tui.registers import contacts, erasing, people, retention, search
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.procedures import PROCEDURES
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.rules.retention import (
    KINDS,
    AloneErase,
    KeptByLaw,
    NoEraseReason,
    NoSuchKind,
    NotOnePerson,
    ReasonSaysWho,
    StillLivesThere,
    StillOpen,
)
from wuye_tui.store.tables import Erasure, Person, PersonKey, Private, Receipt

CHEN, PHONE, UNIT = "陈立", "13800001234", "3-1-502"
DAY = 86_400
YEARS = 1200 * DAY


def head(desk: Desk) -> Desk:
    return desk.as_staff("KF04")


def applied(desk: Desk, *kinds: str, second: str = "ZJ01") -> dict[str, dict[str, int]]:
    return retention.apply(head(desk), kinds, "到期", second, (second,))


def past(desk: Desk) -> dict[str, int]:
    return {one.code: one.past for one in retention.report(desk) if one.past}


def called(desk: Desk, words: str, phone: str = PHONE, unit: str = UNIT) -> str:
    done = desk.perform(
        "call.add",
        lambda act: {
            "contact": contacts.register(
                act, channel="phone", category="enquiry", unit=unit, phone=phone, words=words
            ).number
        },
    )
    return str(done["contact"])


def test_every_kind_of_matter_has_its_term() -> None:
    of = [kind for one in KINDS.values() for kind in one.matters]
    assert sorted(of) == sorted(PROCEDURES)
    terms = Reference().retention
    assert set(terms) == {code for code, kind in KINDS.items() if not kind.by_law}


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ('code = "diary"\ndays = 3\nwhy = "x"', "没有「diary」这一类"),
        ('code = "accounts"\ndays = 3\nwhy = "x"', "依法一直保存"),
        ('code = "reasons"\ndays = 30\nwhy = "x"', "1095"),
        ('code = "calls"\ndays = 0\nwhy = "x"', "1 到 36500"),
    ],
)
def test_a_term_that_cannot_be_is_told(tmp_path: Path, said: str, why: str) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "retention.toml").write_text(f"[[record]]\n{said}\n", "utf-8")
    with pytest.raises(BadReference, match=why):
        _ = Reference(tmp_path).retention


def test_nothing_goes_before_its_time_and_nothing_that_is_open(
    desk: Desk, clock: StoppedClock
) -> None:
    called(desk, "问停车费")
    closed, still = a_repair(desk, upto="closed"), a_repair(desk)
    clock.advance(729 * DAY)
    assert past(desk) == {}
    clock.advance(YEARS)
    assert past(desk)["slips"] >= 1
    applied(desk)
    assert all(row.seal == "" or "phone" not in row.facts for row in step_rows(desk, closed))
    (open_,) = rows_of(
        desk, Private, col(Private.owner) == matter(desk, still).id, col(Private.n) == 0
    )
    assert (open_.phone, open_.erased) == (PHONE, None)


def test_what_is_taken_out_leaves_no_word_and_everything_else(
    any_desk: Desk, clock: StoppedClock
) -> None:
    call = called(any_desk, f"{CHEN} {PHONE} 问停车费")
    number = a_repair(any_desk, upto="closed")
    before = (matter(any_desk, number).state, [row.seal for row in step_rows(any_desk, number)])
    clock.advance(YEARS)
    done = applied(any_desk)
    assert done["calls"]["records"] >= 1
    rows = rows_of(any_desk, Private, col(Private.erased).is_not(None))
    assert rows
    for row in rows:
        assert not any((row.salt, row.name, row.phone, row.phone_tail, row.words, row.more))
    assert contacts.show(any_desk, call).words == ""
    after = (matter(any_desk, number).state, [row.seal for row in step_rows(any_desk, number)])
    assert after == before
    assert check(any_desk).findings == []
    assert past(any_desk) == {}
    assert {row.kind for row in rows_of(any_desk, Erasure)} == set(done)
    assert PHONE not in str([row.counts for row in rows_of(any_desk, Erasure)])
    assert applied(any_desk) == {}, "there is nothing more"


def test_two_people_say_why(desk: Desk, clock: StoppedClock) -> None:
    called(desk, "问停车费")
    clock.advance(YEARS)
    with pytest.raises(AloneErase):
        retention.apply(head(desk), (), "到期", "ZJ01", ())
    with pytest.raises(AloneErase):
        applied(desk, second="KF04")
    with pytest.raises(NoEraseReason):
        retention.apply(head(desk), (), " ", "ZJ01", ("ZJ01",))
    with pytest.raises(NotAllowed):
        retention.apply(desk, (), "到期", "ZJ01", ("ZJ01",))
    with pytest.raises(NotAllowed):
        applied(desk, second="KF02")
    with pytest.raises(KeptByLaw):
        applied(desk, "accounts")
    with pytest.raises(NoSuchKind):
        applied(desk, "diary")
    assert past(desk) == {"calls": 1}


def test_one_person_is_erased_wherever_they_are_spoken_of(any_desk: Desk) -> None:
    theirs, others = (
        called(any_desk, "陈立说水龙头漏"),
        called(any_desk, "问停车费", "13800002345", "3-1-501"),
    )
    number = a_repair(any_desk, upto="closed")
    person = moved_out(any_desk, CHEN)
    done = erased(any_desk, person)
    assert done["people"] == 1
    assert rows_of(any_desk, Person, col(Person.name) == CHEN) == []
    assert rows_of(any_desk, PersonKey, col(PersonKey.person) == person) == []
    assert people.find(any_desk, CHEN) == []
    assert people.find(any_desk, "1234") == []
    assert contacts.show(any_desk, theirs).words == ""
    assert contacts.show(any_desk, others).words == "问停车费"
    left = rows_of(any_desk, Private, col(Private.owner) == matter(any_desk, number).id)
    assert all(row.erased is not None for row in left)
    assert not [hit for hit in search.search(any_desk, PHONE, 20) if hit.phone]
    assert check(any_desk).findings == []


def test_who_paid_is_kept_by_the_law_of_accounts(desk: Desk) -> None:
    cashier = priced(desk)
    charged(cashier, UNIT, 2000)
    paid(cashier, UNIT, ("cash", 2000), payer=CHEN)
    person = moved_out(desk, CHEN)
    erased(desk, person)
    (receipt,) = rows_of(desk, Receipt)
    (kept,) = rows_of(desk, Private, col(Private.owner) == receipt.number)
    assert kept.name == CHEN
    assert check(desk).findings == []


def test_whoever_lives_there_or_has_something_open_is_not_erased(desk: Desk) -> None:
    (person,) = rows_of(desk, Person, col(Person.name) == CHEN)
    with pytest.raises(StillLivesThere, match=UNIT):
        erased(desk, person.id)
    number = a_repair(desk)
    with pytest.raises(StillOpen, match=number):
        erased(desk, moved_out(desk, CHEN))
    assert rows_of(desk, Private, col(Private.erased).is_not(None)) == []


def test_who_is_meant_must_be_one_person(desk: Desk) -> None:
    assert erasing.person_of(desk, CHEN) == rows_of(desk, Person, col(Person.name) == CHEN)[0].id
    with pytest.raises(NotOnePerson, match="没有"):
        erasing.person_of(desk, "不存在的人")
    with pytest.raises(NotOnePerson) as several:
        erasing.person_of(desk, "502")
    assert PHONE not in str(several.value)


def test_forms_that_were_kept_as_files_go_too(desk: Desk, clock: StoppedClock) -> None:
    folder = desk.settings.home / "paper"
    folder.mkdir()
    old, new = folder / "old.pdf", folder / "new.pdf"
    for path, days in ((old, 31), (new, 1)):
        path.write_bytes(b"x")
        at = (clock.now() - timedelta(days=days)).timestamp()
        os.utime(path, (at, at))
    assert applied(desk)["papers"]["files"] == 1
    assert (old.exists(), new.exists()) == (False, True)
    assert settings_for(folder).home == folder


@pytest.mark.parametrize(
    "reason",
    ["陈立本人要求", "本人 138 0000 1234 来电要求", "１３８００００１２３４ 要求",
     "浙a·12345 的车主", "证件 440106199001011234"],
)  # fmt: skip
def test_the_reason_of_an_erasure_says_nobodys_name_or_number(desk: Desk, reason: str) -> None:
    person = moved_out(desk, CHEN)
    with desk.act("test") as act:
        act.update(Person, {"id": person, "plate": "浙A12345"})
    with pytest.raises(ReasonSaysWho):
        desk.as_staff("KF04").perform(
            "people.erase", lambda act: erasing.erase_person(act, person, reason, "ZJ01", ("ZJ01",))
        )
    assert rows_of(desk, Person, col(Person.id) == person)
    assert not rows_of(desk, Erasure)
    assert not [row for row in rows_of(desk, Private) if reason in row.words]
