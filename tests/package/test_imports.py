"""Imports run downward only, nothing heavy loads with the library, and a few shortcuts are banned."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "procurelib"

# Who may import whom: each part (a module or package under procurelib), and the parts it may name at any place.
_FLOOR = {"unknown", "errors"}
_DATED = _FLOOR | {"money", "citations", "dated"}
_BOOK = _DATED | {"law", "models"}
_RULES = _BOOK | {"tables", "places", "calendars", "rules"}
MAY_IMPORT: dict[str, set[str]] = {
    "unknown": set(),
    "errors": {"unknown"},
    "money": _FLOOR,
    "citations": _FLOOR,
    "dated": _FLOOR | {"money", "citations"},
    "law": _DATED,
    "models": _DATED,
    "tables": _FLOOR,
    "places": _BOOK,
    "calendars": _DATED | {"law"},
    "rules": _RULES,
    "social": _RULES,
    "promises": _RULES | {"social"},
    "explain": _RULES | {"social", "promises"},
    "formats": _RULES | {"social", "promises", "explain"},
    "strategies": _RULES | {"social", "promises", "explain"},
    "hypothesis_plugin": _BOOK | {"strategies"},
    "__init__": _RULES | {"social", "promises", "explain", "formats"},
}
# Allowed inside a function only, so that neither loads the other: a by-law is checked against the book,
# an answer or a declaration explains itself, and a deadline is written as answers are.
LATE: dict[str, set[str]] = {
    "models": {"law", "explain"},
    "calendars": {"explain"},
    "rules": {"explain"},
    "social": {"explain"},
    "promises": {"explain"},
}
HEAVY = {
    *("babel", "cattrs", "dateutil", "tomllib", "tomli_w", "hypothesis", "stdnum"),
    *("numpy", "polars", "icalendar", "altair", "vl_convert"),
}
HEAVY_ALLOWED = {"strategies": {"hypothesis"}, "formats": {"icalendar"}, "frames": {"numpy", "polars"}}


def part_of(path: Path) -> str:
    """The part of procurelib a source file belongs to."""
    first = path.relative_to(SRC).parts[0]
    return first.removesuffix(".py")


def imports(tree: ast.Module, package: tuple[str, ...]) -> Iterator[tuple[str, int, bool]]:
    """Each module named by an import (absolute), its line, and whether it waits for a call or for a type checker."""

    def visit(node: ast.AST, late: bool) -> Iterator[tuple[str, int, bool]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, ast.Import):
                for alias in child.names:
                    yield alias.name, child.lineno, late
            elif isinstance(child, ast.ImportFrom):
                base = package[: len(package) - child.level + 1] if child.level else ()
                module = ".".join((*base, *((child.module,) if child.module else ())))
                for alias in child.names:
                    yield f"{module}.{alias.name}" if module == "procurelib" else module, child.lineno, late
            else:
                waits = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or (
                    isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
                )
                yield from visit(child, late or waits)

    yield from visit(tree, late=False)


def import_faults(source: str, part: str, package: tuple[str, ...] = ("procurelib",)) -> list[str]:
    """What the imports of one source break."""
    faults: list[str] = []
    for module, line, late in imports(ast.parse(source), package):
        top, _, rest = module.partition(".")
        if top == "procurelib":
            target = rest.partition(".")[0] or "__init__"
            allowed = MAY_IMPORT[part] | (LATE.get(part, set()) if late else set())
            if target != part and target not in allowed:
                faults.append(f"line {line}: {part} may not import {target}")
        elif top in HEAVY and not late and top not in HEAVY_ALLOWED.get(part, set()):
            faults.append(f"line {line}: {top} loads with the library; import it inside the function that needs it")
    return faults


def shortcut_faults(source: str) -> list[str]:
    """Banned shortcuts of one source: the clock, floats, star imports, blind excepts."""
    faults: list[str] = []
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Attribute(attr="today" | "utcnow"):
                faults.append(f"line {node.lineno}: an answer depends on the day it is asked")
            case ast.Attribute(value=ast.Name(id="datetime") | ast.Attribute(attr="datetime"), attr="now"):
                faults.append(f"line {node.lineno}: an answer depends on the moment it is asked")
            case ast.Call(func=ast.Name(id="float")):
                faults.append(f"line {node.lineno}: float(")
            case ast.ImportFrom(names=[ast.alias(name="*")]):
                faults.append(f"line {node.lineno}: import *")
            case ast.ExceptHandler(type=None):
                faults.append(f"line {node.lineno}: bare except")
            case ast.ExceptHandler(type=caught) if caught and {"Exception", "BaseException"} & {
                n.id for n in ast.walk(caught) if isinstance(n, ast.Name)
            }:
                faults.append(f"line {node.lineno}: except Exception")
            case _:
                pass
    return faults


FILES = sorted(SRC.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_imports_run_downward_and_stay_light(path: Path) -> None:
    """A part imports only what lies below it, and nothing heavy while loading."""
    package = ("procurelib", *path.relative_to(SRC).parent.parts)
    assert part_of(path) in MAY_IMPORT, f"{part_of(path)} has no line in MAY_IMPORT: say what it may import"
    assert import_faults(path.read_text(encoding="utf-8"), part_of(path), package) == []


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_no_banned_shortcut(path: Path) -> None:
    """No clock, no float conversion, no star import, no blind except."""
    assert shortcut_faults(path.read_text(encoding="utf-8")) == []


def test_the_table_has_no_cycle() -> None:
    """Two different parts never may import each other."""
    pairs = [(a, b) for a, may in MAY_IMPORT.items() for b in may if a != b and a in MAY_IMPORT.get(b, set())]
    assert pairs == []


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("tables", "from procurelib.law import law"),
        ("tables", "import procurelib.models.city"),
        ("tables", "from ..models import City"),
        ("tables", "from procurelib import law"),
        ("tables", "def f():\n    from procurelib.law import law"),
        ("models", "from procurelib.law import law"),
        ("rules", "from procurelib import Tender"),
        ("rules", "try:\n    import babel\nexcept ImportError:\n    pass"),
        ("law", "import tomllib"),
        ("law", "class A:\n    from babel.numbers import format_decimal"),
        ("frames", "import hypothesis"),
    ],
)
def test_a_forbidden_import_is_seen(part: str, source: str) -> None:
    """Each way to write a forbidden import is caught."""
    assert import_faults(source, part, ("procurelib", part))


@pytest.mark.parametrize(
    ("part", "source"),
    [
        ("models", "def f():\n    from procurelib.law import law"),
        ("law", "def f():\n    import tomllib"),
        ("rules", "from procurelib.law import law\nfrom ..tables import Table"),
        ("strategies", "from hypothesis import strategies"),
    ],
)
def test_an_allowed_import_passes(part: str, source: str) -> None:
    """A downward import, a late one and a heavy one inside a function are fine."""
    assert import_faults(source, part, ("procurelib", part)) == []


@pytest.mark.parametrize(
    "source",
    [
        "date.today()",
        "datetime.date.today()",
        "f(default_factory=date.today)",
        "datetime.now()",
        "datetime.datetime.now(tz)",
        "datetime.utcnow()",
        "float(x)",
        "from a import *",
        "try:\n    x\nexcept:\n    pass",
        "try:\n    x\nexcept Exception:\n    pass",
        "try:\n    x\nexcept (KeyError, BaseException) as e:\n    pass",
    ],
)
def test_a_banned_shortcut_is_seen(source: str) -> None:
    """Each banned shortcut is caught."""
    assert shortcut_faults(source)
