"""A declaration of commitment: who promoted it, who stood by it and since when, what was claimed, promised and reported."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Final, Protocol, Self, TypeVar, final

from attrs import field, frozen

from procurelib.citations import Text
from procurelib.dated import CONFIDENCES, WEAK
from procurelib.errors import Fault, InputError, UnknownId
from procurelib.models.categories import near
from procurelib.models.commitment import Commitment, ReportedFigure, str_as_is
from procurelib.models.convert import (
    Faults,
    Reader,
    is_iterable,
    is_mapping,
    read_day,
    read_fields,
    read_list,
    read_optional,
    read_text,
    tuple_if_iterable,
    write_fields,
)
from procurelib.models.day_range import DayRange, check_range

SIGNATURE_VERBS: Final = ("signed", "authorised", "adhered", "undertook", "ratified", "voted")
STANDING_VERBS: Final = ("signed", "adhered", "undertook", "ratified", "voted")
"""The verbs after which a body stands by the declaration; a council that authorised a signature has not signed."""
BODY_KINDS: Final = (
    "city",
    "local_municipality",
    "mrc",
    "cre",
    "transit",
    "school_board",
    "college",
    "university",
    "hospital",
    "housing_office",
    "state_enterprise",
    "port",
    "cooperative",
    "private",
    "parliament_office",
    "ministry",
    "non_profit",
    "group",
)
CLAIM_KINDS: Final = ("majority", "count", "rank", "announced")
INSTRUMENTS: Final = ("statement", "model", "campaign", "scheme")
PARTICIPATIONS: Final = ("mission", "programme", "cohort")
ROLES: Final = ("organiser", "mandated_body", "supporter", "framework", "host", "buyer", "social_economy_actor", "member")
_ID: Final = re.compile(r"[a-z]{2}(?:-[a-z]+)?/[a-z0-9]+(?:-[a-z0-9]+)*")


class _Statement:
    """What every statement of a declaration, and every answer about one, has: a JSON form."""

    __slots__ = ()
    __attrs_attrs__: ClassVar[Any]
    _readers: ClassVar[Mapping[str, Reader]] = {}

    def to_dict(self) -> dict[str, Any]:
        """Return the statement as JSON-safe values."""
        return write_fields(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        return read_fields(cls, data, cls._readers)


def _sourced(faults: Faults, statement: Any) -> None:
    faults.text("source", statement.source, optional=False)
    faults.code("confidence", statement.confidence, CONFIDENCES, "a known confidence")


@final
@frozen(kw_only=True)
class Source(_Statement):
    """Where something was read: a title, an address when there is one, and the day it is of.

    >>> Source(id="press", title="La Relève", address="https://www.lareleve.qc.ca").day is None
    True
    """

    _readers: ClassVar[Mapping[str, Reader]] = {"day": read_day}
    id: str
    title: str
    address: str | None = None
    day: date | None = None

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        for name, optional in (("id", False), ("title", False), ("address", True)):
            faults.text(name, getattr(self, name), optional=optional)
        faults.day("day", self.day, optional=True)
        faults.refuse()


@final
@frozen(kw_only=True)
class Body(_Statement):
    """A body the list names that is no shipped city; ``count`` is how many an unnamed group holds, ``None`` if unstated.

    >>> Body(id="mps", name="Federal members", kind="parliament_office", count=3).count
    3
    """

    id: str
    name: str
    kind: str
    count: int | None = None

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("id", self.id, optional=False)
        faults.text("name", self.name, optional=False)
        faults.code("kind", self.kind, BODY_KINDS, "a known kind of body")
        faults.count("count", self.count, at_least=1)
        faults.refuse()


@final
@frozen(kw_only=True)
class RankClaim(_Statement):
    """What a source says of a body's rank among the signatories; it is kept, and never computed.

    >>> RankClaim(words=Text("première au Québec", "first in Québec"), source="communiqué", confidence="secondary").source
    'communiqué'
    """

    _readers: ClassVar[Mapping[str, Reader]] = {"words": read_text}
    words: Text
    source: str
    confidence: str

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.both("words", self.words, optional=False)
        _sourced(faults, self)
        faults.refuse()


@final
@frozen(kw_only=True)
class Signature(_Statement):
    """That a body came to stand by the declaration, in the source's own verb, within some days.

    ``body`` is the id of a city or of one of the declaration's own bodies. ``verb`` is ``signed``, ``authorised``,
    ``adhered``, ``undertook``, ``ratified`` or ``voted``. ``when`` is the day as the source states it. ``edition`` is that of
    a declaration renewed by editions: the signature is certain to hold until the next edition begins. ``ended`` is the
    first day on which the body no longer stands by it, if it left.

    >>> Signature(body="ca-qc/brossard", verb="adhered", when=DayRange.on(date(2018, 2, 20)), source="press",
    ...           confidence="secondary").stands
    True
    """

    _readers: ClassVar[Mapping[str, Reader]] = {
        "when": DayRange.from_dict,
        "ended": read_optional(DayRange.from_dict),
        "ranks": read_list(RankClaim.from_dict),
        "note": read_text,
    }
    body: str
    verb: str
    when: DayRange
    edition: str | None = None
    ended: DayRange | None = None
    ranks: tuple[RankClaim, ...] = field(default=(), converter=tuple_if_iterable)
    source: str
    confidence: str
    note: Text | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("body", self.body, optional=False)
        faults.text("edition", self.edition)
        faults.code("verb", self.verb, SIGNATURE_VERBS, "the verb of the source")
        check_range(faults, "when", self.when, optional=False)
        check_range(faults, "ended", self.ended)
        faults.all_are("ranks", self.ranks, RankClaim)
        faults.both("note", self.note)
        _sourced(faults, self)
        if not faults.found and self.ended is not None:
            first, end = self.when.earliest, self.ended.latest
            if first is not None and end is not None and end <= first:
                faults.add("ended", self.ended, f"a day after the signature, {first}")
        faults.refuse()

    @property
    def stands(self) -> bool:
        """Whether the verb is one by which a body stands by the text; an authorisation alone is not."""
        return self.verb in STANDING_VERBS


@final
@frozen(kw_only=True)
class Edition(_Statement):
    """One edition of a declaration that is renewed by editions; ``end`` is its last day, as far as a source says.

    >>> Edition(id="1", start=DayRange.on(date(2013, 9, 12)), source="press", confidence="secondary").end is None
    True
    """

    _readers: ClassVar[Mapping[str, Reader]] = {
        "start": DayRange.from_dict,
        "end": read_optional(DayRange.from_dict),
        "note": read_text,
    }
    id: str
    start: DayRange
    end: DayRange | None = None
    source: str
    confidence: str
    note: Text | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("id", self.id, optional=False)
        check_range(faults, "start", self.start, optional=False)
        check_range(faults, "end", self.end)
        faults.both("note", self.note)
        _sourced(faults, self)
        faults.refuse()


@final
@frozen(kw_only=True)
class Claim(_Statement):
    """What somebody said of several bodies, or of what would follow, on a day; it is never turned into signatures.

    ``kind`` is ``majority`` (more than half of the bodies named in ``of``), ``count`` (``count`` of what ``counted``
    names, out of ``out_of`` when stated), ``rank`` or ``announced`` (what was said would follow). ``words`` are the speaker's
    in short, in both languages.

    >>> Claim(id="c", kind="count", speaker="press", words=Text("15 organismes", "15 organisations"),
    ...       on=DayRange.on(date(2019, 6, 21)), count=15, source="press", confidence="secondary").count
    15
    """

    _readers: ClassVar[Mapping[str, Reader]] = {
        "words": read_text,
        "on": DayRange.from_dict,
        "of": read_list(str_as_is),
        "counted": read_text,
        "note": read_text,
    }
    id: str
    kind: str
    speaker: str
    words: Text
    on: DayRange
    of: tuple[str, ...] = field(default=(), converter=tuple_if_iterable)
    count: int | None = None
    counted: Text | None = None
    out_of: int | None = None
    edition: str | None = None
    source: str
    confidence: str
    note: Text | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        for name, optional in (("id", False), ("speaker", False), ("edition", True)):
            faults.text(name, getattr(self, name), optional=optional)
        known = faults.code("kind", self.kind, CLAIM_KINDS, "a known kind of claim")
        faults.both("words", self.words, optional=False)
        faults.both("counted", self.counted)
        faults.both("note", self.note)
        check_range(faults, "on", self.on, optional=False)
        faults.all_are("of", self.of, str)
        for name in ("count", "out_of"):
            faults.count(name, getattr(self, name))
        if known and self.kind == "majority" and not self.of:
            faults.add("of", self.of, "the bodies of which it is the majority")
        if known and (self.kind == "count") != (self.count is not None):
            faults.add("count", self.count, "a number for a claim that counts, and for no other")
        _sourced(faults, self)
        faults.refuse()


@final
@frozen(kw_only=True)
class Participant(_Statement):
    """Who took part in something, and as what; ``count`` is how many an unnamed group held, ``None`` if unstated.

    >>> Participant(body="ca-qc/longueuil", role="buyer").role
    'buyer'
    """

    body: str
    role: str
    count: int | None = None

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("body", self.body, optional=False)
        faults.code("role", self.role, ROLES, "a known role")
        faults.count("count", self.count, at_least=1)
        faults.refuse()


@final
@frozen(kw_only=True)
class Participation(_Statement):
    """Something bodies took part in around a declaration, which is no signature: a mission, a programme, a cohort.

    ``said`` is what was said of it, and of what would follow.

    >>> Participation(id="mission", kind="mission", title=Text("Mission", "Mission"), start=DayRange.on(date(2017, 1, 23)),
    ...               source="communiqué", confidence="official").participants
    ()
    """

    _readers: ClassVar[Mapping[str, Reader]] = {
        "title": read_text,
        "start": read_optional(DayRange.from_dict),
        "end": read_optional(DayRange.from_dict),
        "participants": read_list(Participant.from_dict),
        "said": read_list(Claim.from_dict),
        "note": read_text,
    }
    id: str
    kind: str
    title: Text
    start: DayRange | None = None
    end: DayRange | None = None
    participants: tuple[Participant, ...] = field(default=(), converter=tuple_if_iterable)
    said: tuple[Claim, ...] = field(default=(), converter=tuple_if_iterable)
    source: str
    confidence: str
    note: Text | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        faults.text("id", self.id, optional=False)
        faults.code("kind", self.kind, PARTICIPATIONS, "a known kind of participation")
        faults.both("title", self.title, optional=False)
        faults.both("note", self.note)
        for name in ("start", "end"):
            check_range(faults, name, getattr(self, name))
        faults.all_are("participants", self.participants, Participant)
        faults.all_are("said", self.said, Claim)
        _sourced(faults, self)
        faults.refuse()

    def who(self, role: str) -> tuple[str, ...]:
        """The bodies that took part in a role."""
        return tuple(one.body for one in self.participants if one.role == role)


@final
@frozen
class Signatories(_Statement):
    """Who stood by a declaration on a day: those certain to, in its own order, which are also what it iterates over.

    ``possible`` are others who may have; ``verbs`` say in which words of the sources each is known; ``inferred`` names those
    who are certain by an inference or an unverified statement only; ``complete`` says whether the list is said to name every
    signatory.
    """

    _readers: ClassVar[Mapping[str, Reader]] = {
        "on": read_day,
        **dict.fromkeys(("certain", "possible", "inferred"), read_list(str_as_is)),
        "verbs": read_list(tuple_if_iterable),
    }
    on: date
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    verbs: tuple[tuple[str, str], ...]
    inferred: tuple[str, ...]
    complete: bool

    def __iter__(self) -> Iterator[str]:
        return iter(self.certain)

    def __len__(self) -> int:
        return len(self.certain)

    def __contains__(self, body: object) -> bool:
        return body in self.certain


@final
@frozen
class ClaimCheck(_Statement):
    """A claim held against the list: ``holds``, ``fails``, ``open`` (the list does not tell) or ``not_checked``.

    ``certain`` and ``possible`` are the bodies of the claim that stood by the declaration on its day, certainly or perhaps;
    ``out_of`` is how many it is about.
    """

    _readers: ClassVar[Mapping[str, Reader]] = dict.fromkeys(("certain", "possible"), read_list(str_as_is))
    claim: str
    value: str
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    out_of: int | None


@final
@frozen(kw_only=True)
class Declaration:
    """A declaration of commitment, with everything its sources say, and nothing else.

    ``family`` is the id of the declaration it is modelled on; ``instrument`` is ``statement``, ``model`` (a text for
    others to sign), ``campaign`` or ``scheme`` (a voted purchasing scheme); ``adopting_act`` the act that adopted it.
    ``launched`` is the day it began: nobody stood by it before. ``text_seen`` says whether its own wording was read, or
    only what others wrote of it. ``complete`` says whether ``signatures`` name every signatory. ``preference_rules`` are
    entries of the law book: rules of purchase some of its bodies adopted, which are no commitments. ``sources`` hold what
    every ``source`` names.

    Faults raise ``InputError``, those of the parts all together, then those of the whole: an unknown source, body or
    edition, an id used twice, the same body twice with the same verb in one edition, a deadline that is not after the first
    signature.

    >>> from procurelib import declarations
    >>> list(declarations["ca-qc/longueuil-2013"].signatories(on=date(2014, 1, 1)))
    ['ca-qc/longueuil']
    """

    id: str
    title: Text
    family: str | None = None
    family_confidence: str | None = None
    instrument: str = "statement"
    adopting_act: Text | None = None
    promoters: tuple[str, ...] = field(default=(), converter=tuple_if_iterable)
    pole: str | None = None
    region: Text | None = None
    launched: DayRange | None = None
    text_seen: bool = False
    complete: bool = False
    editions: tuple[Edition, ...] = field(default=(), converter=tuple_if_iterable)
    bodies: tuple[Body, ...] = field(default=(), converter=tuple_if_iterable, repr=False)
    signatures: tuple[Signature, ...] = field(default=(), converter=tuple_if_iterable, repr=False)
    claims: tuple[Claim, ...] = field(default=(), converter=tuple_if_iterable, repr=False)
    commitments: tuple[Commitment, ...] = field(default=(), converter=tuple_if_iterable, repr=False)
    participations: tuple[Participation, ...] = field(default=(), converter=tuple_if_iterable, repr=False)
    reported: tuple[ReportedFigure, ...] = field(default=(), converter=tuple_if_iterable, repr=False)
    preference_rules: tuple[str, ...] = field(default=(), converter=tuple_if_iterable, repr=False)
    sources: tuple[Source, ...] = field(default=(), converter=tuple_if_iterable, repr=False)
    checked: date
    note: Text | None = field(default=None, repr=False)

    def __attrs_post_init__(self) -> None:
        faults = Faults()
        if faults.text("id", self.id, optional=False) and _ID.fullmatch(self.id) is None:
            faults.add("id", self.id, "an id such as 'ca-qc/longueuil-2013'")
        faults.both("title", self.title, optional=False)
        for name in ("adopting_act", "region", "note"):
            faults.both(name, getattr(self, name))
        for name in ("family", "pole"):
            faults.text(name, getattr(self, name))
        faults.code("family_confidence", self.family_confidence, CONFIDENCES, "a known confidence, or None", optional=True)
        faults.code("instrument", self.instrument, INSTRUMENTS, "a known kind of instrument")
        check_range(faults, "launched", self.launched)
        for name in ("text_seen", "complete"):
            faults.flag(name, getattr(self, name))
        faults.day("checked", self.checked)
        sound = [faults.all_are(name, getattr(self, name), kind) for name, kind in _PARTS.items()]
        if all(sound):
            self._check_ids(faults)
            self._check_references(faults)
            self._check_signatures(faults)
            self._check_deadlines(faults)
        faults.refuse()

    def _check_ids(self, faults: Faults) -> None:
        for name in ("editions", "bodies", "claims", "commitments", "participations", "reported", "sources"):
            seen: set[str] = set()
            for place, one in enumerate(getattr(self, name)):
                if one.id in seen:
                    faults.add(f"{name}[{place}].id", one.id, "an id that is used once")
                seen.add(one.id)

    def _check_references(self, faults: Faults) -> None:
        sources = tuple(one.id for one in self.sources)
        editions = tuple(one.id for one in self.editions)
        for path, statement in self._statements():
            if statement.source not in sources:
                faults.add_unknown_code(f"{path}.source", statement.source, sources, "the id of one of its sources")
            edition: str | None = getattr(statement, "edition", None)
            if edition is not None and edition not in editions:
                faults.add_unknown_code(f"{path}.edition", edition, editions, "the id of one of its editions")
        own = {body.id for body in self.bodies}
        for path, body in self._named_bodies():
            if body not in own and _ID.fullmatch(body) is None:
                faults.add_unknown_code(path, body, tuple(sorted(own)), "the id of a city, or of one of its own bodies")

    def _statements(self) -> Iterator[tuple[str, Any]]:
        for name in ("editions", "signatures", "claims", "commitments", "participations", "reported"):
            for place, one in enumerate(getattr(self, name)):
                yield f"{name}[{place}]", one
        for place, signature in enumerate(self.signatures):
            yield from ((f"signatures[{place}].ranks[{rank}]", one) for rank, one in enumerate(signature.ranks))
        for place, participation in enumerate(self.participations):
            yield from ((f"participations[{place}].said[{said}]", one) for said, one in enumerate(participation.said))

    def _named_bodies(self) -> Iterator[tuple[str, str]]:
        for place, signature in enumerate(self.signatures):
            yield f"signatures[{place}].body", signature.body
        for place, claim in enumerate(self.claims):
            yield from ((f"claims[{place}].of[{n}]", body) for n, body in enumerate(claim.of))
        for place, participation in enumerate(self.participations):
            for n, one in enumerate(participation.participants):
                yield f"participations[{place}].participants[{n}].body", one.body
            for n, said in enumerate(participation.said):
                yield from ((f"participations[{place}].said[{n}].of[{m}]", body) for m, body in enumerate(said.of))
        for place, figure in enumerate(self.reported):
            yield from ((f"reported[{place}].bodies[{n}]", body) for n, body in enumerate(figure.bodies))

    def _check_signatures(self, faults: Faults) -> None:
        seen: set[tuple[str, str, str | None]] = set()
        for place, one in enumerate(self.signatures):
            key = (one.body, one.verb, one.edition)
            if key in seen:
                faults.add(f"signatures[{place}]", one.body, "each body once with the same verb in an edition")
            seen.add(key)

    def _check_deadlines(self, faults: Faults) -> None:
        starts = [one.when.earliest for one in self.signatures if one.when.earliest is not None]
        if self.launched is not None and self.launched.earliest is not None:
            starts.append(self.launched.earliest)
        for place, one in enumerate(self.commitments):
            latest = one.deadline.latest if one.deadline is not None else None
            if latest is not None and starts and latest <= min(starts):
                faults.add(f"commitments[{place}].deadline", one.deadline, f"a day after the first signature, {min(starts)}")

    def __getitem__(self, id: str) -> Commitment:
        """The commitment of an id; an id that names none raises ``UnknownId`` with the nearest ones."""
        return _by_id("commitment", id, self.commitments)

    def signatories(self, *, on: date, verbs: Iterable[str] = STANDING_VERBS) -> Signatories:
        """Who stood by the declaration at the end of a day; ``verbs`` narrows it to the sources' own words.

        Raises:
            InputTypeError, InputError: a day that is not a date, or a verb that is none of ``SIGNATURE_VERBS``.
        """
        faults = Faults()
        faults.day("on", on)
        wanted = tuple_if_iterable(verbs)
        if faults.all_are("verbs", wanted, str):
            for place, verb in enumerate(wanted):
                faults.code(f"verbs[{place}]", verb, SIGNATURE_VERBS, "the verb of a source")
        faults.refuse()
        found = [(one, self.stood(one, on=on)) for one in self.signatures if one.verb in wanted]
        certain = dict.fromkeys(one.body for one, stood in found if stood)
        possible = dict.fromkeys(one.body for one, stood in found if stood is None and one.body not in certain)
        verbs_of = tuple((one.body, one.verb) for one, stood in found if stood is not False)
        sound = {one.body for one, stood in found if stood and one.confidence not in WEAK}
        inferred = tuple(body for body in certain if body not in sound)
        return Signatories(on, tuple(certain), tuple(possible), verbs_of, inferred, self.complete)

    def stood(self, one: Signature, *, on: date) -> bool | None:
        """Whether one of its signatures stood at the end of a day, ``None`` when nobody knows."""
        begun = False if self.launched is not None and self.launched.by(on) is False else one.when.by(on)
        ended = False if one.ended is None else one.ended.by(on)
        if begun is False or ended is True:
            return False
        lapsed = one.edition is not None and self._lapsed(one.edition, on)
        return True if begun and ended is False and not lapsed else None

    def _lapsed(self, edition: str, on: date) -> bool:
        """Whether an edition may have been over by the end of a day: past its last day, or followed by another."""
        ids = [one.id for one in self.editions]
        place = ids.index(edition)
        end = self.editions[place].end
        following = [one.start.by(on) for one in self.editions[place + 1 :]]
        return (end is not None and (end.earliest is None or end.earliest < on)) or any(f is not False for f in following)

    def check_claim(self, id: str) -> ClaimCheck:
        """Hold a claim against the list of signatories on the claim's day.

        A majority holds once more than half of the bodies certainly stood by the declaration, and fails once too many
        certainly did not. A count fails only when more bodies stand on the list than it says, or when the list is complete.
        Ranks, and what was announced, are not checked.

        Raises:
            UnknownId: no claim of the declaration has that id.
        """
        claim = _by_id("claim", id, self.claims)
        day = claim.on.latest
        if claim.kind not in ("majority", "count") or day is None:
            return ClaimCheck(claim.id, "not_checked", (), (), claim.out_of)
        stood = self.signatories(on=day)
        among = claim.of or tuple(dict.fromkeys(one.body for one in self.signatures))
        certain = tuple(body for body in among if body in stood.certain)
        possible = tuple(body for body in among if body in stood.possible)
        if claim.kind == "majority":
            needed = len(claim.of) // 2 + 1
            known = self.complete or self._all_known(claim.of, day)
            value = (
                "holds" if len(certain) >= needed else "fails" if known and len(certain) + len(possible) < needed else "open"
            )
            return ClaimCheck(claim.id, value, certain, possible, len(claim.of))
        return ClaimCheck(claim.id, self._counted(claim, certain, possible), certain, possible, claim.out_of)

    def _all_known(self, bodies: tuple[str, ...], day: date) -> bool:
        """Whether the list says of every body that it stood or did not: those never listed are not known."""
        listed = {one.body for one in self.signatures if one.stands}
        return all(body in listed for body in bodies)

    def _counted(self, claim: Claim, certain: tuple[str, ...], possible: tuple[str, ...]) -> str:
        assert claim.count is not None
        if claim.counted is not None:
            return "open"
        if len(certain) > claim.count or (self.complete and len(certain) + len(possible) < claim.count):
            return "fails"
        return "holds" if self.complete and not possible else "open"

    def conflicts(self) -> tuple[tuple[Claim, ...], ...]:
        """The claims that contradict each other: the same thing counted on the same day or in the same edition, otherwise."""
        groups: dict[object, list[Claim]] = {}
        for claim in self.claims:
            if claim.kind == "count":
                groups.setdefault((claim.counted, claim.edition, claim.on.earliest, claim.on.latest), []).append(claim)
        return tuple(tuple(group) for group in groups.values() if len({one.count for one in group}) > 1)

    def source(self, id: str) -> Source:
        """The source of an id; an id that names none raises ``UnknownId`` with the nearest ones."""
        return _by_id("source", id, self.sources)

    def explain(self, locale: str, *, on: date, format: str = "text") -> str:
        """The declaration as it stood on a day, in ``fr`` or ``en``, as ``text``, ``markdown`` or ``html``."""
        from procurelib.explain.promises import render_declaration

        return render_declaration(self, locale, on=on, format=format)

    def to_dict(self) -> dict[str, Any]:
        """Return the declaration as JSON-safe values."""
        return write_fields(self)

    def to_toml(self) -> str:
        """Return the declaration as TOML, the form in which one is written by hand; what is not stated is left out."""
        import tomli_w

        return tomli_w.dumps(_stated(self.to_dict()))

    @classmethod
    def from_toml(cls, text: str) -> Declaration:
        """Read TOML such as ``to_toml`` writes; days may be TOML's own or text, and faults are those of ``from_dict``."""
        import tomllib

        try:
            data = tomllib.loads(text)
        except (ValueError, RecursionError) as error:
            raise InputError([Fault("$", "the text", f"TOML ({error})")]) from None
        return cls.from_dict(without_toml_days(data))

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Declaration:
        """Read what ``to_dict`` wrote; every fault of every part is reported together, with its path from ``$``."""
        readers: dict[str, Reader] = dict.fromkeys(("title", "adopting_act", "region", "note"), read_text)
        readers |= {name: read_list(getattr(kind, "from_dict", str_as_is)) for name, kind in _PARTS.items()}
        readers |= {"launched": read_optional(DayRange.from_dict), "checked": read_day}
        return read_fields(cls, data, readers)


_PARTS: Final[Mapping[str, type]] = {
    "promoters": str,
    "editions": Edition,
    "bodies": Body,
    "signatures": Signature,
    "claims": Claim,
    "commitments": Commitment,
    "participations": Participation,
    "reported": ReportedFigure,
    "preference_rules": str,
    "sources": Source,
}


def without_toml_days(value: Any) -> Any:
    """The same values with the days that TOML has a form for written as text."""
    if isinstance(value, date):
        return value.isoformat()
    if is_mapping(value):
        return {key: without_toml_days(item) for key, item in value.items()}
    return [without_toml_days(item) for item in value] if is_iterable(value) else value


def _stated(value: Any) -> Any:
    """The same values without those that are not stated, which TOML has no word for."""
    if is_mapping(value):
        return {key: _stated(item) for key, item in value.items() if item is not None and item != []}
    return [_stated(item) for item in value] if is_iterable(value) else value


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=_Named)


def _by_id(one: str, id: str, parts: tuple[_N, ...]) -> _N:
    for part in parts:
        if part.id == id:
            return part
    raise UnknownId(one, str(id), near(str(id), tuple(part.id for part in parts)))
