"""Amounts and dates of the law live in the book: no number of 1 000 or more is written where rules are."""

import ast
import operator
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from pathlib import Path

import pytest

SRC = Path(__file__).parents[2] / "src" / "procurelib"
FOLDERS = ("rules", "calendars", "social", "promises")
LIMIT = 1_000

_GROUPED = re.compile(r"(?<![\d.])\d{1,3}(?:[ _,'’\u00a0\u2009\u202f]\d{3})+(?!\d)")
_PLAIN = re.compile(r"\d{4,}")
_POWER = re.compile(r"(?<![\w.])\d+(?:\.\d*)?[eE]\+?\d{1,4}(?!\w)")

_BINARY: dict[type[ast.operator], Callable[..., object]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.LShift: operator.lshift,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_CALLS: dict[str, Callable[..., object]] = {
    "pow": pow,
    "int": int,
    "float": float,
    "abs": abs,
    "sum": sum,
    "Decimal": Decimal,
    "Fraction": Fraction,
}
_NOT_CONSTANT = object()


def value_of(node: ast.AST) -> object:
    """The value of an expression made of constants only, or a mark that it is not one."""
    match node:
        case ast.Constant(value=value):
            return value
        case ast.Tuple(elts=elements) | ast.List(elts=elements):
            values = [value_of(e) for e in elements]
            return _NOT_CONSTANT if _NOT_CONSTANT in values else tuple(values)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return _apply(operator.neg, [operand])
        case ast.UnaryOp(op=ast.UAdd(), operand=operand):
            return value_of(operand)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            exponent = value_of(right)
            # An exponent too large to compute here is too large to allow.
            return LIMIT if isinstance(exponent, int) and exponent > 99 else _apply(operator.pow, [left, right])
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _BINARY:
            return _apply(_BINARY[type(op)], [left, right])
        case ast.Call(func=ast.Name(id=name), args=args, keywords=[]) if name in _CALLS:
            return _apply(_CALLS[name], args)
        case ast.Call(func=ast.Attribute(value=owner, attr="join" | "scaleb" as method), args=args, keywords=[]):
            return _apply(lambda on, *rest: getattr(on, method)(*rest), [owner, *args])
        case _:
            return _NOT_CONSTANT


def _apply(function: Callable[..., object], nodes: list[ast.expr]) -> object:
    values = [value_of(n) for n in nodes]
    if any(v is _NOT_CONSTANT for v in values):
        return _NOT_CONSTANT
    try:
        return function(*values)
    except (TypeError, ValueError, ArithmeticError, AttributeError, InvalidOperation):
        return _NOT_CONSTANT


def is_large(value: object) -> bool:
    """Whether a constant is, or spells, a number of 1 000 or more."""
    match value:
        case bool() | None:
            return False
        case int() | float() | Decimal() | Fraction():
            return abs(value) >= LIMIT
        case complex():
            return abs(value.real) >= LIMIT or abs(value.imag) >= LIMIT
        case bytes():
            return is_large(value.decode("latin-1"))
        case str():
            return bool(
                any(int(m) >= LIMIT for m in _PLAIN.findall(value))
                or _GROUPED.search(value)
                or any(Decimal(m) >= LIMIT for m in _POWER.findall(value))
            )
        case tuple():
            return any(is_large(v) for v in value)
        case _:
            return False


def large_literals(source: str) -> list[str]:
    """Every expression of constants in a source that comes to 1 000 or more, docstrings aside."""
    found: list[str] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            return
        if isinstance(node, ast.expr) and is_large(value_of(node)):
            found.append(f"line {node.lineno}: {ast.unparse(node)}")
            return
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(source))
    return found


FILES = sorted(p for folder in FOLDERS for p in (SRC / folder).rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SRC)))
def test_no_number_of_the_law_is_written_in_a_rule(path: Path) -> None:
    """A rule names a value of the book; it never spells one."""
    assert large_literals(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "source",
    [
        "x = 1000",
        "x = -1000",
        "x = 1_000",
        "x = 0x3E8",
        "x = 0b1111101000",
        "x = 1e3",
        "x = 1000.0",
        "x = 1000j",
        "x = 10**3",
        "x = 10**400",
        "x = 1 << 10",
        "x = 25 * 40",
        "x = 999 + 1",
        "x = pow(10, 3)",
        "x = sum([999, 1])",
        'x = Decimal("1000")',
        'x = Decimal("1e3")',
        'x = Decimal("1E+3")',
        "x = Decimal(1).scaleb(3)",
        'x = "25_000"',
        'x = "25 000 $"',
        'x = "25\u00a0000 $"',
        'x = "25\u202f000 $"',
        'x = "$25,000.00"',
        'x = "1" + "000"',
        'x = "1" "000"',
        'x = "1" + "0" * 3',
        'x = "".join(["1", "000"])',
        'x = f"{a} 2026"',
        'x = b"1000"',
        'x = int("1000")',
        'x = "2026-01-01"',
        "x = date(2026, 1, 1)",
        "x = date(year=2026, month=1, day=1)",
        'x = date.fromisoformat("2018-04-19")',
        "x = date.fromordinal(9 * 82000)",
        "def f(since=2013): ...",
        "match x:\n    case 1000:\n        pass",
        'x = {"a": (1, 1000)}',
    ],
)
def test_each_spelling_is_caught(source: str) -> None:
    """However a large number is spelled, it is seen."""
    assert large_literals(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""In force since 2018-04-19, from 101 100 $."""',
        'def f():\n    """C-19, 573.3, since 2018."""',
        'class A:\n    x: int\n    """Since 2018."""',
        "x = 999",
        "x = True",
        'x = "ca-qc/E-1.1.1"',
        'x = "573.3.0.3"',
        'x = "573.3(2.1), 573.1"',
        'x = law["ca-qc/public-call-threshold"]',
        'x = "e3"',
        "# 25 000 $\nx = 1",
    ],
)
def test_what_is_not_a_number_of_the_law_passes(source: str) -> None:
    """Docstrings, comments, small numbers, article numbers and ids pass."""
    assert large_literals(source) == []
