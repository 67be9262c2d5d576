"""Dated series: what holds on a day, what does not, and what is refused."""

import pickle
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurelib.citations import Citation, language_of
from procurelib.dated import GapEntry, Parameter, Reading, Version, as_date
from procurelib.errors import InputError, InputTypeError, NoLongerInForce, NotYetInForce

ONE_DAY = timedelta(days=1)
CITE = Citation(instrument="x/A-1", short_fr="LA", short_en="AA", at_fr="art. 1", at_en="s. 1")
DAYS = st.dates(min_value=date(2000, 1, 1), max_value=date(2040, 12, 31))


def version(value: int, start: date, end: date | None, known_until: date | None = None) -> Version:
    return Version(
        value=value,
        start=start,
        end=end,
        citations=(CITE,),
        source="none: made up",
        confidence="inferred",
        checked=date(2026, 1, 1),
        known_until=known_until,
    )


@st.composite
def series(draw: st.DrawFn) -> tuple[Parameter, dict[int, tuple[date, date | None]], date | None]:
    """A parameter, the span of days written down for each of its values, and the first day of its open gap."""
    cuts = sorted(draw(st.sets(DAYS, min_size=2, max_size=7)))
    ending = draw(st.sampled_from(["open", "repealed", "gap", "term"]))
    spans: dict[int, tuple[date, date | None]] = {}
    versions: list[Version] = []
    starts = cuts if ending == "open" else cuts[:-1]
    hole = draw(st.sampled_from([None, *range(1, len(starts) - 1)])) if len(starts) > 2 else None
    gaps: list[GapEntry] = []
    for n, start in enumerate(starts):
        end = cuts[n + 1] if n + 1 < len(cuts) else None
        last_one = n == len(starts) - 1
        if n == hole:
            gaps.append(GapEntry(start=start, end=end, reason_fr="non lu", reason_en="not read", held_before=True))
            continue
        known = end - ONE_DAY if ending == "term" and last_one and end is not None else None
        versions.append(version(n, start, end, known))
        spans[n] = (start, end)
    after = cuts[-1] if ending in ("gap", "term") else None
    if after is not None:
        gaps.append(GapEntry(start=after, end=None, reason_fr="non lu", reason_en="not read", held_before=True))
    parameter = Parameter(
        id="x/y",
        title_fr="Titre",
        title_en="Title",
        unit="count",
        versions=tuple(versions),
        gaps=tuple(gaps),
        repealed=cuts[-1] if ending == "repealed" else None,
    )
    return parameter, spans, after


def expected(spans: dict[int, tuple[date, date | None]], on: date) -> int | None:
    """What a reader of the written spans would say; no use of the code under test."""
    found = [value for value, (start, end) in spans.items() if start <= on and (end is None or on < end)]
    assert len(found) <= 1
    return found[0] if found else None


@given(series(), DAYS)
def test_any_day_gives_what_the_written_spans_say(made, on):
    parameter, spans, after = made
    value = expected(spans, on)
    held = parameter.at(on)
    assert (None if held is None else held.value) == value
    if value is not None:
        assert parameter.on(on) is held
        assert parameter.gap(on) is None
        return
    kind = NotYetInForce if all(on < start for start, _ in spans.values()) else NoLongerInForce
    with pytest.raises(kind) as caught:
        parameter.on(on)
    assert (caught.value.id, caught.value.on) == ("x/y", on)
    if after is not None and on >= after:
        assert parameter.gap(on) is parameter.gaps[-1]
        assert parameter.gap_fr == "non lu"
        assert parameter.gap_en == "not read"


@given(series())
def test_each_boundary_belongs_to_the_version_that_begins_there(made):
    parameter, spans, _ = made
    for value, (start, end) in spans.items():
        assert parameter.on(start).value == value
        eve = parameter.at(start - ONE_DAY)
        assert eve is None or eve.value != value
        if end is not None:
            assert parameter.on(end - ONE_DAY).value == value
            assert parameter.on(end - ONE_DAY).last == end - ONE_DAY
            after = parameter.at(end)
            assert after is None or after.value != value


@given(series())
def test_errors_name_the_days_covered(made):
    parameter, spans, _ = made
    first = min(start for start, _ in spans.values())
    with pytest.raises(NotYetInForce) as caught:
        parameter.on(first - ONE_DAY)
    assert caught.value.first == first
    ends = [end for _, end in spans.values()]
    if None not in ends:
        over = max(end for end in ends if end is not None)
        with pytest.raises(NoLongerInForce) as gone:
            parameter.on(over)
        assert gone.value.last == over - ONE_DAY


@given(series())
def test_a_parameter_pickles_to_its_equal(made):
    parameter, _, _ = made
    assert pickle.loads(pickle.dumps(parameter)) == parameter


def test_a_value_set_for_a_term_is_not_carried_over():
    kept = version(7, date(2026, 1, 1), None, known_until=date(2027, 12, 31))
    parameter = Parameter(id="x/y", title_fr="T", title_en="T", unit="count", versions=(kept,))
    assert parameter.on(date(2027, 12, 31)).value == 7
    with pytest.raises(NoLongerInForce, match="2027-12-31"):
        parameter.on(date(2028, 1, 1))
    assert parameter.at(date(2028, 1, 1)) is None


def test_a_parameter_without_a_version_is_never_in_force():
    gap = GapEntry(start=date(2013, 1, 1), end=None, reason_fr="non lu", reason_en="not read", held_before=False)
    parameter = Parameter(id="x/y", title_fr="T", title_en="T", unit="provision", versions=(), gaps=(gap,))
    assert parameter.at(date(2024, 1, 1)) is None
    with pytest.raises(NotYetInForce):
        parameter.on(date(2024, 1, 1))
    assert parameter.gap(date(2024, 1, 1)).reason("fr_CA") == "non lu"
    assert parameter.gap(date(2012, 12, 31)) is None


@pytest.mark.parametrize("wrong", [datetime(2024, 1, 1, tzinfo=UTC), "2024-01-01", 20240101, None, (2024, 1, 1)])
def test_only_a_date_is_a_day(wrong):
    parameter = Parameter(id="x/y", title_fr="T", title_en="T", unit="count", versions=(version(1, date(2013, 1, 1), None),))
    for ask in (parameter.on, parameter.at, parameter.gap, parameter.readings_on, as_date):
        with pytest.raises(InputTypeError) as caught:
            ask(wrong)
        assert caught.value.faults[0].value == repr(wrong)


def test_readings_of_a_day_come_with_the_default_first():
    def reading(id, default, start=date(2022, 10, 7), end=date(2026, 4, 1)):
        return Reading(
            id=id, value=id, label_fr="f", label_en="e", why_fr="f", why_en="e", source="none: x", start=start, end=end,
            default=default,
        )  # fmt: skip

    parameter = Parameter(
        id="x/y",
        title_fr="T",
        title_en="T",
        unit="code",
        versions=(),
        readings=(reading("b", False), reading("a", True)),
    )
    assert [r.id for r in parameter.readings_on(date(2022, 10, 7))] == ["a", "b"]
    assert [r.id for r in parameter.readings_on(date(2026, 3, 31))] == ["a", "b"]
    assert parameter.readings_on(date(2022, 10, 6)) == ()
    assert parameter.readings_on(date(2026, 4, 1)) == ()


def test_citations_read_in_both_languages():
    assert (CITE.text("fr_CA"), CITE.text("en_CA")) == ("LA, art. 1", "AA, s. 1")
    whole = Citation(instrument="x/A-1", short_fr="LA", short_en="AA")
    assert (whole.text("fr"), whole.text("en-US")) == ("LA", "AA")


@pytest.mark.parametrize("wrong", ["de_DE", "", "french", None, 1])
def test_another_language_is_refused(wrong):
    with pytest.raises(InputError):
        language_of(wrong)
