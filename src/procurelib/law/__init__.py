"""The law as data: ``law`` is the book this library ships.

The package itself answers like its book, so that ``procurelib.law`` is the same thing whether it was reached as a name
of ``procurelib`` or as a module: ``law["ca-qc/public-call-threshold"]`` works on both.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from procurelib.dated import Parameter
from procurelib.law.book import EDITION, Book, Change

law: Final = Book(Path(__file__).parent)


class _BookModule(ModuleType):
    """A module that passes on to its book what is asked of it as a mapping, and the book's own methods."""

    def __getitem__(self, id: str) -> Parameter:
        return law[id]

    def __contains__(self, id: object) -> bool:
        return id in law

    def __iter__(self) -> Iterator[str]:
        return iter(law)

    def __len__(self) -> int:
        return len(law)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")
        return getattr(law, name)


sys.modules[__name__].__class__ = _BookModule

__all__ = ["EDITION", "Book", "Change", "law"]
