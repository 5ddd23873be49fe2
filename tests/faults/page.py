"""One harness a line: what, how many, what was acknowledged, lost, torn, twice, found."""

import json
import platform
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from tests.billing import priced
from tests.desks import THURSDAY
from tests.faults import bad_files, clocks, disks
from tests.faults.damaging import damage
from tests.faults.handing import kill_handovers
from tests.faults.killing import Report, kill_many
from tests.faults.migrating import kill_upgrades
from tests.faults.paying import kill_payments, kill_runs
from tests.faults.playing import kill_backups, kill_plays
from tests.faults.power import cut_power
from tests.faults.restarting import pg_office, restart
from tests.faults.shim import run_behind
from tests.faults.workshop import Workshop
from tests.hostile_texts import __main__ as hostile_texts
from wuye_tui.desk import open_desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.store import sqlite

WIDTH = 52


@dataclass
class Row:
    """One line of the page; `why` is what makes it bad besides its figures."""

    what: str
    many: int = 0
    acknowledged: int = 0
    lost: int = 0
    torn: int = 0
    twice: int = 0
    findings: int = 0
    note: str = ""
    why: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def is_bad(self) -> bool:
        """Whether anything is not as it should be."""
        return bool(self.lost or self.torn or self.twice or self.findings or self.why)


def heading() -> list[str]:
    """What the page was measured on, and the names of its columns."""
    names = ("count", "acked", "lost", "torn", "twice", "found", "seconds")
    columns = "".join(f"{name:>8}" for name in names)
    return [
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},"
        f" journal {sqlite.journal_mode()}, {sqlite._PRAGMAS[0]}",
        f"{'':{WIDTH}}{columns}",
    ]


def printed(row: Row) -> str:
    """A line; what is to be known besides stands below it."""
    figures = (row.many, row.acknowledged, row.lost, row.torn, row.twice, row.findings)
    line = f"{row.what[:WIDTH]:{WIDTH}}{''.join(f'{one:8}' for one in figures)}{row.seconds:8.0f}"
    return f"{line}\n    {row.note}" if row.note else line


def _some(many: int, share: float) -> int:
    return max(1, round(many * share))


def _killed(what: str, reports: Iterable[Report]) -> Row:
    row, died, taken = Row(what), 0, set()
    for one in reports:
        row.many += one.kills
        row.acknowledged += one.acknowledged
        row.lost += len(one.lost)
        row.twice += len(one.doubled)
        row.findings += len(one.findings)
        died += sum(one.interrupted.values())
        taken |= set(one.interrupted)
        row.why += [*one.lost[:3], *one.doubled[:3], *one.findings[:3]]
    row.note = f"{died} in the middle of an act, of {len(taken)} kinds"
    return row


def lives(shop: Workshop, share: float) -> Row:
    """kill -9, lives of slips"""
    settings = shop.settings(shop.office)
    return _killed("kill -9, lives of slips", [kill_many(settings, THURSDAY, _some(340, share))])


def hands(shop: Workshop, share: float) -> Row:
    """kill -9, handovers"""
    settings = shop.settings(shop.office)
    return _killed("kill -9, handovers", [kill_handovers(settings, THURSDAY, _some(120, share))])


def money(shop: Workshop, share: float) -> Row:
    """kill -9, payments"""
    settings = shop.settings(shop.priced)
    return _killed("kill -9, payments", [kill_payments(settings, THURSDAY, _some(120, share))])


def runs(shop: Workshop, share: float) -> Row:
    """kill -9, runs of bills"""
    whole, nothing = kill_runs(shop.settings(shop.priced), THURSDAY, _some(80, share))
    row = Row("kill -9, runs of bills", whole + nothing)
    row.note = f"{whole} charged everybody, {nothing} nobody"
    if share >= 1 and min(whole, nothing) <= 5:
        row.why.append("always killed at the same moment: it proves little")
    return row


def plays(shop: Workshop, share: float) -> Row:
    """kill -9, everything else by the command line"""
    report = kill_plays(shop.office, shop.place("plays"), _some(320, share))
    return _killed("kill -9, everything else by the command line", [report])


def copies(shop: Workshop, share: float) -> Row:
    """kill -9, backups being made"""
    without, wrong = kill_backups(shop.office, shop.place("backups"), many := _some(20, share))
    row = Row("kill -9, backups being made", many, torn=len(wrong), why=wrong[:3])
    row.note = f"{many - without} had their name, and every one of them was whole"
    if share >= 1 and not 0 < without < many:
        row.why.append("always killed at the same moment: it proves little")
    return row


def server_kills(shop: Workshop, share: float) -> Row:
    """kill -9 of desks on PostgreSQL"""
    reports = []
    for n, (kill, many) in enumerate(((kill_many, 120), (kill_handovers, 40), (kill_payments, 40))):
        with pg_office(shop.server, shop.place(f"pg {n}")) as settings:
            if kill is kill_payments:
                priced(open_desk(settings, StoppedClock(THURSDAY))).engine.dispose()
            reports.append(kill(settings, THURSDAY, _some(many, share)))
    return _killed("kill -9 of desks on PostgreSQL", reports)


def server_stops(shop: Workshop, share: float) -> Row:
    """PostgreSQL stopped hard under four desks"""
    with pg_office(shop.server, shop.place("restarts")) as settings:
        found = restart(shop.server, settings, _some(50, share))
    return Row(
        "PostgreSQL stopped hard under four desks", found.stops, found.acknowledged,
        len(found.lost), 0, len(found.doubled), len(found.findings),
        f"{found.asked_again} acts were asked for again with their key",
        [*found.lost[:3], *found.doubled[:3], *found.findings[:3]],
    )  # fmt: skip


def _cut(shop: Workshop, mode: str, what: str, cuts: int, acts: int = 300) -> Row:
    found = cut_power(shop.priced, shop.place(mode), cuts, mode, acts)
    note = f"quick check after every cut, the whole of `wuye check` after {found.checked}"
    why = found.findings[:3]
    return Row(what, found.cuts, found.acknowledged, found.lost, found.broken, 0,
               len(found.findings), note, why)  # fmt: skip


def power(shop: Workshop, share: float) -> Row:
    """power cuts, as the program sets SQLite here"""
    return _cut(shop, "program", "power cuts, as the program sets SQLite here", _some(8000, share))


def power_wal(shop: Workshop, share: float) -> Row:
    """power cuts, with the log of newer SQLites"""
    return _cut(shop, "wal", "power cuts, with the log of newer SQLites", _some(2000, share))


def bites(shop: Workshop, share: float) -> Row:
    """power cuts with less syncing: has to lose something"""
    row = Row("the same with less syncing, which has to lose something")
    notes = []
    for mode in ("normal", "full", "wal normal"):
        found = cut_power(shop.priced, shop.place(mode), max(100, _some(500, share)), mode, 60)
        row.many += found.cuts
        row.acknowledged += found.acknowledged
        notes.append(f"{mode}: {found.lost} lost, {found.broken} damaged of {found.cuts}")
        if not found.lost + found.broken:
            row.why.append(f"{mode} lost nothing: the harness proves nothing")
    row.note = "; ".join(notes)
    return row


def failing(shop: Workshop, share: float) -> Row:
    """a disk that is full or fails, call by call"""
    home = shop.place("failing")
    settings = shop.settings(shop.priced)
    many = _some(480, share)
    found = json.loads(run_behind("tests.faults.failing", str(settings.home), str(many)))
    why = [one for name in ("untold", "stuck", "died") for one in found.get(name, ())]
    row = Row("a disk that is full or fails, call by call", found["runs"], found["acknowledged"])
    row.lost, row.torn = len(found["lost"]), len(found["refused yet saved"])
    row.findings = len(found["findings"])
    row.why = [*why, *found["lost"], *found["refused yet saved"], *found["findings"]][:6]
    if found["hits"] != found["runs"]:
        row.why.append(f"only {found['hits']} disks failed")
    row.note = ", ".join(f"{name} {many}" for name, many in sorted(found["errors"].items()))
    assert home
    return row


def upgrades(shop: Workshop, share: float) -> Row:
    """kill -9, upgrades of five older schemas"""
    found = kill_upgrades(shop.office, shop.place("upgrades"), _some(200, share))
    return Row(
        "kill -9, upgrades of five older schemas", found.kills, found.acknowledged,
        len(found.lost), len(found.mixed), 0, len(found.findings),
        f"{found.old} wholly old, {found.new} wholly new",
        [*found.mixed[:3], *found.lost[:3], *found.findings[:3]],
    )  # fmt: skip


def damaged(shop: Workshop, share: float) -> Row:
    """damaged pages"""
    home = shop.settings(shop.priced).home
    disks.at_work(home)
    found = damage(home, shop.place("damage"), _some(400, share))
    torn = sum(many for name, many in found.unseen.items() if name not in ("one bit",))
    row = Row("damaged pages, told and nothing written over", found.damages)
    row.torn, row.findings, row.why = torn, len(found.findings), found.findings[:3]
    row.note = f"noticed/where nothing is kept/unseen: {found.words()}"
    return row


def full_and_forbidden(shop: Workshop, share: float) -> Row:
    """full, read-only, damaged, moved: the tests of the store"""
    return disks.tests_of("full, read-only, damaged, moved: by tests", Row)


def files(shop: Workshop, share: float) -> Row:
    """bad files imported"""
    many, why = bad_files.imported()
    return Row("bad files imported, each by a process of its own", many, why=why)


def jumps(shop: Workshop, share: float) -> Row:
    """clock jumps"""
    found = clocks.jump(shop.settings(shop.priced).home)
    why = [*found.unwarned, *found.findings, *found.lost][:4]
    return Row("clocks that jump", found.jumps, found.acknowledged, len(found.lost), 0, 0,
               len(found.findings), f"{len(found.unwarned)} not warned of", why)  # fmt: skip


def texts(shop: Workshop, share: float) -> Row:
    """hostile strings through all that comes in and goes out"""
    found = hostile_texts.run(shop.place("texts"), told=lambda _line: None)
    row = Row("hostile strings in and out", found.tried, found.kept + found.refused)
    row.lost, row.findings = found.vanished, found.problems.total() - found.vanished
    row.why = [problem[:200] for problem, _many in found.problems.most_common(5)]
    row.note = (
        f"{found.strings} strings, {found.places_in} places in, {found.places_out} out:"
        f" {found.escape_bytes} escape bytes, {found.crashes} crashes, {found.formulas} formulas,"
        f" {found.vanished} vanished"
    )
    return row


HARNESSES = (
    lives, hands, money, runs, plays, copies, server_kills, server_stops, power, power_wal, bites,
    failing, upgrades, damaged, full_and_forbidden, files, jumps,
    texts,
)  # fmt: skip
