"""The kernel: decision tables over typed facts, read five ways; it knows no law.

What a table of your own is written with is named here; ``procurelib.ask``, ``check`` and ``compare`` read it.
"""

from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

if _TYPE_CHECKING:
    from procurelib.tables.conditions import AllOf as AllOf
    from procurelib.tables.conditions import AnyOf as AnyOf
    from procurelib.tables.conditions import Compare as Compare
    from procurelib.tables.conditions import Condition as Condition
    from procurelib.tables.conditions import InForce as InForce
    from procurelib.tables.conditions import Not as Not
    from procurelib.tables.conditions import Series as Series
    from procurelib.tables.conditions import Step as Step
    from procurelib.tables.conditions import Use as Use
    from procurelib.tables.conditions import Within as Within
    from procurelib.tables.conditions import all_of as all_of
    from procurelib.tables.conditions import any_of as any_of
    from procurelib.tables.facts import Between as Between
    from procurelib.tables.facts import Fact as Fact
    from procurelib.tables.facts import OneOf as OneOf
    from procurelib.tables.plan import Resolved as Resolved
    from procurelib.tables.table import Open as Open
    from procurelib.tables.table import Row as Row
    from procurelib.tables.table import Table as Table

# Imported when first asked for: reading a table needs few of the modules that prove or compare one.
_HOME = {
    **dict.fromkeys(("AllOf", "AnyOf", "Compare", "Condition", "InForce", "Not", "Series", "Step", "Use"), "conditions"),
    **dict.fromkeys(("Within", "all_of", "any_of"), "conditions"),
    **dict.fromkeys(("Between", "Fact", "OneOf"), "facts"),
    "Resolved": "plan",
    **dict.fromkeys(("Open", "Row", "Table"), "table"),
}

__all__ = [
    "AllOf",
    "AnyOf",
    "Between",
    "Compare",
    "Condition",
    "Fact",
    "InForce",
    "Not",
    "OneOf",
    "Open",
    "Resolved",
    "Row",
    "Series",
    "Step",
    "Table",
    "Use",
    "Within",
    "all_of",
    "any_of",
]


def __getattr__(name: str) -> _Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(_import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
