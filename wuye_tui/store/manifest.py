"""What lies beside a backup: `x.db.json` says what `x.db` must be, and when it was proved."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import datetime
from pathlib import Path

from wuye_tui.rules.errors import StoreError
from wuye_tui.store.faults import DatabaseReadOnly
from wuye_tui.words import _

Anchor = Mapping[str, str | int]
AUTO, BY_HAND, UPGRADE = "auto", "hand", "upgrade"
SEALED = ".sealed"  # the ending of a backup that is encrypted


class BackupUnusable(StoreError):
    """The backup is not what its manifest says; `told` is another sentence for it."""

    def __init__(self, path: Path, told: str = "") -> None:
        told = told or _("备份「{path}」不完整或被改动过，不能用来恢复，请换另一份备份。")
        super().__init__(told.format(path=path, note=manifest_path(path).name))


class BackupGone(BackupUnusable):
    """There is no such file."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, _("没有备份文件「{path}」，请看看路径；有哪些备份，请运行 wuye backup list。")
        )


class BackupUnnoted(BackupUnusable):
    """The file is there, and nothing beside it says what it must be."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            _(
                "「{path}」旁边没有「{note}」，核对不了：请把做备份时的那一个拷到它旁边；"
                "恢复时换下的数据库不用，文件名要照原样以 .before- 加时间结尾。"
            ),
        )


@dataclass(frozen=True)
class Manifest:
    """What a backup must look like. `made` and `verified` are UTC, `bytes` the size of the file,
    `revision` that of the schema. It holds no word about anybody.

    `anchor`: the site, the last line of its audit chain and the hash of it. `counts`: the rows of
    every table. `database`: how many bytes the database has when it is restored. `verified`: when
    it was restored into an empty place and looked through; None: never.
    """

    sha256: str
    bytes: int
    revision: str
    made: datetime
    anchor: Anchor = field(default_factory=dict)
    kind: str = BY_HAND
    counts: Mapping[str, int] = field(default_factory=dict)
    database: int = 0
    verified: datetime | None = None

    @property
    def seq(self) -> int:
        """The last line of the audit chain that is in it; 0 where that is not known."""
        return int(self.anchor.get("audit", 0))

    def dump(self) -> str:
        """As JSON, for the file beside the backup."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2, default=datetime.isoformat)

    @classmethod
    def load(cls, said: str) -> "Manifest":
        """From JSON; ValueError, KeyError, TypeError or AttributeError where it is none. What a
        later program wrote besides is left out.
        """
        read = json.loads(said)
        known = {one.name: read[one.name] for one in fields(cls) if one.name in read}
        known["made"] = datetime.fromisoformat(read["made"])
        if known.get("verified"):
            known["verified"] = datetime.fromisoformat(read["verified"])
        return cls(**known)


def manifest_path(backup: Path) -> Path:
    """Where the manifest of this backup lies."""
    return backup.with_name(backup.name + ".json")


def read_manifest(backup: Path) -> Manifest:
    """The manifest beside a backup of the size it says. BackupGone, BackupUnnoted, or
    BackupUnusable for one that was changed.
    """
    try:
        if not backup.is_file():
            raise BackupGone(backup)
        found = Manifest.load(manifest_path(backup).read_text("utf-8"))
        if backup.stat().st_size == found.bytes:
            return found
    except FileNotFoundError as error:
        raise BackupUnnoted(backup) from error
    except PermissionError as error:
        raise DatabaseReadOnly(str(error.filename or backup)) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise BackupUnusable(backup) from error
    raise BackupUnusable(backup)
