"""Why a step is refused: each refusal names its clause and says what to do instead."""

from collections.abc import Collection, Iterable
from datetime import datetime

from wuye_tui.rules.errors import Forbidden, NotFound, Refused, UsageError
from wuye_tui.rules.lifecycle import Ask, Case, Guard, Lifecycle, Row, Sign
from wuye_tui.rules.rights import HAT_WORDS, Right, holders
from wuye_tui.words import _, listed


class UnknownVerb(UsageError):
    """The kind's table has no such verb."""

    def __init__(self, cycle: Lifecycle, verb: str) -> None:
        verbs = " ".join(dict.fromkeys(row.verb for row in cycle.rows if not row.auto))
        super().__init__(
            _("{kind}没有「{verb}」这一步，可用的有：{verbs}。").format(
                kind=_(cycle.word), verb=verb, verbs=verbs
            )
        )


class OutOfOrder(Refused):
    """The verb exists, but not from the state the matter is in; `ways` are the steps that are."""

    def __init__(
        self, cycle: Lifecycle, number: str, verb: str, state: str, ways: Iterable[Row]
    ) -> None:
        row = cycle.rows_named(verb)[0]
        following = listed(dict.fromkeys(_(way.word) for way in ways)) or _("没有了")
        super().__init__(
            _("{number} 现在是「{state}」，不能{verb}；下一步可以是：{following}。").format(
                number=number,
                state=_(cycle.state_word(state)),
                verb=_(row.word),
                following=following,
            ),
            row.clause,
        )


class Archived(Refused):
    """The matter is in the archive: nothing of it changes any more (XX-4.3.10)."""

    def __init__(self, number: str) -> None:
        super().__init__(
            _("{number} 已经归档，不能再改；有新的情况请另外登记。").format(number=number),
            "XX-4.3.10",
        )


class NothingOpened(Refused):
    """The step is one of a matter that is there already, and none was opened yet."""

    def __init__(self, cycle: Lifecycle, verb: str) -> None:
        row = cycle.rows_named(verb)[0]
        super().__init__(
            _("{verb}要在已登记的{what}上做，请先登记，或写明单号。").format(
                verb=_(row.word), what=_(cycle.word)
            ),
            row.clause,
        )


class NoRight(Forbidden):
    """The person wears no hat that grants the right."""

    def __init__(self, row: Row, name: str, right: Right) -> None:
        allowed = listed(_(HAT_WORDS[hat]) for hat in holders(right))
        super().__init__(
            _("{name} 不能{verb}，这一步由{allowed}来做。").format(
                name=name, verb=_(row.word), allowed=allowed
            ),
            row.clause,
        )


class NotAllowed(Forbidden):
    """Whoever acts wears no hat that grants a right, for what is no step of a table: `doing` says
    in words what was to be done.
    """

    def __init__(self, name: str, doing: str, right: Right, clause: str = "") -> None:
        allowed = listed(_(HAT_WORDS[hat]) for hat in holders(right))
        told = _("{name} 不能{doing}，由{allowed}来做。")
        super().__init__(told.format(name=name, doing=doing, allowed=allowed), clause)


class NotRecorder(Forbidden):
    """Somebody writes down what another did, which only the desk may."""

    def __init__(self, row: Row, name: str) -> None:
        super().__init__(
            _("{name} 不能替别人记「{verb}」：自己做的由自己记，替人记请告诉前台。").format(
                name=name, verb=_(row.word)
            ),
            row.clause,
        )


class GuardRefused(Refused):
    """A guard of the step's row refuses."""

    def __init__(self, guard: Guard, case: Case | None = None) -> None:
        self.guard = guard.name
        super().__init__(guard.said(case), guard.clause)


class ChangedMeanwhile(Refused):
    """Somebody took a moving step after the one this person saw."""

    def __init__(self, number: str, who: str, what: str, when: str, state: str) -> None:
        told = _("{number} 已由{who}在 {when}「{what}」，现在是「{state}」。")
        self.what = told.format(number=number, who=who, when=when, what=what, state=state)
        super().__init__(self.what + _("您填的内容还在，请看过之后再决定。"))


class HappenedTooEarly(Refused):
    """It cannot have happened before the step that came before it."""

    def __init__(self, row: Row, before: str) -> None:
        super().__init__(
            _("时间早于上一步（{before}），请改成 {before} 之后。").format(before=before),
            row.clause,
        )


class HappenedTooLongAgo(Refused):
    """The row does not let the step be entered so late."""

    def __init__(self, row: Row, minutes: int) -> None:
        sentence = (
            _("{verb}要当时记录，不能补记以前的时间。").format(verb=_(row.word))
            if minutes == 0
            else _("{verb}最多补记 {hours} 小时以内的。").format(
                verb=_(row.word), hours=max(1, minutes // 60)
            )
        )
        super().__init__(sentence, row.clause)


class HappenedInFuture(Refused):
    """It cannot have happened after now."""

    def __init__(self, row: Row, now: str) -> None:
        super().__init__(
            _("时间晚于现在（{now}），请写已经发生的时间。").format(now=now), row.clause
        )


class ClockWentBack(Refused):
    """The computer's clock says earlier than the last step on record."""

    def __init__(self, last: str) -> None:
        super().__init__(
            _("电脑时间比最后一步（{last}）还早，请先校准电脑的时钟。").format(last=last)
        )


class MissingAnswer(UsageError):
    """A question of the step has no answer."""

    def __init__(self, ask: Ask) -> None:
        self.ask = ask.name
        super().__init__(
            _("缺少「{word}」（--{name}）。").format(
                word=_(ask.word), name=ask.name.replace("_", "-")
            )
        )


class UnknownSpot(NotFound):
    """The office's patrol plan has no such post, room or place."""

    def __init__(self, typed: str, known: Iterable[str]) -> None:
        super().__init__(
            _("巡查表里没有「{typed}」，可以是：{known}。").format(typed=typed, known=listed(known))
        )


class OtherKind(Refused):
    """The matter that is named is of another kind than the step is about."""

    def __init__(self, row: Row, ask: Ask, number: str) -> None:
        told = _("「{word}」不能写 {number}，那不是这一步说的单子，请核对单号。")
        super().__init__(told.format(word=_(ask.word), number=number), row.clause)


class BadAnswer(UsageError):
    """An answer is not of the kind the question wants."""

    def __init__(self, ask: Ask, typed: str, wanted: str) -> None:
        self.ask = ask.name
        super().__init__(
            _("「{word}」不能是「{typed}」，{wanted}。").format(
                word=_(ask.word), typed=typed[:40], wanted=wanted
            )
        )


class NotACount(UsageError):
    """What was counted is not said in a number."""

    def __init__(self, ask: Ask, name: str, typed: str) -> None:
        self.ask = ask.name
        super().__init__(
            _("「{name}」有几件要写数字，不能是「{typed}」；一件也没有写 0。").format(
                name=name, typed=typed[:40]
            )
        )


class UnknownAnswer(UsageError):
    """Something was given that the step does not ask for."""

    def __init__(self, row: Row, name: str) -> None:
        super().__init__(_("{verb}不需要「{name}」。").format(verb=_(row.word), name=name))


class MissingSignature(Refused):
    """A signature of the step is not there."""

    def __init__(self, row: Row, sign: Sign) -> None:
        self.role = sign.role
        sentence = (
            _("还没有签字：{word}（--{role}）；拒签的请写明原因和见证人。")
            if sign.may_refuse
            else _("还没有签字：{word}（--{role}）。")
        )
        role = sign.role.replace("_", "-")
        super().__init__(sentence.format(word=_(sign.word), role=role), row.clause)


class WrongPerson(Refused):
    """Whoever was named, or signs, has no right to what they are named for."""

    def __init__(self, word: str, typed: str, right: Right, clause: str = "") -> None:
        allowed = listed(_(HAT_WORDS[hat]) for hat in holders(right))
        super().__init__(
            _("「{word}」不能是 {typed}，要由{allowed}来做。").format(
                word=_(word), typed=typed, allowed=allowed
            ),
            clause,
        )


class OtherDepartment(Refused):
    """Whoever signs for a department is of another; `theirs` are those who are of it."""

    def __init__(
        self, word: str, typed: str, department: str, theirs: Collection[str], clause: str
    ) -> None:
        told = _("「{word}」要由{department}的人来签，{typed} 不是；请改写，例如 {theirs}。")
        super().__init__(
            told.format(
                word=_(word),
                department=_(department),
                typed=typed,
                theirs=listed(sorted(theirs)[:3]),
            ),
            clause,
        )


class NobodyNamed(Refused):
    """The desk writes down what somebody did, and does not say who."""

    def __init__(self, row: Row) -> None:
        super().__init__(
            _("请写明{verb}是谁办的（--by），例如工程主管的工号或姓名。").format(verb=_(row.word)),
            row.clause,
        )


class SameSigner(Refused):
    """Two signatures of one step are by one person."""

    def __init__(self, row: Row) -> None:
        super().__init__(_("两处签字要由两个人来签。"), row.clause)


class NothingToUndo(Refused):
    """The last step cannot be taken back."""

    def __init__(self, number: str, word: str, why: str) -> None:
        super().__init__(
            _("{number} 的「{word}」不能撤回：{why}。").format(number=number, word=word, why=why)
        )


class UnknownMatter(NotFound):
    """No matter has this number."""

    def __init__(self, number: str) -> None:
        super().__init__(_("没有单号 {number}，请核对后再试。").format(number=number))


class UnknownStaff(NotFound):
    """Nobody on the staff has this number or name."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("员工名册里没有「{typed}」，请用工号或姓名。").format(typed=typed))


class SeveralStaff(NotFound):
    """Several people of the staff have this name."""

    def __init__(self, typed: str, numbers: Iterable[str]) -> None:
        told = _("有几个人叫「{typed}」：{numbers}。请写工号。")
        super().__init__(told.format(typed=typed, numbers=listed(numbers)))


class UnknownTariff(NotFound):
    """The tariff has no such code."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            _("收费标准里没有「{typed}」；标准以外的项目请写 off。").format(typed=typed)
        )


def shown(moment: datetime, zone: object) -> str:
    """A moment for people: month-day and hour:minute in the office's zone."""
    return moment.astimezone(zone).strftime("%m-%d %H:%M")  # type: ignore[arg-type]
