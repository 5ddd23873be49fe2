"""What a day at the desk leaves in memory: a form that is closed is gone, with all it painted."""

import gc
import weakref

from textual._styles_cache import StylesCache

from screens.widgets.cjk_input import CjkInput
from tests.screens.consoles import console, on_duty
from wuye_tui.desk import Desk

FORMS = 4


async def test_the_fields_of_a_form_that_is_closed_are_gone(desk: Desk) -> None:
    gc.collect()
    gc.freeze()  # what the tests before have left is not looked through again and again
    async with console(on_duty(desk)) as seen:
        fields = weakref.WeakSet[CjkInput]()
        for _n in range(FORMS):
            await seen.press("ctrl+n")
            of_one = list(seen.form.query(CjkInput))
            fields.update(of_one)
            count = len(of_one)
            del of_one
            await seen.press("escape")
        await seen.press("f2", "f3", "f2")
        for _n in range(FORMS):  # what a task of the loop holds is let go of by its next turn
            await seen.settle()
            gc.collect()
        assert len(fields) <= count, "what was seen last is still held by the screen"


async def test_what_a_closed_form_painted_is_gone_too(desk: Desk) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.press("ctrl+n")
        painted = weakref.WeakSet[StylesCache](
            row._styles_cache for row in seen.form.rows if row._styles_cache._cache
        )
        assert len(painted) > 1
        await seen.press("escape", "f2")
        assert all(not one._cache for one in painted)
