"""The one reader of `data/`: an office's own copy in its folder wins over what came with wuye."""

import csv
import io
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

from wuye_tui.reference_books import BOOKS, SPENDING, read_books, read_spending
from wuye_tui.reference_entries import (
    DUTIES,
    Checklists,
    Numbers,
    read_card,
    read_checklists,
    read_dunning,
    read_fee,
    read_phrase,
    read_plan,
    read_sign,
    read_told,
)
from wuye_tui.reference_entries import Call as Call
from wuye_tui.reference_entries import Card as Card
from wuye_tui.reference_entries import Phrase as Phrase
from wuye_tui.reference_entries import building_of as building_of
from wuye_tui.reference_invoices import INVOICES, read_invoices
from wuye_tui.reference_retention import RETENTION, read_retention
from wuye_tui.reference_rosters import ENDING as ROSTER_ENDING
from wuye_tui.reference_rosters import FOLDER as ROSTERS
from wuye_tui.reference_rosters import Kinds, codes, read_kind
from wuye_tui.reference_values import BadReference as BadReference
from wuye_tui.reference_values import Part
from wuye_tui.rules.books import Books
from wuye_tui.rules.calendar import WorkingCalendar, office_calendar
from wuye_tui.rules.dunning_levels import Dunning
from wuye_tui.rules.dutyplans import DutyPlan, faults
from wuye_tui.rules.errors import miswritten
from wuye_tui.rules.fee_kinds import FeeKind
from wuye_tui.rules.invoices import Invoicing
from wuye_tui.rules.nights import Told
from wuye_tui.rules.patrol_plan import MANAGERS_POST, PatrolPlan, plan_of
from wuye_tui.rules.retention import Term
from wuye_tui.rules.rosters import RosterKind
from wuye_tui.rules.signs import WarningSign
from wuye_tui.rules.spending import Category
from wuye_tui.words import _, language

MOST_DAYS = 3650  # between two visits of a home


@dataclass(frozen=True)
class Clause:
    """One binding clause: its id, where it stands, and what it says in the language in force."""

    id: str
    source: str
    kind: str
    summary_zh: str
    summary_en: str

    @property
    def summary(self) -> str:
        """What the clause asks for, in one sentence."""
        return self.summary_en if language() == "en" else self.summary_zh


class Reference:
    """Reference data for one office folder; each file is read once, when it is first asked for."""

    def __init__(self, home: Path | None = None) -> None:
        self._own = home / "data" if home else None

    def text(self, name: str) -> str:
        """The file's text, the office's own before ours. BadReference when it is not UTF-8."""
        own = self._own / name if self._own else None
        try:
            if own is not None and own.is_file():
                return own.read_text("utf-8-sig")
            return files("data").joinpath(*name.split("/")).read_text("utf-8-sig")
        except UnicodeDecodeError as error:
            raise BadReference(name, _("不是 UTF-8 的文本，请另存为 UTF-8")) from error
        except OSError as error:
            raise BadReference(name, str(error)) from error

    def place(self, name: str) -> str:
        """Where an office writes its own copy, as people are told it."""
        return str(self._own / name) if self._own else name

    def table(self, name: str) -> list[dict[str, str]]:
        """The rows of a CSV file by header."""
        return list(csv.DictReader(io.StringIO(self.text(name))))

    def document(self, name: str) -> Mapping[str, Any]:
        """A TOML file. BadReference names the line."""
        try:
            return tomllib.loads(self.text(name))
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"at line (\d+)", str(error))
            line = int(at[1]) if at else max(1, len(self.text(name).splitlines()))
            raise BadReference(name, miswritten(self.text(name), line), line) from error

    def _whole(self, name: str) -> Part:
        return Part(name, self.document(name))

    @cached_property
    def clauses(self) -> Mapping[str, Clause]:
        """Every clause by its id."""
        return {
            row["id"]: Clause(
                row["id"], row["source"], row["kind"], row["summary_zh"], row["summary_en"]
            )
            for row in self.table("clauses.csv")
        }

    @cached_property
    def calendar(self) -> WorkingCalendar:
        """Working days and opening hours of this office."""
        return office_calendar(self.document("calendar/office.toml"))

    @cached_property
    def duties(self) -> tuple[DutyPlan, ...]:
        """The duties of a day, post by post, in the order of the file."""
        return tuple(read_plan(one) for one in self._whole(DUTIES).parts("duty", needed=True))

    def check_duties(self) -> None:
        """BadReference with the line where duties overlap, or leave a post without anybody that is
        held all day. The desk goes on with such a file: it takes the first duty of the hour.
        """
        wrong = faults(
            self.duties, [str(post) for post in self.document(DUTIES).get("all_day", ())]
        )
        if wrong:
            lines = enumerate(self.text(DUTIES).splitlines(), 1)
            heads = [number for number, line in lines if line.strip().startswith("[[duty]]")]
            raise BadReference(DUTIES, wrong[0].why, (*heads, 0)[wrong[0].place])

    @cached_property
    def emergencies(self) -> Mapping[str, Card]:
        """The cards of the emergencies by their kind."""
        name = "emergencies.toml"
        found = self.document(name).items()
        return {kind: read_card(Part.of(name, one, kind)) for kind, one in found}

    @cached_property
    def phrases(self) -> tuple[Phrase, ...]:
        """What to say on the telephone, from the first word to the last."""
        return tuple(read_phrase(one) for one in self._whole("phrases.toml").parts("phrase"))

    @cached_property
    def numbers(self) -> Numbers:
        """The rules of the directory."""
        found = self.document("directory.toml")
        days, national = found.get("check_after_days"), found.get("national", [])
        if type(days) is not int or days < 1:
            raise BadReference("directory.toml", _("check_after_days 要写一个大于 0 的整数"))
        if not isinstance(national, list) or not all(isinstance(one, str) for one in national):
            raise BadReference("directory.toml", _("national 要写成一列号码"))
        return Numbers(days, frozenset(national))

    @cached_property
    def visit_days(self) -> int:
        """After how many days without a call or a visit it is a home's turn (FW-3.1)."""
        days = self.document("callbacks.toml").get("visit_days")
        if type(days) is not int or not 1 <= days <= MOST_DAYS:
            why = _("visit_days 要写 1 到 {most} 的整数天").format(most=MOST_DAYS)
            raise BadReference("callbacks.toml", why)
        return days

    @cached_property
    def checklists(self) -> Checklists:
        """What is handed over, post by post (KF-10, KF-11)."""
        return read_checklists(self._whole("checklists.toml"))

    @cached_property
    def patrol(self) -> PatrolPlan:
        """What is patrolled, and how long (ZB-4.3, BZ-4.1, SB-1, SB-2)."""
        duties = [plan.name for plan in self.duties if plan.post == MANAGERS_POST]
        try:
            return plan_of(self.document("patrol.toml"), duties)
        except KeyError as error:
            why = _("少了 {name}").format(name=error.args[0])
            raise BadReference("patrol.toml", why) from error
        except ValueError as error:
            raise BadReference("patrol.toml", str(error)) from error
        except (TypeError, AttributeError) as error:
            why = _("{name} 要写成一段一段的，每一行是「名称 = 内容」")
            raise BadReference("patrol.toml", why.format(name="post room place")) from error

    @cached_property
    def signs(self) -> tuple[WarningSign, ...]:
        """The warning signs that work needs (BZ-4.2)."""
        return tuple(read_sign(one) for one in self._whole("signs.toml").parts("sign"))

    @cached_property
    def night(self) -> tuple[Told, ...]:
        """Who is told at once at night (KF-7)."""
        return tuple(read_told(one) for one in self._whole("night.toml").parts("tell"))

    @cached_property
    def fees(self) -> tuple[FeeKind, ...]:
        """What is charged, in the order of the file (KF-3.4, FW-4.1, FW-4.2)."""
        found = tuple(read_fee(one) for one in self._whole("fees.toml").parts("fee", needed=True))
        twice = [one.code for n, one in enumerate(found) if one.code in {o.code for o in found[:n]}]
        if twice:
            raise BadReference("fees.toml", _("有两项的 code 都是 {code}").format(code=twice[0]))
        return found

    @cached_property
    def dunning(self) -> Dunning:
        """How units are reminded of what is overdue: the levels and their words (FW-13)."""
        return read_dunning(self._whole("dunning.toml"))

    @cached_property
    def spending(self) -> tuple[Category, ...]:
        """What money is spent on, in the order of the published statement (KF-3.4)."""
        return read_spending(self._whole(SPENDING))

    @cached_property
    def books(self) -> Books:
        """The accountant's codes of the ledger's accounts (FW-4.3)."""
        return read_books(self._whole(BOOKS))

    @cached_property
    def invoicing(self) -> Invoicing:
        """How fees are invoiced by the tax office's own system (FW-4.3)."""
        return read_invoices(self._whole(INVOICES))

    @cached_property
    def retention(self) -> Mapping[str, Term]:
        """How long words about people are kept, by kind of record (FW-6.4)."""
        return read_retention(self._whole(RETENTION))

    @cached_property
    def rosters(self) -> Mapping[str, RosterKind]:
        """The kinds of roster by their codes (KF-5, ZB-3.6), each read when it is asked for."""
        return Kinds(codes(self._own), self.roster)

    def roster(self, code: str) -> RosterKind:
        """The rules of one kind. Raises BadReference."""
        name = f"{ROSTERS}{code}{ROSTER_ENDING}"
        return read_kind(self._whole(name), code, lambda: self.duties)

    @cached_property
    def posts(self) -> Mapping[str, dict[str, str]]:
        """Post titles with department, level and hats (HR-5.1)."""
        return {row["post"]: row for row in self.table("posts.csv")}
