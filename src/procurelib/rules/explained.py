"""What an answer rests on, as data a renderer can read: rows, tests, facts, and the changes that would turn it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import ROUND_UP, Decimal
from typing import TYPE_CHECKING, Any, Final, Literal

from procurelib.law import EDITION, law
from procurelib.models.grounds import GROUNDS
from procurelib.models.tender import Tender
from procurelib.money import Currency, Money, MoneyRange, TaxBasis
from procurelib.rules.answer import (
    Doubts,
    Explanation,
    FactExplained,
    Gap,
    Outcome,
    RowExplained,
    Support,
    Test,
    Text,
    Turn,
)
from procurelib.rules.series import TERM_SUFFIX
from procurelib.rules.sources import caveats_of, citations, cites, reading_caveats
from procurelib.tables.basis import basis, decisive
from procurelib.tables.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    InForce,
    Not,
    Series,
    Trace,
    Use,
    Within,
)
from procurelib.tables.facts import Between, Case, Fact, OneOf, known, letters
from procurelib.tables.headroom import Flip, flips
from procurelib.tables.plan import Resolved
from procurelib.tables.read import RowReading, outcome_step
from procurelib.tables.table import Open, Table
from procurelib.unknown import UNKNOWN, Unknown

if TYPE_CHECKING:
    from procurelib.rules.question import Facts, Question

_CENT: Final = Decimal("0.01")


def support(question: Question, tender: Tender, outcome: Outcome, doubts: Doubts) -> Support:
    """The citations, caveats and explanation of an answer, found by reading the rows of its table again."""
    resolved = question.resolved(tender)
    facts = question.facts_for(tender)
    plan = question.plan(question.overlay(tender))
    found = basis(plan.table, facts.case)
    used = (*found.used, *(facts.used if _reads(plan.table, facts.derived) else ()))
    cited = citations(used)
    caveats = (
        *caveats_of(used, tender.launched),
        *reading_caveats(plan, facts.case, resolved),
        *(question.caveats(tender, facts) if _reads(plan.table, facts.derived) else ()),
    )
    claimed = {r.row.id for r in found.reading.rows if not r.decides and _was_claimed(r.trace, facts.case)}
    rows = [_row(r, "decides", tender.launched) for r in found.rows if _remains(r, resolved, plan.table, facts.case)]
    rows += [_row(r, "claimed", tender.launched) for r in found.reading.rows if r.row.id in claimed]
    rows += [
        _row(r, "considered", tender.launched)
        for r in found.near
        if r.row.layer > 0 and r.row.id not in claimed and not _of_another_kind(r)
    ]
    explanation = Explanation(
        question=question.name,
        title=question.title,
        status=outcome.status,
        value=outcome.value,
        possible=tuple(sorted(outcome.possible or (), key=letters)),
        on=tender.launched,
        facts=tuple(_facts(plan.table, facts, found.rows)),
        rows=tuple(rows),
        missing=tuple(sorted(outcome.missing)),
        gaps=doubts.gaps,
        caveats=tuple(caveats),
        citations=cited,
        turns=turns(question, tender),
        sentences=question.sentences(tender, outcome.missing),
        edition=EDITION,
        jurisdiction=question.id.partition("/")[0],
    )
    return Support(cited, tuple(caveats), explanation)


def _reads(table: Table, fact: str) -> bool:
    return any(f.id == fact for f in table.facts)


def _was_claimed(trace: Trace, case: Case) -> bool:
    """Whether a row that does not decide tests a ground the buyer claims."""
    node = trace.node
    if isinstance(node, Within) and node.fact.id in GROUNDS and trace.truth == "true":
        return known(node.fact, case) != node.fact.default
    return any(_was_claimed(part, case) for part in trace.below) and _dated_ok(trace)


def _remains(reading: RowReading, resolved: Resolved, table: Table, case: Case) -> bool:
    """Whether the outcome of a row that may apply is still possible: reading rows alone keeps some that are not."""
    if isinstance(reading.row.then, Open):
        return True
    step = outcome_step(reading.row, table, case)
    value = reading.row.then if step is None else step.value
    return value in resolved.possible or (step is not None and step.gap is not None)


def _of_another_kind(reading: RowReading) -> bool:
    """Whether a row fails only on what is bought, or on a claim nobody made: no derogation this buyer would look for."""
    return all(isinstance(t.node, Within) and t.node.fact.role in ("need", "claim") for t in decisive(reading.trace))


def _dated_ok(trace: Trace) -> bool:
    """Whether every version the row asks for is in force: another wording of the ground is not worth a line."""
    return all(
        not (isinstance(part.node, InForce) and part.truth == "false" and part.node.scopes is not None) for part in trace.below
    )


def _row(reading: RowReading, role: Literal["decides", "considered", "claimed"], on: date) -> RowExplained:
    row = reading.row
    cited = [(s, s.at(on)) for s in (*row.cites, *((row.then,) if isinstance(row.then, Series) else ()))]
    written = tuple(dict.fromkeys(c for _, step in cited for c in cites(step)))
    if isinstance(row.then, Open):
        shown: Any = tuple(sorted(row.then.outcomes, key=letters))
    elif isinstance(row.then, Series):
        step = row.then.at(on)
        shown = step.value if step is not None else None
    else:
        shown = row.then
    return RowExplained(row.id, role, _label(row.cites, row.then, on), shown, written, test_of(reading.trace))


def _label(cites: tuple[Series, ...], then: Any, on: date) -> Text:
    for cited in cites:
        if cited.id in law:
            entry = law[cited.id]
            version = entry.at(on)
            if version is not None and version.label_fr and version.label_en:
                return Text(version.label_fr, version.label_en)
            return Text(entry.title_fr, entry.title_en)
    if isinstance(then, Series) and then.id in law:
        return Text(law[then.id].title_fr, law[then.id].title_en)
    if isinstance(then, Open) and isinstance(then.gap, Gap):
        return then.gap.title
    return Text("règle", "rule")


_KINDS: Final[Mapping[type[Condition], Any]] = {
    Compare: "compare",
    Within: "within",
    InForce: "in_force",
    AllOf: "all",
    AnyOf: "any",
    Not: "not",
    Use: "use",
}


def test_of(trace: Trace) -> Test:
    """An evaluated condition as data."""
    node = trace.node
    kind = _KINDS[type(node)]
    below = tuple(test_of(part) for part in trace.below)
    if isinstance(node, Compare):
        id = node.bound.id if isinstance(node.bound, Series) else None
        bound = (trace.step.value if trace.step is not None else None) if id is not None else node.bound
        value, shown = (shown_value(given, node.fact.unit) for given in (trace.value, bound))
        return Test(kind, trace.truth, node.fact.id, value, shown, id, _series_label(id), citations=cites(trace.step))
    if isinstance(node, Within):
        allowed = tuple(sorted(node.values, key=letters))
        return Test(kind, trace.truth, node.fact.id, _known(trace.value), allowed=allowed)
    if isinstance(node, InForce):
        label = _series_label(node.series.id)
        return Test(
            kind,
            trace.truth,
            node.clock.id,
            _known(trace.value),
            None,
            node.series.id,
            label,
            citations=cites(trace.step),
        )
    if isinstance(node, Use):
        return Test(kind, trace.truth, node.table.id, _known(trace.value), allowed=tuple(sorted(node.outcomes, key=letters)))
    return Test(kind, trace.truth, below=below)


def _series_label(id: str | None) -> Text | None:
    if id is None:
        return None
    if id in law:
        return Text(law[id].title_fr, law[id].title_en)
    if id.endswith(TERM_SUFFIX):
        return Text("Seuil connu pour ce jour", "Threshold known for that day")
    return {
        "bylaw": Text("Règlement de la municipalité", "By-law of the municipality"),
        "bylaw/direct-below": Text("Plafond du gré à gré imprimé dans le règlement", "Ceiling printed in the by-law"),
        "bylaw/public-from": Text("Seuil imprimé dans le règlement", "Threshold printed in the by-law"),
    }.get(id)


def shown_value(value: Any, unit: str) -> Any:
    """A compared number as a reader knows it, money where its unit is one: on the basis the law of that country compares."""
    if isinstance(value, Between):
        low, high = shown_value(value.low, unit), shown_value(value.high, unit)
        return MoneyRange(low, high) if isinstance(low, Money) and isinstance(high, Money) else UNKNOWN
    if isinstance(value, Decimal) and unit in _BASES:
        currency, tax = _BASES[unit]
        return Money(_cut(value), currency, tax=tax)
    return _known(value)


_BASES: Final[Mapping[str, tuple[Currency, TaxBasis]]] = {"CAD": ("CAD", "net"), "EUR": ("EUR", "excluded")}


def _cut(amount: Decimal) -> Decimal:
    exponent = amount.as_tuple().exponent
    return amount.quantize(Decimal("0.000001")) if isinstance(exponent, int) and exponent < -6 else amount


def _known(value: Any) -> Any:
    if isinstance(value, OneOf):
        return tuple(sorted(value.values, key=letters))
    return UNKNOWN if isinstance(value, Unknown) else value


def _facts(table: Table, facts: Facts, rows: tuple[RowReading, ...]) -> Iterator[FactExplained]:
    for fact in table.facts:
        value = known(fact, facts.case)
        if fact.role in ("claim", "reading") and value == fact.default:
            continue
        shown = shown_value(value, fact.unit)
        derived = fact.id == facts.derived
        origin: Literal["derived", "given", "unknown"] = "unknown" if value is UNKNOWN else "derived" if derived else "given"
        yield FactExplained(fact.id, shown, origin, facts.steps if derived else ())


def turns(question: Question, tender: Tender) -> tuple[Turn, ...]:
    """The nearest changes of one fact of the need, or of the day, that change the answer."""
    plan = question.plan(question.overlay(tender))
    facts = question.facts_for(tender)

    def moved(fact: Fact, value: Any) -> Case:
        if fact.id == plan.table.clock.id:
            return question.facts(tender, value).case
        return {**facts.case, fact.id: value}

    days = tuple(v.start for id in question.turning for v in law[id].versions)
    found = flips(plan, facts.case, frozenset(("need", "date")), moved, days)
    return tuple(_turn(question, flip, facts.case) for flip in found)


def _turn(question: Question, flip: Flip, case: Case) -> Turn:
    here: Any = known(flip.fact, case)
    boundary: Any = flip.boundary
    distance: Any = None
    if flip.direction != "other":
        low, high = (here.low, here.high) if isinstance(here, Between) else (here, here)
        if isinstance(boundary, date):
            distance = (boundary - high).days if flip.direction == "up" else (low - boundary).days + 1
        elif not ((low is None or low < boundary) and (high is None or boundary <= high)):
            # Whole cents, upward: that much is enough to reach the boundary.
            way = boundary - high if flip.direction == "up" else low - boundary
            distance = shown_value(way.quantize(_CENT, ROUND_UP), flip.fact.unit)
        boundary = shown_value(boundary, flip.fact.unit)
    present = question.present
    possible = flip.after.possible
    after = possible if present is None else frozenset(present(v) if v is not None else None for v in possible)
    return Turn(question.name, flip.fact.id, flip.direction, boundary, distance, after)
