"""Encrypted copies: AES-256-GCM in pieces, so that a file of any size takes little memory.

The key of each file is made anew from its own salt and what the office keeps: a passphrase, by
argon2id, or a key file, by HKDF. Each piece carries its number and whether it is the last, so that
none can be changed, moved, left out or cut off without being found out.
"""

import base64
import json
import os
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from wuye_tui.rules.errors import BadFile, Refused, StoreError
from wuye_tui.words import _

MAGIC = b"wuye sealed backup 1\n"
KEY_FILE = "wuye backup key 1"
PIECE = 1 << 20
SHORTEST = 12  # characters of a passphrase: a stolen file can be tried without end
_TAG, _LONGEST_HEADER = 16, 4096
_ARGON = {"time": 3, "memory": 65536, "lanes": 4}  # RFC 9106's second choice: 64 MiB
_MOST = {"time": 12, "memory": 1 << 20, "lanes": 16}  # of a header that somebody else wrote
PASSPHRASE, FILE = "argon2id", "hkdf-sha256"


class WrongKey(StoreError):
    """The key or the passphrase is not the one it was sealed with; nothing was written."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("密钥或口令打不开备份「{path}」，什么都没有写；请换当时用的密钥或口令再试。").format(
                path=path
            )
        )


class NotSealed(StoreError):
    """It does not begin as an encrypted backup does."""

    def __init__(self, path: Path) -> None:
        super().__init__(_("「{path}」不是本程序加密的备份。").format(path=path))


class KeyNeeded(Refused):
    """An encrypted backup, and nobody said with what it opens."""

    exit_status = 2

    def __init__(self) -> None:
        super().__init__(
            _("这份备份是加密的，请用 --key 写密钥文件，或设 WUYE_BACKUP_PASSPHRASE 口令。")
        )


class ShortPassphrase(Refused):
    """A passphrase that is soon found by trying."""

    exit_status = 2

    def __init__(self) -> None:
        super().__init__(_("备份口令至少 {n} 个字，请换一个长的。").format(n=SHORTEST))


class NotAKeyFile(BadFile):
    """The file holds no key of ours."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("「{path}」不是备份密钥文件，请用 wuye backup key 建的那一个。").format(path=path)
        )


class KeyFileExists(StoreError):
    """A key that is written over is lost, and so is what it opens."""

    exit_status = 2

    def __init__(self, path: Path) -> None:
        super().__init__(
            _("「{path}」已经存在，密钥从不覆盖文件，请换一个文件名。").format(path=path)
        )


@dataclass(frozen=True, repr=False)
class Key:
    """What the office keeps: the bytes, and how a file's own key is made of them."""

    secret: bytes
    how: str = PASSPHRASE


def passphrase(typed: str) -> Key:
    """A key of words. ShortPassphrase."""
    if len(typed) < SHORTEST:
        raise ShortPassphrase
    return Key(typed.encode("utf-8"))


def make_key_file(path: Path) -> None:
    """Writes a new key, for the owner alone. KeyFileExists, OSError."""
    try:
        handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError as error:
        raise KeyFileExists(path) from error
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{KEY_FILE}\n{base64.b64encode(secrets.token_bytes(32)).decode()}\n")
        file.flush()
        os.fsync(file.fileno())


def read_key_file(path: Path) -> Key:
    """The key in a file that `make_key_file` wrote. NotAKeyFile."""
    try:
        said, key = path.read_text("ascii").split("\n")[:2]
        secret = base64.b64decode(key, validate=True)
    except (OSError, ValueError) as error:
        raise NotAKeyFile(path) from error
    if said != KEY_FILE or len(secret) != 32:
        raise NotAKeyFile(path)
    return Key(secret, FILE)


def seal(source: Path, target: Path, key: Key) -> None:
    """Encrypts a file into the empty file `target`. OSError."""
    header: dict[str, Any] = {"cipher": "AES-256-GCM", "piece": PIECE, "how": key.how}
    header["salt"] = secrets.token_hex(16)
    if key.how == PASSPHRASE:
        header |= _ARGON
    head = MAGIC + json.dumps(header).encode("ascii") + b"\n"
    cipher = _cipher(key, header)
    with source.open("rb") as plain, target.open("r+b") as file:
        file.write(head)
        for number, (piece, last) in enumerate(_pieces(plain, PIECE)):
            file.write(cipher.encrypt(_nonce(number, last), piece, head))


def unseal(source: Path, target: Path, key: Key) -> None:
    """Decrypts into the new file `target`, for the owner alone, which is taken away again unless
    all of it is in order. NotSealed, WrongKey, OSError.
    """
    from cryptography.exceptions import InvalidTag

    whole = False
    try:
        with source.open("rb") as file:
            head = file.read(len(MAGIC)) + file.readline(_LONGEST_HEADER)
            header = _header(source, head)
            if header["how"] != key.how:
                raise WrongKey(source)
            cipher = _cipher(key, header)
            handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "wb") as plain:
                for number, (piece, last) in enumerate(_pieces(file, header["piece"] + _TAG)):
                    plain.write(cipher.decrypt(_nonce(number, last), piece, head))
        whole = True
    except InvalidTag as error:
        raise WrongKey(source) from error
    finally:
        if not whole:
            target.unlink(missing_ok=True)


def _header(source: Path, head: bytes) -> Mapping[str, Any]:
    try:
        read: Mapping[str, Any] = json.loads(head.removeprefix(MAGIC))
        fits = head.startswith(MAGIC) and len(bytes.fromhex(read["salt"])) == 16
        fits = fits and read["cipher"] == "AES-256-GCM" and 0 < read["piece"] <= 64 * PIECE
        if read["how"] == PASSPHRASE:
            fits = fits and all(0 < int(read[name]) <= most for name, most in _MOST.items())
        if not fits or read["how"] not in (PASSPHRASE, FILE):
            raise NotSealed(source)
    except (ValueError, KeyError, TypeError) as error:
        raise NotSealed(source) from error
    return read


def _cipher(key: Key, header: Mapping[str, Any]) -> Any:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(_own_key(key, header))


def _own_key(key: Key, header: Mapping[str, Any]) -> bytes:
    salt = bytes.fromhex(header["salt"])
    if key.how == PASSPHRASE:
        from argon2.low_level import Type, hash_secret_raw

        return hash_secret_raw(
            key.secret,
            salt,
            time_cost=header["time"],
            memory_cost=header["memory"],
            parallelism=header["lanes"],
            hash_len=32,
            type=Type.ID,
        )
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), 32, salt, b"wuye sealed backup 1").derive(key.secret)


def _nonce(number: int, last: bool) -> bytes:
    # Never twice with one key: each file has a key of its own.
    return number.to_bytes(11, "big") + bytes([last])


def _pieces(file: BinaryIO, size: int) -> Iterator[tuple[bytes, bool]]:
    """The pieces of a file, each with whether it is the last; an empty file is one empty piece."""
    piece = file.read(size)
    while True:
        following = file.read(size)
        yield piece, not following
        if not following:
            return
        piece = following
