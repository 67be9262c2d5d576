"""What the README and the documentation show is what the library does."""

import doctest
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
_BLOCK = re.compile(r"^(?P<indent> *)```(?:python|pycon)[^\n]*\n(?P<code>.*?)^(?P=indent)```", re.MULTILINE | re.DOTALL)


def blocks(text: str) -> Iterator[tuple[int, str]]:
    """Each Python block of a Markdown page with the line it starts on."""
    for found in _BLOCK.finditer(text):
        indent = found["indent"]
        lines = [line.removeprefix(indent) for line in found["code"].splitlines(keepends=True)]
        yield text[: found.start("code")].count("\n"), "".join(lines)


def run(text: str, name: str, filename: str) -> list[str]:
    """Run a page's blocks in one namespace, top to bottom; return what went wrong."""
    scope: dict[str, object] = {"__name__": "__main__"}
    faults: list[str] = []
    runner = doctest.DocTestRunner(verbose=False, optionflags=doctest.ELLIPSIS | doctest.REPORT_NDIFF)
    for line, code in blocks(text):
        if ">>>" in code:
            example = doctest.DocTestParser().get_doctest(code, scope, name, filename, line)
            runner.run(example, out=faults.append, clear_globs=False)
            scope.update(example.globs)
        else:
            exec(compile("\n" * line + code, filename, "exec"), scope)
    return faults


@pytest.mark.parametrize("page", PAGES, ids=lambda p: str(p.relative_to(ROOT)))
def test_the_code_on_a_page_runs(page: Path) -> None:
    """Every Python block of a page runs and prints what the page says."""
    text = page.read_text(encoding="utf-8")
    if not any(blocks(text)):
        pytest.skip("no Python on this page")
    assert run(text, page.stem, str(page)) == []


def test_a_wrong_page_is_seen() -> None:
    """A block that prints something else is reported; names pass from one block to the next."""
    assert run("```python\nx = 2\n```\n\n```python\n>>> x + 1\n3\n```\n", "page", "page.md") == []
    assert run("```python\n>>> 1 + 1\n3\n```\n", "page", "page.md")
