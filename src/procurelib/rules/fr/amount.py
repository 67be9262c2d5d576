"""The amount France compares with its thresholds: the whole need before tax, options and every lot included."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Context, Decimal
from typing import Final

from attrs import evolve

from procurelib.citations import Citation
from procurelib.models.tender import LONGEST_MONTHS, Tender
from procurelib.money import Money, MoneyRange, ends_of
from procurelib.rules.answer import DerivedStep, Gap, Text
from procurelib.rules.derived import Derived
from procurelib.rules.fr.facts import WORKS_CATEGORIES
from procurelib.rules.series import require_gap, series
from procurelib.rules.sources import cites, number
from procurelib.tables.basis import Used
from procurelib.tables.facts import Between
from procurelib.unknown import UNKNOWN, Unknown

MONTHS: Final = "fr/months-counted"
_EXACT: Final = Context(prec=60)


def amount_compared(tender: Tender) -> Derived:
    """The estimated value of the need, before tax (CMP 27; CCP, R. 2121-1 to R. 2121-8)."""
    used: list[Used] = []
    if tender.need is not None:
        entry = "fr/operation-of-works" if tender.category in WORKS_CATEGORIES else "fr/homogeneous-need"
        text = (
            Text("l’opération de travaux entière, tous marchés compris", "the whole operation of works, all contracts included")
            if tender.category in WORKS_CATEGORIES
            else Text("le besoin homogène entier, tous marchés compris", "the whole homogeneous need, all contracts included")
        )
        if isinstance(tender.need, Unknown):
            return Derived(
                _at_least(tender), "need", None, (DerivedStep("start", text, UNKNOWN, _cite(tender, used, entry)),), ()
            )
        steps = (DerivedStep("start", text, tender.need, _cite(tender, used, entry)),)
        return _taxed(tender, *ends_of(tender.need), "need", list(steps), used)
    return contract_amount(tender, whole=True)


def contract_amount(tender: Tender, *, whole: bool = False) -> Derived:
    """The estimated value of the contract itself with its options; ``whole`` says that it is taken to be the whole need."""
    used: list[Used] = []
    if isinstance(tender.value, Unknown):
        return Derived(UNKNOWN, "value", None, (), ())
    low, high = ends_of(tender.value)
    steps = [DerivedStep("start", _start(tender, whole), tender.value, _cite(tender, used, *_entries(tender, whole)))]
    base, more = "value", frozenset[str]()
    if not tender.total_price and tender.category not in WORKS_CATEGORIES and series(MONTHS).at(tender.launched) is not None:
        more = frozenset(("value",)) if low != high else more
        low, high, base = _by_months(tender, low, high, steps, used)
    if tender.options is not None:
        low, high = low + tender.options, high + tender.options
        text = Text("les options, qui comptent", "the options, which count")
        steps.append(DerivedStep("add", text, _shown(low, high), _cite(tender, used, "fr/options-counted")))
    return evolve(_taxed(tender, low, high, base, steps, used), more=more if base != "value" else frozenset())


def _entries(tender: Tender, whole: bool) -> tuple[str, ...]:
    lots = ("fr/lots-added",) if tender.lots else ()
    maximum = ("fr/framework-maximum",) if tender.framework == "maximum" else ()
    return (*(("fr/need-value",) if whole else ()), *lots, *maximum)


def _start(tender: Tender, whole: bool) -> Text:
    if tender.framework == "maximum":
        fr, en, taken = "le maximum de l’accord-cadre", "the maximum of the framework agreement", "pris"
    elif tender.lots:
        fr, en, taken = "l’estimation de tous les lots", "the estimate of all the lots", "prise"
    else:
        fr, en, taken = "l’estimation du marché", "the estimate of the contract", "prise"
    return Text(f"{fr}, {taken} pour tout le besoin", f"{en}, taken to be the whole need") if whole else Text(fr, en)


def _by_months(tender: Tender, low: Money, high: Money, steps: list[DerivedStep], used: list[Used]) -> tuple[Money, Money, str]:
    """Of a contract without a total price, at most the months the law counts (directive 2014/24, art. 5(14))."""
    counted, duration = number(MONTHS, tender.launched), tender.duration
    cited = _cite(tender, used, MONTHS)
    if isinstance(duration, Unknown):
        low = _share(low, counted, LONGEST_MONTHS)
        text = Text(
            f"la part de {counted} mois, la durée du marché n’étant pas connue",
            f"the share of {counted} months, the duration of the contract not being known",
        )
        steps.append(DerivedStep("interval", text, MoneyRange(low, high), cited))
        return low, high, "duration"
    if duration > counted:
        low, high = (_share(end, counted, duration) for end in (low, high))
        text = Text(f"{counted} mois sur les {duration} du marché", f"{counted} of the {duration} months of the contract")
        steps.append(DerivedStep("multiply", text, _shown(low, high), cited))
    return low, high, "value"


def _share(amount: Money, counted: int, months: int) -> Money:
    """The part of an amount that some of its months are; it is cut at twelve decimals, far below the cent."""
    part = _EXACT.divide(amount.amount * counted, Decimal(months))
    cut = part.quantize(Decimal("0.000000000001"), rounding=ROUND_FLOOR, context=_EXACT)
    return Money(cut, amount.currency, tax=amount.tax)


def _at_least(tender: Tender) -> Between | Unknown:
    """A need of which nothing is known is not below the contract that is a part of it."""
    part = contract_amount(tender).known
    low = part.low if isinstance(part, Between) else part
    return UNKNOWN if low is None or isinstance(low, Unknown) else Between(low, None)


def _shown(low: Money, high: Money) -> Money | MoneyRange:
    return low if low == high else MoneyRange(low, high)


def _taxed(tender: Tender, low: Money, high: Money, base: str, steps: list[DerivedStep], used: list[Used]) -> Derived:
    """The amount before tax: an amount with tax, or on a basis nobody knows, only bounds it from above."""
    if low.tax == "excluded":
        known = low.amount if low.amount == high.amount else Between(low.amount, high.amount)
        return Derived(known, base, None, tuple(steps), tuple(used))
    gap: Gap = require_gap("fr/vat", tender.launched)
    steps.append(DerivedStep("unmodelled", gap.title, None))
    return Derived(Between(None, high.amount), base, gap, tuple(steps), tuple(used))


def _cite(tender: Tender, used: list[Used], *entries: str) -> tuple[Citation, ...]:
    """Where the entries are written on the day of the launch, noted as used."""
    found: list[Citation] = []
    for id in entries:
        step = series(id).at(tender.launched)
        if step is not None and not step.absent and step.gap is None:
            used.append(Used(series(id), step, compared=False))
            found += cites(step)
    return tuple(dict.fromkeys(found))
