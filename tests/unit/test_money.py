"""Money is exact, says its currency and tax basis, and is never converted or rounded behind the reader's back."""

import decimal
import pickle
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurelib.errors import CurrencyMismatch, InputError, InputTypeError
from procurelib.money import CURRENCIES, TAX_BASES, Money, MoneyRange
from procurelib.unknown import UNKNOWN

amounts = st.decimals(min_value=0, max_value=10**15, places=4)
currencies = st.sampled_from(CURRENCIES)
bases = st.sampled_from([*TAX_BASES, UNKNOWN])
moneys = st.builds(Money, amounts, currencies, tax=bases)


@given(moneys)
def test_repr_gives_the_same_amount_back(money):
    assert eval(repr(money), {"Money": Money, "UNKNOWN": UNKNOWN}) == money


@given(moneys)
def test_pickle_and_dict_give_the_same_amount_back(money):
    assert pickle.loads(pickle.dumps(money)) == money
    assert Money.from_dict(money.to_dict()) == money


@given(amounts, amounts, currencies, bases)
def test_a_sum_is_exact_in_any_decimal_context(a, b, currency, tax):
    with decimal.localcontext(decimal.Context(prec=2)):
        total = Money(a, currency, tax=tax) + Money(b, currency, tax=tax)
    assert Fraction(total.amount) == Fraction(a) + Fraction(b)


@given(amounts, amounts)
def test_order_is_that_of_the_numbers(a, b):
    left, right = Money(a, "CAD", tax="net"), Money(b, "CAD", tax="net")
    assert (left < right, left <= right, left > right, left >= right) == (a < b, a <= b, a > b, a >= b)
    assert (left == right) == (a == b)


@given(moneys, moneys)
def test_another_currency_or_basis_is_refused(left, right):
    if (left.currency, left.tax) == (right.currency, right.tax):
        return
    assert left != right
    for operation in (Money.__add__, Money.__lt__, Money.__le__, Money.__gt__, Money.__ge__):
        with pytest.raises(CurrencyMismatch, match="nothing is converted"):
            operation(left, right)


@pytest.mark.parametrize(
    ("one", "other"),
    [("150_000", "150000.00"), (150000, "150000"), (Decimal("1E+5"), 100_000), ("0.10", "0.1"), ("-0", 0)],
)
def test_spellings_of_one_amount_are_equal_and_print_alike(one, other):
    left, right = Money(one, "CAD", tax="net"), Money(other, "CAD", tax="net")
    assert left == right
    assert hash(left) == hash(right)
    assert repr(left) == repr(right)


@pytest.mark.parametrize("amount", [1.0, True, None, [], b"1", Fraction(1, 2)])
def test_a_wrong_type_is_refused(amount):
    with pytest.raises(InputTypeError) as caught:
        Money(amount, "CAD", tax="net")
    assert [fault.path for fault in caught.value.faults] == ["amount"]


@pytest.mark.parametrize(
    "amount",
    [
        *("", "abc", "1 000", "1,000.00", "$5", "1e5", "NaN", "Infinity", "-1", -1, "1__0", "_1", "1.", ".5", "١٢"),
        *("10" * 13, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity"), Decimal("-0.01")),
        *(Decimal("1E+30"), Decimal("1E-30")),
    ],
)
def test_what_is_not_an_amount_is_refused(amount):
    with pytest.raises(InputError) as caught:
        Money(amount, "CAD", tax="net")
    assert [fault.path for fault in caught.value.faults] == ["amount"]


def test_every_fault_is_reported_at_once():
    with pytest.raises(InputError) as caught:
        Money(1.5, "USD", tax="gross")
    assert [fault.path for fault in caught.value.faults] == ["amount", "currency", "tax"]
    assert not isinstance(caught.value, InputTypeError)


def test_the_tax_basis_has_no_default():
    with pytest.raises(TypeError):
        Money("1", "CAD")
    with pytest.raises(TypeError):
        Money("1", "CAD", "net")


def test_money_cannot_be_changed_or_added_to_a_number():
    money = Money("1", "CAD", tax="net")
    with pytest.raises(AttributeError):
        money.amount = Decimal(2)
    for other in (1, Decimal(1), "1"):
        with pytest.raises(TypeError):
            money + other
        with pytest.raises(TypeError):
            money < other  # noqa: B015


@pytest.mark.parametrize(
    ("amount", "currency", "locale", "text"),
    [
        ("150000", "CAD", "fr_CA", "150 000 $"),
        ("150000.5", "CAD", "fr_CA", "150 000,50 $"),
        ("150000", "CAD", "en_CA", "$150,000"),
        ("150000.05", "CAD", "en_CA", "$150,000.05"),
        ("0.005", "CAD", "en_CA", "$0.005"),
        ("0", "EUR", "fr_FR", "0 €"),
        ("40000", "EUR", "fr-FR", "40 000 €"),
    ],
)
def test_amounts_read_as_the_locale_writes_them(amount, currency, locale, text):
    written = Money(amount, currency, tax="net").format(locale.replace("-", "_"))
    assert written.replace("\u00a0", " ").replace("\u202f", " ") == text


@given(moneys, st.sampled_from(["fr_CA", "en_CA", "fr_FR"]))
def test_formatting_never_rounds(money, locale):
    digits = "".join(c for c in money.format(locale) if c.isdigit())
    assert int(digits or 0) == int(str(money.amount).replace(".", "").ljust(1, "0")) * (
        10 if money.amount.as_tuple().exponent == -1 else 1
    )


@pytest.mark.parametrize("locale", ["xx_YY", "", "français", None])
def test_a_locale_nobody_knows_is_refused(locale):
    with pytest.raises(InputError, match="locale"):
        Money("1", "CAD", tax="net").format(locale)


@given(amounts, amounts, bases)
def test_a_range_keeps_its_order_and_round_trips(a, b, tax):
    low, high = (Money(x, "CAD", tax=tax) for x in sorted((a, b)))
    between = MoneyRange(low, high)
    assert MoneyRange.from_dict(between.to_dict()) == between
    assert pickle.loads(pickle.dumps(between)) == between
    assert eval(repr(between), {"Money": Money, "MoneyRange": MoneyRange, "UNKNOWN": UNKNOWN}) == between
    if low != high:
        with pytest.raises(InputError):
            MoneyRange(high, low)


def test_the_ends_of_a_range_are_of_one_kind():
    net = Money("1", "CAD", tax="net")
    for other in (Money("2", "EUR", tax="net"), Money("2", "CAD", tax="included"), Money("2", "CAD", tax=UNKNOWN)):
        with pytest.raises(InputError, match="tax basis"):
            MoneyRange(net, other)
    with pytest.raises(InputTypeError) as caught:
        MoneyRange(1, 2)
    assert [fault.path for fault in caught.value.faults] == ["low", "high"]


def test_faults_of_a_dictionary_have_their_path():
    with pytest.raises(InputError) as caught:
        MoneyRange.from_dict({"low": {"amount": "x", "currency": "CAD", "tax": "net"}, "high": {"amount": "1", "extra": 1}})
    paths = {fault.path for fault in caught.value.faults}
    assert paths == {"$.low.amount", "$.high.currency", "$.high.tax", "$.high.extra"}
    with pytest.raises(InputTypeError):
        Money.from_dict([1])
    with pytest.raises(InputTypeError):
        Money.from_dict({"amount": 1.5, "currency": "CAD", "tax": "net"})
