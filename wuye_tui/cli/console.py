"""`wuye` alone: opens the console, or, without a terminal, says how the desk stands."""

import sys
from typing import TYPE_CHECKING

from wuye_tui.cli.context import Context

if TYPE_CHECKING:
    from wuye_tui.desk import Desk


def open_console(context: Context) -> int:
    """Opens the console on the settings' office; where there is no screen, prints its state."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        from wuye_tui.cli.status import print_status

        print_status(context, context.desk(acting=False))
        return 0
    from screens.app import run  # the one place where the command line meets the screens
    from wuye_tui.passwords import exposed

    def opener() -> "Desk":
        from wuye_tui.desk import open_desk, running_clock

        return running_clock(open_desk(context.settings()))

    settings = context.settings()
    return run(opener, drafts=settings.drafts, advice=[*exposed(settings, context.db)])
