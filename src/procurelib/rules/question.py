"""A question of law: the table that answers it, bound to the case."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Hashable
from functools import lru_cache
from typing import Any, Final, Literal, TypeAlias

from attrs import field, frozen

from procurelib.errors import Fault, InputTypeError
from procurelib.models.tender import Tender
from procurelib.rules.answer import (
    Answer,
    Caveat,
    DerivedStep,
    Doubts,
    Gap,
    Outcome,
    Status,
    Support,
    Text,
)
from procurelib.rules.explained import support
from procurelib.rules.sources import gap_order
from procurelib.tables.basis import Used
from procurelib.tables.facts import Case, letters
from procurelib.tables.plan import Pattern, Plan, Resolved, Small
from procurelib.tables.read import read
from procurelib.tables.table import Table
from procurelib.unknown import UNKNOWN

Kind: TypeAlias = Literal["one", "members"]
"""``one``: the answer is one of several outcomes. ``members``: it is a set, decided member by member."""


_KEPT: Final = 512


@frozen(eq=False)
class Facts:
    """What the rules of a jurisdiction know of a tender: the case for the kernel, and how its amount was derived.

    ``base`` is the fact to ask for when the derived amount is not known well enough, ``more`` those beside it, ``gap`` the
    law that would be needed to work it out.
    """

    case: Case
    derived: str
    base: str
    gap: Gap | None
    steps: tuple[DerivedStep, ...]
    used: tuple[Used, ...]
    more: frozenset[str] = frozenset()


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
        if small is not None:
            shared = self._shared(tender, plan.plain, pattern, small)
            if shared is not None:
                tender._memo[self] = (shared, point)
        return found

    def _shared(self, tender: Tender, plain: bool, pattern: Pattern, small: Small) -> Any:
        """The small table with outcomes for leaves, made once for all tenders of the pattern.

        What is missing of an amount depends on how the tender states it: there is none where that is missing somewhere.
        """
        key = (self.overlay(tender), plain, pattern)
        if key in self._smalls:
            return self._smalls[key]
        if len(self._smalls) >= _KEPT:
            del self._smalls[next(iter(self._smalls))]
        shared = None if self._derived_base(tender) in found_in(small) else self._with_outcomes(tender, small)
        self._smalls[key] = shared
        return shared

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
            missing = (missing - {base}) | (frozenset((facts.base, *facts.more)) if facts.gap is None else frozenset())
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
        return support(self, tender, outcome, doubts)

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
    return sorted(frozenset().union(*_sets(resolved)) - _certain(resolved), key=letters)


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
