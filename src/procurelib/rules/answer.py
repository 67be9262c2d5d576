"""Results: an answer, what it rests on, and its explanation, all of it plain data."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, Protocol, TypeAlias, final

from attrs import evolve, field, frozen

from procurelib.citations import Citation
from procurelib.citations import Text as Text
from procurelib.dated import Caveat as Caveat
from procurelib.dated import CaveatKind as CaveatKind
from procurelib.models.tender import Tender
from procurelib.unknown import UNKNOWN

Status: TypeAlias = Literal["answered", "unknown", "not_modelled", "not_applicable", "unverified"]
TRACE_FORMAT: Final = "procurelib.trace/1"


@frozen
class Gap:
    """Law the book does not have: the entry it would be, from which day, why, and what held until then."""

    id: str
    start: date
    end: date | None
    reason: Text
    title: Text
    held_before: tuple[Citation, ...] = ()


@frozen
class Test:
    """One node of an evaluated condition.

    ``kind`` is ``compare within in_force all any not use``; ``truth`` is ``true false unknown open undefined``. ``fact``
    names what was looked at and ``value`` what it was; ``bound`` is what it was compared with, ``parameter`` the entry
    of the book that gave the bound, ``label`` its title and ``citations`` where it is written; ``allowed`` are the
    values a ``within`` accepts. ``below`` are the tests this one joins.
    """

    kind: Literal["compare", "within", "in_force", "all", "any", "not", "use"]
    truth: Literal["true", "false", "unknown", "open", "undefined"]
    fact: str | None = None
    value: Any = None
    bound: Any = None
    parameter: str | None = None
    label: Text | None = None
    allowed: tuple[Any, ...] = ()
    citations: tuple[Citation, ...] = ()
    below: tuple[Test, ...] = ()


@frozen
class RowExplained:
    """One row of the table: it ``decides``, or it was ``considered`` and fails by one test, or it was ``claimed`` in vain."""

    id: str
    role: Literal["decides", "considered", "claimed"]
    label: Text
    outcome: Any
    citations: tuple[Citation, ...]
    test: Test


@frozen
class FactExplained:
    """One fact of the case as the rule read it; ``steps`` say how a derived one was worked out."""

    id: str
    value: Any
    origin: Literal["given", "derived", "default", "unknown"]
    steps: tuple[DerivedStep, ...] = ()


@frozen
class DerivedStep:
    """One step of a derived amount (``start add multiply divide interval``) or ``day``, with the amount or day it gives."""

    kind: Literal["start", "add", "multiply", "divide", "interval", "unmodelled", "day"]
    what: Text
    amount: Any
    citations: tuple[Citation, ...] = ()


@frozen
class Turn:
    """The nearest change of one fact that changes an answer.

    ``direction`` is ``up`` (from ``boundary`` on), ``down`` (for anything below or before ``boundary``) or ``other`` (at
    that value). ``distance`` is the way to go: an amount in whole cents, or a number of days; ``None`` for a choice, and for a
    boundary that lies inside the interval the fact is known to be in. ``after`` is what
    is possible then.
    """

    question: str
    fact: str
    direction: Literal["up", "down", "other"]
    boundary: Any
    distance: Any
    after: frozenset[Any]


@frozen
class Explanation:
    """Why an answer is what it is, as data; the renderers turn it into text, Markdown, HTML or JSON.

    ``sentences`` are remarks for the reader that the rule itself makes, such as what an unknown by-law means.
    ``jurisdiction`` is the law the answer is by, in whose words it is told.
    """

    question: str
    title: Text
    status: Status
    value: Any
    possible: tuple[Any, ...]
    on: date
    facts: tuple[FactExplained, ...]
    rows: tuple[RowExplained, ...]
    missing: tuple[str, ...]
    gaps: tuple[Gap, ...]
    caveats: tuple[Caveat, ...]
    citations: tuple[Citation, ...]
    turns: tuple[Turn, ...]
    sentences: tuple[Text, ...]
    edition: str
    format: str = TRACE_FORMAT
    jurisdiction: str = "ca-qc"


@frozen(eq=False)
class Outcome:
    """What all answers with the same outcome share: the question, the status, the value, what is possible, what is missing."""

    question: str
    status: Status
    value: Any
    possible: frozenset[Any] | None
    missing: frozenset[str] = frozenset()

    @property
    def settled(self) -> bool:
        """Whether the question is answered, or does not arise."""
        return self.status in ("answered", "not_applicable")


@frozen
class Doubts:
    """Why an answer is not settled: the gaps in the book, and of a set answer its uncertain members with their reasons.

    ``possible`` is the set of possible answers where it takes some work and is not in the outcome.
    """

    gaps: tuple[Gap, ...] = ()
    uncertain: Mapping[Hashable, tuple[str, ...]] = field(factory=dict)
    possible: frozenset[Any] = frozenset()


@frozen
class Support:
    """What an answer rests on, worked out when it is read."""

    citations: tuple[Citation, ...]
    caveats: tuple[Caveat, ...]
    explanation: Explanation


@frozen
class Reasons:
    """What is worked out of an answer when it is read: why it is open first, what it rests on when that is asked for."""

    doubts: Doubts
    support: Support | None = None


class Asked(Protocol):
    """A question that can say later what an answer of its own rests on."""

    def doubts(self, tender: Tender, outcome: Outcome) -> Doubts:
        """Why the answer is not settled."""
        ...

    def support(self, tender: Tender, outcome: Outcome, doubts: Doubts) -> Support:
        """The citations, caveats and explanation of the answer."""
        ...


@final
class Answer:
    """The answer to one question in one case.

    ``status`` is ``answered`` (``value`` is it), ``unknown`` (``value`` is ``UNKNOWN``, ``possible`` the exact set of
    answers, ``missing`` the facts to give), ``not_modelled`` (the book lacks the law; ``gaps`` says which),
    ``not_applicable`` (the question does not arise; ``value`` is ``None``) or ``unverified`` (only when asked strictly:
    the answer rests on an inferred or unverified value). Where the answer is a set, ``value`` holds its certain members
    and ``uncertain`` the others, each with the facts or gaps that decide it.

    Made by asking a question, or by ``Answer.from_dict``. What it rests on is worked out when first read.
    """

    # Plain slots, written once here: a frozen attrs class would cost more than finding the answer does.
    __slots__ = ("_asked", "_outcome", "_reasons", "_tender")

    def __init__(
        self, outcome: Outcome, asked: Asked | None = None, tender: Tender | None = None, reasons: Reasons | None = None
    ) -> None:
        self._outcome = outcome
        self._asked = asked
        self._tender = tender
        self._reasons = reasons

    @property
    def question(self) -> str:
        """The name of the question."""
        return self._outcome.question

    @property
    def status(self) -> Status:
        """Whether the question is answered, and if not, why not."""
        return self._outcome.status

    @property
    def settled(self) -> bool:
        """Whether the question is answered, or does not arise."""
        return self._outcome.settled

    @property
    def value(self) -> Any:
        """The answer, ``UNKNOWN`` when it is not settled, ``None`` when the question does not arise."""
        return self._outcome.value

    @property
    def possible(self) -> frozenset[Any]:
        """Every answer that what is known leaves possible."""
        possible = self._outcome.possible
        return self._why_open().possible if possible is None else possible

    @property
    def missing(self) -> frozenset[str]:
        """The facts of the case on which the answer still depends."""
        return self._outcome.missing

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The law the book does not have and the answer would need."""
        return self._why_open().gaps

    @property
    def uncertain(self) -> Mapping[Hashable, tuple[str, ...]]:
        """Of a set answer, the members that are not certain, each with the facts or gaps that decide it."""
        return self._why_open().uncertain

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the answer is written, every concurring provision included."""
        return self._rests_on().citations

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """The reasons to be careful with the answer."""
        return self._rests_on().caveats

    @property
    def explanation(self) -> Explanation:
        """Why the answer is what it is, as data."""
        return self._rests_on().explanation

    def _why_open(self) -> Doubts:
        return self._worked_out().doubts

    def _rests_on(self) -> Support:
        reasons = self._worked_out()
        if reasons.support is None:
            asked, tender = self._asked, self._tender
            if asked is None or tender is None:
                raise AssertionError("an answer is either asked, or restored with its support")
            reasons = evolve(reasons, support=asked.support(tender, self._outcome, reasons.doubts))
            self._reasons = reasons
        assert reasons.support is not None
        return reasons.support

    def _worked_out(self) -> Reasons:
        if self._reasons is None:
            asked, tender = self._asked, self._tender
            if asked is None or tender is None:
                raise AssertionError("an answer is either asked, or restored with its reasons")
            self._reasons = Reasons(asked.doubts(tender, self._outcome))
        return self._reasons

    @property
    def required(self) -> Any:
        """The one lawful member of a set answer, or ``None`` when there are several, or they are not all known."""
        if isinstance(self.value, frozenset) and len(self.value) == 1 and not self.uncertain:
            return next(iter(self.value))
        return None

    @property
    def steps(self) -> tuple[DerivedStep, ...]:
        """Of an answer that was worked out: how, step by step."""
        return tuple(step for fact in self.explanation.facts for step in fact.steps)

    @property
    def combinations(self) -> Any:
        """Of an answer about publication: the lawful minimal sets of media, each of them enough."""
        return self.value

    @property
    def ocds_methods(self) -> frozenset[str]:
        """Of an answer about procedure: the OCDS ``procurementMethod`` codes of the outcomes that remain possible."""
        codes = {"direct": "direct", "invitation": "limited", "public": "open"}
        return frozenset(codes[o] for o in self.possible if o in codes)

    def strictly(self) -> Answer:
        """The same answer, or one of status ``unverified`` when it rests on an inferred or unverified value."""
        if self.status != "answered" or not any(c.kind in ("inferred", "unverified") for c in self.caveats):
            return self
        refused = evolve(self._outcome, status="unverified", value=UNKNOWN)
        support = self._rests_on()
        explanation = evolve(support.explanation, status="unverified", value=UNKNOWN)
        return Answer(refused, reasons=Reasons(self._why_open(), evolve(support, explanation=explanation)))

    def explain(self, locale: str, *, format: str = "text") -> str:
        """The explanation as a person reads it; ``format`` is ``text``, ``markdown`` or ``html``."""
        from procurelib.explain import render

        return render(self.explanation, locale, format=format)

    def _repr_html_(self) -> str:  # pyright: ignore[reportUnusedFunction]  (notebooks call it)
        return self.explain("fr_CA", format="html")

    def __repr__(self) -> str:
        return f"<Answer {self.question}: {self.status}, {self.value!r}>"

    def __eq__(self, other: object) -> bool:
        return self._data() == other._data() if isinstance(other, Answer) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.question, self.status, self.possible, self.missing))

    def _data(self) -> tuple[Any, ...]:
        o = self._outcome
        doubts = self._why_open()
        return (o.question, o.status, o.value, self.possible, o.missing, doubts.gaps, doubts.uncertain, self._rests_on())

    def __reduce__(self) -> tuple[Any, ...]:
        return (Answer, (self._outcome, None, None, Reasons(self._why_open(), self._rests_on())))

    def to_dict(self) -> dict[str, Any]:
        """The answer and its explanation as JSON-safe values."""
        from procurelib.explain.json import write_answer

        return write_answer(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Answer:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_answer

        return read_answer(data)


@frozen
class Territory:
    """Places whose suppliers may not be excluded: ISO 3166 codes, and ``EU``; a country contains its subdivisions.

    >>> "CA-ON" in Territory(frozenset({"CA"})), "CA" in Territory(frozenset({"CA-QC"}))
    (True, False)
    """

    places: frozenset[str]

    def __contains__(self, place: object) -> bool:
        return isinstance(place, str) and (place in self.places or place.partition("-")[0] in self.places)

    def __iter__(self) -> Iterator[str]:
        return iter(sorted(self.places))

    def __len__(self) -> int:
        return len(self.places)

    def __str__(self) -> str:
        return ", ".join(sorted(self.places))
