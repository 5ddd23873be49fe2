"""What goes out in a wheel: all of the program, and nothing that an office left in the checkout.

* private files in a dirty checkout are in neither archive
* every program file that git knows is in the wheel
* the wheel ships no tests; the source archive has what is needed to build and test it
* `screens` and `data` are provided by no other distribution
"""

import shutil
import subprocess
import sys
import tarfile
import zipfile
from dataclasses import dataclass
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("wuye_tui", "screens", "data")
PRIVATE = (
    ".env",
    "data/desk.db",
    "data/desk.db-wal",
    "data/units_real.csv",
    "data/people.xlsx",
    "data/office.toml.bak",
    "data/config.toml",
    "data/calendar/desk.sqlite3",
    "data/demo/people_real.csv",
    "data/demo/住户名单.xlsx",
    "data/locale/en/LC_MESSAGES/notes.po",
    "screens/screenshot.svg",
    "tests/residents.csv",
    "wuye_tui/store/backup.json",
)


@dataclass(frozen=True)
class Archives:
    """The names of the files in each archive, as they lie in the checkout."""

    wheel: frozenset[str]
    source: frozenset[str]


@pytest.fixture(scope="module")
def archives(tmp_path_factory: pytest.TempPathFactory) -> Archives:
    """Both archives, built from a copy of the checkout with private files all over it.

    `.gitignore` stays behind: what it hides must stay out without its help.
    """
    checkout, out = tmp_path_factory.mktemp("checkout"), tmp_path_factory.mktemp("out")
    for package in (*PACKAGES, "tests"):
        ignored = shutil.ignore_patterns("__pycache__", "__snapshots__")
        shutil.copytree(ROOT / package, checkout / package, ignore=ignored)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "constraints.txt"):
        shutil.copy(ROOT / name, checkout)
    for name in PRIVATE:
        (checkout / name).parent.mkdir(parents=True, exist_ok=True)
        (checkout / name).write_text("张三,13800000000")
    build = [sys.executable, "-m", "build", "--no-isolation", "--wheel", "--sdist"]
    command = [*build, "--outdir", str(out), str(checkout)]
    done = subprocess.run(command, cwd=out, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with zipfile.ZipFile(next(out.glob("*.whl"))) as wheel:
        in_wheel = frozenset(wheel.namelist())
    with tarfile.open(next(out.glob("*.tar.gz"))) as source:
        in_source = frozenset(name.partition("/")[2] for name in source.getnames())
    return Archives(in_wheel, in_source)


def test_an_offices_own_files_are_in_neither_archive(archives: Archives) -> None:
    assert not archives.wheel.intersection(PRIVATE)
    assert not archives.source.intersection(PRIVATE)


def test_every_file_of_the_program_is_in_both_archives(archives: Archives) -> None:
    known = _known_to_git()
    assert known - archives.wheel == set()
    assert known - archives.source == set()


def test_the_wheel_holds_the_three_packages_and_nothing_else(archives: Archives) -> None:
    metadata = {name for name in archives.wheel if ".dist-info/" in name}
    tops = {name.partition("/")[0] for name in archives.wheel - metadata}
    assert tops == set(PACKAGES)


def test_the_source_archive_can_be_built_and_tested(archives: Archives) -> None:
    needed = {"pyproject.toml", "README.md", "constraints.txt", "tests/test_packaging.py"}
    assert needed <= archives.source


def test_screens_and_data_are_ours_alone() -> None:
    # A second distribution with these names would overwrite ours without a word from pip. An
    # editable installation is not listed at all, hence the default.
    owners = packages_distributions()
    for package in PACKAGES:
        assert set(owners.get(package, ["wuye"])) == {"wuye"}


def _known_to_git() -> set[str]:
    """The program's files as git knows them; a file written but not yet added is not among them."""
    listed = subprocess.run(
        ["git", "-c", "core.quotePath=off", "ls-files", "-z", *PACKAGES],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("not a git checkout")
    return {name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()}
