"""Declarations, progress and what is deliverable as a person reads them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from typing import Final

from procurelib.dated import WEAK
from procurelib.explain.outline import caveats_section, sources_section
from procurelib.explain.page import Block, Item, Paragraph, Section, Table
from procurelib.explain.social import asked_for
from procurelib.explain.words import Words, lower_first, upper_first
from procurelib.explain.writing import chosen, written
from procurelib.models.commitment import Commitment, Quantity, ReportedFigure
from procurelib.models.day_range import DayRange
from procurelib.models.declaration import Claim, Declaration, Participation, Signature
from procurelib.money import Money
from procurelib.places import cities
from procurelib.promises.bounds import Bounds
from procurelib.promises.deliverable import Deliverable, SteeredContract, SteeredPart
from procurelib.promises.ledger import Flag
from procurelib.promises.narrowing import MissingFact
from procurelib.promises.progress import PeriodProgress, Progress
from procurelib.social.lever import Lever
from procurelib.social.scheme import schemes
from procurelib.unknown import UNKNOWN

_CENT: Final = Decimal("0.01")
_TENTH: Final = Decimal("0.1")
_WIDER: Final = (ROUND_FLOOR, ROUND_CEILING)


# --- progress ---------------------------------------------------------------------------------------------------


def render_progress(found: Progress, locale: str, *, format: str = "text") -> str:
    """How far purchases carry a commitment: the verdict, a table by period, what is missing and what is flawed."""
    words = chosen(locale, format)
    return written(_progress(found, words), words, format)


def _progress(found: Progress, words: Words) -> Section:
    promise = found.commitment
    verdict = words("progress", "verdict", found.verdict)
    if found.verdict == "open":
        verdict = words("progress", "because", verdict=verdict, reason=words("progress", "reason", found.reason))
    blocks: list[Block] = [Paragraph(verdict, strong=True), *(Item(line) for line in _promised(promise, words))]
    blocks.append(Item(words("progress", "on", day=words.day(found.on))))
    if found.buyers is not None:
        names = words.join([_body(one, None) for one in found.buyers])
        blocks.append(Item(words("progress", "buyers", names=names)))
    basis = _in_money(found.basis, found.currency, words)
    blocks += [Item(basis), Item(words("progress", "complete" if found.complete else "incomplete"))]
    if any(flag.code == "other_basis" for flag in found.flags):
        blocks.append(Item(words("progress", "taxed")))
    blocks.append(_table(found, words))
    blocks += _reported(found.reported, None, words)
    blocks += _narrowing(found.missing, words)
    blocks += _flags(found.flags, words)
    blocks += caveats_section(found.caveats, words)
    title = words("progress", "title", what=_what(promise, words))
    return Section(title, (*blocks, sources_section(found.citations, (found.edition,), words)))


def _promised(promise: Commitment, words: Words) -> Iterator[str]:
    yield words("commitment", "promised", what=_what(promise, words))
    if promise.guard is not None:
        yield words("commitment", "guard", guard=words.text(promise.guard))
    yield _aim(promise, words)
    if promise.deadline is not None:
        yield words("commitment", "deadline", when=when(promise.deadline, words))
    if promise.cadence is not None:
        yield words("commitment", "cadence", cadence=words("commitment", "each", promise.cadence))
    if promise.counts:
        names = words.join([_counted(code, words) for code in promise.counts], "or")
        text = words("commitment", "counts", what=names)
        weak = promise.counts_confidence in WEAK
        yield words("commitment", "read", text=text) if weak else text
    else:
        yield words("commitment", "counts_nothing")
    if promise.note is not None:
        yield words.text(promise.note)


def _what(promise: Commitment, words: Words) -> str:
    return words("commitment", "verb", promise.verb, what=words.text(promise.object))


def _aim(promise: Commitment, words: Words) -> str:
    """What the commitment states to be measured by, or that it states nothing."""
    if promise.metric is None:
        return words("commitment", "no_target")
    metric = words("commitment", "metric", promise.metric)
    if promise.target is not None:
        return words("commitment", "target", metric=metric, target=_quantity(promise.target, words))
    if promise.baseline is not None:
        return words("commitment", "baseline", metric=metric, baseline=_quantity(promise.baseline, words))
    return words("commitment", "metric_only", metric=metric)


def _quantity(value: Quantity, words: Words) -> str:
    if isinstance(value, Money):
        return words.money(value)
    return (
        words("transposition", "unit", "percent", value=words.value(value))
        if isinstance(value, Decimal)
        else words.value(value)
    )


def _counted(code: str, words: Words) -> str:
    if "/" in code:
        return lower_first(words.text(schemes[code].title))
    return words("mark", code) if words.has("mark", code) else words("value", "quoted", value=code.replace("_", " "))


def _table(found: Progress, words: Words) -> Table:
    columns = ("period", "amount", "spend", "share", "contracts", "suppliers", "reaches")
    judged = found.verdict != "not_stated"
    by_contract = found.commitment.metric == "share_of_contracts"
    names = tuple(one for one in columns if judged or one != "reaches")
    head = tuple(words("progress", "column", "share_of_contracts" if one == "share" and by_contract else one) for one in names)
    rows = tuple(_cells(one, by_contract, judged, words) for one in (*found.periods, found.cumulated))
    return Table(head, rows)


def _cells(one: PeriodProgress, by_contract: bool, judged: bool, words: Words) -> tuple[str, ...]:
    name = words("progress", "cumulated") if one.period is None else one.period.label(words.language)
    if not one.over:
        name = words("progress", "running", period=name)
    share = one.share_of_contracts if by_contract else one.share
    cells = (
        name,
        bounds(one.amount, words),
        bounds(one.spend, words),
        words("progress", "nothing") if share is None else bounds(share, words, percent=True),
        bounds(one.contracts, words),
        bounds(one.suppliers, words),
    )
    if not judged:
        return cells
    reach = "not_judged" if one.reaches is None else "unknown" if one.reaches is UNKNOWN else "yes" if one.reaches else "no"
    return (*cells, words("progress", "reach", reach))


def bounds(found: Bounds, words: Words, *, percent: bool = False) -> str:
    """Bounds as a reader says them: one figure, from one to another, or at least one; widened to the digits shown."""
    low = _end(found.low, words, percent, _WIDER[0])
    if found.high is None:
        return words("bounds", "at_least", low=low)
    high = _end(found.high, words, percent, _WIDER[1])
    return low if low == high else words("bounds", "between", low=low, high=high)


def _end(value: Quantity, words: Words, percent: bool, rounding: str) -> str:
    if isinstance(value, Money):
        amount = Money(value.amount.quantize(_CENT, rounding), value.currency, tax="net")
        return words.money(amount)
    if percent:
        tenth = Decimal(value).quantize(_TENTH, rounding)
        whole = tenth.to_integral_value()
        return words("transposition", "unit", "percent", value=words.value(whole if tenth == whole else tenth))
    return words.value(value)


def _ends(found: Bounds) -> tuple[Quantity, Quantity]:
    return found.low, found.high


def _in_money(basis: str, currency: str, words: Words) -> str:
    return words("progress", "basis", basis=words("tax", basis), currency=words("currency", currency))


def _narrowing(missing: Iterable[MissingFact], words: Words) -> Iterator[Section]:
    items = tuple(_fact(one, words) for one in missing)
    if items:
        yield Section(words("progress", "missing"), items)


def _fact(one: MissingFact, words: Words) -> Item:
    whom = one.of if one.of is not None else words("progress", "someone")
    text = words("progress", "fact", one.kind, whom=whom, purchases=_places(one.purchases, words))
    if one.narrows is None:
        text = words("progress", "bounds_it", fact=text)
    elif isinstance(one.narrows, Money):
        amount = Money(one.narrows.amount.quantize(_CENT, ROUND_FLOOR), one.narrows.currency, tax="net")
        text = words("progress", "narrows", fact=text, by=words.money(amount))
    else:
        several = "things" if one.narrows > 1 else "thing"
        text = words("progress", "narrows", fact=text, by=words("progress", several, count=words.value(one.narrows)))
    return Item(text, tuple(Item(_ask(asks, words)) for asks in one.asks[:_FEW]))


_FEW: Final = 4


def _ask(asks: str, words: Words) -> str:
    kind, _, what = asks.partition(":")
    if kind == "scheme":
        return words("progress", "no_scheme", scheme=lower_first(words.text(schemes[what].title)))
    if kind == "mark":
        return words("progress", "mark", mark=_counted(what, words))
    if kind in ("supplier", "day") or not words.has("eligibility", "ask", kind):
        return words("progress", "ask", kind if words.has("progress", "ask", kind) else "other")
    return asked_for(asks, words)


def _places(places: tuple[int, ...], words: Words) -> str:
    """Purchases by their numbers in what was given, counted from one."""
    shown = [words.value(place + 1) for place in places[:_MANY]]
    if len(places) > _MANY:
        more = len(places) - _MANY
        return words("progress", "and_one" if more == 1 else "and_more", numbers=", ".join(shown), more=words.value(more))
    return words("progress", "numbers" if len(places) > 1 else "number", numbers=words.join(shown))


_MANY: Final = 8


def _flags(flags: Iterable[Flag], words: Words) -> Iterator[Section]:
    items = tuple(
        Item(words("progress", "flag", what=upper_first(words.text(one.what)), purchases=_places(one.purchases, words)))
        for one in flags
    )
    if items:
        yield Section(words("progress", "flags"), items)


def _reported(figures: Iterable[ReportedFigure], declaration: Declaration | None, words: Words) -> Iterator[Section]:
    items = tuple(Item(*_figure(one, declaration, words)) for one in figures)
    if items:
        yield Section(words("reported", "title"), items)


def _figure(one: ReportedFigure, declaration: Declaration | None, words: Words) -> tuple[str, tuple[Item, ...]]:
    parts: list[str] = []
    if one.amount is not None and one.relation is not None:
        amount = words.money(Money(one.amount.amount, one.amount.currency, tax=one.amount.tax))
        parts.append(words("reported", one.relation, figure=amount))
    if one.contracts is not None and one.contracts_relation is not None:
        contracts = words("reported", "contract" if one.contracts == 1 else "contracts", count=words.value(one.contracts))
        parts.append(words("reported", one.contracts_relation, figure=contracts))
    if one.share is not None:
        parts.append(_quantity(one.share, words))
    text = words("reported", "line", scope=upper_first(words.text(one.scope)), figures=words.join(parts))
    if one.start is not None and one.end is not None:
        first, last = one.start.day, one.end.day
        if first is not None and last is not None:
            text = words("reported", "days", line=text, start=words.day(first), end=words.day(last))
        else:
            text = words("reported", "span", line=text, start=when(one.start, words), end=when(one.end, words))
    elif one.announced is not None:
        text = words("reported", "announced", line=text, day=when(one.announced, words))
    if declaration is not None:
        text = _said_in(text, one.source, declaration, words)
    return text, () if one.note is None else (Item(words.text(one.note)),)


# --- what is deliverable ----------------------------------------------------------------------------------------


def render_deliverable(found: Deliverable, locale: str, *, format: str = "text") -> str:
    """What the law of a day lets a city steer: the shares, a table by lever, conditions, assumptions and sources."""
    words = chosen(locale, format)
    return written(_deliverable(found, words), words, format)


def _deliverable(found: Deliverable, words: Words) -> Section:
    city, day = _body(found.city, None), words.day(found.on)
    title = words("deliverable", "title", city=city)
    if found.largest_share is None:
        answer = words("deliverable", "nothing", city=city, day=day)
    else:
        low, high = (_end(end, words, True, to) for end, to in zip(_ends(found.largest_share), _WIDER, strict=True))
        key = "largest" if low == high else "between"
        answer = words("deliverable", key, city=city, day=day, share=high, low=low, high=high)
    blocks: list[Block] = [Paragraph(answer, strong=True)]
    blocks.append(Item(words("commitment", "promised", what=_what(found.commitment, words))))
    for name, share in (("free", found.free_share), ("counted", found.counted_share)):
        if share is not None:
            blocks.append(Item(words("deliverable", name, share=bounds(share, words, percent=True))))
    blocks.append(Item(_in_money(found.basis, found.currency, words)))
    head = tuple(words("deliverable", "column", one) for one in ("standing", "lever", "amount", "contracts"))
    rows = tuple(_part(one, words) for one in found.parts)
    total = (words("deliverable", "total"), "", bounds(found.spend, words), words.value(len(found.contracts)))
    blocks.append(Table(head, (*rows, total)))
    blocks += _by_lever(found.contracts, words)
    blocks += _facts_missing(found.contracts, words)
    blocks.append(Section(words("deliverable", "assumptions"), tuple(Item(words.text(one)) for one in found.assumptions)))
    blocks += _flags(found.flags, words)
    blocks += caveats_section(found.caveats, words)
    return Section(title, (*blocks, sources_section(found.citations, (found.edition,), words)))


def _part(one: SteeredPart, words: Words) -> tuple[str, ...]:
    lever = words("deliverable", "no_lever") if one.title is None else words.text(one.title)
    return words("deliverable", "standing", one.standing), lever, bounds(one.amount, words), words.value(one.contracts)


def _by_lever(contracts: Iterable[SteeredContract], words: Words) -> Iterator[Section]:
    """The conditions of each lever that is open on conditions, once."""
    found: dict[str, tuple[Lever, set[int]]] = {}
    for one in contracts:
        if one.standing == "conditional":
            for lever in one.levers:
                found.setdefault(lever.id, (lever, set()))[1].update(one.purchases)
    items: list[Item] = []
    for lever, places in found.values():
        label = words.cited(upper_first(words.text(lever.title)), lever.citations)
        line = words("progress", "flag", what=label, purchases=_places(tuple(sorted(places)), words))
        items.append(Item(line, tuple(Item(words.text(text)) for text in lever.conditions)))
    if items:
        yield Section(words("deliverable", "conditions"), tuple(items))


def _facts_missing(contracts: Iterable[SteeredContract], words: Words) -> Iterator[Section]:
    found: dict[str, set[int]] = {}
    for one in contracts:
        for fact in one.missing:
            found.setdefault(fact, set()).update(one.purchases)
    items = tuple(
        Item(words("progress", "flag", what=_tender_fact(fact, words), purchases=_places(tuple(sorted(places)), words)))
        for fact, places in found.items()
    )
    if items:
        yield Section(words("heading", "missing"), items)


def _tender_fact(fact: str, words: Words) -> str:
    text = words("fact", fact if words.has("fact", fact, "ask") else "other", "ask", id=fact)
    return text.rstrip(".")


# --- declarations -----------------------------------------------------------------------------------------------


def render_declaration(found: Declaration, locale: str, *, on: date, format: str = "text") -> str:
    """A declaration as it stood on a day: who stood by it and in which words, what it promises, what was claimed."""
    words = chosen(locale, format)
    return written(_declaration(found, on, words), words, format)


def _declaration(found: Declaration, on: date, words: Words) -> Section:
    stood = found.signatories(on=on)
    count, day = words.value(len(stood)), words.day(on)
    answer = words("declaration", "stood" if len(stood) > 1 else "one" if stood.certain else "none", count=count, day=day)
    blocks: list[Block] = [Paragraph(answer, strong=True)]
    if stood.possible:
        blocks.append(Paragraph(words("declaration", "possible", count=words.value(len(stood.possible)))))
    if not found.complete:
        blocks.append(Paragraph(words("declaration", "incomplete")))
    blocks.append(Paragraph(words("declaration", "seen" if found.text_seen else "unseen")))
    blocks += _signed(found, on, words)
    blocks += _commitments(found, words)
    blocks += _claims(found, [one for one in found.claims if one.on.by(on) is not False], words)
    blocks += _participations(found, [one for one in found.participations if _had_begun(one, on)], words)
    blocks += _reported([one for one in found.reported if _was_reported(one, on)], found, words)
    if found.note is not None:
        blocks.append(Section(words("declaration", "notes"), (Paragraph(words.text(found.note)),)))
    items = tuple(Item(_source(one.title, one.address, one.day, words)) for one in found.sources)
    if items:
        blocks.append(Section(words("heading", "sources"), items, folded=True))
    title = words("declaration", "title", title=words.text(found.title), region=_region(found, words))
    return Section(title if found.region is not None else words.text(found.title), tuple(blocks))


def _region(found: Declaration, words: Words) -> str:
    return "" if found.region is None else words.text(found.region)


def _source(title: str, address: str | None, day: date | None, words: Words) -> str:
    text = title if day is None else words("declaration", "dated", title=title, day=words.day(day))
    return text if address is None else words("declaration", "at", title=text, address=address)


def _said_in(text: str, source: str, declaration: Declaration, words: Words) -> str:
    return words("row", "cited", label=text, citations=declaration.source(source).title)


def _signed(found: Declaration, on: date, words: Words) -> Iterator[Section]:
    launched = found.launched is None or found.launched.by(on) is not False
    begun = [one for one in found.signatures if launched and one.when.by(on) is not False]
    items = tuple(_signature(one, found, on, words) for one in begun)
    if items:
        yield Section(words("declaration", "signatures"), items)


def _signature(one: Signature, declaration: Declaration, on: date, words: Words) -> Item:
    verb = words("declaration", "verb", one.verb)
    line = words("declaration", "signature", body=_body(one.body, declaration), verb=verb, when=when(one.when, words))
    if one.confidence in WEAK:
        line = words("declaration", "inferred", line=line)
    if declaration.stood(one, on=on) is None:
        line = words("declaration", "maybe", line=line)
    below = [
        Item(_said_in(words("declaration", "rank", words=words.text(rank.words)), rank.source, declaration, words))
        for rank in one.ranks
    ]
    if one.ended is not None:
        below.append(Item(words("declaration", "ended", when=when(one.ended, words))))
    if one.note is not None:
        below.append(Item(words.text(one.note)))
    return Item(_said_in(line, one.source, declaration, words), tuple(below))


def _commitments(found: Declaration, words: Words) -> Iterator[Section]:
    items: list[Item] = []
    for one in found.commitments:
        first, *others = _promised(one, words)
        items.append(Item(_said_in(upper_first(first), one.source, found, words), tuple(Item(line) for line in others)))
    title = words("declaration", "commitments")
    yield Section(title, tuple(items) or (Paragraph(words("declaration", "no_commitment")),))


def _claims(found: Declaration, claims: Iterable[Claim], words: Words) -> Iterator[Section]:
    conflicts = {claim.id for group in found.conflicts() for claim in group}
    items: list[Item] = []
    for one in claims:
        below = [Item(words("declaration", "check", found.check_claim(one.id).value))]
        if one.id in conflicts:
            below.append(Item(words("declaration", "conflict")))
        if one.note is not None:
            below.append(Item(words.text(one.note)))
        items.append(Item(_claim(one, found, words), tuple(below)))
    if items:
        yield Section(words("declaration", "claims"), tuple(items))


def _claim(one: Claim, declaration: Declaration, words: Words) -> str:
    line = words("declaration", "claim", speaker=one.speaker, words=words.text(one.words), when=when(one.on, words))
    return _said_in(line, one.source, declaration, words)


def _had_begun(one: Participation, on: date) -> bool:
    """Whether a participation may have begun by a day; one of which only the end is known has when it is over."""
    return one.start.by(on) is not False if one.start is not None else one.end is None or one.end.by(on) is not False


def _was_reported(one: ReportedFigure, on: date) -> bool:
    """Whether a figure may have been reported by a day: not before it was announced, nor before its days were over."""
    return all(day is None or day.by(on) is not False for day in (one.announced, one.end))


def _participations(found: Declaration, participations: Iterable[Participation], words: Words) -> Iterator[Section]:
    for one in participations:
        yield Section(words.text(one.title), tuple(_participation(one, found, words)))


def _participation(one: Participation, declaration: Declaration, words: Words) -> Iterator[Block]:
    yield Paragraph(words("declaration", "not_signature"))
    if one.start is not None or one.end is not None:
        start, end = (when(day, words) if day is not None else words("declaration", "unstated") for day in (one.start, one.end))
        yield Item(words("declaration", "span", start=start, end=end))
    roles: dict[str, list[str]] = {}
    for who in one.participants:
        name = _body(who.body, declaration)
        if who.count is not None:
            name = words("declaration", "group", name=name, count=words.value(who.count))
        roles.setdefault(who.role, []).append(name)
    for role, names in roles.items():
        yield Item(words("declaration", "role", role, names=words.join(names)))
    for said in one.said:
        yield Item(_claim(said, declaration, words))
    if one.note is not None:
        yield Item(words.text(one.note))


def when(day: DayRange, words: Words) -> str:
    """A day as its source states it: in its own words where they are kept, else by the days it lies between."""
    if day.words is not None:
        return words.text(day.words)
    first, last = day.earliest, day.latest
    if first is not None and first == last:
        return words("when", "on", day=words.day(first))
    if first is not None and last is not None:
        return words("when", "between", first=words.day(first), last=words.day(last))
    if last is not None:
        return words("when", "by", day=words.day(last))
    return words("when", "unknown") if first is None else words("when", "from", day=words.day(first))


def _body(id: str, declaration: Declaration | None) -> str:
    """A body by its name: a city's, or one of a declaration's own."""
    if declaration is not None:
        for body in declaration.bodies:
            if body.id == id:
                return body.name
    return cities[id].name if id in cities else id
