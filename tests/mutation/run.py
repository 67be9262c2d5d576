"""Change the law, or the code, by one small step at a time, and see which changes no test notices.

    python tests/mutation/run.py law  [--only REGEX] [--sample N] [--tests PATH ...]
    python tests/mutation/run.py code [--only REGEX] [--sample N] [--tests PATH ...]

Law: each number moves by one unit each way, each date by one day each way, each code leaves its list. Only the
hand-written cases may kill such a mutant, so only they are run; a file that the book itself refuses is counted apart.
Code: comparisons, arithmetic, boolean operators, constants, conditions and returns change one by one in the modules
named.

Each worker has a copy of the package and forks a process for each mutant, so nothing in the repository is touched.
The mutants in ``equivalent.toml`` (name = reason) are known to change nothing and are not run. Ends with an error if
any mutant survives.
"""

import argparse
import ast
import contextlib
import os
import random
import re
import shutil
import signal
import sys
import tempfile
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "procurelib"
LAW_TESTS = ["tests/law/test_cases.py", "tests/law/test_calendar_cases.py"]
CODE_TESTS = ["tests/unit", "tests/properties", "tests/oracle"]
CODE = r"tables/|money\.py|dated\.py|rules/|calendars/"
TIMEOUT = 300
KILLED, SURVIVED, REFUSED, TIMED_OUT, BROKEN = "killed", "SURVIVED", "refused at loading", "timed out", "BROKEN RUN"
_REFUSED_STATUS = 70


@dataclass(frozen=True, slots=True)
class Mutant:
    """One file of the package with one small change; its name says which."""

    name: str
    file: str
    text: str


_HEADER = re.compile(r"^\[\[?(?P<name>[^\]\n]+)\]\]?[^\n]*\n", re.MULTILINE)
_NUMBER = re.compile(r"^(?P<key>amount|value)\s*=\s*(?P<quote>\"?)(?P<number>\d[\d_]*(?:\.\d+)?)(?P=quote)", re.MULTILINE)
_BETWEEN = re.compile(r"^between\s*=\s*\[[^\]]*\]", re.MULTILINE)
_DATED = re.compile(r"^(?P<key>from|until|known_until|from_window|on|value)\s*=\s*\[?[^\n\"']*", re.MULTILINE)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_DAY_OF_CODE = re.compile(r"\"[a-z_]*_(?P<day>\d{1,2})(?:_[a-z_]+)?\"")
_CODES = re.compile(r"^values\s*=\s*\[(?P<codes>[^\]]*)\]", re.MULTILINE)


def law_mutants() -> Iterator[Mutant]:
    """Every mutant of every file of the book."""
    for path in sorted((PACKAGE / "law").glob("*/*.toml")):
        if path.name == "instruments.toml":
            continue
        text = path.read_text(encoding="utf-8")
        headers = list(_HEADER.finditer(text))
        for header, following in zip(headers, [*headers[1:], None], strict=True):
            start, end = header.end(), following.start() if following else len(text)
            # Two readings of one text begin on the same day: their ids tell them apart.
            named = re.findall(r"^(?:id|from)\s*=\s*\"?([\w-]+)", text[start:end], re.MULTILINE)
            where = " ".join([f"{path.parent.name}/{header['name']}", *named])
            for a, b, label, new in _law_changes(text[start:end]):
                changed = text[: start + a] + new + text[start + b :]
                old = text[start + a : start + b].strip()
                name = f"{where} {label} {old} -> {new.strip() or 'nothing'}"
                yield Mutant(name, str(path.relative_to(PACKAGE)), changed)


def _law_changes(block: str) -> Iterator[tuple[int, int, str, str]]:
    """The changes to one version, gap or reading: start, end, label, new text."""
    for found in _NUMBER.finditer(block):
        for new in _steps(found["number"]):
            yield *found.span("number"), found["key"], new
    for found in _BETWEEN.finditer(block):
        for number in re.finditer(r"\d[\d_]*(?:\.\d+)?", found[0]):
            for new in _steps(number[0]):
                yield found.start() + number.start(), found.start() + number.end(), "between", new
    for found in _DATED.finditer(block):
        for day in _DATE.finditer(found[0]):
            for step in (-1, 1):
                new = (date.fromisoformat(day[0]) + timedelta(days=step)).isoformat()
                yield found.start() + day.start(), found.start() + day.end(), found["key"], new
    for found in _CODES.finditer(block):
        codes = list(re.finditer(r"\"[^\"]*\"\s*,?", found["codes"]))
        for day in _DAY_OF_CODE.finditer(found["codes"]):
            for new in _steps(day["day"]):
                yield found.start("codes") + day.start("day"), found.start("codes") + day.end("day"), "values", new
        for code in codes if len(codes) > 1 else []:
            yield found.start("codes") + code.start(), found.start("codes") + code.end(), "values", ""


def _steps(number: str) -> list[str]:
    """A number one unit of its last place lower and higher."""
    exact = Decimal(number.replace("_", ""))
    unit = Decimal(1).scaleb(min(int(exact.as_tuple().exponent), 0))
    return [str(n) for n in (exact - unit, exact + unit) if n >= 0]


_COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
_ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


def code_mutants() -> Iterator[Mutant]:
    """Every mutant of every module, annotations and texts aside."""
    for path in sorted(PACKAGE.rglob("*.py")):
        file = str(path.relative_to(PACKAGE))
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source)
        for change in list(_changes(tree)):
            before = ast.unparse(change.node)
            change.apply()
            name = f"{file}:{getattr(change.node, 'lineno', 0)} {change.label}: {_short(before)}"
            yield Mutant(f"{name} -> {_short(ast.unparse(change.node))}", file, ast.unparse(tree))
            change.undo()


def _short(text: str) -> str:
    first = text.partition("\n")[0]
    return first if len(first) <= 100 else first[:97] + "..."


@dataclass(frozen=True, slots=True)
class Change:
    """One possible change to a tree: the node it shows in, its kind, what makes it and what takes it back."""

    node: ast.AST
    label: str
    apply: Callable[[], None]
    undo: Callable[[], None]


def _set(node: ast.AST, label: str, field: str, new: object) -> Change:
    return Change(node, label, partial(setattr, node, field, new), partial(setattr, node, field, getattr(node, field)))


def _changes(tree: ast.AST) -> Iterator[Change]:
    for node in _without_annotations(tree):
        match node:
            case ast.Compare(ops=ops):
                for k, op in enumerate(ops):
                    for other in _COMPARE.get(type(op), ()):
                        put = ops.__setitem__
                        yield Change(node, "compare", partial(put, k, other()), partial(put, k, op))
            case ast.BinOp(op=op) if type(op) in _ARITHMETIC:
                yield _set(node, "arithmetic", "op", _ARITHMETIC[type(op)]())
            case ast.BoolOp(op=op):
                other = ast.Or() if isinstance(op, ast.And) else ast.And()
                yield _set(node, "boolean", "op", other)
            case ast.Constant(value=bool(value)):
                yield _set(node, "constant", "value", not value)
            case ast.Constant(value=int(value)):
                yield _set(node, "constant", "value", value + 1)
            case ast.If(test=test) | ast.IfExp(test=test) | ast.While(test=test) if not isinstance(test, ast.Compare):
                negated = ast.UnaryOp(op=ast.Not(), operand=test)
                yield _set(node, "condition", "test", negated)
            case ast.Return(value=ast.expr() as given) if not isinstance(given, ast.Constant):
                yield _set(node, "return", "value", ast.Constant(value=None))
            case _:
                pass


def _without_annotations(node: ast.AST) -> Iterator[ast.AST]:
    yield node
    for field, value in ast.iter_fields(node):
        if field in {"annotation", "returns", "decorator_list", "type_params"}:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from _without_annotations(child)


class Worker:
    """A copy of the package, in which one mutant at a time is tried."""

    def __init__(self, folder: Path, kind: str, tests: list[str]) -> None:
        self.folder = folder
        self.kind = kind
        self.tests = tests
        shutil.copytree(PACKAGE, folder / "procurelib", ignore=shutil.ignore_patterns("__pycache__"))

    def start(self, mutant: Mutant | None) -> None:
        """Begin the tests on one mutant, or on the copy as it stands."""
        self.mutant = mutant
        if mutant:
            self.target = self.folder / "procurelib" / mutant.file
            self.original = self.target.read_text(encoding="utf-8")
            self.target.write_text(mutant.text, encoding="utf-8")
        self.until = time.monotonic() + TIMEOUT
        self.child = os.fork()
        if self.child == 0:
            self._child()

    def outcome(self) -> str | None:
        """What became of the mutant, or ``None`` while its tests run."""
        done, status = os.waitpid(self.child, os.WNOHANG)
        if not done and time.monotonic() < self.until:
            return None
        if not done:
            os.kill(self.child, signal.SIGKILL)
            os.waitpid(self.child, 0)
        if self.mutant:
            self.target.write_text(self.original, encoding="utf-8")
        if not done:
            return TIMED_OUT
        code = os.waitstatus_to_exitcode(status)
        return {0: SURVIVED, 1: KILLED, 2: REFUSED, _REFUSED_STATUS: REFUSED}.get(code, BROKEN)

    def _child(self) -> None:
        """Never returns: leaves with the exit status of pytest."""
        import pytest

        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        sys.dont_write_bytecode = True
        sys.path.insert(0, str(self.folder))
        os.chdir(ROOT)
        # The cases put themselves in order for it: a mutant survives only when all of them ran.
        os.environ["PROCURELIB_MUTANT"] = self.mutant.name if self.mutant else ""
        try:
            if self.kind == "law" and not self._book_loads():
                os._exit(_REFUSED_STATUS)
            options = ["-x", "-q", "--no-header", "-p", "no:cacheprovider", "-p", "no:warnings"]
            os._exit(int(pytest.main([*options, *self.tests])))
        finally:
            os._exit(99)

    def _book_loads(self) -> bool:
        from procurelib.errors import ProcurelibError
        from procurelib.law import law

        try:
            for key in law:
                law[key]
        except ProcurelibError:
            return False
        return True


def equivalents() -> dict[str, str]:
    """The mutants known to change nothing, with the reason."""
    path = Path(__file__).with_name("equivalent.toml")
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def main() -> None:
    """Make the mutants, try them, print the survivors."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("kind", choices=("law", "code"))
    parser.add_argument("--only", help="mutants whose name this expression finds")
    parser.add_argument("--sample", type=int, help="at most so many mutants, chosen by a fixed seed")
    parser.add_argument("--tests", nargs="+", help="the tests that may kill a mutant")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--list", action="store_true", help="print the names of the mutants and stop")
    asked = parser.parse_args()

    known = equivalents()
    made = list(law_mutants() if asked.kind == "law" else code_mutants())
    only = asked.only or (CODE if asked.kind == "code" else "")
    chosen = [m for m in made if re.search(only, m.name)]
    mutants = [m for m in chosen if m.name not in known]
    if asked.sample and asked.sample < len(mutants):
        mutants = random.Random(0).sample(mutants, asked.sample)
    if asked.list:
        print(*(m.name for m in mutants), sep="\n")
        return
    if asked.kind == "law" and (gone := [n for n in known if "/" in n and n not in {m.name for m in made}]):
        print("equivalent.toml names mutants that no longer exist:", *gone, sep="\n  ")
    tests = asked.tests or [t for t in (LAW_TESTS if asked.kind == "law" else CODE_TESTS) if (ROOT / t).exists()]
    if not tests:
        sys.exit("none of the tests that may kill a mutant exists; name some with --tests")

    # Loaded once, before the forks. Nothing of procurelib: each fork loads its own mutant. Hypothesis would load it, by the
    # entry point of an installed copy, and every mutant would then be judged on that copy.
    os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"
    for module in ("pytest", "hypothesis", "attrs"):
        with contextlib.suppress(ImportError):
            __import__(module)
    counts: Counter[str] = Counter()
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="procurelib-mutants-") as folder:
        idle = [Worker(Path(folder) / str(i), asked.kind, tests) for i in range(asked.workers)]
        idle[0].start(None)
        while not (outcome := idle[0].outcome()):
            time.sleep(0.02)
        if outcome != SURVIVED:
            sys.exit(f"the tests fail on the package as it stands, so they can judge no mutant: {' '.join(tests)}")
        waiting, busy = mutants[::-1], list[Worker]()
        while waiting or busy:
            while waiting and idle:
                busy.append(idle.pop())
                busy[-1].start(waiting.pop())
            for worker in list(busy):
                if outcome := worker.outcome():
                    busy.remove(worker)
                    idle.append(worker)
                    counts[outcome] += 1
                    if outcome not in {KILLED, REFUSED} and worker.mutant:
                        print(f"{outcome}: {worker.mutant.name}", flush=True)
            time.sleep(0.01)
    spent = os.times()
    print(
        f"{len(mutants)} mutants of the {asked.kind} in {time.monotonic() - began:.0f} s "
        f"({spent.children_user + spent.children_system:.0f} s of processor time), by {' '.join(tests)}:"
    )
    print(", ".join(f"{n} {outcome}" for outcome, n in sorted(counts.items())) or "none")
    print(f"{sum(m.name in known for m in chosen)} more are listed as equivalent")
    if set(counts) - {KILLED, REFUSED, TIMED_OUT}:
        sys.exit(1)


if __name__ == "__main__":
    main()
