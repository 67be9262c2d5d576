"""Exact amounts of money that say in which currency and on which tax basis they are stated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Context, Decimal, Inexact
from typing import Any, Final, Literal, TypeAlias, cast, final

from attrs import frozen

from procurelib.errors import CurrencyMismatch, Fault, InputError, InputTypeError
from procurelib.unknown import UNKNOWN, Unknown

Currency: TypeAlias = Literal["CAD", "EUR"]
TaxBasis: TypeAlias = Literal["excluded", "included", "net"] | Unknown

CURRENCIES: Final = ("CAD", "EUR")
TAX_BASES: Final = ("excluded", "included", "net")

_WRITTEN = re.compile(r"-?[0-9]+(?:_[0-9]+)*(?:\.[0-9]+)?")

# An amount has at most this many digits on each side of the point, so a sum never needs more than twice as many
# and the context below never rounds, whatever the caller did to the context of the thread.
_DIGITS: Final = 24
_EXACT: Final = Context(prec=4 * _DIGITS, traps=[Inexact])

_AMOUNT_EXPECTED: Final = "an exact amount of zero or more: a str such as '150000' or '99_999.99', an int or a Decimal"


def _plain(amount: Decimal) -> Decimal:
    """Write the same number without an exponent and without trailing zeros after the point."""
    text = format(amount, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return Decimal(text).copy_abs()


def _amount(given: object, faults: list[Fault]) -> tuple[Decimal, bool]:
    """Read an amount; the second item says whether a fault, if any, is one of type."""
    if isinstance(given, bool) or not isinstance(given, (str, int, Decimal)):
        remedy = "A float cannot hold cents exactly; write the amount in quotes." if isinstance(given, float) else ""
        faults.append(Fault("amount", repr(given), _AMOUNT_EXPECTED, remedy))
        return Decimal(0), True
    if isinstance(given, str):
        if _WRITTEN.fullmatch(given) is None:
            remedy = "Use a point for the cents, and no spaces, commas or currency signs."
            faults.append(Fault("amount", repr(given), _AMOUNT_EXPECTED, remedy))
            return Decimal(0), False
        number = Decimal(given)
    else:
        number = Decimal(given)
        if not number.is_finite():
            faults.append(Fault("amount", repr(given), _AMOUNT_EXPECTED))
            return Decimal(0), False
    exponent = cast("int", number.as_tuple().exponent)
    if number < 0:
        faults.append(Fault("amount", repr(given), _AMOUNT_EXPECTED, "Give credits and refunds as facts of their own."))
    elif number and (number.adjusted() >= _DIGITS or exponent < -_DIGITS):
        faults.append(Fault("amount", repr(given), f"at most {_DIGITS} digits on each side of the point"))
    else:
        return _plain(number) if number else Decimal(0), False
    return Decimal(0), False


@final
@frozen(init=False, repr=False)
class Money:
    """An exact amount, its currency, and the tax basis on which it is stated.

    ``amount`` is a ``str`` (underscores allowed), an ``int`` or a ``Decimal``, never a ``float``, and never below zero.
    ``currency`` is ``"CAD"`` or ``"EUR"``. ``tax`` is required: ``"excluded"`` (before tax), ``"included"`` (with all
    taxes), ``"net"`` (taxes less the rebates the buyer recovers), or ``UNKNOWN``.

    Two amounts are added or ordered only in the same currency and on the same basis, else ``CurrencyMismatch``;
    nothing is rounded and nothing is converted. Two amounts on an ``UNKNOWN`` basis are taken to share it.
    A malformed amount, currency or basis raises ``InputError`` with every fault at once.

    >>> Money("150_000", "CAD", tax="net")
    Money('150000', 'CAD', tax='net')
    >>> Money("0.10", "EUR", tax="excluded") + Money("0.20", "EUR", tax="excluded")
    Money('0.3', 'EUR', tax='excluded')
    """

    amount: Decimal
    currency: Currency
    tax: TaxBasis

    def __init__(self, amount: str | int | Decimal, currency: Currency, *, tax: TaxBasis) -> None:
        faults: list[Fault] = []
        number, wrong_type = _amount(amount, faults)
        if currency not in CURRENCIES:
            remedy = "State the amount in the currency of the buyer's country."
            faults.append(Fault("currency", repr(currency), "'CAD' or 'EUR'", remedy))
        if tax is not UNKNOWN and tax not in TAX_BASES:
            remedy = "Say on which basis the amount is stated; UNKNOWN when nobody knows."
            faults.append(Fault("tax", repr(tax), "'excluded', 'included', 'net' or UNKNOWN", remedy))
        if faults:
            raise (InputTypeError if wrong_type and len(faults) == 1 else InputError)(faults)
        object.__setattr__(self, "amount", number)
        object.__setattr__(self, "currency", currency)
        object.__setattr__(self, "tax", tax)

    def __repr__(self) -> str:
        return f"Money({str(self.amount)!r}, {self.currency!r}, tax={self.tax!r})"

    def _same_kind(self, other: Money) -> None:
        if self.currency != other.currency or self.tax != other.tax:
            raise CurrencyMismatch(repr(self), repr(other))

    def __add__(self, other: Money) -> Money:
        if not isinstance(other, Money):
            return NotImplemented
        self._same_kind(other)
        return Money(_EXACT.add(self.amount, other.amount), self.currency, tax=self.tax)

    def __lt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        self._same_kind(other)
        return self.amount < other.amount

    def __le__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        self._same_kind(other)
        return self.amount <= other.amount

    def __gt__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        self._same_kind(other)
        return self.amount > other.amount

    def __ge__(self, other: Money) -> bool:
        if not isinstance(other, Money):
            return NotImplemented
        self._same_kind(other)
        return self.amount >= other.amount

    def format(self, locale: str) -> str:
        """Return the amount as a reader of that locale writes it.

        Cents are dropped when there are none, and never rounded. ``locale`` is an identifier such as ``"fr_CA"``;
        one that Babel does not know raises ``InputError``. The tax basis is not part of the text.

        >>> Money("150000", "CAD", tax="net").format("en_CA")
        '$150,000'
        >>> Money("99999.9", "CAD", tax="net").format("en_CA")
        '$99,999.90'
        """
        from babel.core import Locale, UnknownLocaleError
        from babel.numbers import format_currency

        try:
            known = Locale.parse(locale)
        except (UnknownLocaleError, ValueError, TypeError) as error:
            raise InputError([Fault("locale", repr(locale), "a locale such as 'fr_CA' or 'en_CA'")]) from error
        decimals = -cast("int", self.amount.as_tuple().exponent)
        places = "." + "0" * max(decimals, 2) if decimals > 0 else ""
        pattern = known.currency_formats["standard"].pattern.replace(".00", places)
        return format_currency(
            self.amount, self.currency, pattern, locale=known, currency_digits=False, decimal_quantization=False
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the amount as JSON-safe values.

        >>> Money("150000", "CAD", tax="net").to_dict()
        {'amount': '150000', 'currency': 'CAD', 'tax': 'net'}
        """
        tax: object = {"unknown": True} if isinstance(self.tax, Unknown) else self.tax
        return {"amount": str(self.amount), "currency": self.currency, "tax": tax}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Money:
        """Read what ``to_dict`` wrote; unknown and missing keys are faults, paths start at ``$``.

        >>> Money.from_dict({"amount": "150000", "currency": "CAD", "tax": "net"})
        Money('150000', 'CAD', tax='net')
        """
        values = _exact_keys(data, ("amount", "currency", "tax"))
        amount, tax = values["amount"], values["tax"]
        if not isinstance(amount, str):
            raise InputTypeError([Fault("$.amount", repr(amount), "a str such as '150000'")])
        try:
            return cls(amount, values["currency"], tax=UNKNOWN if tax == {"unknown": True} else tax)
        except InputError as error:
            raise rooted(error) from None


@final
@frozen
class MoneyRange:
    """An amount known only to lie between two others, both included.

    ``low`` and ``high`` have the same currency and tax basis, and ``low`` is not above ``high``; else ``InputError``.

    >>> between = MoneyRange(Money("90000", "CAD", tax="net"), Money("500000", "CAD", tax="net"))
    >>> between.currency, between.tax
    ('CAD', 'net')
    """

    low: Money
    high: Money

    def __attrs_post_init__(self) -> None:
        ends: tuple[tuple[str, object], ...] = (("low", self.low), ("high", self.high))
        remedy = "Write each end as Money(amount, currency, tax=...)."
        faults = [Fault(path, repr(end), "a Money", remedy) for path, end in ends if not isinstance(end, Money)]
        if faults:
            raise InputTypeError(faults)
        if (self.low.currency, self.low.tax) != (self.high.currency, self.high.tax):
            expected = f"the currency and tax basis of the low end, {self.low.currency} and {self.low.tax!r}"
            raise InputError([Fault("high", repr(self.high), expected)])
        if self.low.amount > self.high.amount:
            raise InputError([Fault("low", repr(self.low), f"at most the high end, {self.high!r}", "Swap them.")])

    @property
    def currency(self) -> Currency:
        """The currency of both ends."""
        return self.low.currency

    @property
    def tax(self) -> TaxBasis:
        """The tax basis of both ends."""
        return self.low.tax

    def to_dict(self) -> dict[str, Any]:
        """Return the range as JSON-safe values."""
        return {"low": self.low.to_dict(), "high": self.high.to_dict()}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> MoneyRange:
        """Read what ``to_dict`` wrote; unknown and missing keys are faults, paths start at ``$``."""
        values = _exact_keys(data, ("low", "high"))
        faults: list[Fault] = []
        ends: list[Money] = []
        for key in ("low", "high"):
            try:
                ends.append(Money.from_dict(values[key]))
            except InputError as error:
                faults += rooted(error, key).faults
        if faults:
            raise InputError(faults)
        try:
            return cls(ends[0], ends[1])
        except InputError as error:
            raise rooted(error) from None


def ends_of(amount: Money | MoneyRange) -> tuple[Money, Money]:
    """The least and the most an amount may be; both the same when it is known."""
    return (amount.low, amount.high) if isinstance(amount, MoneyRange) else (amount, amount)


def rooted(error: InputError, key: str = "") -> InputError:
    """Restate the faults of a part as faults of the dictionary it was read from, under ``key`` if given."""
    step = f".{key}" if key else ""
    return type(error)(
        Fault(f"${step}{f.path[1:] if f.path.startswith('$') else '.' + f.path}", f.value, f.expected, f.remedy)
        for f in error.faults
    )


def _exact_keys(data: Mapping[str, Any], keys: tuple[str, ...]) -> Mapping[str, Any]:
    """Refuse anything but a mapping with exactly these keys."""
    given: object = data
    if not isinstance(given, Mapping):
        raise InputTypeError([Fault("$", repr(given), f"a mapping with the keys {', '.join(keys)}")])
    faults = [Fault(f"$.{key}", "nothing", "a value under this key") for key in keys if key not in data]
    known = f"only the keys {', '.join(keys)}"
    faults += [Fault(f"$.{key}", repr(value), known) for key, value in data.items() if key not in keys]
    if faults:
        raise InputError(faults)
    return data
