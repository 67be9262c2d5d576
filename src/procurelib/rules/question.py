"""A question of law: the table that answers it, bound to the case, and the answer with what it rests on."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_UP, Decimal
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from attrs import field, frozen

from procurelib.citations import Citation
from procurelib.dated import Version
from procurelib.errors import Fault, InputTypeError
from procurelib.law import EDITION, law
from procurelib.models.bylaw import ByLaw
from procurelib.models.tender import Tender
from procurelib.money import Money, MoneyRange
from procurelib.rules.answer import (
    Answer,
    Caveat,
    DerivedStep,
    Doubts,
    Explanation,
    FactExplained,
    Gap,
    Outcome,
    RowExplained,
    Status,
    Support,
    Test,
    Text,
    Turn,
)
from procurelib.tables.basis import Used, basis, decisive
from procurelib.tables.conditions import (
    AllOf,
    AnyOf,
    Compare,
    Condition,
    InForce,
    Not,
    Series,
    Step,
    Trace,
    Use,
    Within,
)
from procurelib.tables.facts import Between, Case, Fact, OneOf, known
from procurelib.tables.headroom import Flip, flips
from procurelib.tables.plan import Pattern, Plan, Resolved, Small
from procurelib.tables.read import RowReading, outcome_step, read
from procurelib.tables.table import Open, Table
from procurelib.unknown import UNKNOWN, Unknown

Kind: TypeAlias = Literal["one", "members"]
"""``one``: the answer is one of several outcomes. ``members``: it is a set, decided member by member."""

_WEAK: Final = ("inferred", "unverified")
_STALE_AFTER: Final = timedelta(days=365)
_KEPT: Final = 512
_CENT: Final = Decimal("0.01")


@frozen(eq=False)
class Facts:
    """What the rules of a jurisdiction know of a tender: the case for the kernel, and how its amount was derived.

    ``base`` is the fact to ask for when the derived amount is not known well enough, ``gap`` the law that would be
    needed to work it out.
    """

    case: Case
    derived: str
    base: str
    gap: Gap | None
    steps: tuple[DerivedStep, ...]
    used: tuple[Used, ...]


@frozen(eq=False, repr=False)
class Question:
    """One question of one jurisdiction.

    ``table`` gives the table for an ``overlay``, which is what the buyer itself adds to the law (in Québec its by-laws);
    ``bound`` says that it changes with it. ``turning`` are the entries of the book on whose days a derived amount changes,
    ``derived`` the fact that is that amount.
    Questions are shared constants: they are compared by identity and pickle by name.
    """

    id: str
    name: str
    title: Text
    kind: Kind
    table: Callable[[Any], Table]
    overlay: Callable[[Tender], Hashable]
    facts: Callable[..., Facts]
    caveats: Callable[[Tender, Facts], tuple[Caveat, ...]]
    sentences: Callable[[Tender, frozenset[str]], tuple[Text, ...]]
    bound: bool = True
    turning: tuple[str, ...] = ()
    derived: str | None = None
    present: Callable[[Any], Any] | None = None
    _outcomes: dict[Resolved, Outcome] = field(factory=dict, init=False, repr=False)
    _smalls: dict[Hashable, Any] = field(factory=dict, init=False, repr=False)

    def plan(self, overlay: Hashable) -> Plan:
        """The table for an overlay, compiled when first asked and kept for the next time."""
        return _plan(self, overlay)

    def tables(self) -> tuple[Table, ...]:
        """The tables of the question: for a buyer that adds nothing to the law, and for one that may add anything."""
        return tuple(self.plan(overlay).table for overlay in ((None, UNKNOWN) if self.bound else (None,)))

    def result(self, tender: Tender) -> Outcome:
        """What the law leaves for a tender, shared by all tenders with the same outcome: an answer without its reasons.

        Raises:
            NotYetInForce, NoLongerInForce: the launch is outside the days the rules cover.
        """
        try:
            node, point = tender._memo[self]
        except KeyError:
            return self._first_result(tender)
        while type(node) is tuple:
            i, marks, below = node
            node = below[bisect_right(marks, point[i])]
        found: Outcome = node
        return found

    def _first_result(self, tender: Tender) -> Outcome:
        """The result; the small table and the point are kept for the next time, once the pattern is worth a small table."""
        case = self.facts_for(tender).case
        plan = self.plan(self.overlay(tender)).suited(case)
        pattern, point = plan.split(case)
        found = self._outcome(tender, plan.at(pattern, point))
        small = plan.seen(pattern)
        # What is missing of an amount depends on how the tender states it: such an outcome is its own.
        if small is not None and self._derived_base(tender) not in found_in(small):
            tender._memo[self] = (self._shared(tender, plan.plain, pattern, small), point)
        return found

    def _shared(self, tender: Tender, plain: bool, pattern: Pattern, small: Small) -> Any:
        """The small table with outcomes for leaves, made once for all tenders of the pattern."""
        key = (self.overlay(tender), plain, pattern)
        made = self._smalls.get(key)
        if made is None:
            if len(self._smalls) >= _KEPT:
                del self._smalls[next(iter(self._smalls))]
            made = self._with_outcomes(tender, small)
            self._smalls[key] = made
        return made

    def _with_outcomes(self, tender: Tender, small: Small) -> Any:
        if isinstance(small, Resolved):
            return self._outcome(tender, small)
        place, marks, below = small
        return (place, marks, [self._with_outcomes(tender, one) for one in below])

    def facts_for(self, tender: Tender) -> Facts:
        """The facts of a tender, worked out once."""
        found = tender._memo.get(self.facts)
        if found is None:
            found = self.facts(tender)
            tender._memo[self.facts] = found
        facts: Facts = found
        return facts

    def ask(self, tender: Tender) -> Answer:
        """The answer for a tender."""
        return Answer(self.result(tender), self, tender)

    def resolved(self, tender: Tender) -> Resolved:
        """What the table leaves for a tender, in the kernel's terms."""
        return self.plan(self.overlay(tender)).resolve(self.facts_for(tender).case)

    def _outcome(self, tender: Tender, resolved: Resolved) -> Outcome:
        """The outcome a result amounts to; the same one for all tenders unless what is missing depends on the tender."""
        made = self._outcomes.get(resolved)
        if made is not None:
            return made
        missing = resolved.missing
        base = self._derived_base(tender)
        if base in missing:
            facts = self.facts_for(tender)
            missing = (missing - {base}) | (frozenset((facts.base,)) if facts.gap is None else frozenset())
        status, value = _status(self.kind, resolved, missing)
        show = self.present
        possible = resolved.possible
        if show is not None:
            value = value if value is UNKNOWN or value is None else show(value)
            possible = frozenset(show(v) if v is not None else None for v in possible)
        made = Outcome(self.name, status, value, possible, missing)
        if base not in resolved.missing:
            self._outcomes[resolved] = made
        return made

    def _derived_base(self, tender: Tender) -> str | None:
        """The fact a derived amount stands for, if the table reads one."""
        derived = self.facts_for(tender).derived
        return next((f.base for f in self.plan(self.overlay(tender)).table.facts if f.id == derived), None)

    def doubts(self, tender: Tender, outcome: Outcome) -> Doubts:
        """The gaps behind an answer that is not settled, those of a derived amount included."""
        resolved = self.resolved(tender)
        if resolved.settled:
            return Doubts()
        facts = self.facts_for(tender)
        gaps = {g for g in read(self.plan(self.overlay(tender)).table, facts.case).gaps if isinstance(g, Gap)}
        if facts.gap is not None and self._derived_base(tender) in resolved.missing:
            gaps.add(facts.gap)
        listed = tuple(sorted(gaps, key=gap_order))
        why = (*sorted(outcome.missing), *dict.fromkeys(g.id for g in listed))
        return Doubts(listed, dict.fromkeys(_doubtful(resolved), why) if self.kind == "members" else {})

    def support(self, tender: Tender, outcome: Outcome, doubts: Doubts) -> Support:
        """The citations, caveats and explanation of an answer."""
        return _support(self, tender, outcome, doubts)

    def __repr__(self) -> str:
        return f"<question {self.id}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (question_of, (self.id,))


def question_of(id: str) -> Any:
    """The question with an id, as pickling finds it again."""
    from importlib import import_module

    jurisdiction, _, name = id.partition("/")
    return getattr(import_module(f"procurelib.rules.{jurisdiction.replace('-', '_')}"), name)


@lru_cache(maxsize=256)
def _plan(question: Question, overlay: Hashable) -> Plan:
    return Plan(question.table(overlay))


def found_in(small: Small) -> frozenset[str]:
    """Every fact that is missing somewhere in a small table."""
    if isinstance(small, Resolved):
        return small.missing
    return frozenset[str]().union(*(found_in(one) for one in small[2]))


def _status(kind: Kind, resolved: Resolved, missing: frozenset[str]) -> tuple[Status, Any]:
    """The status and value that what remains possible amounts to."""
    if resolved.settled:
        (value,) = resolved.possible
        return ("not_applicable" if value is None else "answered"), value
    status: Status = "unknown" if missing else "not_modelled"
    return status, UNKNOWN if kind == "one" else _certain(resolved) or UNKNOWN


def _sets(resolved: Resolved) -> list[frozenset[Any]]:
    return [s if isinstance(s, frozenset) else frozenset() for s in resolved.possible]


def _certain(resolved: Resolved) -> frozenset[Any]:
    """The members that every set still possible has."""
    sets = _sets(resolved)
    return frozenset() if resolved.anything or not sets else frozenset.intersection(*sets)


def _doubtful(resolved: Resolved) -> list[Any]:
    """The members that some sets still possible have and others not."""
    return sorted(frozenset().union(*_sets(resolved)) - _certain(resolved), key=str)


# --- what an answer rests on ----------------------------------------------------------------------------------------


def _support(question: Question, tender: Tender, outcome: Outcome, doubts: Doubts) -> Support:
    resolved = question.resolved(tender)
    facts = question.facts_for(tender)
    plan = question.plan(question.overlay(tender))
    found = basis(plan.table, facts.case)
    used = (*found.used, *(facts.used if _reads(plan.table, facts.derived) else ()))
    cites = citations(used)
    caveats = (
        *caveats_of(used, tender.launched),
        *_reading_caveats(plan, facts.case, resolved),
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
        possible=tuple(sorted(outcome.possible or (), key=_order)),
        on=tender.launched,
        facts=tuple(_facts(plan.table, facts, found.rows)),
        rows=tuple(rows),
        missing=tuple(sorted(outcome.missing)),
        gaps=doubts.gaps,
        caveats=tuple(caveats),
        citations=cites,
        turns=turns(question, tender),
        sentences=question.sentences(tender, outcome.missing),
        edition=EDITION,
    )
    return Support(cites, tuple(caveats), explanation)


def _reads(table: Table, fact: str) -> bool:
    return any(f.id == fact for f in table.facts)


def gap_order(gap: Gap) -> tuple[str, date]:
    """The order in which gaps are listed."""
    return (gap.id, gap.start)


def _order(value: Any) -> str:
    return ",".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)


def citations(used: tuple[Used, ...]) -> tuple[Citation, ...]:
    """Where everything used is written, provisions first, without repetition."""
    out: dict[Citation, None] = {}
    for one in sorted(used, key=lambda u: (u.compared, u.series.id == "ca-qc/regime")):
        out.update(dict.fromkeys(_cites(one.step)))
    return tuple(out)


def _cites(step: Step | None) -> tuple[Citation, ...]:
    ref = step.ref if step is not None else None
    if isinstance(ref, Version):
        return ref.citations
    if isinstance(ref, ByLaw):
        number = f" {ref.number}" if ref.number else ""
        return (
            Citation(
                instrument="bylaw",
                short_fr=f"règlement{number} de la municipalité, en vigueur le {_day(ref.since, 'fr_CA')}",
                short_en=f"by-law{number} of the municipality, in force on {_day(ref.since, 'en_CA')}",
            ),
        )
    return ()


def _day(day: date, locale: str) -> str:
    from babel.dates import format_date

    return format_date(day, "long", locale=locale)


def caveats_of(used: tuple[Used, ...], on: date) -> Iterator[Caveat]:
    """What to be careful about in the versions an answer rests on: how sure they are, how old, what was noted of them."""
    for one in used:
        version = one.step.ref
        if not isinstance(version, Version):
            continue
        id = one.series.id
        title = law[id]
        if version.confidence in _WEAK:
            yield Caveat(version.confidence, id, _weak(title.title_fr, title.title_en, version))
        elif version.from_confidence in _WEAK and version.from_window is None and _near_start(version, on):
            since = version.start
            yield Caveat(
                "unverified" if version.from_confidence == "unverified" else "inferred",
                id,
                Text(
                    f"{title.title_fr} : le premier jour, {_day(since, 'fr_CA')}, n’est pas certain.",
                    f"{title.title_en}: the first day, {_day(since, 'en_CA')}, is not certain.",
                ),
            )
        if version.note_fr and version.note_en and version.confidence == "secondary":
            text = Text(f"{title.title_fr} : {version.note_fr}", f"{title.title_en}: {version.note_en}")
            yield Caveat("note", id, text)
        if on > version.checked + _STALE_AFTER:
            checked = version.checked
            yield Caveat(
                "stale",
                id,
                Text(
                    f"{title.title_fr} : vérifié pour la dernière fois le {_day(checked, 'fr_CA')}.",
                    f"{title.title_en}: last checked on {_day(checked, 'en_CA')}.",
                ),
            )


def _near_start(version: Version, on: date) -> bool:
    """Whether the day is so near an uncertain first day that the version before it may still have held.

    A version that begins with the span the book covers was in force before it: its first day is not in question.
    """
    entry_start = min(law["ca-qc/regime"].versions[0].start, version.start)
    return version.start > entry_start and on <= version.start + _STALE_AFTER


def _weak(fr: str, en: str, version: Version) -> Text:
    how_fr = "déduit" if version.confidence == "inferred" else "non vérifié"
    value = version.value
    shown_fr = f" ({value.format('fr_CA')})" if isinstance(value, Money) else ""
    shown_en = f" ({value.format('en_CA')})" if isinstance(value, Money) else ""
    note_fr = f" {version.note_fr}" if version.note_fr else ""
    note_en = f" {version.note_en}" if version.note_en else ""
    return Text(f"{fr}{shown_fr} : {how_fr}.{note_fr}", f"{en}{shown_en}: {version.confidence}.{note_en}")


def _reading_caveats(plan: Plan, case: Case, resolved: Resolved) -> Iterator[Caveat]:
    """A notice for each disputed text under another reading of which the answer would be another."""
    for fact in plan.table.facts:
        if fact.role == "reading" and fact.id not in case:
            free = plan.resolve({**case, fact.id: UNKNOWN})
            if free.possible != resolved.possible or free.anything != resolved.anything:
                yield reading_caveat(fact, free)


def reading_caveat(fact: Fact, free: Resolved) -> Caveat:
    """The notice that the answer turns on how a disputed text is read."""
    id, _, what = fact.id.partition("#")
    entry = law[id]
    if what == "start":
        unsure = next(v for v in entry.versions if v.from_window is not None)
        fallback = Text("Le premier jour n’est pas certain.", "The first day is not certain.")
        fr, en = unsure.note_fr or fallback.fr, unsure.note_en or fallback.en
        return Caveat("window", id, Text(f"{entry.title_fr} : {fr}", f"{entry.title_en}: {en}"))
    default = next(r for r in entry.readings if r.default)
    others = [r for r in entry.readings if not r.default]
    fr = f"{entry.title_fr} : lecture retenue, {default.label_fr}. {default.why_fr} Autre lecture : "
    en = f"{entry.title_en}: reading kept, {default.label_en}. {default.why_en} Other reading: "
    return Caveat(
        "reading",
        id,
        Text(fr + "; ".join(r.label_fr for r in others) + ".", en + "; ".join(r.label_en for r in others) + "."),
    )


def _was_claimed(trace: Trace, case: Case) -> bool:
    """Whether a row that does not decide tests a claim the buyer made."""
    node = trace.node
    if isinstance(node, Within) and node.fact.role == "claim" and trace.truth == "true":
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
    cites = tuple(dict.fromkeys(c for _, step in cited for c in _cites(step)))
    if isinstance(row.then, Open):
        shown: Any = tuple(sorted(row.then.outcomes, key=_order))
    elif isinstance(row.then, Series):
        step = row.then.at(on)
        shown = step.value if step is not None else None
    else:
        shown = row.then
    return RowExplained(row.id, role, _label(row.cites, row.then, on), shown, cites, test_of(reading.trace))


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
        unit = law[id].unit if id is not None and id in law else "CAD"
        value = shown_value(trace.value, unit)
        shown = shown_value(bound, unit)
        return Test(kind, trace.truth, node.fact.id, value, shown, id, _series_label(id), citations=_cites(trace.step))
    if isinstance(node, Within):
        allowed = tuple(sorted(node.values, key=_order))
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
            citations=_cites(trace.step),
        )
    if isinstance(node, Use):
        return Test(kind, trace.truth, node.table.id, _known(trace.value), allowed=tuple(sorted(node.outcomes, key=_order)))
    return Test(kind, trace.truth, below=below)


def _series_label(id: str | None) -> Text | None:
    if id is None:
        return None
    if id in law:
        return Text(law[id].title_fr, law[id].title_en)
    return {
        "ca-qc/public-call-threshold#term": Text("Seuil connu pour ce jour", "Threshold known for that day"),
        "bylaw": Text("Règlement de la municipalité", "By-law of the municipality"),
        "bylaw/direct-below": Text("Plafond du gré à gré imprimé dans le règlement", "Ceiling printed in the by-law"),
        "bylaw/public-from": Text("Seuil imprimé dans le règlement", "Threshold printed in the by-law"),
    }.get(id)


def shown_value(value: Any, unit: str = "CAD") -> Any:
    """A compared number as a reader knows it: money where it is money, at most to the hundredth of a cent below it."""
    if isinstance(value, Between):
        low, high = shown_value(value.low, unit), shown_value(value.high, unit)
        return MoneyRange(low, high) if isinstance(low, Money) and isinstance(high, Money) else UNKNOWN
    if isinstance(value, Decimal) and unit in ("CAD", "EUR"):
        return Money(_cut(value), "CAD" if unit == "CAD" else "EUR", tax="net" if unit == "CAD" else "excluded")
    return _known(value)


def _cut(amount: Decimal) -> Decimal:
    exponent = amount.as_tuple().exponent
    return amount.quantize(Decimal("0.000001")) if isinstance(exponent, int) and exponent < -6 else amount


def _known(value: Any) -> Any:
    if isinstance(value, OneOf):
        return tuple(sorted(value.values, key=_order))
    return UNKNOWN if isinstance(value, Unknown) else value


def _facts(table: Table, facts: Facts, rows: tuple[RowReading, ...]) -> Iterator[FactExplained]:
    for fact in table.facts:
        value = known(fact, facts.case)
        if fact.role in ("claim", "reading") and value == fact.default:
            continue
        if fact.id == facts.derived:
            yield FactExplained(fact.id, shown_value(value), "derived" if value is not UNKNOWN else "unknown", facts.steps)
        else:
            yield FactExplained(fact.id, _known(value), "unknown" if value is UNKNOWN else "given")


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
            distance = shown_value(way.quantize(_CENT, ROUND_UP))
        boundary = shown_value(boundary)
    present = question.present
    possible = flip.after.possible
    after = possible if present is None else frozenset(present(v) if v is not None else None for v in possible)
    return Turn(question.name, flip.fact.id, flip.direction, boundary, distance, after)


def require_tender(case: object) -> Tender:
    """The case as a tender.

    Raises:
        InputTypeError: it is something else.
    """
    if not isinstance(case, Tender):
        raise InputTypeError(
            [Fault("case", repr(case), "a Tender", "Build one with Tender(buyer=…, category=…, value=…, launched=…).")]
        )
    return case
