"""What lawfully favours a social-economy enterprise in one tender: each lever, how far it is open, and what it still asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from importlib import import_module
from typing import Any, Final, Literal, TypeAlias, final

from attrs import evolve, frozen

from procurelib.citations import Citation, Text
from procurelib.dated import Caveat, Version
from procurelib.errors import Fault, InputError, InputTypeError
from procurelib.law import EDITION, law
from procurelib.models.convert import shown
from procurelib.models.enterprise import Enterprise
from procurelib.models.tender import Tender
from procurelib.rules.answer import Answer, Gap
from procurelib.rules.ask import Assessment, assess
from procurelib.rules.question import require_tender
from procurelib.rules.series import gap_on
from procurelib.rules.sources import caveats_of, used_on
from procurelib.social.eligibility import COVERED, Eligibility, eligibility
from procurelib.social.scheme import schemes
from procurelib.unknown import UNKNOWN

LeverStatus: TypeAlias = Literal["available", "conditional", "unknown", "barred"]
Effect: TypeAlias = Literal["reserves", "exempts", "lightens", "prefers", "weighs", "invites", "requires"]

STATUSES: Final = ("available", "conditional", "unknown", "barred")
EFFECTS: Final = ("reserves", "exempts", "lightens", "prefers", "weighs", "invites", "requires")
HOMES: Final = {"ca-qc": "procurelib.social.levers_qc", "fr": "procurelib.social.levers_fr"}

BELOW: Final = Text("sous ce montant", "below this amount")
NOT_YET: Final = Text("Cette règle n’existait pas encore ce jour-là.", "This rule did not exist yet on that day.")
REPEALED: Final = Text("Cette règle n’est plus en vigueur ce jour-là.", "This rule is no longer in force on that day.")


@final
@frozen
class Limit:
    """A limit of a lever: an amount it holds below, a share, or a number of years, and where it is written."""

    what: Text
    value: Any
    citations: tuple[Citation, ...] = ()


@final
@frozen(kw_only=True)
class Lever:
    """One lever in one tender.

    ``status`` is ``available`` (nothing is left to meet), ``conditional`` (``conditions`` are left to the buyer, or the
    supplier is to be one ``scheme`` is for), ``unknown`` (``missing`` facts or ``gaps`` decide) or ``barred``. ``effect`` is
    what it does: ``reserves`` the contract, ``exempts`` from competition, ``lightens`` the procedure, ``prefers``,
    ``weighs`` in the award, ``invites``, or ``requires`` something of the buyer or of whoever wins. ``notices`` are what
    goes with it, and what another law says beside it.
    """

    id: str
    title: Text
    status: LeverStatus
    effect: Effect
    scheme: str | None = None
    conditions: tuple[Text, ...] = ()
    limits: tuple[Limit, ...] = ()
    missing: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    notices: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    edition: str = EDITION

    def explain(self, locale: str, *, format: str = "text") -> str:
        """The lever in ``fr`` or ``en``, as ``text``, ``markdown`` or ``html``."""
        from procurelib.explain.social import render_lever

        return render_lever(self, locale, format=format)

    def to_dict(self) -> dict[str, Any]:
        """The lever as JSON-safe values."""
        from procurelib.explain.json import write_record

        return write_record(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Lever:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


@frozen
class Case:
    """A tender as levers read it: what the law requires of it, and its procedure before any ground is claimed."""

    assessed: Assessment
    plain: Answer

    @property
    def tender(self) -> Tender:
        """The tender that was assessed."""
        return self.assessed.tender


@frozen
class Reach:
    """Whether the law lets a lever be used in a tender: ``None`` when facts or law that are missing decide."""

    open: bool | None
    missing: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    conditions: tuple[Text, ...] = ()
    limits: tuple[Limit, ...] = ()
    notices: tuple[Text, ...] = ()
    entries: tuple[str, ...] = ()

    def waiting(self, answer: Answer) -> Reach:
        """The same, where what an answer still depends on decides."""
        return evolve(self, open=None, missing=tuple(sorted(answer.missing)), gaps=answer.gaps)


Reached: TypeAlias = Callable[[Case], Reach]


@frozen
class LeverRule:
    """One lever of a jurisdiction: its entry in the book, what it does, whom it is for, and when the law opens it."""

    id: str
    entry: str
    effect: Effect
    reach: Reached
    schemes: tuple[str, ...] = ()
    conditions: tuple[Text, ...] = ()


def always(case: Case) -> Reach:
    """A lever that nothing of the tender closes while its provision is in force."""
    return Reach(True)


def in_window(version: Version, on: date) -> bool:
    """Whether a day is among those on which a version may have begun."""
    return version.from_window is not None and version.from_window[0] <= on <= version.from_window[1]


def members(answer: Answer) -> frozenset[str]:
    """The certain members of an answer that is a set; none while nothing is known of it."""
    return answer.value if isinstance(answer.value, frozenset) else frozenset()


def claiming(tender: Tender, *grounds: str) -> Tender:
    """A tender that claims these grounds, certainly, and no other."""
    return tender.replace(grounds=frozenset(grounds), uncertain_grounds=frozenset())


def limit(id: str, what: Text, on: date) -> tuple[Limit, ...]:
    """A limit with the value of a day, when the book holds one."""
    version = law[id].at(on)
    return () if version is None else (Limit(what, version.value, version.citations),)


def levers(tender: Tender, supplier: Enterprise | None = None) -> tuple[Lever, ...]:
    """Every lever of the buyer's law, how far it is open in this tender and for this supplier, the most open first.

    Without a supplier, a lever that is for some enterprises only is at best ``conditional``. A lever that is not listed is
    one the library does not know, never one that does not exist.

    >>> from datetime import date
    >>> from procurelib import Money, cities
    >>> small = Tender(
    ...     buyer=cities["ca-qc/longueuil"].with_bylaw(None), category="services",
    ...     value=Money("20000", "CAD", tax="net"), launched=date(2025, 3, 3),
    ... )
    >>> levers(small)[0].id, levers(small)[0].status
    ('ca-qc/direct-award', 'available')

    Raises:
        InputTypeError: the case is not a ``Tender``, or the supplier not an ``Enterprise``.
        InputError: the buyer's country has no levers in this edition.
        NotYetInForce: a day before the book begins.
    """
    require_tender(tender)
    given: object = supplier
    if given is not None and not isinstance(given, Enterprise):
        raise InputTypeError([Fault("supplier", shown(given), "an Enterprise, or None")])
    home = HOMES.get(tender.buyer.jurisdiction)
    if home is None:
        raise InputError([Fault("buyer", tender.buyer.id, f"a buyer of {' or '.join(HOMES)}")])
    law[COVERED].on(tender.launched)
    if tender.category in ("outside", "concession"):
        return ()
    assessed = assess(tender)
    plain = assess(claiming(tender)) if tender.grounds or tender.uncertain_grounds else assessed
    case = Case(assessed, plain.procedure)
    rules: tuple[LeverRule, ...] = import_module(home).LEVERS
    found = [_lever(rule, case, supplier) for rule in rules]
    return tuple(sorted(found, key=lambda lever: (STATUSES.index(lever.status), lever.id)))


_UNCERTAIN_DAY: Final = Text("Le premier jour de cette règle n’est pas certain.", "The first day of this rule is not certain.")
_CLOSED: Final = Text(
    "Ni le montant ni l’objet de ce contrat ne l’ouvrent.", "Neither the amount nor the subject opens it here."
)


def _lever(rule: LeverRule, case: Case, supplier: Enterprise | None) -> Lever:
    on = case.tender.launched
    entry = law[rule.entry]
    gap = gap_on(entry, on)
    made = Lever(id=rule.id, title=Text(entry.title_fr, entry.title_en), status="barred", effect=rule.effect)
    made = evolve(made, scheme=rule.schemes[0] if rule.schemes else None)
    if gap is not None:
        return evolve(made, status="unknown", gaps=(gap,), citations=gap.held_before)
    version = entry.at(on)
    if version is None and in_window(entry.versions[0], on):
        return evolve(made, status="unknown", conditions=(_UNCERTAIN_DAY,), citations=entry.versions[0].citations)
    if version is None:
        return evolve(made, conditions=(NOT_YET if on < entry.versions[0].start else REPEALED,))
    reach = rule.reach(case)
    used = used_on(on, *dict.fromkeys((rule.entry, *reach.entries)))
    made = evolve(
        made,
        limits=reach.limits,
        notices=reach.notices,
        citations=tuple(dict.fromkeys(c for one in used for c in one.step.ref.citations)),
        caveats=tuple(dict.fromkeys(caveats_of(used, on))),
    )
    if reach.open is False:
        return evolve(made, conditions=reach.conditions or (_CLOSED,))
    conditions = (*rule.conditions, *reach.conditions)
    if rule.schemes and supplier is not None:
        made = _for_supplier(made, rule, supplier, case.tender, conditions)
    elif rule.schemes:
        made = evolve(made, status="conditional", conditions=(*conditions, _is_one(rule)))
    else:
        made = evolve(made, status="conditional" if conditions else "available", conditions=conditions)
    if reach.open is None and made.status != "barred":
        return evolve(made, status="unknown", missing=reach.missing, gaps=reach.gaps, conditions=reach.conditions)
    return made


def _for_supplier(made: Lever, rule: LeverRule, supplier: Enterprise, tender: Tender, conditions: tuple[Text, ...]) -> Lever:
    """The lever for one supplier: barred when it is certain not to be one, conditional while nobody knows."""
    if supplier.country != tender.buyer.country:
        text = Text("Le fournisseur est d’un autre pays.", "The supplier is of another country.")
        return evolve(made, conditions=(text,))
    results = [eligibility(supplier, id, on=tender.launched, buyer=tender.buyer.id) for id in rule.schemes]
    best: Eligibility = min(results, key=lambda r: ("yes", None, "no").index(None if r.value is UNKNOWN else str(r.value)))
    made = evolve(made, scheme=best.scheme, caveats=tuple(dict.fromkeys((*made.caveats, *best.caveats))))
    if best.value == "yes":
        return evolve(made, status="conditional" if conditions else "available", conditions=conditions)
    if best.value == "no":
        fr, en = _titles(rule)
        return evolve(
            made, conditions=(Text(f"Le fournisseur ne répond pas à : {fr}.", f"The supplier does not qualify for: {en}."),)
        )
    return evolve(made, status="conditional", conditions=(*conditions, _is_one(rule)), missing=best.missing, gaps=best.gaps)


def _is_one(rule: LeverRule) -> Text:
    fr, en = _titles(rule)
    return Text(f"Le fournisseur doit répondre à : {fr}.", f"The supplier has to qualify for: {en}.")


def _titles(rule: LeverRule) -> tuple[str, str]:
    titles = [schemes[id].title for id in rule.schemes]
    return " ou ".join(t.fr for t in titles), " or ".join(t.en for t in titles)
