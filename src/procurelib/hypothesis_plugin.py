"""What Hypothesis loads by itself: which strategy stands for each model, so that ``st.from_type(Tender)`` works."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from procurelib.dated import Parameter
from procurelib.models.bylaw import FLOATING, ByLaw, Floating
from procurelib.models.city import City
from procurelib.models.commitment import Commitment
from procurelib.models.day_range import DayRange
from procurelib.models.purchase import Purchase
from procurelib.models.tender import Lot, Tender
from procurelib.money import Money, MoneyRange
from procurelib.unknown import UNKNOWN, Unknown

# A module of its own: Hypothesis runs this while `procurelib.strategies`, which imports Hypothesis, may be half loaded.
_STRATEGIES: Final[tuple[tuple[type[Any], str], ...]] = (
    (Money, "money"),
    (MoneyRange, "money_ranges"),
    (ByLaw, "bylaws"),
    (City, "cities"),
    (Lot, "lots"),
    (Tender, "tenders"),
    (DayRange, "day_ranges"),
    (Commitment, "commitments"),
    (Purchase, "purchases"),
    (Parameter, "parameters"),
)


def register() -> None:
    """Tell Hypothesis which strategy stands for each model; the entry point of the package calls this.

    Nothing of the law is read until such a strategy is used.

    >>> from hypothesis import find
    >>> from hypothesis import strategies as st
    >>> from procurelib import Lot
    >>> from procurelib.hypothesis_plugin import register
    >>> register()
    >>> find(st.from_type(Lot), lambda lot: lot.category == "goods").category
    'goods'
    """
    from hypothesis import strategies as st

    for model, name in _STRATEGIES:
        st.register_type_strategy(model, _named(name))
    st.register_type_strategy(Floating, st.just(FLOATING))
    st.register_type_strategy(Unknown, st.just(UNKNOWN))


def _named(name: str) -> Callable[[type[Any]], Any]:
    def strategy(model: type[Any]) -> Any:
        from procurelib import strategies

        return getattr(strategies, name)()

    return strategy
