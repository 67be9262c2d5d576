"""The one value that stands for a fact nobody has given."""

from __future__ import annotations

from typing import Final, NoReturn, final


@final
class Unknown:
    """A fact that was not given; there is one instance, ``UNKNOWN``.

    It has no truth value: ``if x:`` on an unknown fact is a mistake, so it raises ``TypeError``.
    It stays the same object through copying and pickling.

    >>> from procurelib.unknown import UNKNOWN
    >>> UNKNOWN is Unknown()
    True
    """

    __slots__ = ()
    _one: Unknown | None = None

    def __new__(cls) -> Unknown:
        """Return the one instance."""
        if Unknown._one is None:
            Unknown._one = super().__new__(cls)
        return Unknown._one

    def __repr__(self) -> str:
        return "UNKNOWN"

    def __bool__(self) -> NoReturn:
        raise TypeError("UNKNOWN is neither true nor false; test `x is UNKNOWN` first")

    def __reduce__(self) -> str:
        return "UNKNOWN"

    def __copy__(self) -> Unknown:
        return self

    def __deepcopy__(self, memo: object) -> Unknown:
        return self


UNKNOWN: Final = Unknown()
