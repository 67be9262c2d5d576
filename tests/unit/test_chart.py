"""The chart of progress: one bar for each row, from bound to bound, readable without colour and without sight."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from procurelib import (
    UNKNOWN,
    Commitment,
    Enterprise,
    Money,
    Progress,
    Purchase,
    Text,
    cities,
    declarations,
    deliverable,
    progress,
    reporting_periods,
)
from procurelib.errors import MissingExtra
from procurelib.explain.promises import bounds
from procurelib.explain.words import catalogue, words

YEARS = reporting_periods("year", date(2023, 1, 1), until=date(2026, 1, 1))
AFTER = date(2026, 1, 31)
YES, NO = {"ca-qc/E-1.1.1": True}, {"ca-qc/E-1.1.1": False}
LOCALES = ("fr_CA", "en_CA")


def cad(amount: str) -> Money:
    return Money(amount, "CAD", tax="net")


def bought(amount: Any, year: int = 2025, **more: Any) -> Purchase:
    amount = cad(amount) if isinstance(amount, str) else amount
    return Purchase(buyer="ca-qc/longueuil", amount=amount, day=date(year, 3, 3), **more)


def promise(metric: str | None, target: Any = None, **more: Any) -> Commitment:
    given: dict[str, Any] = {"verb": "buy", "object": Text("auprès de l’économie sociale", "from the social economy"), **more}
    return Commitment(
        id="p", metric=metric, target=target, counts=["ca-qc/E-1.1.1"], source="text", confidence="official", **given
    )


SOME = (
    bought("30000.55", marks=YES),
    bought("45000", supplier=Enterprise(name="<b>", country="CA")),
    bought("20000", 2024, marks=NO),
)
OPEN = (*SOME, bought(UNKNOWN, 2024))
CASES: dict[str, Progress] = {
    name: progress(of, purchases, YEARS, on=AFTER)
    for name, of, purchases in (
        ("amount", promise("amount", cad("50000")), SOME),
        ("amount, open", promise("amount", cad("50000")), OPEN),
        ("amount, no target", promise("amount"), SOME),
        ("share", promise("share_of_amount", "10"), SOME),
        ("share, open", promise("share_of_amount", "10"), OPEN),
        ("contracts", promise("contracts", 3), SOME),
        ("share of contracts", promise("share_of_contracts", "80"), SOME),
        ("suppliers", promise("suppliers", 2), SOME),
        ("nothing stated", promise(None), SOME),
        ("nothing bought", promise("share_of_amount", "10"), ()),
        ("nothing at all", promise("amount"), ()),
        ("increase", promise("share_of_amount", verb="increase", baseline="20"), SOME),
        ("far target", promise("amount", cad("9000000")), SOME),
        ("long", promise("amount", cad("5"), object=Text("des achats " * 20, "purchases " * 20)), SOME),
    )
}
each_case = pytest.mark.parametrize("found", CASES.values(), ids=CASES)
each_locale = pytest.mark.parametrize("locale", LOCALES)


@pytest.fixture(autouse=True)
def _needs_plot(request: pytest.FixtureRequest) -> None:
    if "bare" not in request.keywords:
        pytest.importorskip("altair", reason="altair is in the extra `plot` and in the group `dev`")
        pytest.importorskip("vl_convert", reason="vl-convert-python is in the extra `plot` and in the group `dev`")


def spec(found: Progress, locale: str) -> dict[str, Any]:
    made: dict[str, Any] = found.chart(locale).to_dict()
    return made


def layers(found: Progress, locale: str, kind: str) -> list[dict[str, Any]]:
    return [layer for layer in spec(found, locale)["layer"] if layer["mark"]["type"] == kind]


def values(layer: dict[str, Any], made: dict[str, Any]) -> list[dict[str, Any]]:
    data = layer.get("data", made.get("data"))
    if "name" in data:
        return list(made["datasets"][data["name"]])
    return list(data["values"])


def bars(found: Progress, locale: str) -> list[dict[str, Any]]:
    made = spec(found, locale)
    (bar,) = [layer for layer in made["layer"] if layer["mark"]["type"] == "bar"]
    return values(bar, made)


def rows(found: Progress) -> Iterator[tuple[str | None, Any]]:
    name = {None: "amount", "share_of_amount": "share"}.get(found.commitment.metric, found.commitment.metric)
    assert name is not None
    for one in (*found.periods, found.cumulated):
        yield None if one.period is None else one.period.label("en"), getattr(one, name)


def plain(end: Any) -> Decimal:
    return Decimal(end.amount if isinstance(end, Money) else end)


def words_of(svg: str) -> list[str]:
    return [re.sub("[\u00a0\u202f]", " ", one) for one in re.findall(r">([^<>]+)</text>", svg)]


# --- the bars ---------------------------------------------------------------------------------------------------------


@each_case
@each_locale
def test_one_bar_for_each_row_from_bound_to_bound(found: Progress, locale: str) -> None:
    drawn = bars(found, locale)
    say = words(locale)
    language = locale[:2]
    assert len(drawn) == len(found.periods) + 1
    names = [catalogue("fr" if language == "fr" else "en")["progress", "cumulated"]]
    names = [*(period.label(locale) for period in YEARS), *names]
    assert [one["period"] for one in drawn] == names
    share = str(found.commitment.metric).startswith("share")
    for one, (_, meant) in zip(drawn, rows(found), strict=True):
        if meant is None:
            assert (Decimal(one["low"]), Decimal(one["high"])) == (0, 0)
            assert one["figures"] == say("progress", "nothing")
            continue
        assert Decimal(one["low"]) == plain(meant.low)
        assert one["figures"] == say.typeset(bounds(meant, say, percent=share))
        if meant.high is not None:
            assert Decimal(one["high"]) == plain(meant.high)


@each_case
def test_the_scale_holds_every_bar_and_the_target(found: Progress) -> None:
    made = spec(found, "en_CA")
    (bar,) = [layer for layer in made["layer"] if layer["mark"]["type"] == "bar"]
    low, high = bar["encoding"]["x"]["scale"]["domain"]
    assert low == 0
    assert all(Decimal(one["high"]) <= high for one in bars(found, "en_CA"))
    if found.commitment.threshold is not None:
        assert plain(found.commitment.threshold[0]) < high


def test_a_bar_without_upper_bound_goes_to_the_end_and_says_so() -> None:
    for locale, least in (("fr_CA", "au moins"), ("en_CA", "at least")):
        open_ones = [
            one
            for one, (_, meant) in zip(bars(CASES["amount, open"], locale), rows(CASES["amount, open"]), strict=True)
            if meant.high is None
        ]
        assert len(open_ones) == 2
        end = layers(CASES["amount, open"], locale, "bar")[0]["encoding"]["x"]["scale"]["domain"][1]
        known = [plain(meant.high) for _, meant in rows(CASES["amount, open"]) if meant.high is not None]
        for one in open_ones:
            assert one["figures"].startswith(least)
            assert Decimal(one["high"]) == end > max(known)


@each_case
def test_rows_stand_in_the_order_of_time(found: Progress) -> None:
    for layer in spec(found, "fr_CA")["layer"]:
        if "y" in layer["encoding"]:
            assert layer["encoding"]["y"]["sort"] == [one["period"] for one in bars(found, "fr_CA")]


def test_numbers_are_drawn_exactly() -> None:
    """A share of a third is written with all its digits, and read as a number."""
    drawn = bars(CASES["share"], "en_CA")
    assert all(isinstance(one["low"], str) for one in drawn)
    assert [one["low"] for one in drawn][2] == "0" or "." in drawn[2]["low"]
    layer = layers(CASES["share"], "en_CA", "bar")[0]
    assert layer["data"]["format"]["parse"] == {"low": "number", "high": "number"}
    json.dumps(spec(CASES["share"], "en_CA"))


# --- the target -------------------------------------------------------------------------------------------------------


@each_case
@each_locale
def test_a_rule_only_where_something_is_stated(found: Progress, locale: str) -> None:
    rules = layers(found, locale, "rule")
    stated = found.commitment.threshold
    assert len(rules) == (0 if stated is None else 1)
    if stated is not None:
        assert rules[0]["mark"]["strokeDash"]
        (aim,) = values(rules[0], spec(found, locale))
        assert Decimal(aim["aim"]) == plain(stated[0])
        labels = [text for text in layers(found, locale, "text") if text["encoding"]["text"]["field"] == "label"]
        assert len(labels) == 1
        assert aim["label"].strip()


def test_the_target_is_called_so_in_each_language() -> None:
    for locale, name in (("fr_CA", "cible"), ("en_CA", "target")):
        (aim,) = values(layers(CASES["amount"], locale, "rule")[0], spec(CASES["amount"], locale))
        assert aim["label"] == name


def test_a_starting_point_is_no_target() -> None:
    """An increase states what it starts from; calling that a target would say that reaching it is enough."""
    for locale in LOCALES:
        (aim,) = values(layers(CASES["increase"], locale, "rule")[0], spec(CASES["increase"], locale))
        assert aim["label"] not in ("cible", "target")


# --- what is read -----------------------------------------------------------------------------------------------------


@each_case
def test_nothing_is_told_by_colour_alone(found: Progress) -> None:
    made = spec(found, "en_CA")
    kinds = [layer["mark"]["type"] for layer in made["layer"]]
    assert kinds.count("bar") == 1
    assert "text" in kinds
    for layer in made["layer"]:
        assert not {"color", "fill", "stroke", "opacity", "fillOpacity", "strokeOpacity"} & set(layer["encoding"])
        for channel in ("color", "fill", "stroke"):
            colour = layer["mark"].get(channel)
            assert colour is None or len({colour[1:3], colour[3:5], colour[5:7]}) == 1, "greys only"
    (bar,) = [layer["mark"] for layer in made["layer"] if layer["mark"]["type"] == "bar"]
    assert bar["stroke"] != bar["color"], "an outline sets the bar off from the page"


@each_case
@each_locale
def test_the_words_are_of_the_language(found: Progress, locale: str) -> None:
    made = spec(found, locale)
    title = " ".join(made["title"]["text"])
    promise_of = found.commitment
    assert re.sub(r"\s+", " ", promise_of.object.in_(locale).strip()) in re.sub(r"\s+", " ", title)
    assert all(len(line) <= 80 for line in made["title"]["text"])
    metric = promise_of.metric or "amount"
    axis = {layer["encoding"]["x"].get("title") for layer in made["layer"] if "y" in layer["encoding"]}
    title = words(locale)("commitment", "metric", metric)
    # An amount says in which currency.
    assert [one.startswith(title) for one in axis - {None}] == [True]
    assert (axis - {None} == {title}) == (metric != "amount")


def test_a_share_has_ticks_up_to_a_hundred() -> None:
    for name in ("share", "share of contracts", "nothing bought"):
        axis = layers(CASES[name], "fr_CA", "bar")[0]["encoding"]["x"]["axis"]
        assert axis["values"] == [0, 20, 40, 60, 80, 100]
    assert "values" not in layers(CASES["amount"], "fr_CA", "bar")[0]["encoding"]["x"].get("axis", {})


# --- the picture ------------------------------------------------------------------------------------------------------


@each_case
@each_locale
def test_the_picture_holds_the_figures_in_words(found: Progress, locale: str) -> None:
    svg = found.svg(locale)
    assert svg.startswith("<svg")
    assert svg.rstrip().endswith("</svg>")
    shown = words_of(svg)
    for one in bars(found, locale):
        assert re.sub("[\u00a0\u202f]", " ", one["figures"]).replace("<", "&lt;") in shown
        assert one["period"] in shown
    if found.commitment.baseline is None:
        assert ({"cible", "target"} & set(shown) != set()) == (found.commitment.target is not None)


def test_the_picture_tells_itself_to_who_does_not_see_it() -> None:
    """With a title and a description, as promised: what it is, and each row with its figures."""
    for locale in LOCALES:
        svg = CASES["amount"].svg(locale)
        head = svg[: svg.index("<g")] + "".join(re.findall(r"<(?:title|desc)\b.*?</(?:title|desc)>", svg, re.DOTALL))
        assert "from the social economy" in head or "économie sociale" in head
        for one in bars(CASES["amount"], locale):
            assert one["figures"] in head


def test_the_axis_writes_numbers_in_the_language() -> None:
    shown = words_of(CASES["amount"].svg("fr_CA"))
    assert [one for one in shown if re.fullmatch(r"\d+(,\d{3})+", one)] == []


def test_the_picture_is_the_same_each_time() -> None:
    assert CASES["share"].svg("fr_CA") == CASES["share"].svg("fr_CA")
    assert CASES["share"].svg("fr_CA") != CASES["share"].svg("en_CA")


def test_the_only_reported_figure_is_no_bar() -> None:
    longueuil = declarations["ca-qc/longueuil-2013"]
    past = reporting_periods("year", date(2015, 1, 1), until=date(2017, 1, 1))
    found = progress(longueuil["lon-1"], [], past, on=date(2018, 3, 31), reported=longueuil.reported)
    assert [(one["low"], one["high"]) for one in bars(found, "fr_CA")] == [("0", "0")] * 3


# --- without the extra ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_the_chart_asks_for_the_extra(locale: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    for draw in (CASES["amount"].chart, CASES["amount"].svg):
        with pytest.raises(MissingExtra, match=r"procurelib\[plot\]") as caught:
            draw(locale)
        assert caught.value.extra == "plot"
        assert isinstance(caught.value, ImportError)


def test_the_picture_asks_for_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "vl_convert", None)
    assert CASES["amount"].chart("fr_CA")
    with pytest.raises(MissingExtra, match=r"procurelib\[plot\]"):
        CASES["amount"].svg("fr_CA")


def test_nothing_but_a_chart_loads_altair() -> None:
    code = """
import sys
from datetime import date
import procurelib
from procurelib import *
for name in procurelib.__all__:
    getattr(procurelib, name)
of = declarations["ca-qc/longueuil-2013"]["lon-1"]
ledger = [Purchase(buyer="ca-qc/longueuil", amount=Money("5", "CAD", tax="net"), day=date(2025, 3, 3), category="goods")]
found = progress(of, ledger, reporting_periods("year", date(2025, 1, 1), until=date(2026, 1, 1)), on=date(2026, 1, 31))
found.explain("fr_CA"), found.rows(), found.to_dict()
deliverable(of, ledger, cities["ca-qc/longueuil"], on=date(2025, 3, 3)).explain("fr_CA")
assert not {"altair", "vl_convert", "narwhals", "jsonschema"} & set(sys.modules), set(sys.modules)
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_what_is_deliverable_has_no_chart() -> None:
    found = deliverable(declarations["ca-qc/longueuil-2013"]["lon-1"], SOME, cities["ca-qc/longueuil"], on=AFTER)
    assert not hasattr(found, "chart")
