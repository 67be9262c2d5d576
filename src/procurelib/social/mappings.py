"""The cited mappings between the devices of one law and what gives their elements in another, as the data file says them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final

from attrs import frozen

from procurelib.citations import Text

KINDS: Final = ("who", "asked", "amount", "published", "power")
"""What an element is about, as ``Element.kind`` says."""


@frozen(kw_only=True)
class ElementMapping:
    """One element of a device: the entry that states it here, the one that gives it there, and how far."""

    id: str
    kind: str
    what: Text
    here: str
    there: str | None
    amount: str | None
    there_amount: str | None
    match: Any
    lacking: Text | None
    change: tuple[str, ...]
    source: str
    confidence: str


@frozen(kw_only=True)
class DeviceMapping:
    """One device: the entry from whose first day it exists, its law, the other law, and its elements.

    ``cities`` are the cities whose own policy it is, empty when it is the law's; ``needs_scheme`` when the policy stands in
    their purchasing schemes, so that it exists from each one's own vote on.
    """

    id: str
    entry: str
    of: str
    to: str
    cities: tuple[str, ...]
    needs_scheme: bool
    elements: tuple[ElementMapping, ...]

    def fits(self, city: str) -> bool:
        """Whether it is a device of a city: of the law, or of the city's own policy."""
        return not self.cities or city in self.cities


@frozen
class Policy:
    """Whose policy an entry of the book is, where it is not the law's; ``needs_scheme`` as in ``DeviceMapping``."""

    cities: tuple[str, ...]
    needs_scheme: bool


@cache
def policies() -> Mapping[str, Policy]:
    """The entries that are a policy of some cities, those of the devices included."""
    found = {one.entry: Policy(one.cities, one.needs_scheme) for one in mappings() if one.cities}
    for given in _file()["policy"]:
        found[given["entry"]] = Policy(tuple(given["cities"]), given.get("needs_scheme", False))
    return found


@cache
def _file() -> Mapping[str, Any]:
    import tomllib

    return tomllib.loads((files("procurelib.social") / "mappings.toml").read_text(encoding="utf-8"))


@cache
def mappings() -> tuple[DeviceMapping, ...]:
    """Every mapping, in the order of the file."""
    return tuple(_device(one) for one in _file()["device"])


def _device(given: Mapping[str, Any]) -> DeviceMapping:
    return DeviceMapping(
        id=given["id"],
        entry=given["entry"],
        of=given["from"],
        to=given["to"],
        cities=tuple(given.get("cities", ())),
        needs_scheme=given.get("needs_scheme", False),
        elements=tuple(_element(one) for one in given["element"]),
    )


def _element(given: Mapping[str, Any]) -> ElementMapping:
    return ElementMapping(
        id=given["id"],
        kind=given["kind"],
        what=Text(**given["what"]),
        here=given["here"],
        there=given.get("there"),
        amount=given.get("amount"),
        there_amount=given.get("there_amount"),
        match=given["match"],
        lacking=Text(**given["lacking"]) if "lacking" in given else None,
        change=tuple(given.get("change", ())),
        source=given["source"],
        confidence=given["confidence"],
    )
