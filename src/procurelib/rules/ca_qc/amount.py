"""The amount Québec compares with its thresholds: the net expenditure, options counted when the law counts them."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Final

from procurelib.citations import Citation
from procurelib.models.tender import Tender
from procurelib.money import Money, MoneyRange, ends_of
from procurelib.rules.answer import DerivedStep, Gap, Text
from procurelib.rules.derived import Derived
from procurelib.rules.series import require_gap, series
from procurelib.tables.basis import Used
from procurelib.tables.conditions import Step
from procurelib.tables.facts import Between
from procurelib.unknown import UNKNOWN, Unknown

# A quotient is cut at 60 digits. It can equal a threshold, which has two decimals, only when it terminates long before.
_EXACT: Final = Context(prec=60)


def amount_compared(tender: Tender, options: str) -> Derived:
    """The net expenditure that the thresholds of the day of the launch are compared with (LCV 477.4 for the options)."""
    value = tender.value
    if isinstance(value, Unknown):
        return Derived(UNKNOWN, "value", None, (), ())
    low, high = ends_of(value)
    steps = [DerivedStep("start", Text("l’estimation du contrat", "the estimate of the contract"), value)]
    used: list[Used] = []
    if tender.options is not None:
        counted = _read(options, tender)
        used.append(counted)
        with_options = (low + tender.options, high + tender.options)
        if isinstance(counted.step.gap, Gap):
            # Whether they count is not known: the amount lies between the estimate without them and with them.
            high = with_options[1]
            steps.append(DerivedStep("unmodelled", counted.step.gap.title, MoneyRange(low, high)))
            return _netted(tender, low, high, steps, used, gap=counted.step.gap)
        if counted.step.absent or counted.step.value == "no":
            text = Text("les options, qui ne comptaient pas ce jour-là", "the options, which did not count on that day")
            steps.append(DerivedStep("start", text, tender.options, _cites(counted)))
        else:
            low, high = with_options
            total = low if low == high else MoneyRange(low, high)
            steps.append(
                DerivedStep("add", Text("les options, qui comptent", "the options, which count"), total, _cites(counted))
            )
    return _netted(tender, low, high, steps, used)


def _cites(used: Used) -> tuple[Citation, ...]:
    return used.step.ref.citations if used.step.ref is not None else ()


def _netted(
    tender: Tender, low: Money, high: Money, steps: list[DerivedStep], used: list[Used], gap: Gap | None = None
) -> Derived:
    """The net expenditure an amount between two others amounts to, on the tax basis it is stated on."""
    base = "value"
    if low.tax == "net":
        return Derived(_span(low.amount, high.amount), base, gap, tuple(steps), tuple(used))
    no_factor = _no_factor(tender)
    if no_factor is not None:
        steps.append(DerivedStep("unmodelled", no_factor.title, None, no_factor.held_before))
        return Derived(_bounds(low, high), base, no_factor, tuple(steps), tuple(used))
    net, gross = _read("ca-qc/net-tax-factor", tender), _read("ca-qc/gross-tax-factor", tender)
    up, down = _number(net), _number(gross)
    least, most = low.amount, high.amount
    if low.tax == "included" or low.tax is UNKNOWN:
        least = _EXACT.divide(_EXACT.multiply(least, up), down)
        used.append(gross)
    if low.tax == "excluded" or low.tax is UNKNOWN:
        most = _EXACT.multiply(most, up)
    if low.tax == "excluded":
        least = _EXACT.multiply(least, up)
    if low.tax == "included":
        most = _EXACT.divide(_EXACT.multiply(most, up), down)
    used += [net, _read("ca-qc/expenditure-net", tender)]
    if low.tax is UNKNOWN:
        base = "value" if isinstance(tender.value, MoneyRange) else "value.tax"
    known = _span(least, most)
    steps.append(_taxed(low, known, net, gross))
    return Derived(known, base, gap, tuple(steps), tuple(used))


def _read(id: str, tender: Tender) -> Used:
    found = series(id)
    step = found.at(tender.launched)
    return Used(found, step if step is not None else Step(tender.launched, absent=True), compared=True)


def _number(used: Used) -> Decimal:
    value = used.step.value
    if not isinstance(value, Decimal):
        raise LookupError(f"{used.series.id} has no number on the day asked")
    return value


def _no_factor(tender: Tender) -> Gap | None:
    """The law that is missing to turn the amount into a net expenditure, or ``None`` when a factor applies."""
    if tender.category == "insurance":
        return require_gap("ca-qc/insurance-tax-factor", tender.launched)
    if not tender.taxable:
        return require_gap("ca-qc/untaxed-supply-factor", tender.launched)
    gap = _read("ca-qc/net-tax-factor", tender).step.gap
    return gap if isinstance(gap, Gap) else None


def _bounds(low: Money, high: Money) -> Between | Unknown:
    """Without a factor a net expenditure is still not under the price before tax, nor over the price with tax."""
    if low.tax == "excluded":
        return Between(low.amount, None)
    return Between(None, high.amount) if low.tax == "included" else UNKNOWN


def _span(low: Decimal, high: Decimal) -> Decimal | Between:
    return low if low == high else Between(low, high)


def _taxed(low: Money, known: Decimal | Between, net: Used, gross: Used) -> DerivedStep:
    def money(amount: Decimal) -> Money:
        # Twelve decimals are more than a reader needs; the comparison itself uses the uncut amount.
        return Money(amount.quantize(Decimal("0.000000000001"), context=_EXACT).normalize(_EXACT), low.currency, tax="net")

    cites = (*net.step.ref.citations, *(() if low.tax == "excluded" else gross.step.ref.citations))
    if isinstance(known, Between):
        amount: Money | MoneyRange = MoneyRange(money(known.low), money(known.high))
    else:
        amount = money(known)
    if low.tax is UNKNOWN:
        text = Text(
            "la base de taxe n’est pas précisée: la dépense nette se situe dans cet intervalle",
            "the tax basis is not stated: the net expenditure lies in this interval",
        )
        return DerivedStep("interval", text, amount, cites)
    text = Text(
        f"la dépense nette, taxes moins remboursements (facteur {_fr(net.step.value)})",
        f"the net expenditure, taxes less rebates (factor {net.step.value})",
    )
    return DerivedStep("multiply", text, amount, cites)


def _fr(number: object) -> str:
    return str(number).replace(".", ",")
