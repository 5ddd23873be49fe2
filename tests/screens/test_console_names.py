"""Names and words as careless hands and old imports leave them: every panel stays in line.

What no field takes in today is written beside the registers here, as an old database holds it.
Nothing acts on the terminal, nothing that was written vanishes, and no line gains or loses a cell.
"""

import pytest
from rich.cells import cell_len
from sqlalchemy import update
from sqlmodel import col

from screens.guard import harmless
from tests.factories import started, taken
from tests.hostile import HOSTILE, PLAIN, leaks
from tests.screens.consoles import Console, console, on_duty, registered
from tests.screens.panels import Steps, ring
from tests.screens.test_console_sizes import SIZES, strips
from wuye_tui.desk import Desk
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.rules.text import visible
from wuye_tui.store.acts import Act, Result
from wuye_tui.store.tables import Matter, Person, Private, Staff, Unit, UnitPerson
from wuye_tui.store.tables.base import new_id

LONG = "很长的名字" * 40
MORE = {
    "long": LONG,
    "long and narrow": "abcdefghij" * 20,
    "long emoji": "👨\u200d👩\u200d👧" * 60,
    "object": "张\ufffc敏",
    "ambiguous": "①°·→“张”—…●敏",
    "thai and devanagari": "สมชาย क्षत्रिय",
    "flags and tones": "🇨🇳张👍🏽敏",
}
EVERY = {**HOSTILE, **MORE}
BATCH = 35


def storable(text: str) -> str:
    """Lone surrogates are in no database: no driver writes them."""
    return text.encode("utf-8", "replace").decode("utf-8")


def strange(desk: Desk, clock: StoppedClock, batch: list[str]) -> Desk:
    """Residents, a worker, slips and a notice with these words, around the unit 3-1-502."""
    on_duty(desk)
    numbers = [registered(desk, clock, f"第{n}件") for n in range(len(batch))]
    notice = started(
        desk, "notice", subject="water", department="engineering", text="没水", scope="3栋"
    )
    say = next((one for one in batch if one in PLAIN.values()), LONG)
    taken(desk, str(notice["number"]), "report", told_by="王建国", say=say)

    def write(act: Act) -> Result:
        unit = act.session.query(Unit).filter_by(label="3-1-502").one()
        for number, text in zip(numbers, batch, strict=True):
            matter = act.session.query(Matter).filter_by(number=number).one().id
            mine = col(Private.owner) == matter
            act.session.execute(update(Private).where(mine).values(words=text, name=text))
            person = Person(
                site=act.site, id=new_id(), name=text, phone="13800001234", phone_tail="43210000831"
            )
            act.add(person)
            act.session.flush()
            act.add(UnitPerson(site=act.site, unit=unit.id, person=person.id, role="family"))
        act.session.execute(update(Staff).where(col(Staff.number) == "GC03").values(name=batch[0]))
        return {}

    desk.perform("write", write)
    return desk


async def queue(seen: Console) -> None:
    await seen.press("f3", "home")


async def slip(seen: Console) -> None:
    await seen.press("f3", "end", "enter")


async def unit(seen: Console) -> None:
    await seen.type("3-1-502 水管漏水")


async def search(seen: Console) -> None:
    await seen.press("ctrl+f")
    await seen.type("3-1-502")


async def notices(seen: Console) -> None:
    seen.screen.action_notices()
    await seen.settle()


async def calls(seen: Console) -> None:
    await seen.press("f2", "f2")


async def workers(seen: Console) -> None:
    await seen.press("ctrl+t")


async def ringing(seen: Console) -> None:
    clock = seen.app.desk.clock
    assert isinstance(clock, StoppedClock)
    ring(seen.app.desk, clock)
    await seen.beat()


PLACES: tuple[Steps, ...] = (queue, slip, unit, search, notices, calls, workers, ringing)
WORDS = sorted({storable(text) for text in EVERY.values()})
BATCHES = [WORDS[at : at + BATCH] for at in range(0, len(WORDS), BATCH)]


def in_line(seen: Console, batch: list[str]) -> str:
    """What is shown; every line of it has exactly as many cells as the screen."""
    width = seen.app.size.width
    for strip in strips(seen):
        assert strip.cell_length == width, strip.text
        assert cell_len(strip.text) == width, strip.text
        assert harmless(strip.text) == strip.text, strip.text
        assert not any(leaks(strip.text, one) for one in batch), strip.text
    return seen.text


@pytest.mark.parametrize("batch", BATCHES, ids=lambda batch: str(WORDS.index(batch[0])))
async def test_no_name_pushes_a_line_out_of_place_or_vanishes(
    desk: Desk, clock: StoppedClock, batch: list[str]
) -> None:
    async with console(strange(desk, clock, batch), (200, 60)) as seen:
        for n, place in enumerate(PLACES):
            await place(seen)
            # Each place is seen in another size with each batch, the queue in all of them.
            turn = SIZES[(n + WORDS.index(batch[0])) % len(SIZES)]
            for size in SIZES if place is queue else (turn,):
                await seen.resize(*size)
                shown = in_line(seen, batch)
            if place is queue:
                told = {text: visible(text).split()[0][:4] for text in batch if text.strip()}
                gone = [text for text, start in told.items() if start not in shown]
                assert gone == []
            await seen.press("escape", "f2")
            seen.screen.intake.field.value = ""


@pytest.mark.parametrize("name", ["format field", "closing tag", "family emoji", "rare name"])
async def test_words_that_may_come_in_are_shown_letter_for_letter(desk: Desk, name: str) -> None:
    async with console(on_duty(desk), (120, 40)) as seen:
        await seen.type(f"3-1-502 漏水 {PLAIN[name]}")
        await seen.press("enter", "f3", "enter")
        assert PLAIN[name].split()[0] in seen.text
        assert in_line(seen, [])
