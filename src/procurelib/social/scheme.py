"""The schemes by which the law knows an enterprise of the social economy: their criteria, and how each is read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, final

from attrs import frozen

from procurelib.citations import Text
from procurelib.errors import UnknownId
from procurelib.models.categories import near
from procurelib.social.findings import Test


@frozen
class Criterion:
    """One criterion: the entry of the law book that states it, and the test of one enterprise.

    ``decides`` is ``False`` for what the authority that accredits looks at: it is shown, and the accreditation decides.
    """

    id: str
    test: Test
    label: Text | None = None
    decides: bool = True


@frozen
class Scheme:
    """One scheme: all of its deciding criteria have to hold, or one of them where ``any_of`` is true.

    ``entry`` is the entry of the book from whose first day the scheme exists; ``country`` is whose enterprises it is for.
    """

    id: str
    title: Text
    country: str
    entry: str
    criteria: tuple[Criterion, ...]
    any_of: bool = False
    notes: tuple[Text, ...] = ()


@final
class Schemes(Mapping[str, Scheme]):
    """The schemes by id; an id that names nothing raises ``UnknownId`` with the nearest ones.

    >>> from procurelib.social.scheme import schemes
    >>> schemes["ca-qc/E-1.1.1"].country
    'CA'
    """

    __slots__ = ("_known",)

    def __init__(self) -> None:
        self._known: dict[str, Scheme] = {}

    def _all(self) -> dict[str, Scheme]:
        if not self._known:
            from procurelib.social import schemes_fr, schemes_qc

            self._known = {scheme.id: scheme for scheme in (*schemes_qc.SCHEMES, *schemes_fr.SCHEMES)}
        return self._known

    def __getitem__(self, id: str) -> Scheme:
        known = self._all()
        if id not in known:
            raise UnknownId("scheme", str(id), near(str(id), tuple(known)))
        return known[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return f"<{len(self)} schemes>"

    def __reduce__(self) -> str:
        return "schemes"


schemes: Final = Schemes()
