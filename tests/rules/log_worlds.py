"""What decides anything in the duty manager's log, and the answers that mean something only
together: for the walks through its tables.
"""

from tests.walking import EARLIER, LATER, ROOM, Key
from wuye_tui.rules.folding import Situation

WRONG = {"sound": False, "department": "engineering"}
FOUND = tuple(
    {"spot": spot, "checker": "S0", "found": "漏水", **WRONG, **more}
    for spot in ("desk", ROOM)
    for more in (
        {"reported_to": "何勇", "readings": "220V"},
        {"department": "", "settled": True},
        {"until": LATER},
        {"until": EARLIER},
    )
)
FOUND_ON_THE_WAY = ({"department": "guards", "task": "修", "spot": ROOM, "reported_to": "何勇"},)
BAD = {"sort": "signs", "text": "破了", "sign": "限高", "sign_state": "torn"}
WRITTEN = (
    {"sort": "check", "area": "energy", "sound": True, "text": "正常"},
    *({"sort": "check", "area": "energy", "text": "长明灯", **WRONG, **more} for more in (
        {}, {"department": "", "settled": True}, {"until": LATER}, {"until": EARLIER},
    )),
    BAD,
    {**BAD, "department": "administration"},
    {"sort": "penalty", "text": "脱岗", "whom": "GC03", "because": "脱岗", "fine": "50"},
    {"sort": "proposal", "text": "拾金不昧", "whom": "GC03", "because": "好", "proposed": "奖",
     "reward": "100"},
)  # fmt: skip


def of_an_entry(was: Situation) -> Key:
    facts = was.facts
    offered, handlers = facts.get("offered_to"), tuple(facts.get("handlers", ()))
    complained, phone = bool(facts.get("complained")), bool(facts.get("phone"))
    return (offered, handlers, was.received, complained, phone)


def of_a_task(was: Situation) -> Key:
    facts = was.facts
    return (bool(was.hold), min(int(facts.get("times", 0)), 1), tuple(sorted(was.workers)))


def of_an_incident(was: Situation) -> Key:
    return (bool(was.facts.get("reported")),)
