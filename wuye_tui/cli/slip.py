"""A slip whole, in plain text for a terminal or a pipe: all that `show --json` has, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from wuye_tui.cli import output
from wuye_tui.cli.wording import Terms, word_of
from wuye_tui.desk import Desk
from wuye_tui.registers.tariff import list_tariff
from wuye_tui.registers.views import HistoryLine, MatterView, Signed, Waiting, show
from wuye_tui.rules import repair_facts as repair
from wuye_tui.rules.complaint_guards import LEVELS
from wuye_tui.rules.complaints import CAUSES, COMPLAINT
from wuye_tui.rules.duetime import countdown, seconds_left
from wuye_tui.rules.folding import Visit
from wuye_tui.rules.lifecycle import Kind, Row
from wuye_tui.rules.money import yuan
from wuye_tui.rules.orders import DEPARTMENTS
from wuye_tui.rules.running import Running
from wuye_tui.rules.saying import COPIES, HOW_SIGNED, caller_word, receipt_words
from wuye_tui.rules.text import masked_phone
from wuye_tui.words import _, clauses, listed

MINUTE: Final = 60
# What stands at the head of a slip is not said again at the step that opened it.
_AT_THE_HEAD: Final = frozenset(
    {
        *("unit", "place", "text", "caller", "contact", "phone", "at", "at_to", "payer"),
        *("post", "urgent", "department", "taken_to", "emergency", "worker"),
    }
)


def print_slip(desk: Desk, view: MatterView, full: bool = False) -> None:
    """One matter; telephone numbers are whole only with `full`."""
    items = {item["code"]: item["name"] for item in list_tariff(desk)}
    slip = _Slip(view, Terms(desk.zone, view.names, items, full))
    output.emit({label: text for label, text in slip.head() if text}, False)
    output.section(_("另有"), [_child(show(desk, number)) for number in view.children])
    output.section(_("上门"), map(slip.visit, view.situation.visits))
    slip.clocks()
    output.section(_("签字"), map(slip.signature, view.valid))
    slip.history()
    following = [f"{_(row.word)} {row.verb.replace('_', '-')}" for row in view.following]
    output.section(_("现在可以"), [listed(following)] if following else [])


def _child(view: MatterView) -> str:
    parts = (view.number, _(view.cycle.word), _state(view), _outcome(view))
    return " ".join(part for part in parts if part)


def _state(view: MatterView) -> str:
    return _(view.cycle.state_word(view.situation.state))


def _outcome(view: MatterView) -> str:
    outcome = view.situation.outcome
    return word_of(dict(view.cycle.outcomes), outcome)


@dataclass(frozen=True)
class _Slip:
    """A matter, and what its codes are put into words with."""

    view: MatterView
    terms: Terms

    def head(self) -> Iterator[tuple[str, str]]:
        """Labels and what stands beside them, empty ones too."""
        view, facts, say = self.view, self.view.situation.facts, self.terms
        phone = str(facts.get("phone", ""))
        yield _("单号"), f"{view.number} {_(view.cycle.word)}"
        yield _("状态"), self._state()
        yield _("登记时间"), self._day(view.situation.opened)
        yield _("结束时间"), self._day(view.situation.closed)
        yield _("来自"), view.parent
        yield _("来电"), listed(view.contacts)
        yield _("房号"), str(facts.get("unit", ""))
        yield _("公共部位"), str(facts.get("place", ""))
        yield _(caller_word(view.kind)), str(facts.get("caller", ""))
        yield _("现场联系人"), str(facts.get("contact", ""))
        yield _("电话"), phone if say.full else masked_phone(phone)
        yield _("内容"), say.words(str(facts.get("text", "")))
        yield _("紧急类别"), _word(repair.EMERGENCIES, facts.get("emergency"))
        yield _("责任部门"), _word(DEPARTMENTS, facts.get("department"))
        yield _("交给谁督办"), str(facts.get("taken_to", ""))
        if view.kind == COMPLAINT.kind:
            yield from self._complaint(facts)
        yield _("预约"), self._appointment(facts)
        yield _("收费"), self._charge(facts)
        yield _("付费人"), str(facts.get("payer", ""))
        worker = _("维修工") if view.kind == "repair" else _("办理人")
        yield worker, say.person(str(facts.get("worker", "")))
        yield _("首问责任人"), say.person(view.situation.received)
        yield _("等着告知"), listed(map(self._caller, view.waiting))
        yield (
            _("收据"),
            listed(receipt_words(one.number, one.fen, one.void) for one in view.receipts),
        )
        yield _("警示牌"), listed(one.sign for one in view.signs)
        yield _("联单"), _(COPIES.get(str(facts.get("copies", "")), ""))

    def _caller(self, one: Waiting) -> str:
        phone = one.phone if self.terms.full else masked_phone(one.phone)
        return " ".join(filter(None, (one.who, phone)))

    def _complaint(self, facts: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        say = self.terms
        yield _("轻重"), _word(LEVELS, facts.get("level"))
        yield _("评定的经理"), say.person(str(facts.get("judged_by", "")))
        yield _("被投诉的员工"), say.person(str(facts.get("about", "")))
        yield _("待接手"), say.person(str(facts.get("offered_to", "")))
        yield _("转手次数"), str(facts.get("hands") or "")
        yield _("投诉原因"), _word(CAUSES, facts.get("cause"))

    def _state(self) -> str:
        view, facts = self.view, self.view.situation.facts
        urgent = _("加急") if facts.get("urgent") else ""
        return listed(filter(None, (_state(view), _outcome(view), urgent, self._hold(facts))))

    def _hold(self, facts: Mapping[str, Any]) -> str:
        reason = _word(repair.HOLDS, self.view.situation.hold)
        if not reason:
            return ""
        if not facts.get("until"):
            return _("挂起（{why}）").format(why=reason)
        until = self.terms.moment(facts["until"])
        return _("挂起（{why}，到 {until}）").format(why=reason, until=until)

    def _appointment(self, facts: Mapping[str, Any]) -> str:
        start, end = (self.terms.moment(facts.get(name)) for name in ("at", "at_to"))
        return _("{start} 到 {end}").format(start=start, end=end) if start and end else start

    def _charge(self, facts: Mapping[str, Any]) -> str:
        quoted, charged = facts.get("fee"), facts.get("charged_fen")
        parts = (
            _word(repair.CHARGES, facts.get("charge")),
            self.terms.item(str(facts.get("tariff", ""))) if repair.paid(facts) else "",
            _("报价 {yuan}元").format(yuan=yuan(int(quoted))) if quoted else "",
            _("应收 {yuan}元").format(yuan=yuan(int(charged))) if charged is not None else "",
        )
        return listed(part for part in parts if part)

    def _day(self, moment: datetime | None) -> str:
        return f"{moment.astimezone(self.terms.zone):%Y-%m-%d %H:%M}" if moment else ""

    def visit(self, visit: Visit) -> str:
        """One time that somebody was there."""
        who, came = self.terms.person(visit.worker), self.terms.moment(visit.arrived)
        if visit.left is None:
            return _("{who} {came} 到场，还在现场").format(who=who, came=came)
        rows = self.view.cycle.rows_named(visit.why)
        return _("{who} {came} 到场，{left} 离场（{why}）").format(
            who=who,
            came=came,
            left=self.terms.moment(visit.left),
            why=_(rows[0].word) if rows else visit.why,
        )

    def signature(self, signed: Signed) -> str:
        """Who signed as what, and how; who would not, why and in whose sight."""
        step = next(one.step for one in self.view.history if one.step.n == signed.n)
        row = self.view.cycle.row(step.verb, step.frm)
        sign = next((sign for sign in row.signs if sign.role == signed.role), None) if row else None
        how = word_of(HOW_SIGNED, signed.how)
        parts = (
            _(sign.word) if sign else signed.role,
            self.terms.person(signed.name),
            self.terms.moment(signed.at),
            _("{how}：{why}").format(how=how, why=signed.why) if signed.why else how,
        )
        return " ".join(part for part in parts if part)

    def clocks(self) -> None:
        """Every clock that ran or runs, and how it ended."""
        if not self.view.clocks:
            return
        output.heading(_("时限"))
        output.table(
            [
                {
                    "clock": _(self.view.word_of(run)),
                    "clause": run.clause,
                    "since": self.terms.moment(run.started),
                    "due": self.terms.moment(run.due),
                    "end": self.terms.moment(run.ended),
                    "how": self._how(run),
                }
                for run in self.view.clocks
            ],
            [
                output.Column(_("时限"), "clock", fold=True),
                output.Column(_("条款"), "clause"),
                output.Column(_("开始"), "since"),
                output.Column(_("到期"), "due"),
                output.Column(_("结束"), "end"),
                output.Column(_("结果"), "how", fold=True),
            ],
        )

    def _how(self, run: Running) -> str:
        if run.ended is None:
            if run.due is None:
                return _("暂停")
            left = countdown(seconds_left(run.due, self.view.now))
            return listed([left, _("暂按平日推算")]) if run.provisional else left
        if run.void:
            return _("不再适用")
        return self._missed(run) or _("按时")

    def _missed(self, run: Running) -> str:
        """By how much a clock was missed that has ended; nothing if it was not."""
        if run.due is None or run.ended is None or not run.late(self.view.now):
            return ""
        return countdown(seconds_left(run.due, run.ended))

    def history(self) -> None:
        """The steps, with what was given at each and how late it was."""
        output.heading(_("经过"))
        output.table(
            [
                {
                    "n": line.step.n,
                    "at": self.terms.moment(line.step.happened),
                    "step": _(line.word),
                    "by": self._by(line),
                    "clause": line.step.clause,
                    "note": clauses(self._notes(line)),
                }
                for line in self.view.history
            ],
            [
                output.Column("#", "n", right=True),
                output.Column(_("时间"), "at"),
                output.Column(_("步骤"), "step", fold=True),
                output.Column(_("经办人"), "by", fold=True),
                output.Column(_("条款"), "clause"),
                output.Column(_("备注"), "note", fold=True),
            ],
        )

    def _by(self, line: HistoryLine) -> str:
        if not line.doer or line.doer == line.step.by:
            return line.by
        doer = self.view.staff_name(line.doer)
        return _("{doer}（{by}记）").format(doer=doer, by=line.by)

    def _notes(self, line: HistoryLine) -> Iterator[str]:
        step = line.step
        if line.undone:
            yield _("已撤回")
        for run in self.view.clocks:
            if run.ended == step.happened and not line.undone and (missed := self._missed(run)):
                yield f"{_(self.view.word_of(run))} {missed}"
        if (step.recorded - step.happened).total_seconds() >= MINUTE:
            yield _("{when} 补记").format(when=self.terms.moment(step.recorded))
        row = self.view.cycle.row(step.verb, step.frm)
        yield from self._said(line, row) if row else ()

    def _said(self, line: HistoryLine, row: Row) -> Iterator[str]:
        for ask in row.ask:
            value = line.step.facts.get(ask.name)
            if value in (None, "", []) or (ask.kind is Kind.FLAG and not (value or ask.needed)):
                continue
            if row.frm != "new" or ask.name not in _AT_THE_HEAD:
                yield f"{_(ask.word)} {self.terms.answer(ask, value)}"


def _word(choices: Sequence[tuple[str, str]], code: Any) -> str:
    return word_of(dict(choices), str(code)) if code else ""
