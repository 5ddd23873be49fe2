"""Help in our own words: every command of a noun writes its page with `Page`."""

from typing import Any

import typer

from wuye_tui.cli.page import Page


class HelpContext(typer.Context):
    """What a command runs in; its help is a `Page`."""

    def make_formatter(self) -> Any:
        """The page that the library writes the help on."""
        return Page()


def dressed(command: Any) -> Any:
    """The same command, and all below it, with help in our words."""
    command.context_class = HelpContext
    for below in getattr(command, "commands", {}).values():
        dressed(below)
    return command
