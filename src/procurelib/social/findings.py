"""How one criterion is read on one enterprise and day: it holds, it does not, or what would settle it is missing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Final, TypeAlias

from attrs import frozen

from procurelib.citations import Text
from procurelib.dated import Version
from procurelib.law import law
from procurelib.models.enterprise import ONLY_FORM, Accreditation, Award, Enterprise, Evidence, LegalForm, Measure
from procurelib.money import Money
from procurelib.rules.answer import Gap
from procurelib.rules.series import gap_on
from procurelib.social.identifiers import check_identifier

Shown: TypeAlias = "Evidence | Accreditation | Measure | LegalForm | Award"


@frozen
class Asked:
    """The enterprise, the day and the buyer a criterion is read for."""

    enterprise: Enterprise
    on: date
    buyer: str | None = None


@frozen
class Finding:
    """Whether a criterion holds (``None`` when nobody knows), what shows it, and what would settle it.

    ``asked`` is ``False`` where the law does not ask it of such an enterprise, or did not yet.
    """

    holds: bool | None
    shown: tuple[Shown, ...] = ()
    missing: tuple[str, ...] = ()
    gaps: tuple[Gap, ...] = ()
    note: Text | None = None
    asked: bool = True


Test: TypeAlias = Callable[[Asked], Finding]
Day: TypeAlias = Callable[[date], date]


def _asked_day(on: date) -> date:
    return on


def first_of_year(on: date) -> date:
    """1 January of a day's year, whose state decides for the whole year (LCV, 573.3.5)."""
    return date(on.year, 1, 1)


READ: Final[set[str]] = set()
"""What some criterion reads evidence about, filled as the schemes are made."""
_NONE: Final[Mapping[str, Text]] = {}


def evidence(id: str, *, defines: bool = False) -> Test:
    """Evidence about the criterion decides it.

    In a gap of the law, evidence that it is met still does, unless the criterion ``defines`` who is meant: another
    definition may have come.
    """
    READ.add(id)

    def read(asked: Asked) -> Finding:
        found = asked.enterprise.evidence_on(id, asked.on)
        gap = gap_on(law[id], asked.on)
        if gap is not None and defines:
            return Finding(None, () if found is None else (found,), gaps=(gap,))
        if found is None:
            return Finding(None, missing=(f"evidence:{id}",), gaps=() if gap is None else (gap,))
        if gap is not None and not found.holds:
            # Whether the law still asks for it is not known: that it is not met settles nothing.
            return Finding(None, (found,), gaps=(gap,))
        return Finding(found.holds, (found,))

    return read


def form(*codes: str, unsure: Mapping[str, Text] = _NONE, entry: str = "") -> Test:
    """The legal form is one of these; for those of ``unsure`` no text read says whether ``entry`` means them, and why."""

    def read(asked: Asked) -> Finding:
        stands = [one for one in asked.enterprise.forms if one.stands_on(asked.on)]
        if not stands:
            return _by_number(asked)
        found = stands[0]
        if found.code in unsure:
            title, why = Text(law[entry].title_fr, law[entry].title_en), unsure[found.code]
            gap = Gap(entry, law[entry].versions[0].start, None, why, title)
            return Finding(None, (found,), gaps=(gap,), note=why)
        return Finding(found.code in codes, (found,))

    return read


def _by_number(asked: Asked) -> Finding:
    """Of an enterprise whose form is not known, a NEQ that begins with 22 or 88 excludes; no number ever proves."""
    given = dict(asked.enterprise.identifiers).get("neq")
    number = None if given is None else check_identifier("ca-qc/neq", given)
    if number is not None and number.status == "valid" and str(number.normal)[:2] in ONLY_FORM:
        note = Text(
            "Le NEQ commence par 22 ou 88 : ni une coopérative, ni une mutuelle, ni une association.",
            "The NEQ begins with 22 or 88: no cooperative, mutual society or association.",
        )
        return Finding(False, note=note)
    return Finding(None, missing=("forms",))


def accreditation(*kinds: str) -> Test:
    """An accreditation of one of these kinds stands on the day; one that has expired never counts."""

    def read(asked: Asked) -> Finding:
        found = asked.enterprise.accreditation_on(kinds, asked.on)
        if found is not None:
            return Finding(True, (found,))
        past = tuple(a for a in asked.enterprise.accreditations if a.kind in kinds)
        if asked.enterprise.accreditations_complete:
            return Finding(False, past)
        return Finding(None, past, missing=tuple(f"accreditation:{kind}" for kind in kinds))

    return read


def at_least(what: str, id: str, *, day: Day = _asked_day) -> Test:
    """A measured figure reaches the value of the day; where the text says more than, it exceeds it.

    ``day`` is the day whose figure counts, that of the question unless the text says otherwise.
    """

    def reaches(found: Decimal, version: Version) -> bool:
        bound = _number(version.value)
        return found > bound if version.scope == "more_than" else found >= bound

    return _compared(what, id, reaches, day)


def at_most(what: str, id: str) -> Test:
    """A measured figure is not above the value of the day."""
    return _compared(what, id, lambda found, version: found <= _number(version.value), _asked_day)


def _compared(what: str, id: str, test: Callable[[Decimal, Version], bool], day: Day) -> Test:
    def read(asked: Asked) -> Finding:
        entry = law[id]
        gap = gap_on(entry, asked.on)
        if gap is not None:
            return Finding(None, gaps=(gap,))
        found = asked.enterprise.measure_on(what, day(asked.on))
        if found is None:
            return Finding(None, missing=(f"measure:{what}",))
        return Finding(test(found.value, entry.on(asked.on)), (found,))

    return read


def _number(value: object) -> Decimal:
    return value.amount if isinstance(value, Money) else Decimal(str(value))


def every(*tests: Test) -> Test:
    """All of the tests hold."""
    return _joined(tests, settles=False)


def some(*tests: Test) -> Test:
    """One of the tests holds."""
    return _joined(tests, settles=True)


def _joined(tests: tuple[Test, ...], *, settles: bool) -> Test:
    """One test that comes out as ``settles`` decides; all of them must come out the other way for the opposite."""

    def read(asked: Asked) -> Finding:
        found = [test(asked) for test in tests]
        shown = tuple(one for finding in found for one in finding.shown)
        note = next((finding.note for finding in found if finding.note is not None), None)
        if any(finding.holds is settles for finding in found):
            return Finding(settles, tuple(one for f in found if f.holds is settles for one in f.shown), note=note)
        if all(finding.holds is (not settles) for finding in found):
            return Finding(not settles, shown, note=note)
        missing = tuple(dict.fromkeys(m for f in found if f.holds is None for m in f.missing))
        gaps = tuple(dict.fromkeys(g for f in found if f.holds is None for g in f.gaps))
        return Finding(None, shown, missing, gaps, note)

    return read
