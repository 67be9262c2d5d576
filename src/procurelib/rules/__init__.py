"""The rules: one module per question, each a table or a small composition; a jurisdiction is a package."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from procurelib.rules import ca_qc as ca_qc

__all__ = ["ca_qc"]


def __getattr__(name: str) -> Any:
    if name in __all__:
        return import_module(f"procurelib.rules.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
