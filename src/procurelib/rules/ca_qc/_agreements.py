"""The trade agreements that cover a purchase of a Québec municipality."""

from procurelib.rules.trade.agreements import QUESTION

__all__ = ["QUESTION"]
