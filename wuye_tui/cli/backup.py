"""`wuye backup`: copies that are known to be good, and the way back to one."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from wuye_tui.cli import output
from wuye_tui.cli.context import Context
from wuye_tui.cli.listing import Listing, listing
from wuye_tui.rules.errors import UsageError
from wuye_tui.words import _

if TYPE_CHECKING:
    from wuye_tui.registers.backups import Key
    from wuye_tui.settings import Settings

app = typer.Typer(
    add_completion=False, rich_markup_mode=None, no_args_is_help=True, help=_("备份和恢复")
)
_FILE = typer.Argument(help=_("备份文件"), metavar="FILE")
_KEY = typer.Option("--key", help=_("密钥文件（wuye backup key 建的）；不写就用口令"))


class NotAgreed(UsageError):
    """A restore that nobody has agreed to."""

    def __init__(self) -> None:
        super().__init__(_("恢复会换掉现在的数据库（原来的会留着），请加 --yes 再运行一次。"))


class PassphraseNeeded(UsageError):
    """A passphrase is needed, and nobody can be asked for it."""

    def __init__(self) -> None:
        super().__init__(_("加密要密钥：请用 --key 写密钥文件，或设 WUYE_BACKUP_PASSPHRASE 口令。"))


class PassphrasesDiffer(UsageError):
    """It was typed differently the second time."""

    def __init__(self) -> None:
        super().__init__(_("两次口令不一样，请再运行一次。"))


class PlainAndEncrypted(UsageError):
    """It cannot be both."""

    def __init__(self) -> None:
        super().__init__(_("--plain 是不加密，不能和 --encrypt、--key 一起写，请去掉一样。"))


@app.command("create", help=_("备份一份，当场恢复出来核对；别的窗口可以照常用"))
def create(
    ctx: typer.Context,
    target: Annotated[
        Path | None, typer.Option("-o", "--output", help=_("存到哪里；不写就存到自动备份的文件夹"))
    ] = None,
    encrypt: Annotated[
        bool, typer.Option("--encrypt", help=_("加密；设了 backup_key 就不用写"))
    ] = False,
    plain: Annotated[bool, typer.Option("--plain", help=_("不加密，设了 backup_key 也不"))] = False,
    key: Annotated[str, _KEY] = "",
) -> None:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    if plain and (encrypt or key):
        raise PlainAndEncrypted
    usual = "" if encrypt or plain else desk.settings.backup_key
    with_key = _key(desk.settings, key or usual, twice=True) if encrypt or key or usual else None
    path, manifest = backups.create(desk, target, with_key)
    if context.json:
        output.emit(
            {
                "file": path,
                "bytes": manifest.bytes,
                "sha256": manifest.sha256,
                "verified_at": manifest.verified,
                "audit_seq": manifest.seq,
            },
            True,
        )
    else:
        output.emit(str(path), False)


@app.command("auto", help=_("到时候了就备份一份，删去用不着的旧备份；放进定时任务里"))
def auto(ctx: typer.Context) -> None:
    from wuye_tui.registers import backup_look, backup_notes, backups

    context: Context = ctx.obj
    desk = context.desk(acting=False)
    done = backups.auto(desk)
    found = backup_look.look(desk, done.path) if done.path else []
    if context.json:
        document = {
            "file": done.path,
            "removed": done.thinned,
            "findings": found,
            "under_way": done.under_way,
            "by_server": done.by_server,
        }
        output.emit(document, True)
    elif done.by_server:
        output.say(_("PostgreSQL 的备份由服务器管理员做，这里什么都没有做。"))
    elif done.under_way:
        output.say(_("另一个窗口正在备份，这里什么都没有做。"))
    elif done.path is None:
        output.say(_("还没到时候：最近一份核对过的备份不到 23 小时。"))
    else:
        output.emit(str(done.path), False)
        if done.thinned:
            output.say(_("删去旧备份 {n} 份。").format(n=len(done.thinned)))
    if found:
        output.say(backup_notes.in_words(found))


@app.command("list", help=_("资料夹里的备份，新的在前"))
@listing
def list_(ctx: typer.Context) -> Listing:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    rows: list[dict[str, Any]] = [
        {
            "file": path.name,
            "made": found.made if found else None,
            "bytes": path.stat().st_size,
            "whole": found is not None,
            "verified": found.verified if found else None,
            "kind": found.kind if found else None,
            "audit_seq": found.seq if found else None,
        }
        for path, found in backups.listed(context.settings())
    ]
    kinds = {"auto": _("自动"), "hand": _("手工"), "upgrade": _("升级前")}

    def words(row: dict[str, Any]) -> dict[str, Any]:
        made = f"{row['made']:%Y-%m-%d %H:%M} UTC" if row["made"] else ""
        whole = _("已核对") if row["verified"] else _("完好")
        return {
            **row,
            "made": made,
            "whole": whole if row["whole"] else _("不能用"),
            "kind": kinds.get(row["kind"] or "", ""),
        }

    return Listing(
        _("备份"),
        [
            output.Column(_("文件"), "file"),
            output.Column(_("时间"), "made"),
            output.Column(_("字节"), "bytes", right=True),
            output.Column(_("来历"), "kind"),
            output.Column(_("核对"), "whole"),
        ],
        lambda: map(words, rows),
        lambda: rows,
    )


@app.command("verify", help=_("核对一份备份现在能不能恢复"))
def verify(
    ctx: typer.Context, file: Annotated[Path, _FILE], key: Annotated[str, _KEY] = ""
) -> None:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    settings = context.settings()
    found = backups.verify(settings, file, _key_for(settings, file, key))
    if context.json:
        output.emit(
            {
                "file": file,
                "bytes": found.bytes,
                "revision": found.revision,
                "audit_seq": found.seq,
            },
            True,
        )
    else:
        output.emit(_("备份完好。"), False)


@app.command("restore", help=_("从备份恢复；现在的数据库改名留在旁边"))
def restore(
    ctx: typer.Context, file: Annotated[Path, _FILE], key: Annotated[str, _KEY] = ""
) -> None:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    settings = context.settings()
    loss = backups.loss(settings, file)
    told = _("备份核对无误才会换上；换下的数据库改名留着。")
    if not loss.belongs:
        told = _("这份备份不是现在这个数据库的过去：换上以后，现在的全部记录都不在里面。")
    elif not loss.known:
        told = _("现在的数据库读不了，说不出会少哪些操作。")
    elif loss.acts:
        told = _("会少最后 {n} 次操作：审计记录第 {first} 到 {last} 条不在备份里。").format(
            n=loss.acts, first=loss.first, last=loss.last
        )
    output.say(told)
    if not (context.yes or (sys.stdin.isatty() and _agreed())):
        raise NotAgreed
    kept = backups.put_back(settings, file, _key_for(settings, file, key))
    if context.json:
        lost = {"first": loss.first, "last": loss.last} if loss.acts else None
        output.emit({"restored": file, "kept": kept, "lost": lost}, True)
        return
    output.emit(_("已恢复。"), False)
    if kept:
        output.say(_("原来的数据库留在 {path}。").format(path=kept))


@app.command("key", help=_("建一个加密备份用的密钥文件，不能放在资料夹里"))
def key(
    ctx: typer.Context,
    target: Annotated[Path, typer.Option("-o", "--output", help=_("密钥文件存到哪里"))],
) -> None:
    from wuye_tui.registers import backups

    context: Context = ctx.obj
    backups.new_key_file(context.settings(), target)
    output.answer({"key": target}, context.json, str(target))
    output.say(_("密钥丢了，用它加密的备份谁也打不开：请另抄一份，放在保险的地方。"))


def _key_for(settings: "Settings", file: Path, typed: str) -> "Key | None":
    """What opens this backup; None for one that is not encrypted."""
    from wuye_tui.registers import backups

    return _key(settings, typed, twice=False) if backups.is_sealed(file) else None


def _key(settings: "Settings", typed: str, twice: bool) -> "Key":
    """The key of a file, or a passphrase: from the environment, the config, or asked for."""
    from wuye_tui.registers import backups

    said = settings.backup_passphrase
    if typed or (settings.backup_key and not said):
        found = backups.key_file(settings, typed or settings.backup_key)
        assert found is not None
        return found
    if not said:
        if not sys.stdin.isatty():
            raise PassphraseNeeded
        said = getpass.getpass(_("备份口令："), stream=sys.stderr)
        if twice and said != getpass.getpass(_("再输一次："), stream=sys.stderr):
            raise PassphrasesDiffer
    return backups.passphrase(said)


def _agreed() -> bool:
    sys.stderr.write(_("现在的数据库会换成这份备份，原来的改名留着。继续吗？[y/N] "))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in {"y", "yes", "是"}
