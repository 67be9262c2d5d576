"""Whether an enterprise is one a scheme is for, on a day and on what evidence."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Final, final

from attrs import frozen

from procurelib.citations import Citation, Text
from procurelib.dated import Caveat
from procurelib.errors import Fault, InputError
from procurelib.law import EDITION, law
from procurelib.models.convert import Faults
from procurelib.models.enterprise import Accreditation, Award, Enterprise, Evidence, LegalForm, Measure
from procurelib.places import cities
from procurelib.rules.answer import Gap
from procurelib.rules.series import gap_on
from procurelib.rules.sources import caveats_of, used_on
from procurelib.social.findings import READ, Asked, Finding
from procurelib.social.scheme import Criterion, Scheme, schemes
from procurelib.social.words import ACCREDITATIONS, FORMS
from procurelib.unknown import UNKNOWN, Unknown


@final
@frozen
class Proof:
    """A piece of evidence as it was read: what it says, its source, its first day and the first day after it."""

    what: Text
    source: str | None = None
    start: date | None = None
    end: date | None = None


@final
@frozen
class CriterionResult:
    """One criterion as it was read: ``yes``, ``no`` or ``UNKNOWN``, what shows it, and what would settle it.

    ``shown`` are the pieces of evidence; ``missing`` what to give: ``forms``, ``buyer``, ``awards``, or
    ``evidence:``, ``accreditation:`` or ``measure:`` with what it is about. ``decides`` is ``False`` for what only the
    authority that accredits looks at, ``asked`` for what the law does not ask of such an enterprise or did not yet.
    """

    id: str
    label: Text
    value: str | Unknown
    shown: tuple[Proof, ...]
    missing: tuple[str, ...]
    citations: tuple[Citation, ...]
    decides: bool = True
    asked: bool = True
    note: Text | None = None


@final
@frozen(kw_only=True)
class Eligibility:
    """Whether an enterprise meets a scheme on a day.

    ``value`` is ``yes``, ``no`` or ``UNKNOWN``; ``criteria`` say why, one by one; ``missing`` is what would settle it,
    ``gaps`` the law the book does not have. ``notes`` say what does not prove anything, where it tempts.
    """

    enterprise: str
    scheme: str
    title: Text
    on: date
    value: str | Unknown
    criteria: tuple[CriterionResult, ...]
    missing: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    notes: tuple[Text, ...] = ()
    citations: tuple[Citation, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    edition: str = EDITION

    def __getitem__(self, id: str) -> CriterionResult:
        """The result of one criterion, by its id."""
        for criterion in self.criteria:
            if criterion.id == id:
                return criterion
        raise KeyError(id)

    def explain(self, locale: str, *, format: str = "text") -> str:
        """The result as a person reads it; ``format`` is ``text``, ``markdown`` or ``html``."""
        from procurelib.explain.social import render_eligibility

        return render_eligibility(self, locale, format=format)

    def _repr_html_(self) -> str:  # pyright: ignore[reportUnusedFunction]  (notebooks call it)
        return self.explain("fr_CA", format="html")

    def to_dict(self) -> dict[str, Any]:
        """The result as JSON-safe values."""
        from procurelib.explain.json import write_record

        return write_record(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Eligibility:
        """Read what ``to_dict`` wrote; paths of faults start at ``$``."""
        from procurelib.explain.json import read_record

        return read_record(cls, data)


def eligibility(enterprise: Enterprise, scheme: str, *, on: date, buyer: str | None = None) -> Eligibility:
    """Whether an enterprise meets a scheme on a day, criterion by criterion, and what is missing to tell.

    ``scheme`` is an id such as ``ca-qc/E-1.1.1`` or ``fr/reserved-insertion``. ``buyer`` is the id of the one who would
    buy, which the reservation for the social economy needs. Nothing is presumed: what no evidence shows is ``UNKNOWN``.

    >>> from procurelib.models.enterprise import LegalForm
    >>> company = Enterprise(name="Gestion inc.", country="CA", forms=[LegalForm("business_corporation")])
    >>> eligibility(company, "ca-qc/E-1.1.1", on=date(2026, 3, 1)).value
    'no'

    Raises:
        InputTypeError, InputError: an enterprise that is not one or is of another country, a day that is not a date, or
            evidence about what no scheme reads.
        UnknownId: a scheme the library does not know.
        NotYetInForce: a day before the book begins, for a scheme that is older.
    """
    faults = Faults()
    given: object = enterprise
    if not isinstance(given, Enterprise):
        faults.add_type("enterprise", given, "an Enterprise")
    faults.day("on", on)
    faults.text("buyer", buyer)
    faults.refuse()
    found = schemes[scheme]
    if enterprise.country != found.country:
        expected = f"an enterprise of {found.country}, which the scheme {scheme} is for"
        raise InputError([Fault("enterprise.country", repr(enterprise.country), expected)])
    for one in enterprise.evidence:
        if one.criterion not in READ:
            faults.add_unknown_code(
                "enterprise.evidence", one.criterion, tuple(sorted(READ)), "evidence about what some scheme reads"
            )
    faults.refuse()
    return _read(found, Asked(enterprise, on, buyer))


COVERED: Final = "fr/regime"
"""The entry from whose first day the book covers anything."""
_NOT_YET: Final = Text("Le dispositif n’existait pas ce jour-là.", "The scheme did not exist on that day.")


def _read(scheme: Scheme, asked: Asked) -> Eligibility:
    entry = law[scheme.entry]
    first = min([*(v.start for v in entry.versions), *(g.start for g in entry.gaps)])
    if asked.on < first == law[COVERED].versions[0].start:
        entry.on(asked.on)  # the book begins that day, the law was older: nothing is known before
    if asked.on < first:
        return Eligibility(
            enterprise=asked.enterprise.name,
            scheme=scheme.id,
            title=scheme.title,
            on=asked.on,
            value="no",
            criteria=(),
            notes=(_NOT_YET,),
            citations=entry.versions[0].citations if entry.versions else (),
        )
    findings = [(criterion, criterion.test(asked)) for criterion in scheme.criteria]
    deciding = [finding for criterion, finding in findings if criterion.decides]
    own_gap = gap_on(entry, asked.on)
    holds = _all_or_any(deciding, any_of=scheme.any_of) if own_gap is None else None
    unsettled = [finding for finding in deciding if finding.holds is None] if holds is None else []
    own = () if own_gap is None else (own_gap,)
    used = used_on(asked.on, *dict.fromkeys((scheme.entry, *(c.id for c, _ in findings))))
    return Eligibility(
        enterprise=asked.enterprise.name,
        scheme=scheme.id,
        title=scheme.title,
        on=asked.on,
        value=_word(holds),
        criteria=tuple(_result(criterion, finding, asked) for criterion, finding in findings),
        missing=tuple(dict.fromkeys(m for f in unsettled for m in f.missing)) if own_gap is None else (),
        gaps=tuple(dict.fromkeys((*own, *(g for f in unsettled for g in f.gaps)))),
        notes=(*scheme.notes, *_temptations(scheme, asked, holds)),
        citations=tuple(dict.fromkeys(c for one in used for c in one.step.ref.citations)),
        caveats=tuple(dict.fromkeys(caveats_of(used, asked.on))),
    )


def _all_or_any(findings: list[Finding], *, any_of: bool) -> bool | None:
    if any(f.holds is any_of for f in findings):
        return any_of
    return None if any(f.holds is None for f in findings) else not any_of


def _word(holds: bool | None) -> str | Unknown:
    return UNKNOWN if holds is None else "yes" if holds else "no"


def _result(criterion: Criterion, finding: Finding, asked: Asked) -> CriterionResult:
    entry = law[criterion.id]
    version = entry.at(asked.on)
    return CriterionResult(
        id=criterion.id,
        label=criterion.label or Text(entry.title_fr, entry.title_en),
        value=_word(finding.holds),
        shown=tuple(_proof(one) for one in finding.shown),
        missing=finding.missing,
        citations=version.citations if version is not None else (),
        decides=criterion.decides,
        asked=finding.asked,
        note=finding.note,
    )


def _proof(shown: Evidence | Accreditation | Measure | LegalForm | Award) -> Proof:
    """A piece of evidence in words."""
    if isinstance(shown, Award):
        buyer = cities[shown.buyer].name if shown.buyer in cities else shown.buyer
        what = Text(f"marché attribué par {buyer}", f"contract awarded by {buyer}")
        return Proof(what, shown.source, shown.day, shown.day + timedelta(1))
    if isinstance(shown, LegalForm):
        what = FORMS[shown.code]
    elif isinstance(shown, Accreditation):
        kind = ACCREDITATIONS[shown.kind]
        what = Text(f"accréditation « {kind.fr} »", f"accreditation “{kind.en}”")
    elif isinstance(shown, Measure):
        value = format(shown.value, "f")
        what = Text(f"{value.replace('.', ',')} mesuré", f"{value} measured")
    else:
        what = Text("établi", "shown") if shown.holds else Text("écarté", "shown not to hold")
    return Proof(what, shown.source, shown.start, shown.end)


def _temptations(scheme: Scheme, asked: Asked, holds: bool | None) -> tuple[Text, ...]:
    """What looks like a proof and is none, said where it tempts: while nothing settles the answer."""
    if holds is not None:
        return ()
    notes: list[Text] = []
    if asked.enterprise.listed_in:
        names = ", ".join(asked.enterprise.listed_in)
        notes.append(
            Text(
                f"Figurer dans un répertoire ({names}) n’est pas une reconnaissance.",
                f"Being listed in a directory ({names}) is no recognition.",
            )
        )
    if asked.enterprise.form_on(asked.on) is not None:
        notes.append(Text("La forme juridique ne prouve rien à elle seule.", "The legal form alone proves nothing."))
    elif "neq" in dict(asked.enterprise.identifiers):
        notes.append(
            Text("Un NEQ peut exclure, jamais prouver.", "A NEQ can exclude, never prove."),
        )
    return tuple(notes)
