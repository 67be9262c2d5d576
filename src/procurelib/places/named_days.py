"""Named days on which the law is worth asking, read from their file the first time one is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import final

from attrs import frozen

from procurelib.errors import UnknownId
from procurelib.models.categories import near
from procurelib.places.files import plain


@final
@frozen(kw_only=True)
class Scenario:
    """A day worth asking the law about, with what was so on it.

    ``day`` is what ``Tender.launched`` or ``on=`` takes; the notes say why the day matters, ``source`` where it was read.
    """

    id: str
    day: date
    title_fr: str
    title_en: str
    note_fr: str
    note_en: str
    source: str


@final
class Scenarios(Mapping[str, Scenario]):
    """The named days by id; an id that names nothing raises ``UnknownId`` with the nearest ones.

    >>> from procurelib.places import scenarios
    >>> scenarios["rennes-visit-2017"].day
    datetime.date(2017, 1, 24)
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, Scenario] = {}

    def _all(self) -> dict[str, Scenario]:
        if not self._known:
            self._known = {
                given["id"]: Scenario(
                    id=given["id"],
                    day=date.fromisoformat(str(given["day"])),
                    title_fr=given["title"]["fr"],
                    title_en=given["title"]["en"],
                    note_fr=given["note"]["fr"],
                    note_en=given["note"]["en"],
                    source=given["source"],
                )
                for given in plain("scenarios.toml")["scenario"]
            }
        return self._known

    def __getitem__(self, id: str) -> Scenario:
        known = self._all()
        if id not in known:
            raise UnknownId("scenario", str(id), near(str(id), tuple(known)))
        return known[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return f"<{len(self)} scenarios>"

    def __reduce__(self) -> str:
        return "scenarios"


scenarios = Scenarios()
