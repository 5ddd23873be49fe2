"""`wuye forms`: on the screen, in a file, on a printer; what cannot be sent is kept and named.

- the three kinds of file, several forms in one, a day and many days
- a printer that is not there, one that refuses, a device that is not there, one that takes it
- an office's layout that is wrong is told, and printing goes on
"""

import os
import re
import socket
import stat
import threading
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.cli.lines import Office, typed
from tests.paper.needles import printed

__all__ = ["typed"]


def a_slip(office: Office, text: str = "厨房漏水") -> str:
    done = office.done("repairs", "register", "--unit", "3-1-502", "--text", text)
    return str(done["number"])


def kept(office: Office) -> list[Path]:
    folder = office.home / "paper"
    return sorted(folder.iterdir()) if folder.is_dir() else []


@pytest.fixture
def lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A printing service that takes everything for `laser`, and knows no other printer."""
    folder = tmp_path / "bin"
    folder.mkdir()
    command = folder / "lp"
    command.write_text(
        "#!/bin/sh\n"
        f'echo "$@" >> {folder}/said\n'
        "for last; do :; done\n"
        f'case "$*" in *"-d laser"*) cp "$last" {folder}/printed;;\n'
        '*) echo "lp: The printer or class does not exist." >&2; exit 1;; esac\n'
    )
    command.chmod(command.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{folder}:{os.environ['PATH']}")
    return folder


def test_the_forms_are_listed_with_their_numbers_on_paper(typed: Office) -> None:
    found = {one["form"]: one for one in typed.done("forms", "list")}
    assert found["order"]["code"] == "KF-CQ08-01-F3"
    assert found["slip"]["copies"] == 3
    assert found["receipt"]["copies"] == 3
    assert "ZJWY/KF/BG-024" in typed.type("forms", "list").out


def test_a_form_is_shown_first_and_nothing_is_written(typed: Office) -> None:
    number = a_slip(typed)
    ran = typed.type("forms", "print", "slip", number)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out.count("维修派工单") == 3
    assert "13800001234" in ran.out, "whoever acts has proved who they are"
    assert kept(typed) == []
    document = typed.done("forms", "print", "slip", number, "--copies", "2")
    assert document["numbers"] == [number]
    assert "第二联" in document["text"]


def test_without_anybody_acting_telephones_are_masked(
    typed: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    from wuye_tui.cli.main import run

    number = a_slip(typed)
    capsys.readouterr()
    line = ["forms", "print", "slip", number, "--home", str(typed.home)]
    assert run([*line, "--now", typed.now.isoformat()]) == 0
    out = capsys.readouterr().out
    assert "138****1234" in out
    assert "13800001234" not in out


def test_each_kind_of_file(typed: Office, tmp_path: Path) -> None:
    number = a_slip(typed)
    pdf, text, needles = (tmp_path / f"slip{end}" for end in (".pdf", ".txt", ".escp"))
    for path in (pdf, text, needles):
        done = typed.done("forms", "print", "slip", number, "-o", str(path))
        assert done["file"] == str(path)
        assert done["pages"] >= 3
        assert path.stat().st_mode & 0o77 == 0, "there are names and telephones in it"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert number in text.read_text("utf-8")
    tray = printed(needles.read_bytes())
    assert tray.length == 1320
    assert number in tray.texts[0]
    again = typed.type("forms", "print", "slip", number, "-o", str(pdf))
    assert again.status == 2
    assert "--force" in again.err
    assert typed.type("forms", "print", "slip", number, "-o", str(pdf), "--force").status == 0


def test_several_slips_and_a_day_of_them_are_one_file(typed: Office, tmp_path: Path) -> None:
    first, second = a_slip(typed), a_slip(typed, "灯不亮")
    path = tmp_path / "both.pdf"
    typed.done("forms", "print", "slip", first, second, "-o", str(path), "--copies", "1")
    pages = PdfReader(BytesIO(path.read_bytes())).pages
    texts = [re.sub(r"[\s\x00]", "", page.extract_text()) for page in pages]
    assert [first in texts[0], second in texts[1]] == [True, True]
    day = typed.done("forms", "print", "slip", "--from", "2026-11-19", "--to", "2026-11-19")
    assert day["numbers"] == [first, second]
    other = typed.type("forms", "print", "slip", "--from", "2026-11-01", "--to", "2026-11-18")
    assert (other.status, other.out) == (0, "")
    assert typed.done("forms", "print", "F4", "--from", "2026-11-17")["numbers"] == [
        "2026-11-17", "2026-11-18", "2026-11-19",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "status", "says"),
    [
        (("slip",), 2, "--from"),
        (("slip", "PG-20200101-001"), 4, "PG-20200101-001"),
        (("nothing", "x"), 4, "slip"),
        (("service", "LX-20200101-001"), 4, "LX-20200101-001"),
        (("F4", "2026-13-01"), 2, "2026-13-01"),
        (("F4", "--from", "2026-11-20", "--to", "2026-11-19"), 2, "--to"),
        (("F1",), 4, "duties start"),
        (("F4", "--paper", "a5"), 2, "a4"),
        (("F4", "--escp"), 2, "--device"),
        (("F4", "-o", "x.doc"), 2, ".pdf"),
        (("F4", "-o", "x.escp", "--paper", "a4"), 2, "241"),
        (("F4", "--printer", "a", "--device", "b"), 2, "--printer"),
    ],
)
def test_what_cannot_be_printed_is_refused_in_one_line(
    typed: Office, words: tuple[str, ...], status: int, says: str
) -> None:
    ran = typed.type("forms", "print", *words)
    assert (ran.status, ran.out) == (status, "")
    assert says in ran.err
    assert len(ran.err.strip().split("\n")) == 1


def test_a_printer_gets_the_file_and_nothing_stays_behind(typed: Office, lp: Path) -> None:
    number = a_slip(typed)
    ran = typed.type("forms", "print", "slip", number, "--printer", "laser")
    assert ran.status == 0, ran.err
    assert (lp / "printed").read_bytes().startswith(b"%PDF")
    assert "laser" in ran.err
    assert kept(typed) == []
    (typed.home / "config.toml").write_text('printer = "laser"\npaper = "241-140"\n', "utf-8")
    assert typed.type("forms", "print", "slip", number, "--printer", "usual", "--escp").status == 0
    assert "-o raw" in (lp / "said").read_text("utf-8")
    assert printed((lp / "printed").read_bytes()).length == 1980


def test_a_printer_that_is_not_there_leaves_the_file_and_names_it(typed: Office, lp: Path) -> None:
    number = a_slip(typed)
    ran = typed.type("forms", "print", "slip", number, "--printer", "old one")
    assert (ran.status, ran.out) == (5, "")
    (path,) = kept(typed)
    assert str(path) in ran.err
    assert "does not exist" in ran.err
    assert number in path.name
    assert path.read_bytes().startswith(b"%PDF")


def test_without_a_printing_service_the_file_is_kept_too(
    typed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = a_slip(typed)
    typed.type("forms", "print", "slip", number)  # the font has been looked for by now
    monkeypatch.setattr("wuye_tui.paper.printers.which", lambda _name: None)
    ran = typed.type("forms", "print", "slip", number, "--printer", "laser")
    assert ran.status == 5
    assert str(kept(typed)[0]) in ran.err


@pytest.mark.parametrize("device", ["/dev/usb/lp77", "nowhere.invalid:9100", "127.0.0.1:1", "/tmp"])
def test_a_device_that_is_not_there_leaves_the_file_and_names_it(
    typed: Office, device: str
) -> None:
    ran = typed.type("forms", "print", "slip", a_slip(typed), "--device", device)
    assert ran.status == 5
    (path,) = kept(typed)
    assert str(path) in ran.err
    assert printed(path.read_bytes()).length == 1320


def test_a_file_is_no_device_and_is_never_written_over(typed: Office, tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("x")
    ran = typed.type("forms", "print", "slip", a_slip(typed), "--device", str(precious))
    assert ran.status == 5
    assert precious.read_text() == "x"


def test_a_device_gets_what_a_needle_printer_understands(typed: Office, tmp_path: Path) -> None:
    fifo, read = tmp_path / "lp0", list[bytes]()
    os.mkfifo(fifo)
    handle = os.open(fifo, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(handle, True)

    def take() -> None:
        with os.fdopen(handle, "rb") as file:
            read.append(file.read())

    reader = threading.Thread(target=take, daemon=True)
    number = a_slip(typed)
    ready = os.open(fifo, os.O_WRONLY)  # or the reader would see an end before anything came
    reader.start()
    ran = typed.type("forms", "print", "slip", number, "--device", str(fifo))
    os.close(ready)
    reader.join(10)
    assert ran.status == 0, ran.err
    assert number in printed(read[0]).texts[0]
    assert kept(typed) == []


def test_a_printer_on_the_network_gets_the_same(typed: Office) -> None:
    number, read = a_slip(typed), list[bytes]()
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

        def take() -> None:
            line, _whence = server.accept()
            with line, line.makefile("rb") as file:
                read.append(file.read())

        reader = threading.Thread(target=take, daemon=True)
        reader.start()
        ran = typed.type("forms", "print", "slip", number, "--device", f"127.0.0.1:{port}")
        reader.join(10)
    assert ran.status == 0, ran.err
    assert number in printed(read[0]).texts[0]


def test_a_wrong_layout_is_told_and_printing_goes_on(typed: Office) -> None:
    own = typed.home / "data" / "layouts" / "slip.txt"
    own.parent.mkdir(parents=True)
    own.write_text("# 单\n{% if number %}\n", "utf-8")
    number = a_slip(typed)
    ran = typed.type("forms", "print", "slip", number)
    assert ran.status == 0
    assert number in ran.out
    assert "data/layouts/slip.txt" in ran.err
    checked = typed.type("config", "check", json=True)
    assert checked.status == 3
    (fault,) = checked.json["faults"]
    assert (fault["file"], fault["line"]) == ("data/layouts/slip.txt", 2)


def test_a_layout_of_no_form_is_told_by_the_check(typed: Office) -> None:
    own = typed.home / "data" / "layouts" / "slips.txt"
    own.parent.mkdir(parents=True)
    own.write_text("# 单\n", "utf-8")
    assert "layouts/slip.txt" in typed.type("config", "check").out


def test_whole_numbers_in_a_register_want_a_reason_and_are_an_act(typed: Office) -> None:
    typed.done("calls", "add", "--line", "3-1-502 厨房漏水 马上", "--phone", "13800001234")
    masked = typed.done("forms", "print", "F4")["text"]
    assert "13800001234" not in masked
    whole = typed.done("forms", "print", "F4", "--reason", "核对电话")["text"]
    assert "13800001234" in whole
    assert typed.done("audit", "show")[-1]["what"] == "calls.reveal"


def test_slips_of_whole_days_show_whole_numbers_only_with_a_reason(typed: Office) -> None:
    a_slip(typed)
    days = ("forms", "print", "slip", "--from", "2026-11-19")
    masked = typed.done(*days)["text"]
    assert "13800001234" not in masked
    assert "138****1234" in masked
    assert "13800001234" in typed.done(*days, "--reason", "交档案室")["text"]
    last = typed.done("audit", "show")[-1]
    assert (last["what"], last["result"]["seen"]) == ("slips.reveal", 1)
    assert "交档案室" not in str(last), "people write names into reasons"
