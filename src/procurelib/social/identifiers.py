"""Numbers of enterprises: what their digits show, and never more than that."""

from __future__ import annotations

import re
from typing import Final, Literal, TypeAlias, final

from attrs import frozen

from procurelib.citations import Text
from procurelib.errors import Fault, InputError, InputTypeError, UnknownId
from procurelib.models.categories import near

IdentifierStatus: TypeAlias = Literal["valid", "suspicious", "invalid"]

KINDS: Final = ("ca-qc/neq", "fr/siren", "fr/siret")
_SPACES = re.compile(r"[\s\u00a0\u202f.-]+")
_DIGITS = re.compile(r"[0-9]+")
_LENGTH: Final = {"ca-qc/neq": 10, "fr/siren": 9, "fr/siret": 14}
NEQ_PREFIXES: Final = {
    "11": Text("personne morale", "legal person"),
    "22": Text("entreprise individuelle", "sole proprietorship"),
    "33": Text("société, association ou autre groupement", "partnership, association or other group"),
    "88": Text("autorité publique", "public authority"),
}


@final
@frozen
class Identifier:
    """What the digits of a number show: whether it can be one, and for a NEQ what its first two digits announce.

    ``status`` is ``valid``, ``suspicious`` (the check digit of a NEQ fails: nothing published says how it is made, so this is
    no proof) or ``invalid``. ``normal`` is the number without spaces, ``None`` when it cannot be one.
    """

    kind: str
    status: IdentifierStatus
    normal: str | None
    what: Text | None
    why: Text


def check_identifier(kind: str, number: str) -> Identifier:
    """Check the form and the check digits of a number; that it is somebody's number is never shown.

    ``kind`` is ``ca-qc/neq`` (10 digits, of which the first two are 11, 22, 33 or 88; the last eight pass the Luhn test in
    every one of the 2,219 numbers of the register extract that were tried), ``fr/siren`` or ``fr/siret`` (Luhn; La Poste has
    its own rule).

    >>> check_identifier("ca-qc/neq", "1148 693 667").status, check_identifier("ca-qc/neq", "1148693668").status
    ('valid', 'suspicious')
    >>> check_identifier("fr/siret", "213 502 388 00019").normal
    '21350238800019'

    Raises:
        UnknownId: a kind of number that is not one of these.
        InputTypeError: a number that is not text.
    """
    if kind not in KINDS:
        raise UnknownId("kind of number", str(kind), near(str(kind), KINDS))
    given: object = number
    if not isinstance(given, str):
        raise InputTypeError([Fault("number", repr(given), "a number as text", "Put it in quotes.")])
    digits = _SPACES.sub("", given)
    if not digits:
        raise InputError([Fault("number", repr(given), "a number", "Leave it out when it is not known.")])
    if _DIGITS.fullmatch(digits) is None or len(digits) != _LENGTH[kind]:
        length = _LENGTH[kind]
        return Identifier(kind, "invalid", None, None, Text(f"Il faut {length} chiffres.", f"It takes {length} digits."))
    return _neq(digits) if kind == "ca-qc/neq" else _french(kind, digits)


def _neq(digits: str) -> Identifier:
    kind, prefix = KINDS[0], digits[:2]
    what = NEQ_PREFIXES.get(prefix)
    if what is None:
        why = Text("Les deux premiers chiffres sont 11, 22, 33 ou 88.", "The first two digits are 11, 22, 33 or 88.")
        return Identifier(kind, "invalid", None, None, why)
    if not luhn(digits[2:]):
        why = Text(
            "Les huit derniers chiffres ne passent pas le test de Luhn, que passent tous les numéros essayés : à vérifier.",
            "The last eight digits fail the Luhn test, which every number tried passes: to be checked.",
        )
        return Identifier(kind, "suspicious", digits, what, why)
    why = Text("Ce peut être un numéro : rien de plus n’est montré.", "It can be a number: nothing more is shown.")
    return Identifier(kind, "valid", digits, what, why)


def _french(kind: str, digits: str) -> Identifier:
    from stdnum.fr import siren, siret

    if (siren if kind == "fr/siren" else siret).is_valid(digits):
        why = Text("La clé est juste : rien de plus n’est montré.", "The check digit is right: nothing more is shown.")
        return Identifier(kind, "valid", digits, None, why)
    return Identifier(kind, "invalid", None, None, Text("La clé est fausse.", "The check digit is wrong."))


def luhn(digits: str) -> bool:
    """Whether digits pass the Luhn test.

    >>> luhn("48693667"), luhn("48693668")
    (True, False)
    """
    doubled = [int(d) * (1 + place % 2) for place, d in enumerate(reversed(digits))]
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
