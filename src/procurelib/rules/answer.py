"""Results: an answer, what it rests on, and its explanation, all of it plain data."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, TypeAlias

from attrs import field, frozen

from procurelib.citations import Citation
from procurelib.money import Money
from procurelib.unknown import UNKNOWN, Unknown

Status: TypeAlias = Literal["answered", "unknown", "not_modelled", "not_applicable", "unverified"]
TRACE_FORMAT: Final = "procurelib.trace/1"


@frozen
class Text:
    """A short text in both languages."""

    fr: str
    en: str

    def in_(self, locale: str) -> str:
        """The text in the language of a locale such as ``fr_CA``."""
        return self.fr if locale.lower().startswith("fr") else self.en


@frozen
class Gap:
    """Law the book does not have: the entry it would be, from which day, why, and what held until then."""

    id: str
    start: date
    end: date | None
    reason: Text
    title: Text
    held_before: tuple[Citation, ...] = ()


CaveatKind: TypeAlias = Literal["inferred", "unverified", "window", "reading", "stale", "tax", "note", "capped", "unread"]


@frozen
class Caveat:
    """A reason to be careful with an answer: which entry of the book (or fact) it concerns, and why, in both languages."""

    kind: CaveatKind
    id: str
    text: Text


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
    """One step of a derived amount: ``start add multiply divide interval``, with the amount it gives."""

    kind: Literal["start", "add", "multiply", "divide", "interval", "unmodelled"]
    what: Text
    amount: Any
    citations: tuple[Citation, ...] = ()


@frozen
class Turn:
    """The nearest change of one fact that changes an answer.

    ``direction`` is ``up`` (from ``boundary`` on), ``down`` (for anything below or before ``boundary``) or ``other`` (at
    that value). ``distance`` is the way to go: an amount, or a number of days; ``None`` for a choice. ``after`` is what
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


@frozen
class Support:
    """What an answer rests on, worked out when it is read."""

    citations: tuple[Citation, ...]
    caveats: tuple[Caveat, ...]
    explanation: Explanation


Why: TypeAlias = Callable[[], Support]


class _Later:
    """Support that is worked out once, when first asked for."""

    __slots__ = ("_made", "_make")

    def __init__(self, make: Why | None, made: Support | None = None) -> None:
        self._make = make
        self._made = made

    def get(self) -> Support:
        if self._made is None:
            if self._make is None:
                raise AssertionError("support is either made or can be made")
            self._made = self._make()
            self._make = None
        return self._made

    def __reduce__(self) -> tuple[Any, ...]:
        return (_Later, (None, self.get()))


@frozen(eq=False)
class Answer:
    """The answer to one question in one case.

    ``status`` is ``answered`` (``value`` is it), ``unknown`` (``value`` is ``UNKNOWN``, ``possible`` the exact set of
    answers, ``missing`` the facts to give), ``not_modelled`` (the book lacks the law; ``gaps`` says which),
    ``not_applicable`` (the question does not arise; ``value`` is ``None``) or ``unverified`` (only when asked strictly:
    the answer rests on an inferred or unverified value). Where the answer is a set, ``value`` holds its certain members
    and ``uncertain`` the others, each with the facts or gaps that decide it.
    """

    question: str
    status: Status
    value: Any
    possible: frozenset[Any]
    missing: frozenset[str] = frozenset()
    gaps: tuple[Gap, ...] = ()
    uncertain: Mapping[Hashable, tuple[str, ...]] = field(factory=dict)
    _later: _Later = field(default=_Later(None), repr=False, alias="later")

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the answer is written, every concurring provision included."""
        return self._later.get().citations

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """The reasons to be careful with the answer."""
        return self._later.get().caveats

    @property
    def explanation(self) -> Explanation:
        """Why the answer is what it is, as data."""
        return self._later.get().explanation

    @property
    def required(self) -> Any:
        """The one lawful member of a set answer, or ``None`` when there are several, or they are not all known."""
        if isinstance(self.value, frozenset) and len(self.value) == 1 and not self.uncertain:
            return next(iter(self.value))
        return None

    @property
    def combinations(self) -> Any:
        """Of an answer about publication: the lawful minimal sets of media, each of them enough."""
        return self.value

    @property
    def ocds_methods(self) -> frozenset[str]:
        """Of an answer about procedure: the OCDS ``procurementMethod`` codes of the outcomes that remain possible."""
        codes = {"direct": "direct", "invitation": "limited", "public": "open"}
        return frozenset(codes[o] for o in self.possible if o in codes)

    def explain(self, locale: str, *, format: str = "text") -> str:
        """The explanation as a person reads it; ``format`` is ``text``, ``markdown`` or ``html``."""
        from procurelib.explain import render

        return render(self.explanation, locale, format=format)

    def _repr_html_(self) -> str:
        from procurelib.explain import render

        return render(self.explanation, "fr_CA", format="html")

    def __str__(self) -> str:
        value = "UNKNOWN" if isinstance(self.value, Unknown) else repr(self.value)
        return f"{self.question}: {self.status}: {value}"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Answer):
            return NotImplemented
        return self._data() == other._data()

    def __hash__(self) -> int:
        return hash((self.question, self.status, self.possible, self.missing))

    def _data(self) -> tuple[Any, ...]:
        same = self.value if self.value is not UNKNOWN else None
        head = (self.question, self.status, same, self.possible, self.missing, self.gaps, dict(self.uncertain))
        return (*head, self._later.get())

    def to_dict(self) -> dict[str, Any]:
        """The answer and its explanation as JSON-safe values."""
        from procurelib.explain.json import write_answer

        return write_answer(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Answer:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_answer

        return read_answer(data)


def made(support: Support) -> _Later:
    """Support already worked out, for an answer read back from data."""
    return _Later(None, support)


def later(make: Why) -> _Later:
    """Support to be worked out when first asked for."""
    return _Later(make)


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


def is_money(value: object) -> bool:
    """Whether a value is an amount."""
    return isinstance(value, Money)
