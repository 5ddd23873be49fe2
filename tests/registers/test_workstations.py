"""Workstations: where a PIN suffices, and where it does not.

* a real office on a server: before the first is enrolled as it was, after it a password elsewhere
* the token is in a file that its user alone reads; a copied, revoked or invented one counts nothing
* on one machine with its file, and where people practise, a PIN suffices as ever
* an administrator enrols and revokes; nobody is locked out for good
"""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.desks import settings_for
from tests.factories import rows_of
from tests.hostile import HOSTILE
from tests.registers.test_passwords import BAD, GOOD, give_password
from tests.registers.test_pins import CHEAP, PIN, WRONG
from wuye_tui.desk import Desk
from wuye_tui.registers import office, passwords, pins, sitting, staff, workstations
from wuye_tui.registers.overview import status
from wuye_tui.registers.passwords import PASSWORD, PasswordNotSet, PasswordRefused
from wuye_tui.registers.pins import PinLocked, PinRefused
from wuye_tui.registers.staff import NotAdministrator
from wuye_tui.registers.workstations import (
    AlreadyEnrolled,
    CannotKeep,
    LastWorkstation,
    NameTaken,
    NoSuchWorkstation,
    TokenExposed,
    Unnamed,
    enrol,
)
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.errors import DeskError
from wuye_tui.rules.text import bad_character
from wuye_tui.store.acts import Result
from wuye_tui.store.tables import Audit, EnrolledWorkstation


def found(folder: Path, url: str, clock: StoppedClock) -> Desk:
    """A real office, its administrator XZ01 with a PIN at it, and the clerk KF01."""
    settings = settings_for(folder)
    desk = office.found(
        replace(settings, database_url=url or settings.database_url),
        name="思兰雅苑",
        admin="XZ01",
        admin_name="张敏",
        training=False,
        pin_hash=pins.hash_pin(PIN, CHEAP),
        clock=clock,
    )
    desk.perform("staff.add", lambda act: staff.add(act, desk, "KF01", "李晓燕", "客服专员"))
    pins.set_pin(desk, "KF01", PIN, cost=CHEAP)
    return desk


@pytest.fixture
def server(pg_url: str, tmp_path: Path, clock: StoppedClock) -> Iterator[Desk]:
    """A real office on a server."""
    desk = found(tmp_path / "here", pg_url, clock)
    yield desk
    desk.engine.dispose()


def elsewhere(desk: Desk, folder: str = "elsewhere") -> Desk:
    """The same office as another machine reaches it."""
    return replace(desk, settings=replace(desk.settings, home=desk.settings.home.parent / folder))


def revoke(desk: Desk, name: str) -> Result:
    return desk.perform("workstations.revoke", lambda act: workstations.revoke(act, name))


def may_sit(desk: Desk, number: str, typed: str) -> bool:
    try:
        return sitting.sit_down(desk, number, typed).staff == number
    except DeskError:
        return False


@pytest.mark.pg
def test_before_the_first_is_enrolled_everything_is_as_it_was(server: Desk) -> None:
    assert may_sit(elsewhere(server), "KF01", PIN)
    assert status(server)["pin_suffices_everywhere"] is True
    enrol(server, "前台1")
    assert status(server)["pin_suffices_everywhere"] is False
    assert not may_sit(elsewhere(server), "KF01", PIN)


@pytest.mark.pg
def test_a_pin_suffices_where_it_is_enrolled_and_nowhere_else(server: Desk) -> None:
    assert enrol(server, "前台1") == {"name": "前台1", "first": True}
    away = elsewhere(server)
    assert may_sit(server, "KF01", PIN)
    with pytest.raises(PasswordNotSet, match="wuye staff set-password KF01"):
        sitting.sit_down(away, "KF01", PIN)
    give_password(server)
    with pytest.raises(PasswordRefused):
        sitting.sit_down(away, "KF01", PIN)
    assert may_sit(away, "KF01", GOOD)
    assert sitting.asked(away, "KF01") is PASSWORD
    assert enrol(elsewhere(server.as_staff("XZ01"), "second"), "前台2")["first"] is False
    assert [one["name"] for one in workstations.listed(server)] == ["前台1", "前台2"]
    assert [one["here"] for one in workstations.listed(away)] == [False, False]


@pytest.mark.pg
def test_a_signature_away_from_them_takes_the_password_too(server: Desk) -> None:
    enrol(server, "前台1")
    away = elsewhere(server)
    assert sitting.provers(away, ["KF01", "XZ01"]) == frozenset()
    assert sitting.provers(server, ["KF01", "XZ01"]) == {"KF01", "XZ01"}
    give_password(server)
    assert sitting.provers(away, ["KF01", "XZ01"]) == {"KF01"}
    with pytest.raises(PasswordRefused):
        sitting.prove(away, "KF01", PIN)
    assert sitting.prove(away, "KF01", GOOD) is PASSWORD


@pytest.mark.pg
def test_whose_pin_is_locked_sits_down_by_password_at_a_workstation_too(
    server: Desk, clock: StoppedClock
) -> None:
    enrol(server, "前台1")
    for _time in range(5):
        with pytest.raises((PinRefused, PinLocked)):
            sitting.sit_down(server, "KF01", WRONG)
    with pytest.raises(PinLocked):
        sitting.sit_down(server, "KF01", PIN)
    give_password(server)
    assert sitting.asked(server, "KF01") is PASSWORD
    assert may_sit(server, "KF01", GOOD)
    with pytest.raises(PasswordRefused):
        sitting.sit_down(server, "KF01", BAD)
    clock.advance(5 * 60)
    assert may_sit(server, "KF01", PIN)


@pytest.mark.pg
def test_the_token_is_kept_by_its_user_alone_and_the_office_has_its_digest(server: Desk) -> None:
    enrol(server, "前台1")
    path = server.settings.home / workstations.FILE
    assert path.stat().st_mode & 0o777 == 0o600
    site, number, token = path.read_text().split()
    assert (site, len(token)) == (server.site, 64), "256 bits"
    (row,) = rows_of(server, EnrolledWorkstation)
    assert (row.id, row.by, row.revoked) == (number, "XZ01", None)
    assert token not in str(row.model_dump())
    assert not any(token in str(line.model_dump()) for line in rows_of(server, Audit))
    assert sorted(one.name for one in server.settings.home.iterdir()).count("workstation") == 1


@pytest.mark.pg
def test_an_invented_token_another_offices_and_one_others_can_read_count_nothing(
    server: Desk,
) -> None:
    enrol(server, "前台1")
    site, number, token = (server.settings.home / "workstation").read_text().split()
    away = elsewhere(server)
    away.settings.home.mkdir()
    kept = away.settings.home / "workstation"
    for text in (
        f"{site} {number} {'0' * 64}\n",
        f"{site} {'0' * 32} {token}\n",
        f"{'0' * 32} {number} {token}\n",
        f"{site} {number}\n",
        "\x00\xff garbage",
    ):
        kept.write_bytes(text.encode("latin-1"))
        kept.chmod(0o600)
        assert not workstations.pin_suffices(away), text
    kept.write_text(f"{site} {number} {token}\n")
    kept.chmod(0o644)
    with pytest.raises(TokenExposed, match="chmod 600"):
        workstations.pin_suffices(away)
    kept.chmod(0o600)
    assert workstations.pin_suffices(away), "whoever has the file is this workstation"


@pytest.mark.pg
def test_one_that_is_revoked_asks_for_the_password_from_that_moment(server: Desk) -> None:
    enrol(server, "前台1")
    second = elsewhere(server)
    enrol(second, "前台2")
    revoke(server, "前台2")
    assert not may_sit(second, "KF01", PIN)
    assert may_sit(server, "KF01", PIN)
    with pytest.raises(NoSuchWorkstation):
        revoke(server, "前台2")
    assert [one["revoked_by"] for one in workstations.listed(server, everyone=True)] == ["", "XZ01"]
    assert enrol(second, "前台2") == {"name": "前台2", "first": False}
    assert may_sit(second, "KF01", PIN)


@pytest.mark.pg
def test_the_last_one_is_revoked_only_if_an_administrator_can_still_get_in(server: Desk) -> None:
    enrol(server, "前台1")
    give_password(server)  # of a clerk, who could enrol nothing
    with pytest.raises(LastWorkstation):
        revoke(server, "前台1")
    give_password(server, "XZ01", "门前的桂花开了两次")
    revoke(server, "前台1")
    assert not workstations.pin_suffices(server), "no PIN suffices again for want of a workstation"
    admin = sitting.sit_down(server, "XZ01", "门前的桂花开了两次")
    assert enrol(admin, "前台3")["first"] is False


@pytest.mark.pg
def test_only_administrators_enrol_and_revoke(server: Desk) -> None:
    clerk = server.as_staff("KF01")
    with pytest.raises(NotAdministrator, match="登记工作站"):
        enrol(clerk, "前台1")
    assert not (server.settings.home / "workstation").exists()
    enrol(server, "前台1")
    with pytest.raises(NotAdministrator, match="撤销工作站"):
        revoke(clerk, "前台1")
    told = [line.what for line in rows_of(server, Audit) if line.what.startswith("workstations")]
    assert told == ["workstations.enrol"]


def test_names_are_told_apart_and_are_names(desk: Desk) -> None:
    admin = desk.as_staff("XZ01")
    enrol(admin, "前台1")
    with pytest.raises(AlreadyEnrolled, match="前台1"):
        enrol(admin, "前台2")
    with pytest.raises(NameTaken):
        enrol(elsewhere(admin), "前台1")
    with pytest.raises(Unnamed):
        enrol(elsewhere(admin), "  ")
    for text in HOSTILE.values():
        try:
            done = enrol(elsewhere(admin), text)
        except DeskError:
            continue
        assert bad_character().search(done["name"]) is None
        revoke(admin, done["name"])


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_enrols_nothing(desk: Desk) -> None:
    shut = elsewhere(desk.as_staff("XZ01"))
    shut.settings.home.mkdir(mode=0o500)
    with pytest.raises(CannotKeep):
        enrol(shut, "前台1")


def test_what_cannot_be_kept_enrols_nothing(desk: Desk) -> None:
    blocked = elsewhere(desk.as_staff("XZ01"))
    blocked.settings.home.write_text("a file where the folder should be")
    with pytest.raises(CannotKeep, match="没有登记"):
        enrol(blocked, "前台1")
    assert rows_of(desk, EnrolledWorkstation) == []


def test_on_one_machine_with_its_file_a_pin_suffices_as_ever(
    tmp_path: Path, clock: StoppedClock
) -> None:
    real = found(tmp_path / "one", "", clock)
    enrol(real, "前台1")
    assert may_sit(elsewhere(real), "KF01", PIN), "whoever has the file has the office"
    assert status(real)["pin_suffices_everywhere"] is False
    real.engine.dispose()


def test_where_people_practise_it_stays_open(any_desk: Desk) -> None:
    enrol(any_desk.as_staff("XZ01"), "前台1")
    assert workstations.pin_suffices(elsewhere(any_desk))
    assert may_sit(elsewhere(any_desk), "KF02", "")


def test_a_person_with_a_password_and_no_pin_sits_down_with_it(
    tmp_path: Path, clock: StoppedClock
) -> None:
    real = found(tmp_path / "one", "", clock)
    real.perform("staff.add", lambda act: staff.add(act, real, "KF02", "赵敏", "客服专员"))
    passwords.set_password(real, "KF02", GOOD, cost=CHEAP)
    assert may_sit(real, "KF02", GOOD)
    real.engine.dispose()
