"""Progress as a picture: bounds as bars, the target as a rule, told apart by shape and by words, never by colour alone."""

from __future__ import annotations

from decimal import Decimal
from html import escape
from importlib import import_module
from io import StringIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from procurelib.errors import MissingExtra
from procurelib.explain.promises import bounds
from procurelib.explain.words import Words, words
from procurelib.money import Money
from procurelib.promises.bounds import Bounds
from procurelib.promises.progress import PeriodProgress, Progress

if TYPE_CHECKING:
    from altair import LayerChart

_INK: Final = "#222222"
_FILL: Final = "#9a9a9a"
_HEIGHT: Final = 36
_WIDTH: Final = 520
_LABEL: Final = 320
_LINE: Final = 80
_NUMBERS: Final = {
    "fr": {"decimal": ",", "thousands": "\u00a0", "grouping": [3], "currency": ["", ""]},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["", ""]},
}
_ROOM: Final = Decimal("1.35")
"""How far the scale goes beyond every figure; a bar without an upper bound goes to its end, and its words say so."""


def progress_chart(found: Progress, locale: str) -> LayerChart:
    """One bar per period, from the lower to the upper bound, with its figures in words, and the target as a dashed rule."""
    alt = _altair()
    said = words(locale)
    metric = found.commitment.metric or "amount"
    rows = [(one, _measured(one, metric)) for one in (*found.periods, found.cumulated)]
    stated = found.commitment.threshold
    wanted = () if stated is None else (_number(stated[0]),)
    known = [_number(end) for _, b in rows if b is not None for end in (b.low, b.high) if end is not None]
    widest = int(max([*known, *wanted, Decimal(1)]) * _ROOM) + 1
    values = [_bar(one, b, metric, widest, said) for one, b in rows]
    data = _data(alt, values, "low", "high")
    ticks = alt.Axis(values=list(range(0, 101, 20))) if metric.startswith("share") else alt.Axis()
    along = alt.X("low:Q", title=_axis(found, metric, said), scale=alt.Scale(domain=[0, widest]), axis=ticks)
    down = alt.Y("period:N", sort=[value["period"] for value in values], title=None, axis=alt.Axis(labelLimit=_LABEL))
    base = alt.Chart(data).encode(x=along, y=down)
    layers: list[Any] = [
        base.mark_bar(size=14, color=_FILL, stroke=_INK, strokeWidth=1).encode(x2="high:Q"),
        base.mark_tick(color=_INK, thickness=2, size=20),
    ]
    if wanted:
        label = said("chart", "target" if found.commitment.target is not None else "baseline")
        aim = alt.Chart(_data(alt, [{"aim": str(wanted[0]), "label": label}], "aim")).encode(x=alt.X("aim:Q"))
        layers.append(aim.mark_rule(color=_INK, strokeDash=[5, 3], strokeWidth=2))
        layers.append(aim.mark_text(align="left", dx=4, dy=-8, baseline="bottom", y=0, color=_INK).encode(text="label:N"))
    layers.append(base.mark_text(align="left", dx=6, fontSize=11, color=_INK).encode(x=alt.X("high:Q"), text="figures:N"))
    promise = found.commitment
    title = said("progress", "title", what=said("commitment", "verb", promise.verb, what=said.text(promise.object)))
    heading = alt.TitleParams(wrap(said.typeset(title), _LINE), anchor="start", fontSize=13, offset=18)
    chart: LayerChart = (
        alt.layer(*layers)
        .properties(title=heading, width=_WIDTH, height=_HEIGHT * len(rows), description=_told(title, values, said))
        .configure(locale={"number": _NUMBERS[said.language]})
    )
    return chart


def _axis(found: Progress, metric: str, said: Words) -> str:
    title = said("commitment", "metric", metric)
    if metric != "amount":
        return title
    return said("chart", "in_currency", title=title, currency=said("currency", found.currency))


def _told(title: str, values: list[dict[str, str]], said: Words) -> str:
    """The picture in words: what it is, and each row with its figures."""
    lines = [said("chart", "row", period=value["period"], figures=value["figures"]) for value in values]
    return said.typeset("; ".join((title, *lines)))


def _data(alt: Any, values: list[dict[str, str]], *numbers: str) -> Any:
    """Rows for a chart; numbers stay exact texts until they are drawn."""
    return alt.Data(values=values, format=alt.DataFormat(parse=dict.fromkeys(numbers, "number"), type="json"))


def progress_svg(found: Progress, locale: str) -> str:
    """The chart as static SVG, with a title and a description for readers who do not see it."""
    chart = progress_chart(found, locale)
    try:
        import_module("vl_convert")
    except ImportError:
        raise MissingExtra("plot") from None
    stream = StringIO()
    chart.save(stream, format="svg")
    described = escape(chart.description)
    return stream.getvalue().replace(">", f' role="img"><desc>{described}</desc>', 1)


def _altair() -> Any:
    try:
        return import_module("altair")
    except ImportError:
        raise MissingExtra("plot") from None


def _measured(one: PeriodProgress, metric: str) -> Bounds | None:
    name = "share" if metric == "share_of_amount" else metric
    found: Bounds | None = getattr(one, name)
    return found


def _bar(one: PeriodProgress, found: Bounds | None, metric: str, widest: int, said: Words) -> dict[str, str]:
    name = said("progress", "cumulated") if one.period is None else one.period.label(said.language)
    if found is None:
        return {"period": name, "low": "0", "high": "0", "figures": said("progress", "nothing")}
    high = Decimal(widest) if found.high is None else _number(found.high)
    figures = bounds(found, said, percent=metric.startswith("share"))
    return {"period": name, "low": str(_number(found.low)), "high": str(high), "figures": said.typeset(figures)}


def _number(value: Any) -> Decimal:
    return Decimal(value.amount if isinstance(value, Money) else value)
