"""Who has what in hand: one line each, and under the cursor's one all that they hold."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from typing import TYPE_CHECKING, Any, ClassVar

from textual.binding import BindingType
from textual.message import Message

from screens.commands import WORKERS, bindings
from screens.dispatch_words import job_line, worker_heading, worker_line
from screens.widgets.painted import Line, Painted, line
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.workers import Worker


class WorkersPane(Painted, can_focus=True):
    """The list, with a cursor that stays with its person."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(WORKERS)]
    DEFAULT_CSS = "WorkersPane { height: 1fr; }"

    @dataclass
    class Chosen(Message):
        """Whose slips are to be seen."""

        number: str
        name: str

    class Pointed(Message):
        """Another one is under the cursor."""

    class Left(Message):
        """Seen enough."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self._workers: Sequence[Worker] = ()
        self._now: datetime | None = None
        self._zone: tzinfo = UTC
        self._number = ""

    def load(self, workers: "Sequence[Worker]", now: datetime, zone: tzinfo) -> None:
        """Takes them as they were just read."""
        self._workers, self._now, self._zone = workers, now, zone
        if self._here is None:
            self._number = workers[0].number if workers else ""
        self._paint()

    @property
    def _here(self) -> "Worker | None":
        return next((one for one in self._workers if one.number == self._number), None)

    @property
    def worker(self) -> "Worker | None":
        """The one under the cursor."""
        return self._here

    @property
    def slip(self) -> str:
        """The number of the only slip that this one holds; empty where it is none or several."""
        jobs = self._here.jobs if self._here is not None else ()
        return jobs[0].number if len(jobs) == 1 else ""

    def action_worker(self, way: int) -> None:
        """The next one up or down."""
        if self._here is not None:
            place = self._workers.index(self._here) + way
            self._number = self._workers[min(len(self._workers) - 1, max(0, place))].number
            self._paint()
            self.post_message(self.Pointed())

    def action_slips(self) -> None:
        """Enter: what this one holds, in the queue."""
        if self._here is not None:
            self.post_message(self.Chosen(self._here.number, self._here.name))

    def action_seen(self) -> None:
        """Esc."""
        self.post_message(self.Left())

    def on_resize(self) -> None:
        """Another width cuts elsewhere; another height shows others."""
        self._paint()

    def _paint(self) -> None:
        width, now = self.size.width, self._now
        if now is None or not width:
            return
        body: list[Line] = []
        first = last = 0
        for worker in self._workers:
            here = worker.number == self._number
            first = len(body) if here else first
            body.append(worker_line(worker, here, now, self._zone, width))
            if here:
                body += [job_line(job, now, self._zone, width) for job in worker.jobs]
                last = len(body)
        if not body:
            body = [line((_("  今天没有能派的人。"), "dim"))]
        seats = max(1, self.size.height - 1)
        top = min(first, max(0, last - seats))
        self.show([worker_heading(width), *body[top : top + seats]])
