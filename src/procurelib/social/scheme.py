"""The schemes by which the law knows an enterprise of the social economy: their criteria, and how each is read."""

from __future__ import annotations

from typing import Final, final

from attrs import frozen

from procurelib.citations import Text
from procurelib.models.named import Named
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
class Schemes(Named[Scheme]):
    """The schemes by id; an id that names nothing raises ``UnknownId`` with the nearest ones.

    >>> from procurelib.social.scheme import schemes
    >>> schemes["ca-qc/E-1.1.1"].country
    'CA'
    """

    __slots__ = ()
    one = "scheme"
    name = "schemes"

    def _read(self) -> dict[str, Scheme]:
        from procurelib.social import schemes_fr, schemes_qc

        return {scheme.id: scheme for scheme in (*schemes_qc.SCHEMES, *schemes_fr.SCHEMES)}


schemes: Final = Schemes()
