"""The outline of a comparison: what changes from one side to the other, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from procurelib.explain.outline import alternatives
from procurelib.explain.page import Item, Paragraph, Section
from procurelib.explain.sentences import case_of, fact_name, question_title
from procurelib.explain.words import Words, upper_first
from procurelib.rules.comparison import Comparison, Difference, Where


def compared(comparison: Comparison, words: Words) -> Section:
    """A comparison as a page."""
    name = comparison.question
    blocks: list[Paragraph | Item | Section] = []
    if not comparison.regions:
        blocks.append(Paragraph(words("compare", "equal"), strong=True))
    for claim, values in dict.fromkeys(_claimed(region) for region in comparison.regions):
        title = words("compare", "plain") if claim is None else words("compare", "claimed", claim=case_of(claim, values, words))
        regions = [region for region in comparison.regions if _claimed(region) == (claim, values)]
        blocks.append(Section(upper_first(title), tuple(_changes(regions, name, words))))
    if comparison.basis:
        items = tuple(Item(upper_first(_where(r, words)), (_cited(r, words),)) for r in comparison.basis)
        blocks.append(Section(words("compare", "basis"), items, folded=True))
    return Section(words("compare", "title", question=question_title(name, words)), tuple(blocks))


def _claimed(region: Difference) -> tuple[str | None, tuple[Any, ...]]:
    """The claim made throughout a region, and what is claimed: one value of it where the region holds for every other."""
    if region.claim is None:
        return None, ()
    values = next((where.values for where in region.where if where.fact == region.claim), ())
    return region.claim, values or (region.witness[region.claim],)


def _changes(regions: list[Difference], question: str, words: Words) -> Iterator[Item]:
    for pair in dict.fromkeys((r.before, r.after) for r in regions):
        before, after = (alternatives(tuple(side), question, words) for side in pair)
        below = [Item(upper_first(_where(r, words)), (_cited(r, words),)) for r in regions if (r.before, r.after) == pair]
        yield Item(upper_first(words("compare", "change", before=before, after=after)), tuple(below))


def _where(region: Difference, words: Words) -> str:
    lines = [_extent(where, words) for where in region.where if where.fact != region.claim]
    return "; ".join(lines) or words("compare", "everywhere")


def _extent(where: Where, words: Words) -> str:
    if where.values:
        return case_of(where.fact, where.values, words)
    key = "between" if where.low is not None and where.high is not None else "below" if where.low is None else "from"
    low, high = (words.value(end, where.fact) if end is not None else "" for end in (where.low, where.high))
    slots = {"name": fact_name(where.fact, words), "low": low, "high": high}
    wanted = {"between": ("name", "low", "high"), "below": ("name", "high"), "from": ("name", "low")}[key]
    return words("compare", key, **{slot: slots[slot] for slot in wanted})


def _cited(region: Difference, words: Words) -> Item:
    before, after = (words.citations(cited) for cited in (region.cited_before, region.cited_after))
    return Item(words("compare", "cited", before=before, after=after))
