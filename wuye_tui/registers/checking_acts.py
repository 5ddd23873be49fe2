"""The audit chain, looked through again: each line over the one before, each act's own rows whole.

The rows of an act lie with their matters, which are read page by page. An act whose digest fits is
done with, so that only what is wrong, or still waits for another page, is held in memory; a row
that turns up for it afterwards is one too many.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, bindparam, select

from wuye_tui.registers.checking_findings import Findings
from wuye_tui.store import chain
from wuye_tui.store.rows import table_of
from wuye_tui.store.tables import Audit, Firing
from wuye_tui.words import _

BATCH = 1000
_LINES = (
    select(table_of(Audit))
    .where(table_of(Audit).c.site == bindparam("site"))
    .order_by(table_of(Audit).c.seq)
    .execution_options(yield_per=BATCH)
)
_FIRINGS = (
    select(table_of(Firing))
    .where(table_of(Firing).c.site == bindparam("site"))
    .execution_options(yield_per=BATCH)
)
_LINE, _FIRING = (tuple(table_of(kind).c.keys()) for kind in (Audit, Firing))
_NOTHING = chain.digest(())


@dataclass(frozen=True, slots=True)
class _Line:
    seq: int
    what: str
    digest: str


@dataclass
class Acts:
    """What the lines of the chain vouch for, until the rows have been seen."""

    head: str = chain.START
    seq: int = 0
    looked: dict[tuple[str, int], str] = field(default_factory=dict)
    """The seal of every reason for which a telephone was shown, by act and number."""
    _waiting: dict[str, _Line] = field(default_factory=dict)
    _seen: dict[str, list[str]] = field(default_factory=dict)
    _fresh: set[str] = field(default_factory=set)

    def row(self, table: str, columns: Mapping[str, Any], act: str = "") -> None:
        """An append-only row was met; `act` is whose it is, where it does not say so itself."""
        key = act or str(columns["act"])
        self._seen.setdefault(key, []).append(chain.proof(table, columns))
        self._fresh.add(key)

    def settle(self) -> None:
        """Lets go of the acts whose rows have all been met."""
        for key in self._fresh:
            line = self._waiting.get(key)
            if line is not None and line.digest == chain.digest_of(self._seen[key]):
                del self._waiting[key], self._seen[key]
        self._fresh.clear()

    def end(self, findings: Findings) -> None:
        """Every row has been met: what does not fit now is wrong."""
        for line in self._waiting.values():
            findings.add(
                _("审计记录第 {seq} 条（{what}）写下的内容被改动过。").format(
                    seq=line.seq, what=line.what
                )
            )
        for key in self._seen.keys() - self._waiting.keys():
            findings.add(_("有记录不属于任何一次操作：{key}。").format(key=key))

    def expect(self, line: Mapping[str, Any]) -> None:
        """A line of the chain vouches for rows that are still to be met."""
        if line["digest"] != _NOTHING:
            self._waiting[line["key"]] = _Line(line["seq"], line["what"], line["digest"])
        for n, looked in enumerate(_looked(line["result"]), start=1):
            self.looked[line["key"], n] = str(looked["reason"])


def _looked(result: Mapping[str, Any]) -> Iterable[Mapping[str, Any]]:
    found: Iterable[Mapping[str, Any]] = result.get("looked", ())
    return found


def check_chain(connection: Connection, site: str, findings: Findings) -> Acts:
    """Goes through the chain from its start; returns what its lines vouch for."""
    acts = Acts()
    for row in connection.execute(_LINES, {"site": site}):
        line = dict(zip(_LINE, row, strict=True))
        acts.seq += 1
        if line["seq"] != acts.seq:
            findings.add(_("审计记录缺第 {seq} 条。").format(seq=acts.seq))
            acts.seq = line["seq"]
        if line["prev"] != acts.head or line["hash"] != chain.line_hash(line):
            findings.add(_("审计记录第 {seq} 条与前后对不上。").format(seq=line["seq"]))
        acts.head = line["hash"]
        acts.expect(line)
    findings.count("acts", acts.seq)
    for row in connection.execute(_FIRINGS, {"site": site}):
        acts.row("firing", dict(zip(_FIRING, row, strict=True)))
    acts.settle()
    return acts
