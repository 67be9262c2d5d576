"""Québec's schemes: the Social Economy Act, the two exceptions of municipal law, the body that must itself tender."""

from __future__ import annotations

from typing import Final

from procurelib.citations import Text
from procurelib.social.findings import accreditation, at_least, every, evidence, first_of_year, form
from procurelib.social.scheme import Criterion, Scheme

COOPERATIVES: Final = ("cooperative", "solidarity_cooperative")

_FORM: Final = Text("Forme juridique", "Legal form")
_LISTED: Final = Text(
    "La Loi ne crée ni registre ni certificat : chaque principe se prouve.",
    "The Act creates neither a register nor a certificate: each principle is proven.",
)
_COOPERATIVE: Final = Text(
    "Qu’une coopérative qui ne distribue rien soit un organisme à but non lucratif est une question que rien de ce qui a été "
    "lu ne tranche.",
    "Whether a cooperative that distributes nothing is a non-profit body is a question that nothing read settles.",
)


def _principle(name: str) -> Criterion:
    return Criterion(f"ca-qc/social-economy-{name}", evidence(f"ca-qc/social-economy-{name}"))


def _programme(name: str, title: Text) -> Scheme:
    id = f"ca-qc/{name}"
    note = Text(
        "Une reconnaissance par programme : elle ne prouve pas les six principes de la Loi sur l’économie sociale.",
        "A recognition by a programme: it does not prove the six principles of the Social Economy Act.",
    )
    return Scheme(id, title, "CA", id, (Criterion(id, accreditation(id)),), notes=(note,))


_OTHER_FORM: Final = Text(
    "Qu’un groupement de cette forme soit un organisme à but non lucratif est une question que rien de ce qui a été lu ne "
    "tranche.",
    "Whether a body of this form is a non-profit body is a question that nothing read settles.",
)
_UNSETTLED: Final = {
    **dict.fromkeys(COOPERATIVES, _COOPERATIVE),
    **dict.fromkeys(("mutual_society", "unincorporated_association"), _OTHER_FORM),
}
_NONPROFIT: Final = form("nonprofit_corporation", unsure=_UNSETTLED, entry="ca-qc/nonprofit-body-form")
_PURPOSE: Final = evidence("ca-qc/nonprofit-body-form", defines=True)

SCHEMES: Final = (
    Scheme(
        "ca-qc/E-1.1.1",
        Text("Entreprise d’économie sociale (Loi sur l’économie sociale)", "Social economy enterprise (Social Economy Act)"),
        "CA",
        "ca-qc/social-economy-form",
        (
            Criterion(
                "ca-qc/social-economy-form",
                form(*COOPERATIVES, "mutual_society", "nonprofit_corporation"),
                _FORM,
            ),
            *(
                _principle(name)
                for name in ("activity", "needs", "independence", "democracy", "viability", "surplus", "dissolution")
            ),
        ),
        notes=(_LISTED,),
    ),
    Scheme(
        "ca-qc/nonprofit-body",
        Text("Organisme à but non lucratif (exceptions du droit municipal)", "Non-profit body (exceptions of municipal law)"),
        "CA",
        "ca-qc/nonprofit-body",
        (
            Criterion(
                "ca-qc/nonprofit-body",
                _NONPROFIT,
                _FORM,
            ),
            Criterion("ca-qc/nonprofit-body-form", _PURPOSE),
        ),
    ),
    Scheme(
        "ca-qc/qualified-solidarity-cooperative",
        Text("Coopérative de solidarité désignée", "Designated solidarity cooperative"),
        "CA",
        "ca-qc/cooperative-designation",
        (
            Criterion("ca-qc/qualified-solidarity-cooperative", form("solidarity_cooperative"), _FORM),
            Criterion("ca-qc/cooperative-no-rebate", evidence("ca-qc/cooperative-no-rebate")),
            Criterion("ca-qc/cooperative-designation", accreditation("ca-qc/cooperative-designation")),
        ),
    ),
    Scheme(
        "ca-qc/subject-body",
        Text(
            "Organisme lui-même soumis aux règles d’adjudication",
            "Body itself subject to the rules on awarding contracts",
        ),
        "CA",
        "ca-qc/subject-body",
        (
            Criterion(
                "ca-qc/subject-body-revenue",
                every(
                    _NONPROFIT,
                    _PURPOSE,
                    at_least("revenue", "ca-qc/subject-body-revenue", day=first_of_year),
                    at_least("municipal_revenue", "ca-qc/subject-body-municipal-share", day=first_of_year),
                ),
            ),
            Criterion("ca-qc/subject-body-control", evidence("ca-qc/subject-body-control", defines=True)),
        ),
        any_of=True,
    ),
    _programme("adapted-enterprise", Text("Entreprise adaptée", "Adapted enterprise")),
    _programme("insertion-enterprise", Text("Entreprise d’insertion", "Integration enterprise")),
    _programme(
        "home-help-enterprise",
        Text("Entreprise d’économie sociale en aide à domicile", "Home-help social economy enterprise"),
    ),
)
