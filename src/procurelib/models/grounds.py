"""The grounds on which a buyer may claim that the general rule does not apply, by permanent id."""

from __future__ import annotations

from typing import Final

GROUNDS: Final = (
    "ca-qc/regulated-tariff",
    "ca-qc/public-body",
    "ca-qc/sole-supplier",
    "ca-qc/nonprofit-body",
    "ca-qc/nonprofit-listed-services",
    "ca-qc/nonprofit-goods",
    "ca-qc/qualified-solidarity-cooperative",
    "ca-qc/conduit-owner",
    "ca-qc/emergency",
    "ca-qc/purchasing-centre",
    "ca-qc/umq-fqm-agreement",
    "ca-qc/cultural-services",
    "ca-qc/media-space",
    "ca-qc/other-exception",
    "fr/extreme-urgency",
    "fr/no-suitable-tender",
    "fr/artistic-work",
    "fr/technical-reasons",
    "fr/exclusive-rights",
    "fr/additional-deliveries",
    "fr/similar-services",
    "fr/contest-winner",
    "fr/closing-down-purchase",
    "fr/pointless-competition",
    "fr/innovative-purchase",
    "fr/library-books",
    "fr/emergency-food",
    "fr/small-lot",
    "fr/other-exception",
    "fr/prior-information-notice",
    "fr/urgency",
    "fr/agreed-period",
    "fr/electronic-notice",
    "fr/documents-online",
    "fr/electronic-rejection",
    "fr/standardised-purchase",
    "fr/social-condition-exception",
)

# What each of these grounds says the supplier is; one supplier is only one of the three.
SUPPLIER_IS: Final = {
    "ca-qc/public-body": "a public body",
    "ca-qc/nonprofit-body": "a non-profit body",
    "ca-qc/nonprofit-listed-services": "a non-profit body",
    "ca-qc/nonprofit-goods": "a non-profit body",
    "ca-qc/qualified-solidarity-cooperative": "a solidarity cooperative",
}


def grounds_of(jurisdiction: str) -> tuple[str, ...]:
    """Return the grounds of the law of a jurisdiction, in the order of the list.

    >>> grounds_of("fr")[:2]
    ('fr/extreme-urgency', 'fr/no-suitable-tender')
    """
    return tuple(ground for ground in GROUNDS if ground.partition("/")[0] == jurisdiction)


def contradictions(grounds: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of grounds that one supplier cannot satisfy together, in the order of the list.

    >>> contradictions(frozenset({"ca-qc/public-body", "ca-qc/nonprofit-body"}))
    (('ca-qc/public-body', 'ca-qc/nonprofit-body'),)
    >>> contradictions(frozenset({"ca-qc/nonprofit-goods", "ca-qc/nonprofit-body"}))
    ()
    """
    claimed = [ground for ground in GROUNDS if ground in grounds and ground in SUPPLIER_IS]
    return tuple(
        (first, second)
        for place, first in enumerate(claimed)
        for second in claimed[place + 1 :]
        if SUPPLIER_IS[first] != SUPPLIER_IS[second]
    )
