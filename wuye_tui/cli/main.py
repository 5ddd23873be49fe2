"""`wuye`: finds the noun, loads its module alone, and leaves with the right exit status."""

import importlib
import os
import sys
from typing import Any

from wuye_tui import __version__, words
from wuye_tui.cli import context as context_
from wuye_tui.cli.nouns import NOUNS, OPTIONS, PLAIN
from wuye_tui.cli.page import Page
from wuye_tui.rules.errors import DeskError, Forbidden, StoreError, UsageError
from wuye_tui.words import _


class UnknownNoun(UsageError):
    """The first word is no noun of ours."""

    def __init__(self, word: str) -> None:
        known = " ".join([*PLAIN, *NOUNS])
        super().__init__(
            _("没有「{word}」这个命令，可用的有：{known}。").format(word=word, known=known)
        )


def run(argv: list[str] | None = None) -> int:
    """Runs one command line and returns its exit status; never raises, never shows a traceback."""
    from wuye_tui.cli.output import main_guard

    line = sys.argv[1:] if argv is None else argv
    if line in (["--version"], ["-V"]):
        sys.stdout.write(f"wuye {__version__}\n")
        return 0
    return main_guard(lambda: _dispatch(line))


def _dispatch(argv: list[str]) -> int:
    from wuye_tui.cli.output import hush

    context = context_.split(argv)
    words.speak(context.lang or os.environ.get("WUYE_LANG", "") or _configured(context))
    hush(context.quiet)
    if os.environ.get("_WUYE_COMPLETE") or {"--install-completion", "--show-completion"} & set(
        argv
    ):
        return _complete(context)
    if not context.rest:
        from wuye_tui.cli.console import open_console

        return open_console(context)
    noun, *rest = context.rest
    if noun in ("--help", "-h"):
        sys.stdout.write(help_text())
        return 0
    if noun not in PLAIN and noun not in NOUNS:
        raise UnknownNoun(noun)
    if noun in NOUNS and not rest:
        rest = ["--help"]
    return invoke(noun, rest, context)


def _configured(context: context_.Context) -> str:
    """The office's language. What is wrong with its settings, `wuye config check` tells itself."""
    try:
        return context.settings().language
    except DeskError:
        if context.rest[:1] == ["config"]:
            return ""
        raise


def invoke(noun: str, rest: list[str], context: context_.Context) -> int:
    """Runs one noun's command with the words that follow it."""
    from wuye_tui.cli.usage import in_our_words
    from wuye_tui.logs import open_log

    home = None if noun == "config" else context.settings().home
    if home:
        warn(context)
    if home and home.is_dir():
        open_log(home)  # or an error's number would lead nowhere
    command = load(noun)
    try:
        with in_our_words(noun):
            result = command.main(
                args=rest, prog_name=f"wuye {noun}", standalone_mode=False, obj=context
            )
    except Forbidden as refusal:
        if context.opened is not None:
            context.opened.note(refusal, f"{noun} {rest[0] if rest else ''}".strip())
        raise
    except StoreError as error:
        if error.unsure:
            raise NotKnown(error, bool(rest) and takes_key(command, rest[0])) from error
        raise
    return result if isinstance(result, int) and not isinstance(result, bool) else 0


class NotKnown(StoreError):
    """The line was cut before the answer came, and the database cannot be asked."""

    def __init__(self, error: StoreError, again: bool) -> None:
        told = _("连不上数据库，不知道这一次存了没有。再试时加 --key {key}，就只登记一次。")
        alone = _("连不上数据库，不知道这一次存了没有。连上以后先查一下，没有再做。")
        super().__init__((told if again else alone).format(key=error.unsure))


def takes_key(command: Any, verb: str) -> bool:
    """Whether an act of this command can be asked for again with its key."""
    one = getattr(command, "commands", {}).get(verb, command)
    return any("--key" in option.opts for option in one.params)


def warn(context: context_.Context) -> None:
    """A password of the database that others can read is said before anything is done with it."""
    settings = context.settings()
    if settings.database_url.startswith("postgres"):
        from wuye_tui.cli.output import say
        from wuye_tui.passwords import exposed

        for sentence in exposed(settings, context.db):
            say(sentence)


def load(noun: str) -> Any:
    """The command object of a noun, its module imported only now."""
    import typer

    from wuye_tui.cli.helping import dressed

    module = importlib.import_module(f"wuye_tui.cli.{noun}")
    return dressed(typer.main.get_command(module.app))


def help_text() -> str:
    """What `wuye --help` prints: every noun and the options that stand anywhere."""
    page = Page()
    page.write_text(_("用法：wuye [名词 动词 ...] [选项]    单独 wuye 打开前台"))
    with page.section("Nouns"):
        page.write_dl([(name, _(word)) for name, word in {**PLAIN, **NOUNS}.items()])
    with page.section("Anywhere"):
        page.write_dl([(name, _(word)) for name, word in OPTIONS])
    page.write_paragraph()
    page.write_text(_("「wuye 名词」列出它的动词；「wuye 名词 动词 --help」列出它的选项。"))
    return page.getvalue()


def _complete(context: context_.Context) -> int:
    """Shell completion needs the whole tree, and is the only thing that loads it."""
    import typer

    root = typer.Typer(name="wuye", add_completion=True)
    for noun, word in {**PLAIN, **NOUNS}.items():
        module = importlib.import_module(f"wuye_tui.cli.{noun}")
        if noun in NOUNS:
            root.add_typer(module.app, name=noun, help=_(word))
        else:
            root.command(noun, help=_(word))(module.main)
    typer.main.get_command(root).main(args=context.rest, prog_name="wuye", obj=context)
    return 0
