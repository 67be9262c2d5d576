"""The rules: one module per question, each a table or a small composition; a jurisdiction is a package."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from procurelib.rules import ca_qc as ca_qc
    from procurelib.rules import fr as fr
    from procurelib.rules.series import series_of as series_of

_JURISDICTIONS = ("ca_qc", "fr")

__all__ = ["ca_qc", "fr", "series_of"]


def __getattr__(name: str) -> Any:
    if name == "series_of":
        return import_module("procurelib.rules.series").series_of
    if name in _JURISDICTIONS:
        return import_module(f"procurelib.rules.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
