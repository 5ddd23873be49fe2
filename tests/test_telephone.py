"""docs/telephone.md: the wrapper that every telephone system calls, run by a real shell.

Whoever calls chooses the number that is shown, so nothing of it but digits may reach a command.
The lines for Asterisk and FreeSWITCH cannot be run here; what a shell does with them can.
"""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest

from wuye_tui.cli import context, main

PAGE = (Path(__file__).parents[1] / "docs" / "telephone.md").read_text("utf-8")
SHELLS = [shell for shell in ("/bin/sh", "/bin/bash", "/bin/dash") if Path(shell).exists()]
HOSTILE = (
    "1;touch pwned", "$(touch pwned)", "`touch pwned`", "1|touch pwned", "1&touch pwned",
    "1\ntouch pwned", "'; touch pwned; '", '"; touch pwned; "', "--home=/tmp", "-rf", "1>pwned",
    "${IFS}touch pwned", "1' || touch pwned || '", "\\", "*", "~", "!!", "%s%n", "\u202e1",
    "１２３", "--db sqlite:///x", "\t", "", "🐉", "1\0002",
)  # fmt: skip


def wrapper() -> str:
    """The script, as the page shows it."""
    found = re.search(r"    #!/bin/sh\n(?:    .*\n)+", PAGE)
    assert found
    return re.sub(r"(?m)^    ", "", found.group(0))


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The script, and in place of wuye a program that writes down what it was given."""
    heard = tmp_path / "heard"
    fake = tmp_path / "wuye"
    fake.write_text(f'#!/bin/sh\nprintf "%s\\n" "$#" "$@" > {shlex.quote(str(heard))}\n')
    fake.chmod(0o755)
    script = tmp_path / "wuye-ring"
    script.write_text(wrapper().replace("/opt/wuye/.venv/bin/wuye", str(fake)), "utf-8")
    script.chmod(0o755)
    return script


def heard(script: Path) -> list[str]:
    return (script.parent / "heard").read_text("utf-8").splitlines()


def ran(script: Path, *words: str, shell: str = "/bin/sh") -> int:
    given = [word.split("\0")[0] for word in words]  # no argument holds a NUL
    return subprocess.run([shell, script, *given], cwd=script.parent, check=False).returncode


@pytest.mark.parametrize("shell", SHELLS)
@pytest.mark.parametrize("number", HOSTILE)
def test_only_digits_pass_whatever_a_caller_calls_himself(
    installed: Path, number: str, shell: str
) -> None:
    assert ran(installed, "ring", number, shell=shell) == 0
    count, calls, verb, passed, *rest = heard(installed)
    assert (count, calls, verb) == ("6", "calls", "ring")
    assert rest == ["--home", "/var/lib/wuye", "--quiet"]
    assert re.fullmatch(r"[0-9+]+|-", passed)
    assert not (installed.parent / "pwned").exists()


@pytest.mark.parametrize(
    ("number", "passed"),
    [("13800001234", "13800001234"), ("+86 138-0000-1234", "+8613800001234"), ("", "-"),
     ("anonymous", "-"), ("(023) 5550 1001", "02355501001")],
)  # fmt: skip
def test_a_number_is_passed_as_it_is_dialled(installed: Path, number: str, passed: str) -> None:
    ran(installed, "ring", number)
    assert heard(installed)[3] == passed


@pytest.mark.parametrize("verb", ["", "take", "ring;id", "--help", "hang-up x"])
def test_no_other_verb_passes(installed: Path, verb: str) -> None:
    assert ran(installed, verb, "1") == 2
    assert not (installed.parent / "heard").exists()


def test_the_end_of_a_call_that_nobody_took_passes(installed: Path) -> None:
    ran(installed, "hang-up", "13800001234")
    assert heard(installed)[2:4] == ["hang-up", "13800001234"]


def test_the_real_program_reads_what_the_wrapper_passes() -> None:
    """The verbs, the options and their places are those of `wuye` itself."""
    last = next(line for line in wrapper().splitlines() if line.startswith("exec "))
    words = shlex.split(last.partition("bin/wuye ")[2].partition(" >")[0])
    assert context.split(words).rest == ["calls", "$1", "${number:--}"]
    assert {"ring", "hang-up"} <= set(main.load("calls").commands)


def shell_lines(opening: str, closing: str) -> list[str]:
    """The commands that a telephone system hands to a shell, with a number filled in."""
    return [
        found for found in re.findall(rf"{opening}(.*?){closing}", PAGE) if "wuye-ring" in found
    ]


@pytest.mark.parametrize("number", ["13800001234", "+8613800001234", ""])
def test_the_lines_of_asterisk_and_freeswitch_are_one_command_with_one_number(
    installed: Path, number: str
) -> None:
    """Both filter the number themselves; what is left to a shell is one quoted word."""
    asterisk = shell_lines(r"TrySystem\(", r" &\)")
    switch = shell_lines(r'data="(?:api_hangup_hook=system )?', r' &amp;"')
    assert (len(asterisk), len(switch)) == (2, 2)
    verbs = []
    for line in (*asterisk, *switch):
        given = line.replace("${FILTER(0-9+,${CALLERID(num)})}", number).replace("$1", number)
        given = given.replace("sudo -u wuye /usr/local/bin/wuye-ring", shlex.quote(str(installed)))
        assert "$" not in given, "nothing is left for the shell to fill in"
        done = subprocess.run(["/bin/sh", "-c", given], env=dict(os.environ), check=False)
        assert done.returncode == 0, given
        verbs.append(tuple(heard(installed)[2:4]))
    assert verbs == [
        ("ring", number or "-"), ("hang-up", number or "-"),
        ("hang-up", number or "-"), ("ring", number or "-"),
    ]  # fmt: skip


def test_freeswitch_lets_nothing_but_digits_into_its_line() -> None:
    pattern = re.search(r'expression="(\^.*?\$)"', PAGE)
    assert pattern
    for number in HOSTILE:
        if number:
            found = re.search(pattern.group(1), number, re.ASCII)
            assert found is None or found.group(1).strip("+0123456789") == "", number
