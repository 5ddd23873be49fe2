"""Owners' files (FW-6.3): looked into by a recorded procedure, and by nobody without it.

* whoever asks says what for, and somebody else who may allows it with their own PIN
* who, for what, allowed by whom, which parts and when are written down, and no word of the file is
* it is open for whoever asked, for half an hour, and for nobody else
* without it the numbers stay masked
"""

import pytest

from tests.factories import rows_of
from tests.store.test_chain import behind_our_back
from wuye_tui.desk import Desk
from wuye_tui.registers import files, units
from wuye_tui.registers.checking import check
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.files import AloneFile, FileShut, NoPurpose, NoSuchPart, UnknownOpening
from wuye_tui.rules.refusals import NotAllowed
from wuye_tui.store.tables import Audit, FileOpening

UNIT, PHONE, PURPOSE = "3-1-502", "13800001234", "陈立要更正电话"


def opened(desk: Desk, second: str = "KF03", *parts: str, proven: bool = True) -> str:
    signed = (second,) if proven else ()
    done = desk.perform(
        "files.open",
        lambda act: files.open_file(act, UNIT, PURPOSE, second, signed, parts, "派出所王警官"),
    )
    return str(done["number"])


@pytest.mark.clause("FW-6.3", "FW-6.4")
def test_a_file_is_opened_by_two_people_and_written_down(any_desk: Desk) -> None:
    number = opened(any_desk)
    found = files.read(any_desk, number)
    assert [(one["name"], one["phone"]) for one in found["people"]] == [("陈立", PHONE)]
    (row,) = rows_of(any_desk, FileOpening)
    assert (row.unit, row.asker, row.allowed, row.parts) == (UNIT, "KF01", "KF03", ["people"])
    assert row.at == any_desk.now()
    (told,) = files.openings(any_desk)
    assert (told.purpose, told.whom) == (PURPOSE, "派出所王警官")
    line = max(rows_of(any_desk, Audit), key=lambda one: one.seq)
    assert line.what == "files.open"
    assert not {PHONE, "陈立", "王警官"} & {word for word in (PHONE, "陈立", "王警官")
                                          if word in str(line.result)}  # fmt: skip
    assert check(any_desk).findings == []


@pytest.mark.clause("FW-6.3")
def test_without_the_procedure_the_file_stays_shut(desk: Desk) -> None:
    assert PHONE not in str(units.show_unit(desk, UNIT))
    with pytest.raises(UnknownOpening):
        files.read(desk, "CD-20261119-001")
    for second, proven, why in (
        ("KF03", False, AloneFile),  # a name alone allows nothing
        ("KF01", True, AloneFile),  # nor does whoever asks
        ("", True, AloneFile),
        ("ZX01", True, NotAllowed),  # nor a guard
    ):
        with pytest.raises(why) as refused:
            opened(desk, second, proven=proven)
        assert isinstance(refused.value, DeskError)
        assert refused.value.clause == "FW-6.3"
    assert rows_of(desk, FileOpening) == []


@pytest.mark.clause("FW-6.3")
def test_what_for_is_said_and_which_parts_there_are(desk: Desk) -> None:
    with pytest.raises(NoPurpose):
        desk.perform("files.open", lambda act: files.open_file(act, UNIT, " ", "KF03", ("KF03",)))
    with pytest.raises(NoSuchPart):
        opened(desk, "KF03", "diary")


@pytest.mark.clause("FW-6.3")
def test_it_is_open_for_whoever_asked_and_for_half_an_hour(desk: Desk, clock: StoppedClock) -> None:
    number = opened(desk)
    with pytest.raises(FileShut):
        files.read(desk.as_staff("KF02"), number)
    with pytest.raises(FileShut):
        files.read(desk.as_staff(""), number)
    clock.advance(1800)
    assert files.read(desk, number)["people"]
    clock.advance(1)
    with pytest.raises(FileShut):
        files.read(desk, number)


def test_what_for_is_nobodys_business_but_theirs_who_allow_it(desk: Desk) -> None:
    opened(desk)
    assert [one.purpose for one in files.openings(desk.as_staff("KF02"))] == [""]
    assert [one.purpose for one in files.openings(desk.as_staff("KF03"))] == [PURPOSE]
    assert [one.purpose for one in files.openings(desk.as_staff(""))] == [""]


def test_an_opening_that_was_altered_is_found(desk: Desk) -> None:
    number = opened(desk)
    assert behind_our_back(desk, "UPDATE file_opening SET asker = 'KF02'") != []
    assert files.openings(desk)[0].number == number
