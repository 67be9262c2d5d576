"""A tender as Québec's rules read it, and how its questions are made."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date
from functools import cache
from typing import Any, Final

from attrs import evolve

from procurelib.errors import Fault, InputError
from procurelib.law import law
from procurelib.models.tender import Tender
from procurelib.rules.answer import Caveat, Text
from procurelib.rules.ca_qc.amount import amount_compared
from procurelib.rules.ca_qc.bylaw import Bylaws, bylaw_caveats, unknown_bylaw
from procurelib.rules.ca_qc.facts import AMOUNT
from procurelib.rules.question import Facts, Kind, Question
from procurelib.rules.series import gap_on, series
from procurelib.rules.unmodelled import unmodelled_table, unmodelled_title
from procurelib.tables.basis import Used
from procurelib.tables.table import Table
from procurelib.unknown import UNKNOWN

JURISDICTION: Final = "ca-qc"
SPAN: Final = (law["ca-qc/regime"].versions[0].start, date.max)
"""The days Québec's rules cover: from the first regime of the book on; law set for a term is a gap after it."""


_UNREAD: Final = {
    "reserved": Text(
        "Aucune règle modélisée ne permet de réserver le contrat : cette indication n’a pas été lue.",
        "No rule modelled allows the contract to be reserved: this was not read.",
    ),
    "criteria": Text(
        "Aucune règle modélisée ne lit les critères d’adjudication indiqués.",
        "No rule modelled reads the award criteria given.",
    ),
    "clauses": Text(
        "Aucune règle modélisée ne lit les clauses d’exécution indiquées.",
        "No rule modelled reads the performance clauses given.",
    ),
}


def bylaws_of(tender: Tender) -> Bylaws:
    """The by-laws that apply: those of the buyer named for it in a joint purchase, else the buyer's own."""
    return (tender.bylaw_of or tender.buyer).bylaws


def facts_of(tender: Tender, launched: date | None = None, *, options: str = "ca-qc/options-counted") -> Facts:
    """What Québec's rules know of a tender, as if it were launched on another day when one is given.

    ``options`` is the entry of the book that says from when options count in the compared amount.
    """
    if tender.buyer.jurisdiction != JURISDICTION:
        expected = f"a buyer of {JURISDICTION}, whose law the question is about"
        raise InputError([Fault("case.buyer", tender.buyer.id, expected, "Ask the rules of the buyer's own country.")])
    if launched is not None:
        tender = evolve(tender, launched=launched, concludes=None, published=None)
    amount = amount_compared(tender, options)
    case: dict[str, Hashable] = {
        "launched": tender.launched,
        "category": tender.category,
        AMOUNT.id: amount.known,
        "service": tender.service,
        "electronic": tender.electronic,
        "utility": tender.utility,
        "power": tender.power or ("agglomeration" if tender.buyer.kind == "agglomeration" else "local"),
        **dict.fromkeys(tender.grounds, True),
        **dict.fromkeys(tender.uncertain_grounds, UNKNOWN),
    }
    used = amount.used
    if tender.group:
        joint = series("ca-qc/joint-purchase")
        step = joint.at(tender.launched)
        used = (*used, Used(joint, step, compared=False)) if step is not None else used
    return Facts(case, AMOUNT.id, amount.base, amount.gap, amount.steps, used)


def caveats_of(tender: Tender, facts: Facts) -> tuple[Caveat, ...]:
    """What to be careful about in every answer on a tender: the tax basis, a capped by-law."""
    out = list(bylaw_caveats(bylaws_of(tender), tender.launched, tender.category))
    if any(used.series.id == "ca-qc/net-tax-factor" for used in facts.used):
        text = Text(
            "La dépense nette est calculée en supposant une fourniture entièrement taxable et la municipalité admissible "
            "aux remboursements usuels.",
            "The net expenditure is worked out as for a fully taxable supply and a municipality entitled to the usual rebates.",
        )
        out.append(Caveat("tax", "ca-qc/net-tax-factor", text))
    unread = [name for name in ("reserved", "criteria", "clauses") if getattr(tender, name)]
    out += [Caveat("unread", name, _UNREAD[name]) for name in unread]
    gap = gap_on(law["ca-qc/joint-purchase"], tender.launched) if tender.group else None
    if gap is not None:
        out.append(Caveat("note", gap.id, Text(f"{gap.title.fr} : {gap.reason.fr}", f"{gap.title.en}: {gap.reason.en}")))
    return tuple(out)


def sentences_of(tender: Tender, missing: frozenset[str]) -> tuple[Text, ...]:
    """What a missing by-law means for the reader, in a sentence."""
    if "bylaw" not in missing or not unknown_bylaw(bylaws_of(tender), tender.launched):
        return ()
    return (
        Text(
            "Si le règlement sur la gestion contractuelle de la municipalité permet le gré à gré à ce montant, le gré à gré "
            "est permis; sinon, la règle de la Loi s’applique, ou un ancien seuil imprimé dans le règlement.",
            "If the municipality’s by-law on contract management allows mutual agreement at this amount, mutual agreement is "
            "lawful; if not, the rule of the Act applies, or an old threshold printed in the by-law.",
        ),
    )


def question(
    name: str,
    title: Text,
    table: Callable[[Bylaws], Table],
    *,
    kind: Kind = "one",
    uses_bylaw: bool = True,
    present: Callable[[Any], Any] | None = None,
    facts: Callable[..., Facts] = facts_of,
) -> Question:
    """A question of Québec law answered by a table, bound to the buyer's by-laws when its answer depends on them."""
    return Question(
        id=f"ca-qc/{name}",
        name=name,
        title=title,
        kind=kind,
        table=table,
        overlay=bylaws_of if uses_bylaw else _no_overlay,
        facts=facts,
        caveats=caveats_of,
        sentences=sentences_of,
        bound=uses_bylaw,
        derived=AMOUNT.id,
        turning=("ca-qc/net-tax-factor", "ca-qc/options-counted", "ca-qc/amp-options-counted"),
        present=present,
    )


@cache
def unmodelled(name: str) -> Question:
    """A question that other jurisdictions answer, and that this book does not for Québec."""
    table = unmodelled_table(JURISDICTION, name, SPAN)
    return question(name, unmodelled_title(JURISDICTION, name), table, uses_bylaw=False)


def _no_overlay(tender: Tender) -> Bylaws:
    return None
