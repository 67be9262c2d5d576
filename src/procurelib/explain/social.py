"""Results about the social economy as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Final

from procurelib.citations import Citation
from procurelib.dated import Caveat
from procurelib.explain.outline import caveats_section, sources_section
from procurelib.explain.page import Item, Paragraph, Section
from procurelib.explain.words import Words, lower_first, upper_first
from procurelib.explain.writing import chosen, written
from procurelib.law import law
from procurelib.money import Money
from procurelib.social.eligibility import CriterionResult, Eligibility, Proof
from procurelib.social.lever import Lever, Limit
from procurelib.social.transposition import Device, Element, Side, Transposition
from procurelib.social.words import ACCREDITATIONS
from procurelib.unknown import UNKNOWN

_ONE_DAY: Final = timedelta(days=1)


def render_eligibility(result: Eligibility, locale: str, *, format: str = "text") -> str:
    """Whether an enterprise meets a scheme, criterion by criterion; as ``render`` otherwise."""
    words = chosen(locale, format)
    return written(_eligibility(result, words), words, format)


def _eligibility(result: Eligibility, words: Words) -> Section:
    key = "unknown" if result.value is UNKNOWN else str(result.value)
    title = words.text(result.title)
    answer = words("eligibility", key, day=words.day(result.on), name=result.enterprise, scheme=lower_first(title))
    blocks: list[Paragraph | Item | Section] = [Paragraph(answer, strong=True)]
    if result.criteria:
        items = tuple(_criterion(one, words) for one in result.criteria)
        blocks.append(Section(words("eligibility", "criteria"), items))
    if result.missing:
        asked = dict.fromkeys(asked_for(one, words) for one in result.missing)
        blocks.append(Section(words("eligibility", "missing"), tuple(Item(one) for one in asked)))
    told = {one.note for one in result.criteria}
    texts = tuple(Item(words.text(gap.reason)) for gap in result.gaps if gap.reason not in told)
    if texts:
        blocks.append(Section(words("heading", "gaps"), texts))
    if result.notes:
        blocks.append(Section(words("eligibility", "notes"), tuple(Item(words.text(note)) for note in result.notes)))
    return Section(title, (*blocks, *_ending(result.caveats, result.citations, result.edition, words)))


def _ending(caveats: Iterable[Caveat], citations: Iterable[Citation], edition: str, words: Words) -> Iterator[Section]:
    """What ends every page: what to be careful about, and where it is written."""
    yield from caveats_section(caveats, words)
    yield sources_section(citations, (edition,), words)


def _criterion(one: CriterionResult, words: Words) -> Item:
    state = {"yes": "holds", "no": "fails"}.get(str(one.value), "open")
    key = "not_asked" if not one.asked else state if one.decides else "seen"
    line = words.cited(upper_first(words("eligibility", key, label=words.text(one.label))), one.citations)
    below = [Item(_proof(shown, words)) for shown in one.shown]
    if one.note is not None:
        below.append(Item(words.text(one.note)))
    return Item(line, tuple(below))


def _proof(shown: Proof, words: Words) -> str:
    text = words.text(shown.what)
    if shown.start is not None:
        text = words("eligibility", "since", what=text, day=words.day(shown.start))
    if shown.end is not None:
        text = words("eligibility", "until", what=text, day=words.day(shown.end - _ONE_DAY))
    return words("eligibility", "source", what=text, source=shown.source) if shown.source else text


def asked_for(missing: str, words: Words) -> str:
    """What would settle something about an enterprise, as it is asked for."""
    kind, _, what = missing.partition(":")
    if not what:
        return words("eligibility", "ask", kind)
    return words("eligibility", "ask", kind, label=_label(kind, what, words))


def _label(kind: str, what: str, words: Words) -> str:
    if kind == "measure":
        return words("eligibility", "measure", what)
    if what in law:
        entry = law[what]
        return lower_first(entry.title_fr if words.language == "fr" else entry.title_en)
    return words.text(ACCREDITATIONS[what])


def render_transposition(report: Transposition, locale: str, *, format: str = "text") -> str:
    """What one city could do of what another does: the verdicts, then each device element by element; as ``render``."""
    words = chosen(locale, format)
    return written(_transposition(report, words), words, format)


def _transposition(report: Transposition, words: Words) -> Section:
    of, to, day = words.text(report.of_title), words.text(report.to_title), words.day(report.on)
    asked = words("transposition", "asked_lever" if report.lever else "asked", of=of, to=to, day=day)
    blocks: list[Paragraph | Item | Section] = [Paragraph(asked)]
    blocks += [
        Item(words("transposition", "line", device=words.text(one.title), verdict=_verdict(one, words)))
        for one in report.devices
    ]
    side = words("transposition", "side") if report.lever else of
    blocks += [_device(one, side, to, words) for one in report.devices]
    if report.absent:
        blocks.append(Section(words("transposition", "absent"), tuple(Item(_side(one, words)) for one in report.absent)))
    caveats = (caveat for device in report.devices for caveat in device.caveats)
    title = words("transposition", "title_lever" if report.lever else "title", of=of, to=to)
    return Section(title, (*blocks, *_ending(caveats, (), report.edition, words)))


def _verdict(device: Device, words: Words) -> str:
    return words("transposition", "verdict", "unknown" if device.verdict is UNKNOWN else str(device.verdict))


def _device(device: Device, of: str, to: str, words: Words) -> Section:
    verdict = Paragraph(upper_first(_verdict(device, words)), strong=True)
    return Section(words.text(device.title), (verdict, *(_element(one, of, to, words) for one in device.elements)))


def _element(element: Element, of: str, to: str, words: Words) -> Item:
    kind = words("transposition", "kind", element.kind)
    line = words("transposition", "element", kind=kind, what=words.text(element.what))
    below = [
        Item(words("transposition", "there", to=of, side=_side(one, words))) for one in _both(element.here, element.here_amount)
    ]
    sides = _both(element.there, element.there_amount)
    below += [Item(words("transposition", "there", to=to, side=_side(one, words))) for one in sides]
    match = "unknown" if element.match is UNKNOWN else str(element.match)
    lacking = "" if element.lacking is None else words.text(element.lacking)
    below.append(Item(words("transposition", "match", match, lacking=lacking)))
    if element.change:
        below.append(Item(words("transposition", "change", citations=words.citations(element.change))))
    below.append(Item(words("transposition", "confidence", element.confidence)))
    return Item(line, tuple(below))


def _both(provision: Side | None, amount: Side | None) -> tuple[Side, ...]:
    """The provision and its amount, once when they are the same entry."""
    found = {side.entry: side for side in (provision, amount) if side is not None}
    return tuple(found.values())


def _side(side: Side, words: Words) -> str:
    text = words.text(side.title)
    if isinstance(side.value, Money | int | Decimal):
        text = words("transposition", "value", title=text, value=_value(side, words))
    if side.standing != "in_force" and side.reason is not None:
        text = words("transposition", "closed", title=text, reason=words.text(side.reason))
    return words.cited(text, side.citations)


def _value(side: Side, words: Words) -> str:
    key = side.unit if words.has("transposition", "unit", side.unit) else ""
    shown = words.value(side.value)
    return words("transposition", "unit", key, value=shown) if key else shown


def render_lever(lever: Lever, locale: str, *, format: str = "text") -> str:
    """One lever: how far it is open, what it does, what is left to meet, its limits and sources; as ``render`` otherwise."""
    words = chosen(locale, format)
    return written(_lever(lever, words), words, format)


def _lever(lever: Lever, words: Words) -> Section:
    answer = words("lever", lever.status, effect=words("lever", "effect", lever.effect))
    blocks: list[Paragraph | Item | Section] = [Paragraph(answer, strong=True)]
    blocks += [Item(words.text(one)) for one in (*lever.conditions, *lever.notices)]
    blocks += [Item(_limit(one, words)) for one in lever.limits]
    blocks += [Item(words("lever", "missing", fact=fact_asked_for(one, words))) for one in lever.missing]
    blocks += [Item(words.text(gap.reason)) for gap in lever.gaps]
    ending = _ending(lever.caveats, lever.citations, lever.edition, words)
    return Section(words.text(lever.title), (*blocks, *ending))


def fact_asked_for(missing: str, words: Words) -> str:
    """A missing fact of the tender, or of the supplier, as it is asked for."""
    if ":" in missing or words.has("eligibility", "ask", missing):
        return asked_for(missing, words)
    return words("fact", missing if words.has("fact", missing, "ask") else "other", "ask", id=missing)


def _limit(limit: Limit, words: Words) -> str:
    text = words("transposition", "value", title=upper_first(words.text(limit.what)), value=words.value(limit.value))
    return words.cited(text, limit.citations)
