"""The procedure in Québec: by mutual agreement, by invitation, or only after a public call."""

from __future__ import annotations

from typing import Final

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.ca_qc.bylaw import TERM, Bylaws, beyond_term, bylaw_facts, bylaw_rows
from procurelib.rules.ca_qc.case import SPAN, question
from procurelib.rules.ca_qc.facts import (
    AMOUNT,
    CATEGORY,
    CLAIMS,
    LAUNCHED,
    SERVICE,
    SUBJECT,
    at_least,
    below,
    between,
    category,
    claimed,
    in_force,
    regime,
    service,
    under,
)
from procurelib.rules.series import readings_in, require_gap, series
from procurelib.tables.conditions import Condition, Within, all_of
from procurelib.tables.table import Open, Row, Table

DIRECT, INVITATION, PUBLIC = "direct", "invitation", "public"
FLOOR, THRESHOLD = "ca-qc/invitation-floor", "ca-qc/public-call-threshold"

RESERVED: Final = "reserved_professional_services"
GENERAL: Final = Within(CATEGORY, frozenset(SUBJECT) - under(RESERVED))


def table(bylaws: Bylaws) -> Table:
    """The table of the procedure for a buyer with these by-laws (LCV 573 ff.; LCOM since 2026-04-01)."""
    rows = (*_general(), *bylaw_rows(bylaws), *_grounds())
    return Table(
        "ca-qc/procedure",
        LAUNCHED,
        SPAN,
        (LAUNCHED, CATEGORY, AMOUNT, SERVICE, *bylaw_facts(bylaws), *readings_in(rows), *CLAIMS.values()),
        rows,
    )


def _general() -> tuple[Row, ...]:
    lcom_start = next(v.start for v in law["ca-qc/regime"].versions if v.value == "lcom")
    ministerial_start = next(v.start for v in law["ca-qc/regime"].versions if v.value == "ministerial")
    covered_from = law["ca-qc/regime"].versions[0].start
    every = frozenset((DIRECT, INVITATION, PUBLIC))
    reserved = category(RESERVED)
    old, since = regime("fixed"), regime("ministerial", "lcom")
    return (
        Row(
            "direct-below-floor",
            category(*SUBJECT) & below(FLOOR),
            DIRECT,
            cites=(series("ca-qc/direct-below-floor"), series("ca-qc/anti-splitting")),
        ),
        Row(
            "invitation",
            all_of(GENERAL, between(FLOOR, THRESHOLD), regime("fixed", "ministerial")),
            INVITATION,
            cites=(series("ca-qc/invitation"), series("ca-qc/anti-splitting")),
        ),
        Row(
            "no-known-default",
            all_of(GENERAL, between(FLOOR, THRESHOLD), regime("lcom"), TERM),
            Open(frozenset((INVITATION, PUBLIC)), require_gap("ca-qc/default-mode-below-threshold", lcom_start)),
        ),
        Row("public-call", all_of(GENERAL, at_least(THRESHOLD), TERM), PUBLIC, cites=(series("ca-qc/public-call"),)),
        Row(
            "beyond-the-term",
            all_of(GENERAL, at_least(FLOOR), ~TERM),
            Open(frozenset((INVITATION, PUBLIC)), beyond_term()),
        ),
        Row(
            "reserved-invitation",
            all_of(reserved, old, between(FLOOR, THRESHOLD)),
            INVITATION,
            cites=(series("ca-qc/reserved-professional-services"),),
        ),
        Row(
            "reserved-special-regulation",
            all_of(reserved, old, at_least(THRESHOLD)),
            Open(every, require_gap("ca-qc/reserved-professional-services-public", covered_from)),
        ),
        Row(
            "reserved-by-profession",
            all_of(reserved, since, at_least(FLOOR)),
            Open(every, require_gap("ca-qc/reserved-professional-services", ministerial_start)),
        ),
        Row("outside", category("outside"), None, cites=(series("ca-qc/subject-contracts"),)),
        Row("concession", category("concession"), Open(every, require_gap("ca-qc/concession", covered_from))),
    )


def _grounds() -> tuple[Row, ...]:
    """The grounds that lift the duty to compete (LCV 573.2, 573.3, 573.3.2; LCOM 3, 4, 5, 33), claimed one by one.

    They derogate from a duty that begins at the floor, so below it they have nothing to lift.
    """
    services = category("services")
    listed = Within(SERVICE, frozenset(listed_services()))
    residual = service("residual_materials")
    # Before 2018 the exclusion of residual materials is known only from memory: how far it reached is not.
    waste = service("garbage_removal", "sanitation")
    nonprofit = {
        "services_insurance": category("insurance") | all_of(services, ~residual, ~waste),
        "unlisted_services_insurance": category("insurance") | all_of(services, ~listed, ~residual),
        "services_not_covered_by_ceta": all_of(services, ~listed, ~residual),
    }
    rows = [
        _ground("regulated-tariff", category("goods", "services")),
        _ground("public-body", category("goods", "services", "insurance")),
        _ground("public-body", category("works", "other_works") & regime("lcom"), name="public-body-works"),
        _ground("sole-supplier", category("goods", "services", "insurance"), "canada", "agreement_territories"),
        _ground("sole-supplier", category("goods", "services"), "lcom_single_enterprise", name="single-enterprise"),
        _ground(
            "sole-supplier",
            category("insurance", "works", "other_works") & in_force("ca-qc/single-enterprise-other-categories"),
            "lcom_single_enterprise",
            name="single-enterprise-other-categories",
        ),
        *(_ground("nonprofit-body", what, scope, name=f"nonprofit-{scope}") for scope, what in nonprofit.items()),
        _ground(
            "nonprofit-body",
            all_of(services, waste, in_force("ca-qc/residual-materials-listed")),
            "services_insurance",
            name="nonprofit-waste",
        ),
        _ground(
            "nonprofit-body",
            category("insurance", "works", "other_works") & in_force("ca-qc/nonprofit-other-categories"),
            "services_not_covered_by_ceta",
            name="nonprofit-other-categories-since-lcom",
        ),
        _ground(
            "nonprofit-body",
            all_of(services, residual, in_force("ca-qc/nonprofit-residual-materials")),
            "services_not_covered_by_ceta",
            name="nonprofit-residual-materials-since-lcom",
        ),
        _ground(
            "nonprofit-listed-services",
            all_of(services, listed, below("ca-qc/territory-ceiling-goods-services"), regime("ministerial")),
        ),
        _ground(
            "nonprofit-listed-services",
            all_of(
                services,
                residual,
                below("ca-qc/territory-ceiling-goods-services"),
                regime("ministerial"),
                in_force("ca-qc/residual-materials-listed"),
            ),
            name="nonprofit-listed-residual-materials",
        ),
        _ground(
            "nonprofit-listed-services",
            all_of(services, listed, below("trade/ceta-services"), regime("lcom")),
            name="nonprofit-covered-services",
        ),
        _ground(
            "nonprofit-listed-services",
            all_of(services, residual, below("trade/ceta-services"), in_force("ca-qc/nonprofit-residual-materials")),
            name="nonprofit-covered-residual-materials",
        ),
        _ground("nonprofit-goods", all_of(category("goods"), below("trade/ceta-goods"))),
        _ground("qualified-solidarity-cooperative", services),
        _ground("conduit-owner", category("works", "other_works") & regime("fixed")),
        _ground(
            "conduit-owner", category("works", "other_works", "services") & regime("ministerial"), name="conduit-owner-unread"
        ),
        _ground("conduit-owner", category("works", "services") & regime("lcom"), name="conduit-owner-lcom"),
        _ground(
            "conduit-owner",
            all_of(category("other_works"), regime("lcom"), in_force("ca-qc/conduit-owner-other-works")),
            name="conduit-owner-other-works",
        ),
        _ground("emergency", category(*SUBJECT)),
        _ground("purchasing-centre", category("goods", "services")),
        _ground("cultural-services", services),
        _ground("media-space", category(*SUBJECT) & regime("fixed", "ministerial"), name="media-space-unread"),
        _ground("media-space", services & regime("lcom")),
        _ground("other-exception", category(*SUBJECT)),
    ]
    return tuple(rows)


def _ground(name_of_ground: str, what: Condition, *scopes: str, name: str | None = None) -> Row:
    ground = f"ca-qc/{name_of_ground}"
    return Row(
        name or name_of_ground,
        all_of(claimed(ground), in_force(ground, *scopes), what, at_least(FLOOR)),
        DIRECT,
        layer=3,
        cites=(series(ground),),
    )


def listed_services() -> tuple[str, ...]:
    """The services the regulation lists; the list has not changed in the days covered."""
    value = law["ca-qc/listed-services"].versions[0].value
    if not isinstance(value, tuple):
        raise LookupError("ca-qc/listed-services is not a list of codes")
    return value


QUESTION: Final = question(
    "procedure",
    Text("Mode de passation le moins ouvert permis", "Least open procedure allowed"),
    table,
)
