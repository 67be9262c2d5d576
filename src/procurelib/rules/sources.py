"""Where an answer is written and how sure it is: citations, caveats, and the order of gaps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, Literal

from procurelib.citations import Citation
from procurelib.dated import Version
from procurelib.law import law
from procurelib.models.bylaw import ByLaw
from procurelib.money import Money
from procurelib.rules.answer import (
    Caveat,
    Gap,
    Text,
)
from procurelib.rules.series import series
from procurelib.tables.basis import Used
from procurelib.tables.conditions import Series, Step
from procurelib.tables.facts import Case, Fact
from procurelib.tables.plan import Plan, Resolved
from procurelib.unknown import UNKNOWN

_WEAK: Final = ("inferred", "unverified")


_STALE_AFTER: Final = timedelta(days=365)


def number(id: str, on: date) -> int:
    """A whole number that the book holds on a day: of days, of months, of hundredths."""
    return int(str(law[id].on(on).value))


def used_on(on: date, *ids: str) -> tuple[Used, ...]:
    """The versions of some entries on a day, those the book holds."""
    return used_of(on, *(series(id) for id in ids))


def used_of(on: date, *known: Series) -> tuple[Used, ...]:
    """The versions of some series on a day, those that are held."""
    steps = [(one, one.at(on)) for one in known]
    return tuple(Used(s, step, compared=False) for s, step in steps if step is not None and isinstance(step.ref, Version))


def gap_order(gap: Gap) -> tuple[str, date]:
    """The order in which gaps are listed."""
    return (gap.id, gap.start)


def citations(used: tuple[Used, ...]) -> tuple[Citation, ...]:
    """Where everything used is written, provisions first, without repetition."""
    out: dict[Citation, None] = {}
    for one in sorted(used, key=lambda u: (u.compared, u.series.id.endswith("/regime"))):
        out.update(dict.fromkeys(cites(one.step)))
    return tuple(out)


def cites(step: Step | None) -> tuple[Citation, ...]:
    """Where one version is written: in the law, or in a by-law of the buyer."""
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


def weakness(used: Used, on: date) -> Literal["inferred", "unverified"] | None:
    """How little sure a version is on a day: its value, or its first day where the one before it may still have held."""
    version = used.step.ref
    if not isinstance(version, Version):
        return None
    if version.confidence in _WEAK:
        return "unverified" if version.confidence == "unverified" else "inferred"
    if version.from_confidence in _WEAK and version.from_window is None and _near_start(version, on):
        return "unverified" if version.from_confidence == "unverified" else "inferred"
    return None


def caveats_of(used: tuple[Used, ...], on: date) -> Iterator[Caveat]:
    """What to be careful about in the versions an answer rests on: how sure they are, how old, what was noted of them."""
    for one in used:
        version = one.step.ref
        if not isinstance(version, Version):
            continue
        id = one.series.id
        title = law[id]
        weak = weakness(one, on)
        if version.confidence in _WEAK and weak is not None:
            yield Caveat(weak, id, _weak(title.title_fr, title.title_en, version))
        elif weak is not None:
            since = version.start
            yield Caveat(
                weak,
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


def reading_caveats(plan: Plan, case: Case, resolved: Resolved) -> Iterator[Caveat]:
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
