"""A desk that cannot be opened: one sentence, and the way out."""

from textual import events
from textual.app import ComposeResult

from screens.laid import Laid
from screens.widgets.painted import Painted, line, wrap
from wuye_tui.rules.errors import DeskError
from wuye_tui.words import _


class Closed(Laid[None]):
    """The desk cannot be opened: one sentence, what was typed meanwhile, and the way out.

    Only a key that nobody types words with leads out: whoever is in the middle of a line goes on
    typing for a moment.
    """

    def __init__(self, error: DeskError, typed: str, kept: bool) -> None:
        super().__init__()
        self._error = error
        self._typed = typed
        self._kept = kept

    def compose(self) -> ComposeResult:
        """The sentence."""
        yield Painted(id="closed")

    def on_resize(self) -> None:
        """Broken where the screen ends."""
        cells = self.size.width - 8  # the margins of #closed
        shown = [line((part, "late")) for part in wrap(self._error.line, cells)]
        if self._typed:
            told = _("刚才打的留着，修好后打开还在：") if self._kept else _("刚才打的，请先抄下：")
            shown += [line(), line(told), *map(line, wrap(self._typed, cells))]
        self.query_one(Painted).show([*shown, line(), line((_("按 Esc 退出。"), "dim"))])

    def on_key(self, event: events.Key) -> None:
        """Out, with the error's own exit status."""
        event.stop()
        if event.key in ("escape", "ctrl+q"):
            self.app.exit(self._error.exit_status, return_code=self._error.exit_status)
