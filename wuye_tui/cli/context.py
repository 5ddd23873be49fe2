"""What every command is run with: the options that stand anywhere, and the desk they open."""

import getpass
import os
import re
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any
from uuid import UUID

from wuye_tui import settings as settings_
from wuye_tui.rules.errors import UsageError
from wuye_tui.rules.refusals import shown
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.desk import Desk

# How a step's facts hold a moment; people and programs get it in the office's zone.
_STORED_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+00:00")
_HALF = re.compile("[\ud800-\udfff]")
_KEY = re.compile(r"[0-9a-f]{8}(-?)[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{4}\1[0-9a-f]{12}", re.I)
MOST = 1_000_000  # rows that a file has at most
VALUED = {"--home": "home", "--db": "db", "--as": "staff", "--lang": "lang", "--now": "now"}
FLAGS = {"--json": "json", "--yes": "yes", "--quiet": "quiet"}


class OptionNeedsValue(UsageError):
    """An option stands at the end without its value."""

    def __init__(self, option: str) -> None:
        super().__init__(_("{option} 后面要写内容。").format(option=option))


class NotText(UsageError):
    """A word of the line is no text in UTF-8, and no file that there is."""

    def __init__(self, n: int) -> None:
        super().__init__(_("命令的第 {n} 个词有读不出的字符，请重新输入。").format(n=n))


class PinNeeded(UsageError):
    """A PIN is needed and nobody can be asked for it."""

    def __init__(self, staff: str, name: str = "WUYE_PIN") -> None:
        super().__init__(
            _("工号 {staff} 要密码；没有终端可问时请设 {name}。").format(staff=staff, name=name)
        )


class PasswordNeeded(UsageError):
    """A password is needed and nobody can be asked for it."""

    def __init__(self, staff: str, name: str = "WUYE_PASSWORD") -> None:
        told = _("工号 {staff} 在这台电脑上要用口令；没有终端可问时请设 {name}。")
        super().__init__(told.format(staff=staff, name=name))


class NotAKey(UsageError):
    """The key of an act is no UUID: somebody else's act might have the same."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("--key 要写一个 UUID，不能是「{typed}」；不写则每次都算新的操作。").format(
                typed=typed[:40]
            )
        )


def key_of(typed: str) -> str:
    """The key of an act in its usual form, "" for none. Raises NotAKey for what is no UUID."""
    if not typed:
        return ""
    if not _KEY.fullmatch(typed):
        raise NotAKey(typed)
    return str(UUID(typed))


@dataclass
class Context:
    """The options that stand anywhere on a line, and the desk they lead to."""

    home: str = ""
    db: str = ""
    staff: str = ""
    lang: str = ""
    now: str = ""
    json: bool = False
    yes: bool = False
    quiet: bool = False
    whole: bool = False  # what is listed goes into a file, all of it
    rest: list[str] = field(default_factory=list)
    opened: "Desk | None" = field(default=None, repr=False)  # with whoever is at it
    proofs: dict[str, str] = field(default_factory=dict, repr=False)  # of whoever acts, by secret

    def settings(self) -> settings_.Settings:
        """Options, environment and config.toml."""
        return settings_.load(self.home, self.db, self.lang, self.staff, self.now)

    def desk(self, acting: bool = True) -> "Desk":
        """The open desk; `acting` asks for the PIN of whoever acts.

        Otherwise nobody is at it who has a PIN and did not give it: `--as` alone must not show what
        is kept from whoever types (FW-M.9).
        """
        from wuye_tui.desk import NobodyActs, open_desk

        found = open_desk(self.settings())
        if not acting:
            self.opened = found.as_staff(_unproven(found))
            return self.opened
        if not found.staff:
            raise NobodyActs
        self.opened = self._authenticated(found, found.settings.pin, found.settings.password)
        return self.opened

    def second(self, desk: "Desk", typed: str) -> "Desk":
        """The same desk with somebody else at it, who gives their PIN for one step: from WUYE_PIN2,
        or asked for.
        """
        settings = desk.settings
        at = desk.as_staff(typed)
        return self._authenticated(at, settings.second_pin, settings.second_password, "2")

    def proven(self, desk: "Desk", *typed: str) -> tuple[str, ...]:
        """The numbers of those named, without whoever is at the desk, once they gave their PIN."""
        from wuye_tui.registers.pins import signer

        others = dict.fromkeys(signer(desk, one) for one in typed if one.strip())
        return tuple(self.second(desk, one).staff for one in others if one != desk.staff)

    def looking(self) -> "Desk":
        """The open desk for a look: as whoever says who they are and gives their PIN, though nobody
        asks for it; whoever is locked out may still look as anybody may.
        """
        from wuye_tui.registers.passwords import PasswordLocked
        from wuye_tui.registers.pins import PinLocked

        settings = self.settings()
        if settings.staff and (settings.pin or settings.password):
            with suppress(PinLocked, PasswordLocked):
                return self.desk()
        return self.desk(acting=False)

    def reading(self) -> "Desk":
        """The open desk for a look at what concerns residents and the staff: as anybody where
        people practise; anywhere else as whoever says who they are and proves it, or NobodyActs.
        """
        found = self.looking()
        return found if found.office.training or found.staff else self.desk()

    def accounts(self) -> "Desk":
        """The open desk for a look at what units owe and pay, as whoever says who they are and
        gives their PIN. Where people practise nobody need say it; anywhere else NobodyActs is
        raised, because what a household owes is nobody's business but the office's. Raises
        NotAllowed.
        """
        from wuye_tui.registers.seeing_accounts import admit

        named = bool(self.settings().staff)
        found = self.desk() if named else self.desk(acting=False)
        if named or not found.office.training:
            admit(found)
        return found

    def _authenticated(self, desk: "Desk", pin: str, password: str, nth: str = "") -> "Desk":
        """Whoever is named, once they have proved to be it: by the password where they have one
        and it is given, by the PIN where one suffices, or by what they are asked for here.
        """
        from wuye_tui.registers import sitting, workstations
        from wuye_tui.registers.pins import PIN, authenticate

        number = desk.staff.upper()
        if password and sitting.has_password(desk, number):
            found, proof = sitting.by_password(desk, number, password), {"password": password}
        elif pin and workstations.pin_suffices(desk):
            found, proof = authenticate(desk, number, pin), {"pin": pin}
        else:
            secret, typed = sitting.asked(desk, number), ""
            if secret is PIN or (secret is not None and sitting.has_password(desk, number)):
                typed = ask(secret.name, number, nth)
            found = sitting.sit_down(desk, number, typed)
            proof = {secret.name: typed} if secret is not None else {}
        self.proofs = self.proofs if nth else proof
        return found

    def old(self, desk: "Desk", name: str) -> str:
        """The PIN or the password that whoever acts has now, before it is changed: as they have
        just given it, from the environment, or asked for; "" where there is none.
        """
        from wuye_tui.registers import sitting

        if name in self.proofs or not sitting.has(desk, desk.staff, name):
            return self.proofs.get(name, "")
        settings = desk.settings
        given = settings.pin if name == "pin" else settings.password
        return given or ask(name, desk.staff)

    def most(self, limit: int | None, usual: int) -> int:
        """How many rows are listed: what was asked for, or else what a screen is shown; in a file
        all of them.
        """
        return limit or (MOST if self.whole else usual)

    def when(self, moment: datetime, zone: tzinfo) -> str:
        """A moment in words; in a file with its year, for whoever opens it later."""
        if self.whole:
            return moment.astimezone(zone).strftime("%Y-%m-%d %H:%M")
        return shown(moment, zone)

    def zoned(self, document: Any, zone: tzinfo) -> Any:
        """A document with its moments in the office's zone, for printing."""
        if isinstance(document, dict):
            return {key: self.zoned(value, zone) for key, value in document.items()}
        if isinstance(document, list | tuple):
            return [self.zoned(value, zone) for value in document]
        if isinstance(document, str) and _STORED_MOMENT.fullmatch(document):
            return datetime.fromisoformat(document).astimezone(zone).isoformat()
        return document.astimezone(zone) if isinstance(document, datetime) else document


def _unproven(desk: "Desk") -> str:
    """Whoever `--as` names, where anybody may say that they are this person: where people practise
    and have no PIN; nobody otherwise.
    """
    from wuye_tui.registers import pins
    from wuye_tui.registers.staff import as_number

    number = as_number(desk.staff)
    open_ = desk.office.training and number and not pins.needs_pin(desk, number)
    return number if open_ else ""


def ask(name: str, staff: str, nth: str = "") -> str:
    """A PIN or a password, typed without echo. Raises PinNeeded or PasswordNeeded where nobody can
    be asked.
    """
    if not sys.stdin.isatty():
        raise (
            PinNeeded(staff, f"WUYE_PIN{nth}")
            if name == "pin"
            else PasswordNeeded(staff, f"WUYE_PASSWORD{nth}")
        )
    told = _("工号 {staff} 的密码：") if name == "pin" else _("工号 {staff} 的口令：")
    return getpass.getpass(told.format(staff=staff), stream=sys.stderr)


def split(argv: list[str]) -> Context:
    """Takes the options that stand anywhere out of a line; the rest is noun, verb and theirs."""
    for n, word in enumerate(argv, start=1):
        # Bytes that are no UTF-8 come as half characters, which nothing below can store or look up.
        if _HALF.search(word) and not os.path.lexists(word):
            raise NotText(n)
    context, words = Context(), iter(argv)
    for word in words:
        name, equals, value = word.partition("=")
        if word == "--":
            context.rest += [word, *words]
        elif name in VALUED:
            given = value if equals else next(words, None)
            if given is None:
                raise OptionNeedsValue(name)
            setattr(context, VALUED[name], given)
        elif word in FLAGS:
            setattr(context, FLAGS[word], True)
        else:
            context.rest.append(word)
    return context
