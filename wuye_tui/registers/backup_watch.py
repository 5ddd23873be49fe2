"""Whether the office's backups are as they should be, in a sentence for those who have to know.

Nothing is said where people practise, nor of a database server of which nothing can be known: an
office that wants to be told names a stamp in config.toml that whoever backs the server up touches.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from wuye_tui.desk import Desk, actor
from wuye_tui.registers import backup_notes, backups
from wuye_tui.rules.backup_times import is_due, is_too_old
from wuye_tui.rules.locale import whole_moment
from wuye_tui.rules.rights import Right
from wuye_tui.settings import Settings
from wuye_tui.store import shelf
from wuye_tui.store.manifest import Manifest
from wuye_tui.store.tables import Audit
from wuye_tui.words import _


@dataclass(frozen=True)
class Watch:
    """How the backups stand. `warning` is a sentence, `word` a few cells of it for a status line;
    both are empty where there is nothing to tell.
    """

    last: datetime | None = None
    is_due: bool = False  # one is to be made now, by whoever sees it
    by_server: bool = False
    word: str = ""
    warning: str = ""

    @property
    def document(self) -> dict[str, Any]:
        """As `wuye status --json` prints it."""
        return {
            "last_verified_at": self.last,
            "by_server": self.by_server,
            "warning": self.warning or None,
        }


def watch(desk: Desk) -> Watch:
    """How the backups stand now: a look at a few small files, and one question."""
    settings, now = desk.settings, backups.now_of(desk)
    if settings.database_file is None:
        return _of_server(desk, now)
    last = backups.last_verified(settings, now)
    if desk.office.training:
        return Watch(last)
    broken = backup_notes.failed(settings)
    if broken and last and last > broken[0]:
        broken = None  # one has succeeded since, whoever made it
    due = is_due(now, last, broken[0] if broken else None)
    if lost := strangers(desk):
        return Watch(last, due, False, _("库比备份旧"), older(lost[0]))
    if shelf.is_gone(settings):
        gone = str(shelf.BackupFolderGone(shelf.folder(settings)))
        return Watch(last, due, False, _("备份失败"), gone)
    if broken:
        told = _("自动备份没有成功（{when}）：{why}以前的备份都在。")
        when = whole_moment(broken[0], desk.zone)
        return Watch(last, due, False, _("备份失败"), told.format(when=when, why=broken[1]))
    if is_too_old(now, last):
        told = _("{age}；请运行 wuye backup auto。").format(age=_age(now, last))
        return Watch(last, due, False, _word(now, last), told)
    if found := backup_notes.findings(settings):
        told = f"{whole_moment(found[0], desk.zone)} {found[1]}"
        return Watch(last, due, False, _("核对有错"), told)
    return Watch(last, due)


def is_told(desk: Desk) -> bool:
    """Whether whoever sits here has to know: administrators, and who supervises the desk."""
    if not desk.staff:
        return False
    with desk.read() as session:
        here = actor(session, desk, desk.staff)
    return here.may(Right.ADMINISTER) or here.may(Right.SUPERVISE)


def strangers(desk: Desk) -> list[tuple[Path, Manifest]]:
    """The backups that this database is not the continuation of: it has been put back by hand from
    an older copy, or its last acts were cut off. What `wuye backup restore` left out on purpose is
    not among them.
    """
    known = [
        (path, manifest)
        for path, manifest in backups.known(desk.settings)
        if manifest.anchor.get("site") == desk.site and manifest.anchor.get("head") and manifest.seq
    ]
    left_out = backup_notes.left_out(desk.settings)
    lines = col(Audit.seq).in_({manifest.seq for _path, manifest in known})
    asked = select(col(Audit.seq), col(Audit.hash)).where(col(Audit.site) == desk.site, lines)
    with desk.read() as session:
        there = {row.seq: row.hash for row in session.execute(asked).all()}
    return [
        (path, manifest)
        for path, manifest in known
        if there.get(manifest.seq) != manifest.anchor["head"] and not left_out(manifest)
    ]


def older(lost: tuple[Path, Manifest]) -> str:
    """The sentence for a backup that knows more than the database."""
    path, manifest = lost
    return _(
        "数据库里没有备份「{name}」的第 {seq} 条审计记录，可能是手工拷回的旧文件；"
        "请先别用，运行 wuye backup restore {path}。"
    ).format(name=path.name, seq=manifest.seq, path=path)


def _of_server(desk: Desk, now: datetime) -> Watch:
    stamp = desk.settings.backup_stamp
    if not stamp or desk.office.training:
        return Watch(by_server=True)
    path = stamp_path(desk.settings)
    try:
        last = datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo)
    except OSError:
        last = None
    if not is_too_old(now, last):
        return Watch(last, by_server=True)
    told = _("{age}（看的是 {path}）；请服务器管理员查一下。")
    warning = told.format(age=_age(now, last), path=path)
    return Watch(last, by_server=True, word=_word(now, last), warning=warning)


def stamp_path(settings: Settings) -> Path:
    """The file whose time says when the server was backed up last."""
    return settings.home / Path(settings.backup_stamp).expanduser()


def _age(now: datetime, last: datetime | None) -> str:
    if last is None:
        return _("还没有一份核对过的备份")
    days = (now - last).days
    if days < 2:
        return _("最近一份核对过的备份是 {n} 小时前的").format(
            n=int((now - last).total_seconds() // 3600)
        )
    return _("最近一份核对过的备份是 {n} 天前的").format(n=days)


def _word(now: datetime, last: datetime | None) -> str:
    if last is None:
        return _("没有备份")
    return _("备份{n}天前").format(n=(now - last).days)
