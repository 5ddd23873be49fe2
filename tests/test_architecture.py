"""Who may know whom: the layers, checked on the import graph and again on a running interpreter.

* the import contracts of pyproject.toml hold
* the rules pull in no library of storage, validation or drawing, not even through another module
* the rules do no input and output of their own
* one clock says now: nothing else in the program asks the computer for the time
* `--version` answers without loading the console or the database
"""

import ast
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import wuye_tui

ROOT = Path(__file__).parents[1]
PROGRAM = sorted(path for top in ("wuye_tui", "screens") for path in (ROOT / top).rglob("*.py"))
RULES = ROOT / "wuye_tui" / "rules"
CLOCK = RULES / "clock.py"
FOREIGN = {"sqlmodel", "sqlalchemy", "pydantic", "textual", "typer", "rich", "click"}
OUTSIDE = {"io", "os", "pathlib", "random", "secrets", "socket", "sqlite3", "subprocess", "time"}
CLOCKS = {
    ("datetime", "now"),
    ("datetime", "utcnow"),
    ("datetime", "today"),
    ("date", "today"),
    ("time", "time"),
}

IMPORT_ALL_RULES = """
import importlib, pkgutil, sys
import wuye_tui.rules as rules
for found in pkgutil.walk_packages(rules.__path__, "wuye_tui.rules."):
    importlib.import_module(found.name)
print(*sys.modules)
"""


def python(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs a fresh interpreter in the checkout."""
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def reaches_outside(node: ast.AST) -> bool:
    """An import of something that reads, waits, dials or throws dice, or a bare `open(...)`."""
    match node:
        case ast.Import(names=names):
            return any(name.name.partition(".")[0] in OUTSIDE for name in names)
        case ast.ImportFrom(module=str(module)):
            return module.partition(".")[0] in OUTSIDE
        case ast.Call(func=ast.Name(id="open")):
            return True
    return False


def asks_the_time(node: ast.AST) -> bool:
    """`datetime.now()`, `date.today()`, `time.time()`; a desk's own `clock.now()` is none."""
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=attr)):
            return (owner, attr) in CLOCKS
    return False


def places(found: Callable[[ast.AST], bool], paths: list[Path]) -> list[str]:
    """Where in these files, as `file:line`, a thing is found."""
    return [
        f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        for path in paths
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if found(node)
    ]


def test_the_import_contracts_hold() -> None:
    lint = "from importlinter.cli import lint_imports_command as lint; lint(['--no-cache'])"
    done = python("-c", lint, "--no-cache", "--no-logo")
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_rules_pull_in_no_store_no_screen_and_no_command_line() -> None:
    done = python("-c", IMPORT_ALL_RULES)
    assert done.returncode == 0, done.stderr
    assert FOREIGN.isdisjoint(done.stdout.split())


def test_the_rules_do_no_input_and_output() -> None:
    rules = [path for path in PROGRAM if RULES in path.parents]
    assert places(reaches_outside, rules) == []


def test_one_clock_says_now() -> None:
    assert places(asks_the_time, [path for path in PROGRAM if path != CLOCK]) == []


def test_the_version_is_told_without_loading_the_console_or_the_database() -> None:
    done = python("-X", "importtime", "-m", "wuye_tui", "--version")
    lines = done.stderr.splitlines()
    said = [line for line in lines if not line.startswith("import time:")]
    loaded = {line.rpartition("|")[2].strip() for line in lines if line not in said}
    assert (done.returncode, said) == (0, [])
    assert wuye_tui.__version__ in done.stdout
    assert "wuye_tui" in loaded
    assert loaded.isdisjoint({"screens", "textual", "sqlmodel", "sqlalchemy", "alembic"})
