"""A database that may not be written, is damaged, or is of another program: one sentence, no crash.

What is typed stays, on the screen and in the drafts. The faults are real ones: files without
rights for an ordinary user, bytes written over, a revision that this program does not know.
"""

import os
import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from screens.app import WuyeApp
from screens.drafts import LINE, Spool
from tests.desks import settings_for
from tests.factories import a_repair
from tests.screens.consoles import Console, console, on_duty
from tests.textual_once import looked_at
from wuye_tui.desk import Desk, open_desk
from wuye_tui.registers.queue import Wanted, queue
from wuye_tui.rules.clock import StoppedClock
from wuye_tui.settings import DATABASE, Settings

NOBODY = 65534
WORDS = "3-1-502 厨房水管漏水"


@pytest.fixture
def office(office_file: Path) -> Iterator[Settings]:
    """The office in a folder that an ordinary user can reach, whoever runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="wuye-rights-", dir="/tmp"))
    shutil.copyfile(office_file, folder / DATABASE)
    yield settings_for(folder)
    folder.chmod(0o700)
    shutil.rmtree(folder)


@contextmanager
def ordinary_user(folder: Path) -> Iterator[None]:
    """Root may write everything; an ordinary user, whose folder it is now, may not.

    To be used in an open console: it has read its program by then.
    """
    root = os.geteuid() == 0
    if root:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, 0)
    try:
        yield
    finally:
        if root:
            os.setresuid(0, 0, 0)


def spooled(settings: Settings) -> str:
    """The line as it lies in the drafts of a console that has ended."""
    spool = Spool(settings.drafts)
    words = str(spool.get(LINE).answers.get("words", ""))
    spool.close()
    return words


async def refused_and_kept(seen: Console, says: str) -> None:
    """Enter is refused by a sentence with these words, and nothing that was typed is lost."""
    await seen.type(WORDS)
    await seen.press("enter")
    assert says in seen.news
    assert "已填内容仍在" in seen.news
    assert seen.screen.intake.words == WORDS
    await seen.press("f3", "f8", "escape", "f1", "escape", "f2")
    assert seen.screen.intake.words == WORDS


async def test_a_file_that_may_not_be_written_any_more_is_said_and_enter_works_when_it_may(
    office: Settings, clock: StoppedClock
) -> None:
    desk = on_duty(open_desk(office, clock).as_staff("KF01"))
    async with console(desk) as seen:
        with ordinary_user(office.home):
            desk.engine.dispose()
            (office.home / DATABASE).chmod(0o400)
            await refused_and_kept(seen, f"{DATABASE}」没有读写权限")
            (office.home / DATABASE).chmod(0o600)
            desk.engine.dispose()
            await seen.press("enter")
            assert "已开单" in seen.news
    assert [row.words for row in queue(desk, Wanted())] == ["厨房水管漏水"]


async def test_a_form_that_cannot_be_saved_stays_open_with_its_answers(
    office: Settings, clock: StoppedClock
) -> None:
    desk = on_duty(open_desk(office, clock).as_staff("KF01"))
    async with console(desk) as seen:
        with ordinary_user(office.home):
            desk.engine.dispose()
            (office.home / DATABASE).chmod(0o400)
            await seen.press("ctrl+n")
            await seen.type("3-1-502")
            await seen.press("tab", "tab")
            await seen.type("水龙头关不紧")
            await seen.press("f7")
            assert "没有读写权限" in seen.text
            assert seen.form.answers()["text"] == "水龙头关不紧"
    async with console(desk) as again:
        await again.press("f3")
        assert again.form.answers()["text"] == "水龙头关不紧"


async def test_an_office_that_may_only_be_read_opens_and_says_what_to_do(
    office: Settings, clock: StoppedClock
) -> None:
    desk = on_duty(open_desk(office, clock).as_staff("KF01"))
    async with console(desk):
        desk.engine.dispose()
        with ordinary_user(office.home):
            (office.home / DATABASE).chmod(0o400)
            office.drafts.chmod(0o500)
            office.home.chmod(0o500)
            async with console(lambda: open_desk(office, clock).as_staff("KF01")) as seen:
                assert "李晓燕" in seen.text.splitlines()[0]
                assert "草稿写不进磁盘" in seen.news
                await refused_and_kept(seen, "没有读写权限")


async def test_a_database_that_is_damaged_meanwhile_is_said_and_what_is_typed_is_kept(
    desk: Desk,
) -> None:
    path = desk.settings.home / DATABASE
    async with console(on_duty(desk)) as seen:
        desk.engine.dispose()
        whole = path.read_bytes()
        path.write_bytes(whole[:4096] + bytes(len(whole) - 4096))
        await seen.beat()
        assert "wuye backup restore" in seen.news
        await refused_and_kept(seen, "wuye backup restore")
        before = path.read_bytes()
        await seen.beat()
        await seen.press("enter")
        assert path.read_bytes() == before, "nothing is written over what may be saved yet"
    assert spooled(desk.settings) == WORDS


async def test_what_could_not_be_read_for_a_file_of_the_office_is_not_told_as_nothing(
    desk: Desk,
) -> None:
    number = a_repair(on_duty(desk))
    own = desk.settings.home / "data" / "duties.toml"
    own.parent.mkdir()
    shipped = desk.reference.text("duties.toml")
    own.write_text(shipped.replace('"08:30"', '"8点半"', 1), "utf-8")
    desk.reference.__dict__.pop("duties", None)
    async with console(desk) as seen:
        for _n in range(2):
            await seen.beat()
            joined = "".join(seen.text.split())
            for says in ("duties.toml写错了", "「8点半」不是时刻，写成08:30", "不等于没有"):
                assert says in joined
            for untrue in ("无人值班", "未结0", "没有未结的单", "超时0", "又能用了"):
                assert untrue not in joined, untrue
        own.write_text(shipped.replace('post = "desk"\n', "", 1), "utf-8")
        await seen.beat()
        assert "少了 post" in seen.news
        assert "8点半" not in seen.text
        own.unlink()
        await seen.beat()
        assert seen.news == "资料文件又能用了。"
        assert number[-3:] in seen.text
        assert "未结 1" in seen.text
        assert "读不出来" not in seen.text


# At the start


def _damaged(path: Path) -> None:
    path.write_bytes(b"Dear Sirs, this is a letter. " * 400)


def _cut_short(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")


@asynccontextmanager
async def closed(settings: Settings, typed: str) -> AsyncIterator[Pilot[int]]:
    """The console of a desk that cannot be opened, with words typed before that is known."""
    from threading import Event

    ready = Event()

    def opener() -> Desk:
        ready.wait(10)
        return open_desk(settings)

    app = WuyeApp(opener, settings.drafts)
    with looked_at(by_the_test=False):
        async with app.run_test(size=(80, 24)) as pilot:
            app.desk_screen.intake.field.paste(typed)
            await pilot.pause()
            ready.set()
            while not app.screen.query("#closed"):
                await pilot.pause(0.02)
            await pilot.pause()
            yield pilot
    assert app.return_code == 5


def text(pilot: Pilot[int]) -> str:
    """What the screen shows, as if no line were broken, and without blanks."""
    strips = pilot.app.screen._compositor.render_strips()
    return "".join("".join(strip.text.split()) for strip in strips)


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (_damaged, "wuyebackuprestore"),
        (_cut_short, "wuyebackuprestore"),
        (_newer, "请先升级本程序"),
    ],
)
async def test_what_was_typed_before_a_broken_desk_was_found_is_there_when_it_is_mended(
    desk: Desk, damage: Callable[[Path], None], says: str
) -> None:
    desk.engine.dispose()
    path = desk.settings.home / DATABASE
    whole = path.read_bytes()
    damage(path)
    async with closed(desk.settings, WORDS) as pilot:
        shown = text(pilot)
        assert says in shown
        assert WORDS.replace(" ", "") in shown
        await pilot.press("a", "enter")
        assert "按Esc退出" in text(pilot), "whoever goes on typing has not read it yet"
        await pilot.press("escape")
    path.write_bytes(whole)
    async with console(on_duty(desk)) as seen:
        assert seen.screen.intake.words == WORDS


async def test_a_draft_of_yesterday_stays_before_what_was_typed_at_a_broken_desk(
    desk: Desk,
) -> None:
    async with console(on_duty(desk)) as seen:
        await seen.type("3-1-501 门锁")
    desk.engine.dispose()
    path = desk.settings.home / DATABASE
    whole = path.read_bytes()
    _damaged(path)
    async with closed(desk.settings, "还有灯") as pilot:
        await pilot.press("escape")
    async with closed(desk.settings, "") as pilot:
        await pilot.press("escape")
    path.write_bytes(whole)
    async with console(desk) as seen:
        assert seen.screen.intake.words == "3-1-501 门锁 还有灯"


async def test_a_home_that_may_not_be_entered_is_no_missing_database(
    office: Settings, clock: StoppedClock
) -> None:
    async with console(open_desk(office, clock).as_staff("KF01")) as before:
        with ordinary_user(office.home):
            office.home.chmod(0o000)
            await before.beat()
            assert "没有读写权限" in before.news
            async with closed(office, WORDS) as pilot:
                shown = text(pilot)
                assert "没有读写权限" in shown
                assert "请先抄下" in shown
                assert WORDS.replace(" ", "") in shown
                await pilot.press("escape")
            office.home.chmod(0o700)
