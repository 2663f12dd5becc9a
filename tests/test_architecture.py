"""The rules of the house that import-linter cannot see, as sentences. Its own rules stand in pyproject.toml."""

import ast
import re
import sys
import tomllib
from collections.abc import Callable, Iterator
from importlib.metadata import distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtWidgets import QLabel

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "escplaybook"
TOO_LONG = 400
ALLOWED_TO_BE_LONG: set[str] = set()

Rule = Callable[[str, ast.Module], Iterator[ast.AST]]


# The rules: each is handed a room's name and a module's tree, and yields what breaks it.


def opens_sqlite(room: str, tree: ast.Module) -> Iterator[ast.AST]:
    """SQLite is named outside store and search, at the top, inside a function or as a string to import."""
    if room not in {"store", "search"}:
        yield from (node for node, name in imports(tree) if root_of(name) in {"sqlite3", "pysqlite3", "sqlite_utils"})


def loads_qt(room: str, tree: ast.Module) -> Iterator[ast.AST]:
    """Qt is named outside ui, however it is imported."""
    if room != "ui":
        yield from (node for node, name in imports(tree) if root_of(name) in {"PySide6", "shiboken6"})


def writes_sql(room: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A statement that changes the book, outside store."""
    if room == "store":
        return
    for call in calls(tree):
        if called(call) in {"execute", "executemany", "executescript"} and call.args:
            texts = (part.value for part in ast.walk(call.args[0]) if isinstance(part, ast.Constant))
            first = next((text for text in texts if isinstance(text, str)), "")
            if re.match(r"\s*(insert|update|delete|replace|create|drop|alter|vacuum)\b", first, re.IGNORECASE):
                yield call
        elif called(call) in {"upsert", "upsert_all", "insert_all", "delete_where"}:
            yield call


def reads_the_clock(room: str, tree: ast.Module) -> Iterator[ast.AST]:
    """The time of day is asked for behind the doors, where `now` is handed in."""
    if room in {"ui", "cli", "__main__"}:
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and (last_name(node.value), node.attr) in {
            ("datetime", "now"),
            ("datetime", "utcnow"),
            ("datetime", "today"),
            ("date", "today"),
            ("time", "time"),
        }:
            yield node


def leaves_the_domain(room: str, tree: ast.Module) -> Iterator[ast.AST]:
    """Files, environment and terminal, in the domain."""
    if room != "domain":
        return
    for call in calls(tree):
        plain = isinstance(call.func, ast.Name) and call.func.id in {"open", "print", "input"}
        through_path = isinstance(call.func, ast.Attribute) and re.match(
            r"(read|write)_(text|bytes)$|open$|unlink$|mkdir$|touch$|exists$|is_file$|is_dir$|iterdir$|glob$|stat$|getenv$",
            call.func.attr,
        )
        if plain or through_path:
            yield call
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "environ")


def leans_on_more(room: str, tree: ast.Module) -> Iterator[ast.AST]:
    """A library in the domain besides Python's own and those that know a rule of the world."""
    if room == "domain":
        rules = {"dateutil", "holidays", "rule_engine", "phonenumbers", "email_validator"}
        allowed = sys.stdlib_module_names | rules | {"escplaybook"}
        yield from (node for node, name in imports(tree) if root_of(name) not in allowed)


RULES: tuple[Rule, ...] = (
    opens_sqlite,
    loads_qt,
    writes_sql,
    reads_the_clock,
    leaves_the_domain,
    leans_on_more,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_no_room_breaks_the_rule(rule):
    broken = [
        f"{path.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)}"
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in rule(room_of(path), ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert not broken, f"{rule.__doc__}\n" + "\n".join(broken)


@pytest.mark.parametrize(
    ("rule", "room", "breach"),
    [
        (opens_sqlite, "services", "import sqlite3"),
        (opens_sqlite, "paper", "def draw():\n    from pysqlite3 import dbapi2"),
        (opens_sqlite, "cli", "import importlib\nimportlib.import_module('sqlite_utils.db')"),
        (opens_sqlite, "ui", "__import__('sqlite3').connect('book.db')"),
        (loads_qt, "services", "def later():\n    from PySide6.QtCore import QObject"),
        (loads_qt, "cli", "from importlib import import_module\nimport_module('PySide6.QtGui')"),
        (writes_sql, "services", "book.execute('DELETE FROM entry')"),
        (writes_sql, "search", "book.execute(f'''\n  insert into {table} values (1)''')"),
        (writes_sql, "ui", "book.db['entry'].upsert({'id': 1}, pk='id')"),
        (reads_the_clock, "services", "from datetime import UTC, datetime\ndatetime.now(UTC)"),
        (reads_the_clock, "store", "import datetime\ndatetime.datetime.utcnow()"),
        (reads_the_clock, "domain", "field(default_factory=datetime.now)"),
        (reads_the_clock, "paper", "date.today()"),
        (reads_the_clock, "domain", "import time\ntime.time()"),
        (leaves_the_domain, "domain", "open('book.db')"),
        (leaves_the_domain, "domain", "Path('hours.txt').read_text()"),
        (leaves_the_domain, "domain", "import os\nos.environ['TZ']"),
        (leans_on_more, "domain", "import click"),
        (leans_on_more, "domain", "def rate():\n    from rapidfuzz import fuzz"),
    ],
)
def test_a_breach_is_seen(rule, room, breach):
    assert list(rule(room, ast.parse(breach)))


@pytest.mark.parametrize(
    ("rule", "room", "honest"),
    [
        (opens_sqlite, "store", "import pysqlite3"),
        (opens_sqlite, "ui", "button.clicked.connect(self.save)"),
        (loads_qt, "ui", "from PySide6.QtWidgets import QWidget"),
        (writes_sql, "search", "book.execute('SELECT id FROM entry')"),
        (writes_sql, "services", "steps.insert(0, step)"),
        (reads_the_clock, "cli", "datetime.now(UTC)"),
        (reads_the_clock, "domain", "def due(now): return now + clock.allowed"),
        (leaves_the_domain, "domain", "is_open(hours, local)"),
        (leans_on_more, "domain", "from zoneinfo import ZoneInfo\nfrom escplaybook.domain.hours import is_open"),
    ],
)
def test_honest_code_passes(rule, room, honest):
    assert not list(rule(room, ast.parse(honest)))


def test_every_room_says_what_it_is_for():
    silent = [
        str(folder.relative_to(ROOT))
        for folder in sorted({path.parent for path in PACKAGE.rglob("*.py")})
        if not (folder / "__init__.py").is_file()
        or not ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    ]
    assert not silent, f"without an __init__.py that begins with a docstring: {silent}"


def test_the_packaging_folder_never_shadows_the_library_of_that_name():
    assert not list((ROOT / "packaging").rglob("__init__.py"))
    assert not Path(sys.modules["packaging"].__file__ or "").is_relative_to(ROOT / "packaging")


def test_files_stay_short_enough_to_have_one_subject():
    lengths = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for folder in (PACKAGE, ROOT / "tests", ROOT / "packaging")
        for path in folder.rglob("*.py")
    }
    assert {name for name, lines in lengths.items() if lines >= TOO_LONG} == ALLOWED_TO_BE_LONG


def test_one_whoosh_and_no_second_fork():
    assert packages_distributions()["whoosh"] == ["whoosh3"]


def test_every_library_is_the_pinned_one():
    """What `packaging/run` installs is what this run was tested with, down to what the libraries ask for themselves."""
    lines = (ROOT / "packaging/constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.split("==") for line in lines if not line.startswith("#"))
    pinned = {canonicalize_name(name): version for name, version in pins}
    installed = {name: distribution(name).version for name in required()}
    assert installed == {name: pinned.get(name) for name in installed}


def test_every_library_that_is_imported_is_one_that_is_installed_with_the_program():
    """A machine that has it by chance hides that a fresh one does not."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    named = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    named |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    modules = {name.partition(".")[0] for name in named} - sys.stdlib_module_names - {PACKAGE.name}
    bringing = {module: {canonicalize_name(one) for one in packages_distributions()[module]} for module in modules}
    assert [module for module, ones in bringing.items() if not ones & required(test=False)] == []


def test_the_notices_name_every_library_that_the_program_brings():
    notices = (ROOT / "NOTICES.md").read_text(encoding="utf-8")
    assert {canonicalize_name(name) for name in re.findall(r"^\| `([^`]+)`", notices, re.MULTILINE)} == required(
        test=False
    )


def test_qt_keeps_hold_of_none(qtbot):
    """PySide6-Essentials 6.12.0 and 6.10.1 drop a reference to None in every void call and die after some thousands."""
    label = QLabel()
    qtbot.addWidget(label)
    before = sys.getrefcount(None)
    for count in range(2_000):
        label.setText(str(count))
    assert sys.getrefcount(None) > before - 100


def room_of(path: Path) -> str:
    """The name of the folder, or of the module if it lies on the top floor."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imports(tree: ast.Module) -> Iterator[tuple[ast.AST, str]]:
    """Every module that is imported from anywhere in the tree, by statement or by its name as a string."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node, node.module
        elif isinstance(node, ast.Call) and called(node) in {"import_module", "__import__"}:
            yield from ((node, arg.value) for arg in node.args if isinstance(arg, ast.Constant))


def calls(tree: ast.Module) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def called(call: ast.Call) -> str:
    return last_name(call.func)


def last_name(node: ast.expr) -> str:
    """`now` for `datetime.now` and for `now`; empty for what has no name."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def root_of(name: str) -> str:
    return name.partition(".")[0]


def required(test: bool = True) -> set[str]:
    """All libraries that pyproject.toml asks for, with or without its test extra, and those they ask for in turn."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    waiting = project["dependencies"] + (project["optional-dependencies"]["test"] if test else [])
    found: set[str] = {"pip"}  # sqlite-utils asks for it; every environment brings its own
    while waiting:
        requirement = Requirement(waiting.pop())
        name = canonicalize_name(requirement.name)
        asked = [{**default_environment(), "extra": extra} for extra in (*requirement.extras, "")]
        if name not in found and (not requirement.marker or any(map(requirement.marker.evaluate, asked))):
            found.add(name)
            waiting += distribution(name).requires or []
    return found - {"pip"}
