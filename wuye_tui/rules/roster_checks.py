"""Whether a roster keeps every hard rule of its kind and the law's hours (KF-5, ZB-3.6).

Any roster: drawn up by the program, changed by a swap, or from somebody's spreadsheet. Nothing here
is shared with whoever draws rosters up but what they are asked for, so that a mistake there is
found here.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from wuye_tui.rules.dutyplans import LEVELS, MANAGER
from wuye_tui.rules.roster_faults import Broken as Broken
from wuye_tui.rules.roster_faults import Laid
from wuye_tui.rules.roster_spread import Evenness as Evenness
from wuye_tui.rules.roster_spread import spread as spread
from wuye_tui.rules.roster_times import times
from wuye_tui.rules.rosters import Asked, Cell, Fixed
from wuye_tui.words import _, listed


def check(asked: Asked, cells: Sequence[Cell]) -> list[Broken]:
    """Every hard rule that these cells break, in the order of the days; none where all are kept."""
    laid = Laid.of(asked, cells)
    found = [*_cells(laid, cells), *_heads(laid), *_holders(laid), *_days(laid), *_fixed(laid)]
    found += [*_alone(laid), *_kept(asked, cells, laid), *times(laid)]
    return sorted(found, key=lambda one: (one.day or asked.month.last_day, one.staff, one.rule))


def _cells(laid: Laid, cells: Sequence[Cell]) -> Iterator[Broken]:
    """Cells that cannot be: of nobody, of another month, of no shift, the same twice."""
    asked, inside = laid.asked, set(laid.days)
    for cell in cells:
        name, word = laid.name(cell.staff), laid.word(cell.shift)
        if cell.staff not in laid.people:
            told = _("{day} 的「{shift}」排了「{name}」，能排的人里没有这个人。")
            yield _broken("person", cell, told.format(day=cell.day, shift=word, name=name))
        if cell.day not in inside:
            told = _("{name} 排在 {day}，不在 {month} 里。")
            yield _broken("day", cell, told.format(name=name, day=cell.day, month=asked.month))
        if cell.shift not in laid.shifts:
            told = _("{day} {name} 的「{shift}」不是「{kind}」的班次。")
            words = told.format(day=cell.day, name=name, shift=word, kind=_(asked.kind.word))
            yield _broken("shift", cell, words)


def _heads(laid: Laid) -> Iterator[Broken]:
    """Posts with fewer or more people than they need, and those that need nobody."""
    there = Counter((one.day, one.shift, one.post) for one in laid.good)
    needed = Counter(
        {
            (day, *at): sum(heads for _need, heads in needs)
            for day in laid.days
            for at, needs in laid.needs(day).items()
        }
    )
    for key in sorted(set(there) | set(needed)):
        if there[key] != needed[key]:
            day, shift, post = key
            told = _("{day} 「{shift}」{post}要 {needed} 人，排了 {there} 人。").format(
                day=day, shift=laid.word(shift), post=post, needed=needed[key], there=there[key]
            )
            yield Broken("heads", "", day, told, laid.asked.kind.clause)


def _holders(laid: Laid) -> Iterator[Broken]:
    """Who may not hold what they have: without the certificate, below the level, away."""
    limits, kind = laid.asked.kind.limits, laid.asked.kind
    needs = {day: laid.needs(day) for day in laid.days}
    for cell in laid.good:
        person = laid.people.get(cell.staff)
        if person is None:
            continue
        said = {"day": cell.day, "name": laid.name(cell.staff), "shift": laid.word(cell.shift)}
        asked_for = [need for need, _heads in needs[cell.day].get((cell.shift, cell.post), [])]
        lacking = [set(one.qualifications) - person.qualifications for one in asked_for]
        if lacking and all(lacking):
            told = _("{day} {name} 排在「{shift}」{post}，没有{lacking}。")
            words = told.format(**said, post=cell.post, lacking=listed(sorted(lacking[0])))
            yield _broken("qualification", cell, words, kind.clause)
        if limits.level and LEVELS.find(person.level) > LEVELS.find(limits.level):
            told = _("{day} {name} 是 {level} 级，「{kind}」要 {least} 级以上。")
            words = told.format(**said, level=person.level, kind=_(kind.word), least=limits.level)
            clause = "ZB-3.2" if kind.duty_post == MANAGER else kind.clause
            yield _broken("level", cell, words, clause)
        if laid.is_on_leave(cell.staff, cell.day):
            told = _("{day} {name} 休假，却排了「{shift}」。")
            yield _broken("leave", cell, told.format(**said))
        if not laid.is_employed(cell.staff, cell.day):
            told = _("{day} {name} 还没有到岗，或者已经离开，却排了「{shift}」。")
            yield _broken("gone", cell, told.format(**said))
    yield from _mixed(laid)


def _mixed(laid: Laid) -> Iterator[Broken]:
    """Posts of which only some places need a certificate: whether so many there have it."""
    for day in laid.days:
        for (shift, post), needs in laid.needs(day).items():
            if len(needs) < 2:
                continue
            there = [one for one in laid.good if one[:3] == (day, shift, post)]
            if len(there) < sum(heads for _need, heads in needs):
                continue
            for need, heads in needs:
                able = [
                    one.staff
                    for one in there
                    if one.staff in laid.people
                    and laid.people[one.staff].qualifications.issuperset(need.qualifications)
                ]
                if len(able) < heads:
                    told = _(
                        "{day} 「{shift}」{post}要 {needed} 人有{lacking}，只有 {there} 人有。"
                    )
                    words = told.format(
                        day=day, shift=laid.word(shift), post=post, needed=heads,
                        lacking=listed(need.qualifications), there=len(able),
                    )  # fmt: skip
                    yield Broken("qualification", "", day, words, laid.asked.kind.clause)


def _days(laid: Laid) -> Iterator[Broken]:
    """What one person has on one day: the same shift twice, shifts that do not go together, one
    that goes with another only.
    """
    for staff, days in laid.held.items():
        for day, cells in days.items():
            if not laid.days[0] <= day <= laid.days[-1]:
                continue
            said = {"day": day, "name": laid.name(staff)}
            many = Counter(one.shift for one in cells)
            for code, times_ in many.items():
                shift = laid.shifts[code]
                if times_ > 1:
                    told = _("{day} {name} 的「{shift}」排了 {n} 处。")
                    words = told.format(**said, shift=_(shift.word), n=times_)
                    yield Broken("twice", staff, day, words)
                if shift.only_with and shift.only_with not in many:
                    told = _(
                        "{day} {name} 排了「{shift}」，没有排「{other}」；这两班要同一个人上。"
                    )
                    both = {"shift": laid.word(code), "other": laid.word(shift.only_with)}
                    words = told.format(**said, **both)
                    yield Broken("only_with", staff, day, words, laid.asked.kind.clause)
            for one, other in _apart(laid, list(many)):
                told = _("{day} {name} 排了「{one}」和「{other}」，这两班不能同一天上。")
                words = told.format(**said, one=laid.word(one), other=laid.word(other))
                yield Broken("together", staff, day, words)


def _apart(laid: Laid, codes: list[str]) -> Iterator[tuple[str, str]]:
    for n, one in enumerate(codes):
        for other in codes[n + 1 :]:
            first, second = laid.shifts[one], laid.shifts[other]
            if other not in first.together and one not in second.together:
                yield one, other


def _fixed(laid: Laid) -> Iterator[Broken]:
    """Who always has a shift and does not have it, or never has it and does."""
    for one in laid.asked.kind.fixed:
        for day in laid.days:
            if day.weekday() not in one.weekdays or one.staff not in laid.people:
                continue
            words = laid.word(one.shift) if one.shift else _("班")
            said = {"day": day, "name": laid.name(one.staff), "shift": words}
            held = laid.codes(one.staff, day)
            has = one.shift in held if one.shift else bool(held)
            if one.never and has:
                told = _("{day} {name} 从不上「{shift}」，却排了。")
                yield Broken("never", one.staff, day, told.format(**said))
            elif not one.never and not has and _is_due(laid, one, day):
                told = _("{day} {name} 固定上「{shift}」，却没有排。")
                yield Broken("fixed", one.staff, day, told.format(**said))


def _is_due(laid: Laid, one: Fixed, day: date) -> bool:
    """Whether somebody is there, and anybody is needed in the shift, on a day."""
    is_there = laid.is_employed(one.staff, day) and not laid.is_on_leave(one.staff, day)
    return is_there and any(one.shift in ("", shift) for shift, _post in laid.needs(day))


def _alone(laid: Laid) -> Iterator[Broken]:
    """Who is new and has nobody in the shift that is not."""
    most = laid.asked.kind.partner_days
    in_shift: dict[tuple[date, str], set[str]] = {}
    for cell in laid.good:
        in_shift.setdefault((cell.day, cell.shift), set()).add(cell.staff)
    for (day, shift), staff in in_shift.items():
        new = {one for one in staff if _is_new(laid, one, day, most)}
        for one in sorted(new) if new == staff else ():
            told = _("{day} {name} 来了不到 {n} 天，「{shift}」没有老员工一起上。")
            words = told.format(day=day, name=laid.name(one), n=most, shift=laid.word(shift))
            yield Broken("alone", one, day, words)


def _is_new(laid: Laid, staff: str, day: date, most: int) -> bool:
    person = laid.people.get(staff)
    since = person.since if person else None
    return since is not None and 0 <= (day - since).days < most


def _kept(asked: Asked, cells: Sequence[Cell], laid: Laid) -> Iterator[Broken]:
    """What people know already and have relied on, and is changed all the same."""
    until = asked.kept_until
    if until is None:
        return
    known = {one for one in asked.published if one.day <= until}
    now = {one for one in cells if one.day <= until}
    for cell in sorted(known ^ now):
        gone = _("{day} {name} 的「{shift}」{post}已经公布，不能改掉。")
        come = _("{day} 的班已经公布，不能再加上 {name} 的「{shift}」{post}。")
        words = (gone if cell in known else come).format(
            day=cell.day, name=laid.name(cell.staff), shift=laid.word(cell.shift), post=cell.post
        )
        yield _broken("kept", cell, words)


def _broken(rule: str, cell: Cell, words: str, clause: str = "") -> Broken:
    return Broken(rule, cell.staff, cell.day, words, clause)
