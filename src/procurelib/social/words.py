"""The names of legal forms and accreditations, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from procurelib.citations import Text

FORMS: Final[Mapping[str, Text]] = {
    "cooperative": Text("coopérative", "cooperative"),
    "solidarity_cooperative": Text("coopérative de solidarité", "solidarity cooperative"),
    "mutual_society": Text("mutuelle", "mutual society"),
    "mutual": Text("mutuelle", "mutual"),
    "nonprofit_corporation": Text("personne morale sans but lucratif", "non-profit legal person"),
    "unincorporated_association": Text("association sans personnalité juridique", "association without legal personality"),
    "business_corporation": Text("société par actions", "business corporation"),
    "partnership": Text("société de personnes", "partnership"),
    "sole_proprietorship": Text("entreprise individuelle", "sole proprietorship"),
    "public_body": Text("organisme public", "public body"),
    "foundation": Text("fondation", "foundation"),
    "association": Text("association", "association"),
    "commercial_company": Text("société commerciale", "commercial company"),
}
ACCREDITATIONS: Final[Mapping[str, Text]] = {
    "ca-qc/adapted-enterprise": Text("entreprise adaptée", "adapted enterprise"),
    "ca-qc/insertion-enterprise": Text("entreprise d’insertion", "integration enterprise"),
    "ca-qc/home-help-enterprise": Text("aide à domicile", "home help"),
    "ca-qc/cooperative-designation": Text("désignation par le ministre", "designation by the Minister"),
    "fr/esus": Text("ESUS", "ESUS"),
    "fr/siae-ei": Text("entreprise d’insertion", "integration enterprise"),
    "fr/siae-etti": Text("entreprise de travail temporaire d’insertion", "temporary-work integration enterprise"),
    "fr/siae-aci": Text("atelier et chantier d’insertion", "integration workshop"),
    "fr/siae-ai": Text("association intermédiaire", "intermediary association"),
    "fr/adapted-enterprise": Text("entreprise adaptée", "adapted enterprise"),
    "fr/esat": Text("ESAT", "ESAT"),
    "fr/prison-work": Text("travail en prison", "work in prison"),
}
