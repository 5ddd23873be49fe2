"""What is refused of rosters, swaps and leave (KF-5, ZB-3.6, ZB-4.4), and how each is numbered."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from wuye_tui.rules.errors import NotFound, Refused, UsageError
from wuye_tui.rules.months import Month
from wuye_tui.rules.rosters import Shift
from wuye_tui.words import _, listed

ROSTER, SWAP, LEAVE = "PB", "HB", "QJ"
"""By which a number tells what it is; each has a gapless series of a day."""
PREFIXES: Final = (ROSTER, SWAP, LEAVE)
TOLD: Final = "ZB-4.4"
_FEW: Final = 4  # broken rules that a refusal names


class UnknownKind(NotFound):
    """No roster of this kind is drawn up here."""

    def __init__(self, typed: str, known: Iterable[str]) -> None:
        told = _("没有「{typed}」这种排班，可以是：{known}。")
        if not typed.strip():
            told = _("没有写是哪一种排班（--kind），可以是：{known}。")
        super().__init__(told.format(typed=typed, known=listed(known)))


class NoSuchShift(NotFound):
    """The kind has no such shift."""

    def __init__(self, typed: str, known: Iterable[Shift]) -> None:
        words = listed(f"{one.code} {_(one.word)}" for one in known)
        told = _("没有「{typed}」这一班，可以是：{known}。")
        super().__init__(told.format(typed=typed, known=words))


class NobodyToPlan(Refused):
    """Nobody of the staff belongs to the kind."""

    def __init__(self, word: str, file: str) -> None:
        told = _("员工名册里没有{word}排班的人，请核对 {file} 的部门、岗位和员工名册。")
        super().__init__(told.format(word=_(word), file=file))


class FixedUnknown(Refused):
    """The rules name somebody who is not on the active staff, or not of the kind's people."""

    def __init__(self, number: str, file: str) -> None:
        told = _("{file} 写的固定班是 {number}，不在册，或者不归这张表排，请改过再排。")
        super().__init__(told.format(file=file, number=number))


class NoRosterYet(NotFound):
    """Nothing is published of a month."""

    def __init__(self, word: str, month: Month) -> None:
        told = _("{month} 的{word}排班还没有发布。")
        super().__init__(told.format(month=month, word=_(word)))


class UnknownRoster(NotFound):
    """No roster has this number."""

    def __init__(self, typed: str) -> None:
        told = _("没有排班 {number}，请用 wuye rosters list 核对。")
        super().__init__(told.format(number=typed))


class OtherRoster(UsageError):
    """A number is that of a roster of another kind or month than was asked for."""

    def __init__(self, number: str, word: str, month: Month) -> None:
        told = _("{number} 是 {month} 的{kind}排班，和要看的种类或月份不一样，请核对。")
        super().__init__(told.format(number=number, month=month, kind=_(word)))


class AlreadyPublished(Refused):
    """A roster is published once."""

    def __init__(self, number: str, version: int) -> None:
        told = _("{number} 已经发布过，是第 {version} 版；要改请换班，或者重新生成。")
        super().__init__(told.format(number=number, version=version))


class DrawnBefore(Refused):
    """Another version was published since: swaps and absences in it would be lost."""

    def __init__(self, number: str, version: int) -> None:
        told = _("{number} 生成以后又发布了第 {version} 版，请重新生成，以免丢了换班和请假。")
        super().__init__(told.format(number=number, version=version))


class OnlyTried(Refused):
    """A roster that was drawn up by rules which are not the office's."""

    def __init__(self, number: str, kind: str) -> None:
        told = _(
            "{number} 是按别的规矩试排的，不能发布。请把规矩写进 rosters/{kind}.toml，再排一次。"
        )
        super().__init__(told.format(number=number, kind=kind))


class MonthIsOver(Refused):
    """Nobody can keep to a roster of days that have passed."""

    def __init__(self, month: Month) -> None:
        super().__init__(_("{month} 已经过完，不能再发布。").format(month=month))


class RosterIsBroken(Refused):
    """The independent check finds something; `sentences` is all of it."""

    def __init__(self, number: str, sentences: Sequence[str], clause: str) -> None:
        self.sentences = tuple(sentences)
        told = _("{number} 有 {n} 处不合规矩，不能发布：{some}")
        some = " ".join(sentences[:_FEW])
        super().__init__(told.format(number=number, n=len(sentences), some=some), clause)


class HasBegun(Refused):
    """A shift that runs already is nobody else's any more."""

    def __init__(self, day: date, word: str) -> None:
        told = _("{day} {word}已经开始，不能改；人来不了请用 wuye rosters absent。")
        super().__init__(told.format(day=day, word=_(word)))


class NotTheirs(NotFound):
    """The published roster does not give somebody that shift."""

    def __init__(self, name: str, day: date, word: str) -> None:
        told = _("{name} {day} 没有排{word}，请看 wuye rosters show。")
        super().__init__(told.format(name=name, day=day, word=_(word)))


class NotOfThisRoster(Refused):
    """Somebody who is neither one of the kind's people nor one of those who may stand in."""

    def __init__(self, name: str, word: str) -> None:
        told = _("{name} 不在{kind}排班的人里，不能换给他，请换别人。")
        super().__init__(told.format(name=name, kind=_(word)), TOLD)


class ToldTooLate(Refused):
    """Administration hears of a swap before the duty begins."""

    def __init__(self, day: date, word: str) -> None:
        told = _("{day} {word}已经开始，换班要事先告诉行政部。")
        super().__init__(told.format(day=day, word=_(word)), TOLD)


class WithoutTheOther(Refused):
    """Somebody gives a duty away and the other has not said yes."""

    def __init__(self, name: str) -> None:
        told = _("换班要 {name} 同意：请他输密码，或者由行政部来登记。")
        super().__init__(told.format(name=name), TOLD)


class SwapWithSelf(UsageError):
    """The two of a swap are one."""

    def __init__(self, name: str) -> None:
        super().__init__(_("{name} 不能同自己换班，请写另一个人。").format(name=name))


class SwapOfTheSame(Refused):
    """Two people who have the same shift at the same post of a day have nothing to swap."""

    def __init__(self, name: str, other: str, day: date, word: str) -> None:
        told = _("{name} 和 {other} {day} 上的是同一个{shift}，没有可换的，请核对日期和班次。")
        super().__init__(told.format(name=name, other=other, day=day, shift=_(word)), TOLD)


class SwapBreaks(Refused):
    """The roster after a swap would break a rule that it kept before."""

    def __init__(self, sentences: Sequence[str]) -> None:
        told = _("这样换不行：{some}")
        super().__init__(told.format(some=" ".join(sentences[:_FEW])), TOLD)


class WhyNotSaid(UsageError):
    """A swap or a leave without a reason."""

    def __init__(self) -> None:
        super().__init__(_("没有写原因（--why），例如 请假、出差、病假。"))


class LeaveTurned(UsageError):
    """A leave that ends before it begins."""

    def __init__(self, begins: date, ends: date) -> None:
        told = _("从 {begins} 到 {ends} 不成假期，请核对两个日期。")
        super().__init__(told.format(begins=begins, ends=ends))


class LeaveOverlaps(Refused):
    """Somebody is on leave in those days already."""

    def __init__(self, name: str, number: str, begins: date, ends: date) -> None:
        told = _("{name} 从 {begins} 到 {ends} 已经请了假（{number}），请先取消那一张。")
        super().__init__(told.format(name=name, begins=begins, ends=ends, number=number), TOLD)


class UnknownLeave(NotFound):
    """No leave has this number, or it was cancelled."""

    def __init__(self, typed: str) -> None:
        super().__init__(_("没有请假 {number}，或者已经取消。").format(number=typed))


class LeaveOf(Refused):
    """A leave of somebody else than was said."""

    def __init__(self, number: str, name: str, begins: date, ends: date) -> None:
        told = _("{number} 是{name} {begins} 到 {ends} 的请假，请核对编号和人。")
        super().__init__(told.format(number=number, name=name, begins=begins, ends=ends), TOLD)


class NoWish(NotFound):
    """Nothing was wished for that day, or of that shift."""

    def __init__(self, name: str, day: date) -> None:
        told = _("{name} {day} 没有提过这个愿望，请看 wuye rosters wishes。")
        super().__init__(told.format(name=name, day=day))


class WishTooLate(UsageError):
    """A wish for a day that has begun."""

    def __init__(self, day: date) -> None:
        super().__init__(_("{day} 已经到了，不能再提愿望。").format(day=day))


class MissedNothing(NotFound):
    """Nobody missed that duty, or it has been put forward already."""

    def __init__(self, name: str, day: date) -> None:
        told = _("{name} {day} 没有缺勤可提，或者已经提过。")
        super().__init__(told.format(name=name, day=day), TOLD)
