"""A city's by-law on contract management, bound into a table: its amounts become boundaries like the law's own.

The Act lets the by-law set its own rules between the floor and the threshold (LCV 573.3.1.2 since 2018-01-01, LCOM 9),
and an old threshold printed in the by-law binds the city until it is amended.
"""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Final, TypeAlias

from procurelib.law import law
from procurelib.models.bylaw import ByLaw, Floating
from procurelib.models.categories import ancestors
from procurelib.money import Money
from procurelib.rules.answer import Caveat, Text
from procurelib.rules.ca_qc.facts import (
    AMOUNT,
    BYLAW_DIRECT,
    BYLAW_PUBLIC,
    CATEGORY,
    LAUNCHED,
    SUBJECT,
    at_least,
    below,
    category,
    claimed,
    in_force,
    regime,
)
from procurelib.rules.series import KNOWN, compared, series, term
from procurelib.rules.series import beyond_term as after_term
from procurelib.tables.conditions import Compare, Condition, InForce, Series, Step, Within, all_of
from procurelib.tables.facts import Fact
from procurelib.tables.table import Open, Row
from procurelib.unknown import UNKNOWN, Unknown

Bylaws: TypeAlias = "tuple[ByLaw, ...] | Unknown | None"

FLOOR: Final = "ca-qc/invitation-floor"
THRESHOLD: Final = "ca-qc/public-call-threshold"
RULES: Final = "ca-qc/bylaw-award-rules"


TERM: Final = InForce(LAUNCHED, term(THRESHOLD), frozenset((KNOWN,)))


def beyond_term_start() -> date:
    """The first day on which no threshold is known."""
    return after_term(THRESHOLD)[0]


def beyond_term() -> Hashable:
    """Why no threshold is known after its term."""
    return after_term(THRESHOLD)[1]


PRINTED: Final = "ca-qc/bylaw-printed-amount"
PARTY: Final = "ca-qc/umq-fqm-agreement"
RESERVED: Final = "reserved_professional_services"
REACHED: Final = Within(CATEGORY, frozenset(SUBJECT) - {RESERVED}) | (category(RESERVED) & regime("fixed"))
"""What a by-law may set rules for: it sets aside 573.1, not the special regulation on some reserved professions."""


def bylaw_facts(bylaws: Bylaws) -> tuple[Fact, ...]:
    """The facts a table needs because the by-law of some of the days it covers is not known."""
    return (BYLAW_DIRECT, BYLAW_PUBLIC) if unknown_bylaw(bylaws, _power_since()) else ()


def bylaw_rows(bylaws: Bylaws) -> tuple[Row, ...]:
    """The rows by which these by-laws derogate from the Act: none, unknown ones, or those of each by-law from its day."""
    party = _party_rows()
    if bylaws is None:
        return party
    if isinstance(bylaws, Unknown):
        return (*_unknown_rows(()), *party)
    known = Series("bylaw", tuple(Step(b.since, scope=str(i), ref=b) for i, b in enumerate(bylaws)))
    rows: list[Row] = []
    if unknown_bylaw(bylaws, _power_since()):
        # Before the first by-law given another may have been in force: it is as unknown as if none had been given.
        rows += _unknown_rows((~InForce(LAUNCHED, known),))
    for i, bylaw in enumerate(bylaws):
        until = bylaws[i + 1].since if i + 1 < len(bylaws) else None
        # A by-law replaced before the Act gave it any power never decided anything.
        if until is None or until > _power_since():
            rows += _rows_of(bylaw, i, known, until)
    return (*rows, *party)


def _party_rows() -> tuple[Row, ...]:
    """Under an agreement with the UMQ or the FQM the by-law of the party in charge applies (LCV 29.9.1), which is not known.

    The contract stays under the rules on competition: only what a by-law may change is in doubt, and the buyer's own
    by-law does not settle it.
    """
    oldest = compared(law[THRESHOLD].versions[0])
    doubtful = all_of(claimed(PARTY), in_force(PARTY), in_force("ca-qc/umq-fqm-party-bylaw"), REACHED)
    cites = (series(PARTY),)
    return (
        Row("party-bylaw-direct", all_of(doubtful, at_least(FLOOR), ~all_of(TERM, at_least(THRESHOLD))), "direct", 1, cites),
        Row(
            "party-bylaw-public",
            all_of(doubtful, Compare(AMOUNT, oldest), ~all_of(TERM, at_least(THRESHOLD))),
            "public",
            2,
            cites,
        ),
    )


def _power_since() -> date:
    """The first day on which a by-law could set rules of its own."""
    return law[RULES].versions[0].start


def _unknown_rows(when: tuple[Condition, ...]) -> tuple[Row, ...]:
    oldest = compared(law[THRESHOLD].versions[0])
    yes = frozenset((True,))
    own = all_of(*when, ~claimed(PARTY), REACHED)
    allows = all_of(own, at_least(FLOOR), in_force(RULES), Within(BYLAW_DIRECT, yes))
    return (
        Row("unknown-bylaw-direct", all_of(allows, below(THRESHOLD), TERM), "direct", 1, (series(RULES),)),
        Row(
            "unknown-bylaw-direct-beyond",
            allows & ~TERM,
            Open(frozenset(("direct", "public")), beyond_term()),
            1,
            (series(RULES),),
        ),
        Row(
            "unknown-bylaw-public",
            all_of(
                own,
                Compare(AMOUNT, oldest),
                ~all_of(TERM, at_least(THRESHOLD)),
                in_force(PRINTED),
                Within(BYLAW_PUBLIC, yes),
            ),
            "public",
            2,
            (series(PRINTED),),
        ),
    )


def _rows_of(bylaw: ByLaw, place: int, known: Series, until: date | None) -> list[Row]:
    its_days = all_of(InForce(LAUNCHED, known, frozenset((str(place),))), ~claimed(PARTY), REACHED)
    ceilings: dict[Money | Floating, list[str]] = {}
    for code in SUBJECT:
        ceiling = ceiling_for(bylaw, code)
        if ceiling is not None:
            ceilings.setdefault(ceiling, []).append(code)
    rows: list[Row] = []
    for n, (ceiling, codes) in enumerate(c for c in ceilings.items() if _leaves_room(c[0])):
        when = all_of(its_days, Within(CATEGORY, frozenset(codes)), at_least(FLOOR), *_under(bylaw, ceiling), in_force(RULES))
        name, cites = f"bylaw-{bylaw.since.isoformat()}-direct-{n}", (series(RULES), known)
        # The power ends at the threshold of the day, which thus caps the ceiling.
        rows.append(Row(name, all_of(when, below(THRESHOLD), TERM), "direct", 1, cites))
        if until is None or until > beyond_term_start():
            rows.append(Row(f"{name}-beyond", when & ~TERM, Open(frozenset(("direct", "public")), beyond_term()), 1, cites))
    if isinstance(bylaw.public_from, Money) and _public_can_apply(bylaw, until):
        rows.append(
            Row(
                f"bylaw-{bylaw.since.isoformat()}-public",
                all_of(
                    its_days,
                    Compare(AMOUNT, printed(bylaw, bylaw.public_from, "public-from"), LAUNCHED),
                    ~all_of(TERM, at_least(THRESHOLD)),
                    in_force(PRINTED),
                ),
                "public",
                layer=2,
                cites=(series(PRINTED), known),
            )
        )
    return rows


def _under(bylaw: ByLaw, ceiling: Money | Floating) -> tuple[Condition, ...]:
    """Below the ceiling, which the threshold of the day caps (LCV 573.3.1.2: the power ends at the threshold)."""
    if isinstance(ceiling, Floating):
        return ()
    return (~Compare(AMOUNT, printed(bylaw, ceiling, "direct-below"), LAUNCHED),)


def printed(bylaw: ByLaw, amount: Money, what: str) -> Series:
    """An amount printed in a by-law, as a series that begins with it."""
    return Series(f"bylaw/{what}", (Step(date.min, amount.amount, ref=bylaw),))


def ceiling_for(bylaw: ByLaw, code: str) -> Money | Floating | None:
    """The ceiling a by-law sets for a category: its own, else that of the nearest category above it."""
    for name in (code, *ancestors(code)):
        if name in bylaw.direct_below:
            return bylaw.direct_below[name]
    return None


def _leaves_room(ceiling: Money | Floating) -> bool:
    """Whether a ceiling leaves anything to award directly above the floor of the Act."""
    return isinstance(ceiling, Floating) or ceiling.amount != compared(law[FLOOR].versions[0])


def _public_can_apply(bylaw: ByLaw, until: date | None) -> bool:
    """Whether a printed threshold is ever under the law's own on a day this by-law governs."""
    pin = bylaw.public_from
    since = max(bylaw.since, _power_since())
    later = [v for v in law[THRESHOLD].versions if (v.end is None or v.end > since) and (until is None or v.start < until)]
    return isinstance(pin, Money) and (
        until is None or until > beyond_term_start() or any(isinstance(v.value, Money) and v.value > pin for v in later)
    )


def bylaw_caveats(bylaws: Bylaws, launched: date, code: str) -> tuple[Caveat, ...]:
    """What to know about the by-law of the day: a printed ceiling above the threshold is capped by it."""
    if not isinstance(bylaws, tuple):
        return ()
    current = [b for b in bylaws if b.since <= launched]
    threshold = law[THRESHOLD].at(launched)
    if not current or threshold is None or code not in SUBJECT:
        return ()
    ceiling = ceiling_for(current[-1], code)
    if isinstance(ceiling, Money) and isinstance(threshold.value, Money) and ceiling > threshold.value:
        text = Text(
            f"Le plafond imprimé dans le règlement ({ceiling.format('fr_CA')}) dépasse le seuil du jour "
            f"({threshold.value.format('fr_CA')}), qui le remplace.",
            f"The ceiling printed in the by-law ({ceiling.format('en_CA')}) is above the threshold of the day "
            f"({threshold.value.format('en_CA')}), which caps it.",
        )
        return (Caveat("capped", "bylaw", text),)
    return ()


def unknown_bylaw(bylaws: Bylaws, launched: date) -> bool:
    """Whether the by-law of the day is not known."""
    return bylaws is UNKNOWN or (isinstance(bylaws, tuple) and all(b.since > launched for b in bylaws))
