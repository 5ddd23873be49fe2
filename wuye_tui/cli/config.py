"""`wuye config check`: the files that an office edits by hand, each fault with file and line."""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Final

import typer

from wuye_tui import own_data
from wuye_tui import settings as settings_
from wuye_tui.cli import config_files, output
from wuye_tui.cli.context import Context
from wuye_tui.paper import layouts
from wuye_tui.reference import BadReference, Reference
from wuye_tui.reference_rosters import FOLDER as ROSTERS
from wuye_tui.reference_rosters import SHIPPED
from wuye_tui.reference_values import Part, line_in
from wuye_tui.rules.errors import BadFile, DeskError
from wuye_tui.settings import BadConfig, line_of
from wuye_tui.words import _

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    help=_("配置文件和资料文件：核对、看新版本改了什么"),
)
config_files.add_to(app)
LAYOUTS: Final = f"{layouts.FOLDER}/"
# Every file of reference data that an office may lay into its own `data`, and who reads it.
READERS: Final[Mapping[str, Callable[[Reference], object]]] = {
    "clauses.csv": lambda one: one.clauses,
    "posts.csv": lambda one: one.posts,
    "phrases.toml": lambda one: one.phrases,
    "duties.toml": lambda one: one.check_duties(),
    "directory.toml": lambda one: one.numbers,
    "callbacks.toml": lambda one: one.visit_days,
    "emergencies.toml": lambda one: one.emergencies,
    "checklists.toml": lambda one: one.checklists,
    "signs.toml": lambda one: one.signs,
    "night.toml": lambda one: one.night,
    "fees.toml": lambda one: one.fees,
    "dunning.toml": lambda one: one.dunning,
    "spending.toml": lambda one: one.spending,
    "books.toml": lambda one: one.books,
    "retention.toml": lambda one: one.retention,
    "invoices.toml": lambda one: one.invoicing,
    "patrol.toml": lambda one: one.patrol,
    "calendar/office.toml": lambda one: one.calendar,
    **{f"{ROSTERS}{code}.toml": partial(Reference.roster, code=code) for code in SHIPPED},
}
SHEETS: Final = {
    "tariff.csv": "tariff",
    "directory.csv": "directory",
}  # and what they are imported as
_UNREAD: Final = (DeskError, KeyError, ValueError, TypeError, AttributeError)
_AT: Final = re.compile(r"at line (\d+)")
_MISSING: Final = re.compile(r"KeyError\('([^']+)'\)")
_TIME: Final = re.compile(r'=\s*"(\d{1,2}):(\d{2})"')
_SAID: Final = re.compile(r"'([^']+)'")


@dataclass(frozen=True)
class Fault:
    """What is wrong, where. Line 0: the file as a whole."""

    file: str
    line: int
    why: str


@app.command(help=_("核对配置、按键和本单位改过的资料文件，逐条指出文件和行号"))
def check(ctx: typer.Context) -> int:
    context: Context = ctx.obj
    home, found = _config(context)
    files = [name for name in (settings_.CONFIG, "keys.toml") if (home / name).is_file()]
    found += _keys(home)
    data = home / "data"
    own = sorted(path for path in data.rglob("*") if path.is_file()) if data.is_dir() else []
    for path in own:
        name = path.relative_to(data).as_posix()
        if name.startswith(f"{own_data.HIDDEN}/"):
            continue
        files.append(f"data/{name}")
        wrong = _data(home, name)
        found += wrong or (_fixed(context, home, name) if name.startswith(ROSTERS) else [])
    if context.json:
        document = {"clean": not found, "files": files, "faults": [asdict(one) for one in found]}
        output.emit(document, True)
    else:
        for fault in found:
            output.emit(_sentence(fault), False)
        if not found:
            told = (
                _("{n} 个文件都没有问题：{files}。") if files else _("没有改过的文件，没有问题。")
            )
            output.emit(told.format(n=len(files), files=" ".join(files)), False)
    return BadFile.exit_status if found else 0


def _sentence(fault: Fault) -> str:
    why = fault.why.rstrip("。. ")  # some are sentences already
    if fault.line:
        told = _("{file} 第 {line} 行：{why}。")
        return told.format(file=fault.file, line=fault.line, why=why)
    return _("{file}：{why}。").format(file=fault.file, why=why)


def _config(context: Context) -> tuple[Path, list[Fault]]:
    try:
        home = context.settings().home
    except BadConfig as error:
        return error.path.parent, [Fault(settings_.CONFIG, error.number, error.why)]
    path = home / settings_.CONFIG
    text = path.read_text("utf-8") if path.is_file() else ""
    return home, [
        Fault(settings_.CONFIG, line_of(text, name), _unknown(name))
        for name in tomllib.loads(text)
        if name not in settings_.KNOWN
    ]


def _unknown(name: str) -> str:
    told = _("没有「{name}」这一项，能写的是 {known}").format(
        name=name, known=" ".join(settings_.KNOWN)
    )
    near = get_close_matches(name, settings_.KNOWN, 1)
    return told + (_("；是不是 {near}？").format(near=near[0]) if near else "")


def _keys(home: Path) -> list[Fault]:
    from screens.keymap import FILE, check  # the one table of commands is the console's

    return [Fault(FILE, fault.line, fault.why) for fault in check(home / FILE)[1]]


def _data(home: Path, name: str) -> list[Fault]:
    """What is wrong with one of the office's own files of reference data."""
    file, read = f"data/{name}", READERS.get(name)
    if name in SHEETS:
        return _sheet(home / file, file, SHEETS[name])
    if name.startswith(LAYOUTS):
        return _layout(home, name)
    if name.startswith(ROSTERS) and (code := Path(name).stem) in Reference(home).rosters:
        read = partial(Reference.roster, code=code)  # a kind of roster of the office's own
    if read is None:
        known = " ".join([*READERS, *SHEETS, f"{LAYOUTS}*.txt"])
        return [Fault(file, 0, _("没有人读这个文件，能改的是：{known}").format(known=known))]
    reference = Reference(home)
    try:
        text = reference.text(name)
        if name.endswith(".csv"):
            shaped = list(_shape(file, text, Reference().text(name)))
            if shaped:
                return shaped
        read(reference)
    except BadReference as error:
        if error.number:
            return [Fault(file, error.number, error.why)]
        text = _text(home, name)
        line = line_in(text, error.part, error.field)
        return [Fault(file, line or _where(text, repr(error.__cause__), error.why), error.why)]
    except _UNREAD as error:
        why = str(error) if isinstance(error, DeskError) else repr(error)
        return [Fault(file, _where(_text(home, name), why, why), why)]
    return []


def _fixed(context: Context, home: Path, name: str) -> list[Fault]:
    """Fixed shifts of people whom the roster does not plan, where the office's database can be read
    and says who there is.
    """
    from wuye_tui.desk import open_desk
    from wuye_tui.registers.rosters_asked import unplanned

    text = _text(home, name)
    entries = Part(name, tomllib.loads(text)).parts("fixed")
    if not entries:
        return []
    try:
        desk = open_desk(context.settings())
        strangers = unplanned(desk, desk.reference.rosters[Path(name).stem])
    except _UNREAD:  # there is none yet, or another file is in the way, which is told by itself
        return []
    why = _("固定班的 {staff} 不在册，或者不归这张表排")
    return [
        Fault(f"data/{name}", line_in(text, one.said, "staff"), why.format(staff=one.text("staff")))
        for one in entries
        if one.text("staff") in strangers
    ]


def _layout(home: Path, name: str) -> list[Fault]:
    """What keeps a layout from being filled in."""
    from wuye_tui.paper.forms import BY_NAME
    from wuye_tui.paper.papers import sample

    form = name.removeprefix(LAYOUTS).removesuffix(layouts.ENDING)
    if form not in BY_NAME or layouts.file_of(form) != name:
        known = " ".join(map(layouts.file_of, BY_NAME))
        return [Fault(f"data/{name}", 0, _("没有这个版面，能改的是：{known}").format(known=known))]
    try:
        layouts.tried(form, Reference(home).text(name), sample(form))
    except layouts.BadLayout as fault:
        return [Fault(f"data/{name}", fault.number, fault.why)]
    except BadReference as error:
        return [Fault(f"data/{name}", 0, str(error))]
    return []


def _sheet(path: Path, file: str, noun: str) -> list[Fault]:
    """What an import of it would refuse."""
    from wuye_tui.intake.sheets import read_rows

    try:
        bad = read_rows(path, noun).bad
    except BadFile as error:
        return [Fault(file, 0, error.line)]
    return [Fault(file, one.row_number, f"{one.column}「{one.value}」{one.reason}") for one in bad]


def _text(home: Path, name: str) -> str:
    return (home / "data" / name).read_text("utf-8-sig", "replace")


def _shape(file: str, text: str, ours: str) -> Iterator[Fault]:
    """Columns that are missing, and rows that have more or fewer of them than the headings."""
    rows = csv.reader(io.StringIO(text))
    headings = next(rows, [])
    wanted = next(csv.reader(io.StringIO(ours)), [])
    if missing := [name for name in wanted if name not in headings]:
        yield Fault(file, 1, _("少了这些列：{columns}").format(columns=" ".join(missing)))
    for row in rows:
        if row and len(row) != len(headings):
            told = _("应有 {wanted} 列，这一行有 {n} 列")
            yield Fault(file, rows.line_num, told.format(wanted=len(headings), n=len(row)))


def _where(text: str, error: str, why: str) -> int:
    """The line that an error of reading speaks of: its own, the one with the value it quotes, or
    the head of the part that lacks a name. 0 where it cannot be told.
    """
    if found := _AT.search(why):
        return int(found[1])
    if "end of document" in why:
        return max(1, len(text.splitlines()))
    lines = list(enumerate(text.splitlines(), 1))
    if missing := _MISSING.search(error):
        heads = [number for number, line in lines if line.startswith("[")]
        for head, until in zip(heads, [*heads[1:], len(lines) + 1], strict=True):
            part = [line for number, line in lines if head < number < until]
            if not any(re.match(rf"\s*{re.escape(missing[1])}\s*=", line) for line in part):
                return head
    quoted = [said for said in _SAID.findall(error) if len(said) > 1]
    found_in = (n for n, line in lines if any(said in line for said in quoted))
    return next(found_in, 0) or next((n for n, line in lines if _is_no_time(line)), 0)


def _is_no_time(line: str) -> bool:
    """Whether a line gives a time that no clock shows."""
    found = _TIME.search(line)
    return found is not None and not (int(found[1]) < 24 and int(found[2]) < 60)
