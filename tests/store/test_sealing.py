"""An encrypted copy opens with its key and with nothing else, and tells every changed byte."""

import json
import tracemalloc
from pathlib import Path
from stat import S_IMODE

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wuye_tui.store import sealing
from wuye_tui.store.sealing import (
    MAGIC,
    Key,
    KeyFileExists,
    NotAKeyFile,
    NotSealed,
    ShortPassphrase,
    WrongKey,
    make_key_file,
    passphrase,
    read_key_file,
    seal,
    unseal,
)

KEY = Key(b"k" * 32, sealing.FILE)
WORDS = "四月的风 1998 correct horse"


def sealed(plain: bytes, folder: Path, key: Key = KEY) -> Path:
    source, target = folder / "plain", folder / "sealed"
    source.write_bytes(plain)
    target.write_bytes(b"")
    seal(source, target, key)
    return target


def opened(target: Path, key: Key = KEY) -> bytes:
    back = target.with_name("back")
    back.unlink(missing_ok=True)
    unseal(target, back, key)
    return back.read_bytes()


@pytest.mark.parametrize("size", [0, 1, 15, 16, 17, 63, 64, 65, 128, 1000])
def test_what_was_sealed_comes_back(
    size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "PIECE", 16)
    plain = bytes(range(256)) * 4
    target = sealed(plain[:size], tmp_path)
    assert opened(target) == plain[:size]
    assert S_IMODE(target.with_name("back").stat().st_mode) == 0o600
    assert plain[:16] not in target.read_bytes()


def test_a_passphrase_opens_it_and_another_does_not(tmp_path: Path) -> None:
    target = sealed(b"names", tmp_path, passphrase(WORDS))
    assert opened(target, passphrase(WORDS)) == b"names"
    for wrong in (passphrase(WORDS + "."), KEY):
        with pytest.raises(WrongKey, match="口令"):
            opened(target, wrong)
        assert not target.with_name("back").exists()


def test_the_same_file_sealed_twice_has_nothing_in_common(tmp_path: Path) -> None:
    first = sealed(b"names" * 99, tmp_path).read_bytes()
    second = sealed(b"names" * 99, tmp_path).read_bytes()
    assert first[-64:] != second[-64:]


@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_every_changed_bit_is_told_and_nothing_stays(
    at: int, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("sealed")
    target = sealed(b"names" * 40, folder)
    whole = bytearray(target.read_bytes())
    whole[at % len(whole)] ^= 1 << bit
    target.write_bytes(bytes(whole))
    with pytest.raises((WrongKey, NotSealed)):
        opened(target)
    assert not (folder / "back").exists()


def test_pieces_cannot_be_moved_left_out_or_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sealing, "PIECE", 16)
    target = sealed(bytes(range(64)), tmp_path)
    head, body = _parts(target.read_bytes())
    pieces = [body[at : at + 32] for at in range(0, len(body), 32)]
    assert len(pieces) == 4
    for wrong in (pieces[:3], pieces[1:], [pieces[1], pieces[0], *pieces[2:]], [*pieces, b""]):
        target.write_bytes(head + b"".join(wrong))
        if wrong == [*pieces, b""]:
            assert opened(target) == bytes(range(64))
            continue
        with pytest.raises(WrongKey):
            opened(target)


def _parts(whole: bytes) -> tuple[bytes, bytes]:
    end = whole.index(b"\n", len(MAGIC)) + 1
    return whole[:end], whole[end:]


@pytest.mark.parametrize(
    "change",
    [{"memory": 1 << 30}, {"time": 10**6}, {"salt": "00"}, {"how": "none"}, {"piece": 1 << 40},
     {"cipher": "AES-128-ECB"}, {"lanes": "many"}],
)  # fmt: skip
def test_a_header_that_somebody_else_wrote_costs_no_more_than_a_sentence(
    change: dict[str, object], tmp_path: Path
) -> None:
    target = sealed(b"names", tmp_path, passphrase(WORDS))
    head, body = _parts(target.read_bytes())
    header = json.loads(head.removeprefix(MAGIC)) | change
    target.write_bytes(MAGIC + json.dumps(header).encode() + b"\n" + body)
    with pytest.raises(NotSealed):
        opened(target, passphrase(WORDS))


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\x00", MAGIC, MAGIC + b"{}\n", b"x" * 99]
)
def test_what_is_no_sealed_backup_says_so(content: bytes, tmp_path: Path) -> None:
    target = tmp_path / "sealed"
    target.write_bytes(content)
    with pytest.raises(NotSealed):
        opened(target)


def test_memory_stays_flat(tmp_path: Path) -> None:
    plain = tmp_path / "plain"
    with plain.open("wb") as file:
        file.truncate(64 << 20)
    target = tmp_path / "sealed"
    target.write_bytes(b"")
    tracemalloc.start()
    seal(plain, target, KEY)
    unseal(target, tmp_path / "back", KEY)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 8 << 20
    assert (tmp_path / "back").stat().st_size == 64 << 20


def test_a_key_file_is_the_owners_and_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "office.key"
    make_key_file(path)
    assert S_IMODE(path.stat().st_mode) == 0o600
    assert len(read_key_file(path).secret) == 32
    with pytest.raises(KeyFileExists):
        make_key_file(path)


@pytest.mark.parametrize("content", [b"", b"x\ny\n", b"wuye backup key 1\nAAAA\n", b"\xff\xfe"])
def test_what_is_no_key_file_says_so(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "office.key"
    path.write_bytes(content)
    with pytest.raises(NotAKeyFile):
        read_key_file(path)
    with pytest.raises(NotAKeyFile):
        read_key_file(tmp_path / "nowhere")


def test_a_short_passphrase_is_refused() -> None:
    with pytest.raises(ShortPassphrase, match="12"):
        passphrase("x" * 11)
    assert "horse" not in repr(passphrase(WORDS))
