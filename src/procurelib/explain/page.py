"""A page as a small tree of sections, paragraphs, items and tables, and its three writers: text, Markdown and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from typing import Final, TypeAlias

from attrs import frozen

Inline: TypeAlias = Callable[[str], str]


@frozen
class Item:
    """A line of a list, and the lines under it."""

    text: str
    below: tuple[Item, ...] = ()


@frozen
class Paragraph:
    """A paragraph; ``strong`` marks the one that is the answer."""

    text: str
    strong: bool = False


@frozen
class Table:
    """Rows of cells under a row of headings; the first cell of a row names it."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block: TypeAlias = "Paragraph | Item | Table | Section"


@frozen
class Section:
    """A heading with what stands under it; ``folded`` is what a reader may open but need not read."""

    title: str
    blocks: tuple[Block, ...]
    folded: bool = False


def write_text(page: Section, typeset: Inline) -> str:
    """The page as plain text; headings stand alone on their line, lists are indented dashes."""

    def lines(block: Block, depth: int) -> Iterator[str]:
        if isinstance(block, Section):
            title = typeset(block.title)
            yield from ("", title, ("=" if depth == 0 else "-") * len(title)) if depth < 2 else ("", title)
            for inner in block.blocks:
                yield from lines(inner, depth + 1)
        elif isinstance(block, Paragraph):
            yield typeset(block.text)
        elif isinstance(block, Table):
            yield from columns(block)
        else:
            yield from items(block, 0)

    def columns(table: Table) -> Iterator[str]:
        rows = [[typeset(cell) for cell in row] for row in (table.head, *table.rows)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(table.head))]
        yield ""
        for number, row in enumerate(rows):
            yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
            if number == 0:
                yield "  ".join("-" * width for width in widths)
        yield ""

    def items(item: Item, depth: int) -> Iterator[str]:
        yield f"{'  ' * depth}- {typeset(item.text)}"
        for inner in item.below:
            yield from items(inner, depth + 1)

    return re.sub("\n{3,}", "\n\n", "\n".join(lines(page, 0))).strip()


# A dollar sign starts mathematics in a notebook, and an underscore emphasis.
_MARKUP: Final = re.compile(r"([\\`*_\[\]<>|$~]|&(?=#?\w+;)|^[-+#]|(?<=^\d)[.)])")


def write_markdown(page: Section, typeset: Inline) -> str:
    """The page as Markdown, its headings from the second level down."""

    def plain(text: str) -> str:
        return _MARKUP.sub(r"\\\1", typeset(text))

    def lines(block: Block, depth: int) -> Iterator[str]:
        if isinstance(block, Section):
            yield f"\n{'#' * depth} {plain(block.title)}\n"
            for before, inner in zip((None, *block.blocks), block.blocks, strict=False):
                if isinstance(before, Item) and isinstance(inner, Paragraph | Table):
                    yield ""
                yield from lines(inner, depth + 1)
        elif isinstance(block, Paragraph):
            yield f"**{plain(block.text)}**\n" if block.strong else f"{plain(block.text)}\n"
        elif isinstance(block, Table):
            yield "| " + " | ".join(plain(cell) for cell in block.head) + " |"
            yield "|" + " --- |" * len(block.head)
            yield from ("| " + " | ".join(plain(cell) for cell in row) + " |" for row in block.rows)
            yield ""
        else:
            yield from items(block, 0)

    def items(item: Item, depth: int) -> Iterator[str]:
        yield f"{'  ' * depth}- {plain(item.text)}"
        for inner in item.below:
            yield from items(inner, depth + 1)

    return re.sub("\n{3,}", "\n\n", "\n".join(lines(page, 2))).strip()


def write_html(page: Section, typeset: Inline, language: str) -> str:
    """The page as one HTML section that inherits its colours; what is folded is in ``details``.

    The two classes tell notebooks that a dollar sign is not mathematics.
    """

    def plain(text: str) -> str:
        return escape(typeset(text))

    def parts(block: Paragraph | Table | Section, depth: int) -> Iterator[str]:
        if isinstance(block, Table):
            yield from table(block)
            return
        if isinstance(block, Paragraph):
            yield f"<p><strong>{plain(block.text)}</strong></p>" if block.strong else f"<p>{plain(block.text)}</p>"
            return
        if block.folded:
            yield f'<details><summary><h{depth} style="display:inline">{plain(block.title)}</h{depth}></summary>'
        else:
            yield f"<h{depth}>{plain(block.title)}</h{depth}>"
        run: list[Item] = []
        for inner in block.blocks:
            if isinstance(inner, Item):
                run.append(inner)
                continue
            yield from listed(run)
            run = []
            yield from parts(inner, depth + 1)
        yield from listed(run)
        if block.folded:
            yield "</details>"

    def table(block: Table) -> Iterator[str]:
        head = "".join(f'<th scope="col">{plain(cell)}</th>' for cell in block.head)
        yield f"<table><thead><tr>{head}</tr></thead><tbody>"
        for first, *others in block.rows:
            cells = "".join(f"<td>{plain(cell)}</td>" for cell in others)
            yield f'<tr><th scope="row">{plain(first)}</th>{cells}</tr>'
        yield "</tbody></table>"

    def listed(items: list[Item] | tuple[Item, ...]) -> Iterator[str]:
        if items:
            yield "<ul>"
            for item in items:
                yield "\n".join((f"<li>{plain(item.text)}", *listed(item.below))) + "</li>"
            yield "</ul>"

    body = "\n".join(parts(page, 2))
    return f'<section lang="{language}">\n<div class="tex2jax_ignore mathjax_ignore">\n{body}\n</div>\n</section>'
