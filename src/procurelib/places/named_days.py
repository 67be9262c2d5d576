"""Named days on which the law is worth asking, read from their file the first time one is asked for."""

from __future__ import annotations

from datetime import date
from typing import final

from attrs import frozen

from procurelib.models.named import Named
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
class Scenarios(Named[Scenario]):
    """The named days by id; an id that names nothing raises ``UnknownId`` with the nearest ones.

    >>> from procurelib.places import scenarios
    >>> scenarios["rennes-visit-2017"].day
    datetime.date(2017, 1, 24)
    """

    __slots__ = ()
    one = "scenario"
    name = "scenarios"

    def _read(self) -> dict[str, Scenario]:
        return {
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


scenarios = Scenarios()
