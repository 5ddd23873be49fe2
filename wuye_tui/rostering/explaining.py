"""Why no roster keeps all hard rules: which of them clash, whose leave or which heads make it so,
and who else could be asked.
"""

from collections.abc import Callable, Iterable, Sequence
from time import monotonic
from typing import Final

from wuye_tui.rostering.counting import HOUR, WEEK, Clash, names, places, shortages, shown
from wuye_tui.rostering.counting import hours as in_hours
from wuye_tui.rostering.facts import Facts
from wuye_tui.rostering.model import Group, Model
from wuye_tui.rostering.solver import Search
from wuye_tui.rules import labour
from wuye_tui.rules.errors import Refused
from wuye_tui.rules.rosters import Asked, Person
from wuye_tui.words import _, clauses, listed

_SECONDS: Final = 8.0  # for the search after what clashes
_WORK: Final = 2.0  # of one step of it, in the solver's own time
_GIVEN_UP_FIRST: Final = (
    *("rest", "after_night", "only_with", "days", "nights", "week_free", "free", "most_nights"),
    *(
        "hours_day",
        "overtime",
        "minutes",
        "partner",
        "fixed",
        "never",
        "elsewhere",
        "heads",
        "leave",
    ),
)
"""In which order rules are tried without: what an office can change is told before what the law
says, where either would do."""


class NoRoster(Refused):
    """No roster keeps all hard rules. `clashes` say why, `others` could be asked besides."""

    def __init__(
        self, asked: Asked, clashes: tuple[Clash, ...], others: tuple[Person, ...] = ()
    ) -> None:
        self.clashes, self.others = clashes, others
        told = _("{month} 的{kind}排不出来：{why}{others}").format(
            month=asked.month,
            kind=_(asked.kind.word),
            why=clauses(one.words for one in clashes[:1]),
            others=offered(others, asked.kind.place),
        )
        super().__init__(told, asked.kind.clause)


class NotInTime(Refused):
    """Neither a roster was found in the time given, nor that there is none."""

    def __init__(self, asked: Asked, seconds: float) -> None:
        told = _("{month} 的{kind}在 {seconds:g} 秒里没有排出来，请多给一些时间再试。")
        super().__init__(told.format(month=asked.month, kind=_(asked.kind.word), seconds=seconds))


def offered(others: Iterable[Person], file: str = "") -> str:
    """Who else could be asked, as a sentence; nothing where there is nobody. With the `file` of the
    rules it says how those who are not in it come into it.
    """
    told = _("{name}（{why}）")
    every = [
        told.format(name=one.name or one.number, why=listed(sorted(one.qualifications)))
        if one.qualifications
        else one.name or one.number
        for one in others
    ]
    if not every:
        return ""
    said = _("还可以请：{names}。").format(names=listed(every))
    more = _("请他们，先把他们的岗位写进 {file} 的 stand_in。").format(file=file)
    return said + more if file and not all(one.stand_in for one in others) else said


def qualified(facts: Facts, others: Iterable[Person]) -> tuple[Person, ...]:
    """Those of other people who may hold anything that the kind needs."""
    needs = facts.kind.needs
    return tuple(
        one
        for one in others
        if one.number not in facts.people and any(facts.may_hold(one, need) for need in needs)
    )


def refused(facts: Facts, others: Sequence[Person] = (), seconds: float = _SECONDS) -> NoRoster:
    """The refusal with its reasons, of something that is known to have no roster."""
    found = shortages(facts) or [_clash(facts, seconds)]
    strangers = [one for one in facts.asked.people if one.number not in facts.people]
    return NoRoster(facts.asked, tuple(found), qualified(facts, [*strangers, *others]))


# ---- which rules clash


def _clash(facts: Facts, seconds: float) -> Clash:
    model = Model(facts, assuming=True)
    core, is_least = _least(model, monotonic() + seconds)
    said = _said(facts, core)
    if facts.opens:
        told = _("{day} 以前已经公布的班不再动")
        said.append(told.format(day=f"{facts.day(facts.opens):%m-%d}"))
    words = clauses(said)
    told = (
        _("这些规矩凑不到一起，放宽其中任何一条就不再冲突：{rules}。")
        if is_least
        else _("冲突出在这些规矩里：{rules}。")
    )
    rule = next((one.rule for one in core if one.rule != "heads"), "heads")
    staff = tuple(dict.fromkeys(one.of for one in core if one.of in facts.people))
    days = tuple(facts.day(at) for at in _days(facts, core))
    return Clash(rule, told.format(rules=words), staff, days)


def _least(model: Model, until: float) -> tuple[list[Group], bool]:
    """Groups of rules that clash, no fewer of them as far as the time allows, and whether it did.

    One after the other is left out; what still clashes without it does without it for good.
    """
    order = {rule: n for n, rule in enumerate(_GIVEN_UP_FIRST)}
    core = sorted(model.groups, key=lambda one: (order[one.rule], one))
    is_least = True
    size = max(1, len(core) // 2)
    while size:
        at = 0
        while at < len(core):
            fewer = core[:at] + core[at + size :]
            never = _clashes(model, fewer, until)
            if never:
                core = fewer
                continue
            is_least = is_least and never is not None
            at += size
        size = 0 if size == 1 else size // 2
    return core, is_least


def _clashes(model: Model, groups: Iterable[Group], until: float) -> bool | None:
    """Whether there is no roster with these rules; None where the time did not suffice."""
    left = until - monotonic()
    if left <= 0:
        return None
    model.model.clear_assumptions()
    kept = set(groups)
    model.model.add_assumptions([one for group, one in model.groups.items() if group in kept])
    answer = Search(left, 1, workers=1, work=_WORK).run(model)
    return True if answer.never else False if answer.holds is not None else None


# ---- in words


def _said(facts: Facts, core: Iterable[Group]) -> list[str]:
    """Every group of rules as part of a sentence, the heads of several weeks as one."""
    heads, found = dict[str, list[int]](), list[str]()
    for one in core:
        if one.rule == "heads":
            heads.setdefault(one.of, []).append(one.week)
        else:
            found.append(_SAID[one.rule](facts, one.of))
    for of, weeks in heads.items():
        role = facts.roles[int(of)]
        days = [at for at in facts.open_days if at // WEEK in weeks and facts.heads(at, role)]
        many = sorted({facts.heads(at, role) for at in days})
        told = _("{days} 的{shift}每天要 {n} 人，能上的有 {able} 人")
        found.append(
            told.format(
                days=shown(facts.day(at) for at in days),
                shift=places(facts, [role]),
                n="-".join(str(one) for one in dict.fromkeys((many[0], many[-1]))),
                able=len(role.able),
            )
        )
    return list(dict.fromkeys(found))


def _days(facts: Facts, core: Iterable[Group]) -> list[int]:
    weeks = {one.week for one in core if one.rule == "heads"}
    return [at for at in facts.open_days if at // WEEK in weeks]


def _leave(facts: Facts, number: str) -> str:
    days = [facts.day(at) for at in sorted(facts.away[number]) if at >= facts.opens]
    return _("{name} {days} 不在").format(name=names(facts, [number]), days=shown(days))


_SAID: Final[dict[str, Callable[[Facts, str], str]]] = {
    "leave": _leave,
    "never": lambda facts, of: _("{name} 固定不上的班").format(name=names(facts, [of])),
    "fixed": lambda facts, of: _("{name} 固定要上的班").format(name=names(facts, [of])),
    "elsewhere": lambda facts, of: _("{name} 另有别的排班表上的班").format(name=names(facts, [of])),
    "partner": lambda facts, of: _("{name} 是新人，要有老员工一起上").format(
        name=names(facts, [of])
    ),
    "rest": lambda facts, _of: _("两班之间至少休息 {n} 小时").format(
        n=in_hours(facts.kind.limits.rest)
    ),
    "after_night": lambda _facts, _of: _("夜班第二天不上班"),
    "only_with": lambda facts, of: _("「{one}」只由上「{other}」的人上").format(
        one=_(facts.shifts[of].word), other=_(facts.shifts[facts.shifts[of].only_with].word)
    ),
    "minutes": lambda facts, _of: _("每人每月依法最多 {n} 小时").format(
        n=in_hours(max((facts.most_minutes(number) for number in facts.people), default=0))
    ),
    "hours_day": lambda facts, _of: _("每人每天依法最多 {n} 小时").format(
        n=facts.most_of_day // HOUR
    ),
    "overtime": lambda _facts, _of: _(
        "每天 8 小时、每周 40 小时以外，每人每月依法最多加班 {n} 小时"
    ).format(n=in_hours(labour.OVERTIME_OF_MONTH)),
    "days": lambda facts, _of: _("最多连上 {n} 天").format(n=facts.kind.limits.days),
    "nights": lambda facts, _of: _("最多连上 {n} 个夜班").format(n=facts.kind.limits.nights),
    "free": lambda facts, _of: _("每月至少休息 {n} 天").format(n=facts.kind.limits.free),
    "week_free": lambda facts, _of: _("每七天至少休息 {n} 天").format(
        n=facts.kind.limits.week_free
    ),
    "most_nights": lambda facts, _of: _("每月最多 {n} 个夜班").format(
        n=facts.kind.limits.most_nights
    ),
}
