"""Where a French consultation must be advertised (CMP 40; CCP, R. 2131-12 to R. 2131-16)."""

from __future__ import annotations

from typing import Final

from procurelib.rules.answer import Text
from procurelib.rules.fr.calls import IS_ADAPTED, IS_FORMAL, call_table
from procurelib.rules.fr.case import SPAN, question
from procurelib.rules.fr.facts import AMOUNT, DEEMED, ENTITY, SOCIAL, TERM, at_threshold, below, claimed, in_force, reaches
from procurelib.rules.series import require_gap, series
from procurelib.tables.conditions import all_of, any_of
from procurelib.tables.table import Open, Row

FREE: Final = frozenset({frozenset({"free_choice"})})
NATIONAL: Final = frozenset({frozenset({"boamp", "buyer_profile"}), frozenset({"jal", "buyer_profile"})})
UNION: Final = frozenset({frozenset({"joue", "buyer_profile"})})
EUROPEAN: Final = frozenset({frozenset({"boamp", "joue", "buyer_profile"})})
FLOOR: Final = "fr/notice-floor"
SOCIAL_NOTICE: Final = "fr/publication-social-services-european"


def _rows() -> tuple[Row, ...]:
    # A small lot of a need above the threshold: which publicity it owes by itself was not found.
    small = claimed("small-lot") & (at_threshold() | ~TERM)
    social_floor = any_of(
        all_of(~ENTITY, reaches(AMOUNT, "fr/social-services-notice-threshold")),
        all_of(ENTITY, reaches(AMOUNT, "fr/social-services-notice-threshold-entity")),
    )
    social_notice = in_force(SOCIAL_NOTICE) & (social_floor | DEEMED)
    ordinary = all_of(IS_ADAPTED, ~SOCIAL, ~small)
    return (
        Row("free", ordinary & below(AMOUNT, FLOOR), FREE, cites=(series("fr/publication-free"),)),
        Row("national", ordinary & reaches(AMOUNT, FLOOR), NATIONAL, cites=(series("fr/publication-national"),)),
        Row(
            "small-lot",
            all_of(IS_ADAPTED, ~SOCIAL, small),
            Open(frozenset((FREE, NATIONAL, EUROPEAN)), require_gap("fr/small-lot-publication", SPAN[0])),
        ),
        Row(
            "social",
            all_of(IS_ADAPTED, SOCIAL, ~social_notice),
            FREE,
            cites=(series("fr/publication-social-services"),),
        ),
        Row("social-european", all_of(IS_ADAPTED, SOCIAL, social_notice), UNION, cites=(series(SOCIAL_NOTICE),)),
        Row("european", IS_FORMAL, EUROPEAN, cites=(series("fr/publication-european"),)),
    )


QUESTION: Final = question(
    "publication",
    Text("Publicité de la consultation", "Publicity of the consultation"),
    call_table("fr/publication", _rows),
    kind="members",
)
