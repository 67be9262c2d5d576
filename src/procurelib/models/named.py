"""Things known by an id, read the first time one is asked for."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping
from typing import ClassVar, TypeVar

from procurelib.errors import UnknownId
from procurelib.models.categories import near

T = TypeVar("T")


class Named(Mapping[str, T]):
    """What the library ships under ids; an id that names nothing raises ``UnknownId`` with the nearest ones.

    ``one`` is what a thing is called, ``name`` the name of the only instance in its module, by which it is pickled.
    """

    __slots__ = ("_shipped",)
    one: ClassVar[str]
    name: ClassVar[str]

    def __init__(self) -> None:
        self._shipped: dict[str, T] = {}

    @abstractmethod
    def _read(self) -> dict[str, T]:
        """Read everything, by id."""

    def _all(self) -> dict[str, T]:
        if not self._shipped:
            self._shipped = self._read()
        return self._shipped

    def __getitem__(self, id: str) -> T:
        known = self._all()
        if id not in known:
            raise UnknownId(self.one, str(id), near(str(id), tuple(known)))
        return known[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return f"<{len(self)} {self.name}>"

    def __reduce__(self) -> str:
        return self.name
