"""The strip of the lines that ring: who, from where, how often; then what was missed.

It never has the focus, and takes no room while nothing rings and nothing was missed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime, tzinfo
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len

from screens.commands import keyed
from screens.widgets.painted import Line, Painted, Span, cut, line
from screens.wording import clock
from wuye_tui.rules.channels import PHONE
from wuye_tui.rules.text import masked_phone
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers import ringing
    from wuye_tui.registers.meaning import Proposal

THIRD = 3  # the ring before which the desk answers (KF-16)


@dataclass(frozen=True)
class Caller:
    """Whoever was answered last and whose call is not written down yet."""

    number: str  # of the line
    phone: str = ""
    name: str = ""
    unit: str = ""

    @classmethod
    def kept(cls, answers: object) -> "Caller | None":
        """The caller of a draft, if it has one."""
        if not isinstance(answers, Mapping) or not answers:
            return None
        return cls(*(str(answers.get(field.name, "")) for field in fields(cls)))

    def calling(self, proposal: "Proposal") -> "Proposal":
        """The proposal with this number and name, unless the line says others or came another way:
        what is read back under the line, and what is written down.
        """
        if proposal.channel != PHONE:
            return proposal
        from wuye_tui.rules.units_text import Caller as Said  # not needed for the first paint

        said = proposal.understood
        if self.phone and not said.phone:
            said = replace(said, phone=self.phone)
        if self.name and not (said.caller and said.caller.name):
            role = said.caller.role if said.caller else None
            if role is None:  # 租客打来 is not the owner who is known by the number
                said = replace(said, caller=Said(self.name))
        return replace(proposal, understood=said)


class RingingStrip(Painted):
    """At most two lines: the call that rings longest, and the call in hand or what was missed."""

    DEFAULT_CSS = "RingingStrip { height: auto; }"
    can_focus = False

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.display = False

    def tell(self, shown: Sequence[Line]) -> None:
        """Shows these lines, or nothing at all."""
        if self.display != bool(shown):
            self.display = bool(shown)
        self.show(shown)


def who(name: str, unit: str, phone: str) -> str:
    """A caller as they are known: name, unit, and the number with its middle hidden."""
    number = masked_phone(phone) if phone else _("号码不显示")
    return " ".join(part for part in (name, unit, number) if part)


def ringing_line(
    lines: "Sequence[ringing.Line]", now: datetime, key: str, cells: int, is_far: bool = False
) -> Line:
    """The line that rings longest, how many more there are, and the key that takes it; `is_far`: it
    has to be pressed twice.

    What gives way first is the number of the others, then the key.
    """
    oldest, *others = lines
    heard = oldest.heard(now)
    caller = who(oldest.name, oldest.unit, oldest.phone)
    count: Span = (_("响{n}声").format(n=heard), "strong")
    if heard >= THIRD:
        word = _("第三声") if heard == THIRD else _("已过第三声")
        count = (_(" 响{n}声 {word} ").format(n=heard, word=word), "chosen")
    more = _("另有 {n} 个在响").format(n=len(others)) if others else ""
    head: list[Span] = [(_(" 电话 "), "soon"), (f"{caller}  ", "strong"), count]
    tail: list[Span] = [(f"  {more}", "strong")] if more else []
    told = _("按两次接听") if is_far else _("接听")
    take: list[Span] = [(f"  {key}", "key"), (f" {told}", "")] if key else []
    for parts in ([*head, *tail, *take], [*head, *tail], head):
        if sum(cell_len(words) for words, _role in parts) <= cells:
            break
    return cut(line(*parts, ground="title"), max(1, cells))


def in_hand_line(caller: Caller, cells: int) -> Line:
    """Whose call the next one to be written down is."""
    known = who(caller.name, caller.unit, caller.phone)
    told = _("号码随这个来电登记；不登记：F10 对方挂断")
    return cut(line((_(" 通话 "), "label"), known, (f"  {keyed(told)}", "dim")), max(1, cells))


def missed_line(lines: "Sequence[ringing.Line]", now: datetime, zone: tzinfo, cells: int) -> Line:
    """How many were missed that nobody has called back, and the oldest of them."""
    first = lines[0]
    caller = " ".join(part for part in (first.name, first.unit) if part)
    caller = caller or who("", "", first.phone)
    told = _(" 未接 {n}: {who} {time}").format(
        n=len(lines), who=caller, time=clock(first.rang, zone, now)
    )
    return cut(line((told, "dim")), max(1, cells))
