"""Which devices of a city have a basis in another city's law on a day, element by element, each side by its own book."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, Protocol, TypeAlias, final

from attrs import evolve, frozen

from procurelib.citations import Citation, Text
from procurelib.dated import Caveat, Parameter, Version
from procurelib.errors import Fault, InputError
from procurelib.law import EDITION, law
from procurelib.models.city import City
from procurelib.models.convert import Faults
from procurelib.models.scheme import one_adopted_by
from procurelib.money import Money
from procurelib.rules.series import gap_on, series_of
from procurelib.rules.sources import caveats_of, used_of
from procurelib.social.eligibility import COVERED
from procurelib.social.lever import NOT_YET, REPEALED, Lever
from procurelib.social.mappings import KINDS, DeviceMapping, ElementMapping, mappings, policies
from procurelib.unknown import UNKNOWN, Unknown

Standing: TypeAlias = Literal["in_force", "absent", "not_known"]
Match: TypeAlias = Literal["same", "part", "none"]
Verdict: TypeAlias = Literal["available", "partial", "none"]

MATCHES: Final = ("same", "part", "none")
VERDICTS: Final = ("available", "partial", "none")

_OF_ANOTHER: Final = Text("C’est la politique d’une autre ville.", "It is the policy of another city.")
_TERM: Final = Text("La valeur n’est connue que pour un terme passé.", "The value is known only for a term that has passed.")
_NOT_VOTED: Final = Text(
    "La ville n’avait pas sûrement voté son schéma ce jour-là.", "The city had not certainly voted its scheme by that day."
)


class Law(Protocol):
    """A book of law, the library's own or a copy."""

    def __getitem__(self, id: str, /) -> Parameter:
        """The entry of an id."""
        ...


@final
@frozen
class Side:
    """What one country's book says under an entry on the day.

    ``standing`` is ``in_force``, ``absent`` (no longer, not yet, or the policy of another city) or ``not_known``, with the
    ``reason`` of the last two. ``value`` is the amount of the day in its own currency and tax basis, ``None`` for a provision;
    ``unit`` is what it counts.
    """

    entry: str
    title: Text
    standing: Standing
    unit: str
    value: Any = None
    reason: Text | None = None
    citations: tuple[Citation, ...] = ()


@final
@frozen
class Element:
    """One thing a device rests on, and what gives it on the other side.

    ``kind`` is ``who`` (may bid), ``asked`` (of them or of the contract), ``amount``, ``published`` or ``power`` (what the
    city may do). ``match`` is ``same``, ``part``, ``none`` (nothing known gives it) or ``UNKNOWN``; ``lacking`` says what is
    missing and ``change`` which provisions stand in the way. ``source`` and ``confidence`` are the mapping's.
    """

    id: str
    kind: str
    what: Text
    here: Side
    there: Side | None
    match: Match | Unknown
    source: str
    confidence: str
    lacking: Text | None = None
    change: tuple[Citation, ...] = ()
    here_amount: Side | None = None
    there_amount: Side | None = None

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        if self.kind not in KINDS:
            faults.add("kind", self.kind, f"one of {', '.join(KINDS)}")
        if self.match is not UNKNOWN and self.match not in MATCHES:
            faults.add("match", self.match, f"UNKNOWN, or one of {', '.join(MATCHES)}")
        faults.refuse()


@final
@frozen
class Device:
    """One device of a city and its basis on the other side.

    ``verdict`` is ``available`` when every element has its match, ``none`` when no element has one, or no ``power`` of
    the device has one, ``partial`` between the two, ``UNKNOWN`` when law that is missing decides.
    """

    id: str
    title: Text
    here: Side
    verdict: Verdict | Unknown
    elements: tuple[Element, ...]
    caveats: tuple[Caveat, ...] = ()

    def __attrs_post_init__(self) -> None:
        if self.verdict is not UNKNOWN and self.verdict not in VERDICTS:
            raise InputError([Fault("verdict", repr(self.verdict), f"UNKNOWN, or one of {', '.join(VERDICTS)}")])


@final
@frozen(kw_only=True)
class Transposition:
    """What one city could do, on a day, that another does.

    ``devices`` are those the law of the first city held on the day; ``absent`` those it held later or no longer,
    with the reason.
    ``lever`` says that one lever was asked about, not a city; ``edition`` is that of the library's book, also when
    a copy of it was read.
    Rows for a data frame come from ``rows()``.
    """

    of: str
    of_title: Text
    to: str
    to_title: Text
    on: date
    devices: tuple[Device, ...]
    absent: tuple[Side, ...] = ()
    lever: bool = False
    edition: str = EDITION

    def explain(self, locale: str, *, format: str = "text") -> str:
        """The report, in ``fr`` or ``en`` and as ``text``, ``markdown`` or ``html``."""
        from procurelib.explain.social import render_transposition

        return render_transposition(self, locale, format=format)

    def _repr_html_(self) -> str:  # pyright: ignore[reportUnusedFunction]  (notebooks call it)
        return self.explain("fr_CA", format="html")

    def rows(self) -> list[dict[str, Any]]:
        """One row per element, of plain values: amounts as texts of digits beside their unit and tax basis."""
        return [row for device in self.devices for row in _rows(device)]

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON-safe values."""
        from procurelib.explain.json import write_record

        return write_record(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Transposition:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


def transpose(of: City | Lever | str, *, to: City, on: date, book: Law | None = None) -> Transposition:
    """Which devices of a city, or which one lever, have a basis in the law of another city on a day.

    ``of`` is a city (every device of its law, and its own), a lever or a lever's id. Each side is answered by its own book
    on that day; ``book`` is a copy of the book, read in place of the library's own. Nothing is converted, scored or drafted.

    >>> from procurelib import cities
    >>> report = transpose("fr/reserved-ess", to=cities["ca-qc/longueuil"], on=date(2017, 1, 24))
    >>> [device.id for device in report.devices]
    ['fr/reserved-ess']

    Raises:
        InputTypeError, InputError: something that is no city, lever or day; two sides of the same law; a lever without a
            mapping.
    """
    faults = Faults()
    known: object = of
    if not isinstance(known, City | Lever | str):
        faults.add_type("of", known, "a City, a Lever or the id of one")
    target: object = to
    if not isinstance(target, City):
        faults.add_type("to", target, "a City", "Take one from procurelib.cities, or build a City.")
    faults.day("on", on)
    faults.refuse()
    first = law[COVERED].versions[0].start
    if on < first:
        raise InputError([Fault("on", on.isoformat(), f"a day from {first.isoformat()} on, the first the book covers")])
    wanted = list(_wanted(of, to))
    day = _Day(law if book is None else book, on, of if isinstance(of, City) else None, to)
    sides = [day.device(one) for one in wanted]
    devices = [_device(day, one, side) for one, side in zip(wanted, sides, strict=True) if side.standing != "absent"]
    return Transposition(
        of=of.id if isinstance(of, City) else wanted[0].id,
        of_title=Text(of.name, of.name) if isinstance(of, City) else sides[0].title,
        to=to.id,
        to_title=Text(to.name, to.name),
        on=on,
        devices=tuple(devices),
        absent=tuple(side for side in sides if side.standing == "absent"),
        lever=not isinstance(of, City),
    )


def _wanted(of: City | Lever | str, to: City) -> Iterator[DeviceMapping]:
    if isinstance(of, City):
        if of.jurisdiction == to.jurisdiction:
            raise InputError([Fault("to", to.id, f"a city of another law than {of.jurisdiction}")])
        found = [one for one in mappings() if one.of == of.jurisdiction and one.to == to.jurisdiction and one.fits(of.id)]
    else:
        id = of.id if isinstance(of, Lever) else of
        found = [one for one in mappings() if one.id == id]
        if not found:
            ids = ", ".join(one.id for one in mappings())
            raise InputError([Fault("of", repr(id), "the id of a lever with a mapping", f"They are {ids}.")])
        if found[0].to != to.jurisdiction:
            raise InputError([Fault("to", to.id, f"a city of {found[0].to}, the law {id} is compared with")])
    yield from found


def _device(day: _Day, one: DeviceMapping, here: Side) -> Device:
    elements = tuple(_elements(day, one))
    ids = dict.fromkeys(s.entry for element in elements for s in _sides(element) if s.standing != "absent")
    used = used_of(day.on, *(series_of(day.book[id]) for id in (one.entry, *ids)))
    verdict = UNKNOWN if here.standing == "not_known" else _verdict(elements)
    return Device(one.id, here.title, here, verdict, elements, tuple(dict.fromkeys(caveats_of(used, day.on))))


def _sides(element: Element) -> Iterator[Side]:
    for side in (element.here, element.there, element.here_amount, element.there_amount):
        if side is not None:
            yield side


def _elements(day: _Day, device: DeviceMapping) -> Iterator[Element]:
    for one in device.elements:
        here = day.side(one.here)
        if here.standing == "absent":
            continue  # what the device did not ask for on that day needs no match
        there, here_amount, there_amount = (day.maybe(id) for id in (one.there, one.amount, one.there_amount))
        if here_amount is not None and here_amount.standing == "absent":
            continue  # nor does an amount that was not set yet, or that is another city's
        match, lacking = _match(one, here, there, (here_amount, there_amount))
        yield Element(
            id=one.id,
            kind=one.kind,
            what=one.what,
            here=here,
            there=there,
            match=match,
            source=one.source,
            confidence=one.confidence,
            lacking=lacking,
            change=() if match == "same" else tuple(_change(day, one)),
            here_amount=here_amount,
            there_amount=there_amount,
        )


def _match(
    one: ElementMapping, here: Side, there: Side | None, amounts: tuple[Side | None, ...]
) -> tuple[Match | Unknown, Text | None]:
    if here.standing == "not_known":
        return UNKNOWN, here.reason
    if there is None:
        return "none", one.lacking
    if there.standing == "not_known":
        return UNKNOWN, there.reason
    if there.standing == "absent":
        return "none", there.reason
    unknown = [side for side in amounts if side is not None and side.standing == "not_known"]
    if unknown and one.match != "none":
        return UNKNOWN, unknown[0].reason
    return one.match, one.lacking


def _change(day: _Day, one: ElementMapping) -> Iterator[Citation]:
    """Where what stands in the way is written on the day, or was when last read."""
    sides = [day.side(id) for id in one.change or ((one.there,) if one.there is not None else ())]
    standing = [side for side in sides if side.standing != "absent"]
    yield from dict.fromkeys(citation for side in standing for citation in side.citations)


@frozen
class _Day:
    """A book on one day, for the cities that are compared; the first is ``None`` when one lever is asked about."""

    book: Law
    on: date
    of: City | None
    to: City

    def maybe(self, id: str | None) -> Side | None:
        return None if id is None else self.side(id)

    def device(self, one: DeviceMapping) -> Side:
        """A device of the city asked about: one that stands in a scheme is absent until the scheme is voted."""
        side = self.side(one.entry)
        if self.of is None or side.standing == "absent" or not one.needs_scheme or self._voted(self.of):
            return side
        return evolve(side, standing="absent", reason=_NOT_VOTED)

    def _voted(self, city: City) -> bool:
        """Whether a city had certainly voted a scheme by the day."""
        return one_adopted_by(city.schemes, self.on) is True

    def side(self, id: str) -> Side:
        """What the book says under an entry, and whether it is the policy of another city."""
        entry = self.book[id]
        made = Side(id, Text(entry.title_fr, entry.title_en), "in_force", entry.unit)
        gap = gap_on(entry, self.on)
        if gap is not None:
            return evolve(made, standing="not_known", reason=gap.reason, citations=gap.held_before)
        version = entry.at(self.on)
        closed = self._not_of_the_city(id)
        if closed is not None:
            cited = version if version is not None else entry.versions[0]
            return evolve(made, standing="absent", reason=closed, citations=cited.citations)
        if version is None:
            return evolve(made, **_out_of_force(entry.versions, self.on))
        if version.label_fr is not None and version.label_en is not None:
            made = evolve(made, title=Text(version.label_fr, version.label_en))
        return evolve(made, value=version.value, citations=version.citations)

    def _not_of_the_city(self, id: str) -> Text | None:
        """Why a policy is not one of the city on its side: it is another's, or not voted yet."""
        policy = policies().get(id)
        city = next((one for one in (self.of, self.to) if one is not None and id.startswith(f"{one.jurisdiction}/")), None)
        if policy is None or city is None:
            return None
        if city.id not in policy.cities:
            return _OF_ANOTHER
        return _NOT_VOTED if policy.needs_scheme and not self._voted(city) else None


def _out_of_force(versions: tuple[Version, ...], on: date) -> dict[str, Any]:
    """How an entry without a version on a day stands: not yet, no longer, or past the term its value was set for."""
    first, last = versions[0], versions[-1]
    if on < first.start:
        return {"standing": "absent", "reason": NOT_YET, "citations": first.citations}
    passed = last.known_until is not None and last.last == last.known_until
    standing = "not_known" if passed else "absent"
    return {"standing": standing, "reason": _TERM if passed else REPEALED, "citations": last.citations}


def _verdict(elements: tuple[Element, ...]) -> Verdict | Unknown:
    """One word for some matches, when it is the same however what is not known turns out."""
    matches = [(element.kind, element.match) for element in elements]
    if not matches:
        return UNKNOWN
    low = _word([(kind, "none" if match is UNKNOWN else match) for kind, match in matches])
    high = _word([(kind, "same" if match is UNKNOWN else match) for kind, match in matches])
    return low if low == high else UNKNOWN


def _word(matches: list[tuple[str, object]]) -> Verdict:
    if all(match == "same" for _, match in matches):
        return "available"
    powers = [match for kind, match in matches if kind == "power"]
    return "none" if all(match == "none" for match in powers or [match for _, match in matches]) else "partial"


def _rows(device: Device) -> Iterator[dict[str, Any]]:
    for element in device.elements:
        yield {
            "device": device.id,
            "verdict": None if device.verdict is UNKNOWN else device.verdict,
            "element": element.id,
            "kind": element.kind,
            "match": None if element.match is UNKNOWN else element.match,
            "what_fr": element.what.fr,
            "what_en": element.what.en,
            "here": element.here.entry,
            "there": None if element.there is None else element.there.entry,
            **_amount("here", element.here_amount or element.here),
            **_amount("there", element.there_amount or element.there),
            "lacking_fr": None if element.lacking is None else element.lacking.fr,
            "lacking_en": None if element.lacking is None else element.lacking.en,
            "change": "; ".join(citation.text("en") for citation in element.change),
            "confidence": element.confidence,
        }


def _amount(name: str, side: Side | None) -> dict[str, str | None]:
    """The amount of a side in three columns: its digits, what they count, and their tax basis."""
    value = None if side is None else side.value
    digits = value.amount if isinstance(value, Money) else value
    shown = None if isinstance(digits, tuple) or digits is None else str(digits)
    unit = side.unit if side is not None and shown is not None else None
    return {f"{name}_amount": shown, f"{name}_unit": unit, f"{name}_tax": str(value.tax) if isinstance(value, Money) else None}
