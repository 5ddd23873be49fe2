"""Words of the dispatch: several slips at once, and who has what in hand."""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from screens.asking_dispatch import JOINED
from screens.widgets.choose import Option
from screens.widgets.painted import Line, Span, cut, fit, line
from screens.wording import clock, hold_word, left, short_number
from wuye_tui.rules.text import masked_words
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.workers import Job, Worker
    from wuye_tui.rules.lifecycle import Row

NAME, STAND, COUNT = 12, 24, 6  # cells


def several_words(numbers: Iterable[str], today: date) -> str:
    """How many slips a form is for, and which; empty for none."""
    short = [short_number(number, today) for number in numbers]
    if not short:
        return ""
    return _("{n}张：{numbers}").format(n=len(short), numbers=" ".join(short))


def half_filled_together(name: str, step: str, today: date) -> Option:
    """A form for several slips, half filled in, as the palette offers it."""
    numbers = name.partition("/")[0].split(JOINED)
    words = _("{step} {n}张").format(step=step, n=len(numbers))
    about = several_words(numbers, today)
    also = _("接着填 {step} {number}").format(step=step, number=about)
    return Option(f"draft:{name}", words, _("接着填：{about}").format(about=about), also=also)


def steps_together(joined: str, rows: "Iterable[Row]") -> list[Option]:
    """The steps that several slips can take in one act."""
    return [Option(f"step:{joined}/{row.verb}", _(row.word), "", row.clause) for row in rows]


def busy_words(worker: "Worker", now: datetime, zone: tzinfo) -> str:
    """One sentence about somebody who is about to be sent and has work already."""
    n = len(worker.at_work)
    if worker.site is not None and worker.site.arrived is not None:
        told = _("{name} {since} 起在 {where}，手上有 {n} 张没干完；要派也可以。")
        since = clock(worker.site.arrived, zone, now)
        return told.format(name=worker.name, since=since, where=worker.site.where, n=n)
    told = _("{name} 手上有 {n} 张没干完；要派也可以。")
    return told.format(name=worker.name, n=n)


def worker_heading(cells: int) -> Line:
    """Above the list."""
    words = [fit(_("维修工"), NAME), fit(_("现在"), STAND)]
    words += [fit(_("手上"), COUNT), fit(_("超时"), COUNT), _("下一个预约")]
    return cut(line(("  " + " ".join(words), "title"), ground="title"), cells)


def worker_line(worker: "Worker", here: bool, now: datetime, zone: tzinfo, cells: int) -> Line:
    """One of them: where they are, how much they hold, what is late, who waits for them when."""
    over, next_ = len(worker.overdue(now)), worker.appointment
    agreed = f"{clock(next_.at, zone, now)} {next_.where}" if next_ and next_.at else ""
    late: Span = (fit(_("{n}张").format(n=over) if over else "", COUNT), "" if here else "late")
    parts: list[str | Span] = [
        f"{'>' if here else ' '} ",
        (fit(f"{worker.number} {worker.name}", NAME), "" if here else "strong"),
        " " + fit(_stand(worker, now, zone), STAND) + " ",
        fit(_("{n}张").format(n=len(worker.jobs)) if worker.jobs else "", COUNT) + " ",
        late,
        f" {agreed}",
    ]
    return cut(line(*parts, ground="cursor" if here else "plain"), cells)


def _stand(worker: "Worker", now: datetime, zone: tzinfo) -> str:
    from wuye_tui.registers.workers import STAND_WORDS

    word = _(STAND_WORDS[worker.stand])
    if worker.site is None or worker.site.arrived is None:
        return word
    since = clock(worker.site.arrived, zone, now)
    told = _("{since}起在 {where}")
    return told.format(since=since, where=worker.site.where)


def job_line(job: "Job", now: datetime, zone: tzinfo, cells: int) -> Line:
    """One job of the worker under the cursor."""
    number = short_number(job.number, now.astimezone(zone).date())
    state = _("挂{why}").format(why=hold_word(job.hold)) if job.hold else _(job.state_word)
    over = job.due is not None and job.due < now
    return cut(
        line(
            "    ",
            (fit(left(job.due, now), 8, right=True), "late" if over else ""),
            f"  {fit(number, 8)} {fit(job.where, 12)} {fit(state, 8)} {masked_words(job.words)}",
        ),
        cells,
    )
