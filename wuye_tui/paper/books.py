"""The registers as forms: the calls of a day, its other information, a duty handed on, one call."""

from datetime import date, time, timedelta, tzinfo
from typing import Any, Final

from wuye_tui.desk import DESK_POST, Desk
from wuye_tui.paper import handing, telling
from wuye_tui.paper.telling import Terms
from wuye_tui.registers import contacts, night_record, nights, printed, views
from wuye_tui.registers.contact_rows import COUNTED_AS, ContactRow
from wuye_tui.rules.channels import CHANNELS, PHONE
from wuye_tui.rules.clock import parse_moment
from wuye_tui.rules.locale import whole_day
from wuye_tui.rules.money import yuan
from wuye_tui.rules.notices import NOTICE, SUBJECTS
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _, listed

MOST: Final = 5000  # calls of one day


def day_of(typed: str, zone: tzinfo) -> date:
    """The day that was typed, 2026-11-19. Raises UnreadableMoment."""
    return parse_moment(f"{typed} 00:00", zone).astimezone(zone).date()


class Books:
    """What the registers say. A `reason` shows whole telephone numbers, which is an act."""

    def __init__(self, desk: Desk, terms: Terms, reason: str = "") -> None:
        self._desk, self._terms, self._reason = desk, terms, reason

    @staticmethod
    def blank() -> dict[str, Any]:
        """The same facts, empty: what a layout is tried with."""
        lists = (
            "calls", "others", "notices", "matters", "open", "items", "tools", "duties", "jobs",
            "outs", "held", "left",
        )  # fmt: skip
        words = (
            "day", "duty", "holder", "since", "until", "over", "overdue", "callbacks", "number",
            "at", "channel", "category", "unit", "name", "phone", "words", "by", "about", "became",
            "cash",
        )  # fmt: skip
        empty: dict[str, Any] = {name: [] for name in lists}
        return handing.blank() | empty | dict.fromkeys(words, "")

    def day(self, typed: str) -> dict[str, Any]:
        """A day of the office: its calls by telephone, what came in by other ways, and the notices
        that were in force (XX-5, XX-4.3.3). Today where no day is given.
        """
        desk = self._desk
        day = day_of(typed, desk.zone) if typed else desk.calendar.day_of(desk.now())
        since, until = (desk.calendar.moment(one, time.min) for one in (day, day + _DAY))
        if self._reason:
            found = contacts.revealed(desk, self._reason, since, until, MOST)
        else:
            found = contacts.listed(desk, since, until, MOST)
        rows = [row for row in reversed(found) if not row.is_withdrawn]
        plans = {(p.post, p.name): _(p.word) for p in desk.reference.duties}
        held = printed.on_duty(desk, DESK_POST, since, until)
        return self.blank() | {
            "day": whole_day(day),
            "duties": [f"{plans.get((DESK_POST, name), name)} {who}".strip() for name, who in held],
            "calls": [self._call(row) for row in rows if row.channel == PHONE],
            "others": [self._call(row) for row in rows if row.channel != PHONE],
            "notices": [
                self._notice(number) for number in printed.in_force(desk, NOTICE.kind, since, until)
            ],
        }

    def call(self, number: str) -> dict[str, Any]:
        """One call with the matters it is about (XX-4.2.2, XX-4.3.8); a name that the line left
        out is the one that its slip knows. Raises UnknownContact.
        """
        row = contacts.show(self._desk, number)
        seen = views.show_several(self._desk, row.matters, self._terms.names)
        told = [telling.told(view, self._terms) for view in seen.values()]
        name = row.name or next((one["caller"] for one in told if one["caller"]), "")
        return self.blank() | self._call(row) | {"matters": told, "name": name}

    def duty(self, about: str) -> dict[str, Any]:
        """A handover by its number, or what the running duty of a post has to hand over now
        (KF-10, KF-11); of the desk where nothing is said. Raises NobodyOnDuty, UnknownMatter.
        """
        return self.blank() | handing.facts(self._desk, self._terms, about)

    def night(self, typed: str) -> dict[str, Any]:
        """The night duty record (KF-7): every call with what became of it, the jobs, when the desk
        was left, the cash that is held. Raises NoNight and UnreadableMoment.
        """
        desk, terms = self._desk, self._terms
        found = night_record.record(desk, day_of(typed, desk.zone) if typed else None)
        return self.blank() | {
            "duty": _(found.word),
            "holder": found.name,
            "since": terms.moment(found.since),
            "until": terms.moment(found.until),
            "calls": [self._call(row) | {"became": self._became(row)} for row in found.calls[::-1]],
            "jobs": [
                {
                    "number": job.number,
                    "where": job.where,
                    "words": masked_words(job.words),
                    "state": _(job.state),
                    "taken": terms.short(job.taken),
                    "arrived": terms.short(job.arrived),
                    "finished": terms.short(job.finished),
                }
                for job in found.jobs
            ],
            "outs": [
                {
                    "since": terms.short(one.since),
                    "until": terms.short(one.until),
                    "phone": one.phone,
                    "matter": one.matter,
                }
                for one in found.outs
            ],
            "held": [
                {"number": one.number, "yuan": yuan(one.fen), "by": one.by_name}
                for one in found.held
            ],
            "cash": yuan(sum(one.fen for one in found.held)),
            "left": [row.number for row in found.left],
        }

    def _became(self, row: ContactRow) -> str:
        """What the record says of a call: whom it was told to, the slip, or the morning."""
        if row.told:
            return _("已告诉{word}，早上再问").format(word=nights.told_word(self._desk, row.told))
        if row.settled:
            return _("{word}已处理").format(word=nights.told_word(self._desk, row.settled))
        if row.is_left:
            return _("留到早上")
        return listed(row.matters) or (_("已答复") if row.is_answered else _("已登记"))

    def _call(self, row: ContactRow) -> dict[str, Any]:
        return {
            "number": row.number,
            "at": self._terms.short(row.rang),
            "channel": _(CHANNELS.get(row.channel, row.channel)),
            "category": _(COUNTED_AS.get(row.counted_as, row.counted_as)),
            "unit": row.unit,
            "name": row.name,
            "phone": row.phone,
            "words": row.words if self._reason else masked_words(row.words),
            "about": listed(row.matters),
            "by": row.by_name or row.by,
        }

    def _notice(self, number: str) -> dict[str, Any]:
        view = views.show(self._desk, number, offers=False)
        told = telling.told(view, self._terms)
        facts = view.situation.facts
        return {
            **told,
            "subject": _(dict(SUBJECTS).get(str(facts.get("subject", "")), "")),
            "scope": str(facts.get("scope") or _("全小区")),
            "department": _(dict(DEPARTMENTS).get(str(facts.get("department", "")), "")),
            "ends": self._terms.moment(facts.get("ends")),
            "say": str(facts.get("say", "")),
        }


_DAY: Final = timedelta(days=1)
