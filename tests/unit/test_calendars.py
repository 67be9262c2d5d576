"""Calendars: what they refuse, what they say, and where they differ from a well-known library."""

from __future__ import annotations

import pickle
import re
from datetime import date, datetime
from pathlib import Path

import holidays as peer
import pytest

import procurelib
from procurelib import Holiday, calendars
from procurelib.calendars import calendars as all_of_them
from procurelib.calendars.days import counted, day_in, month_day, name, spoken
from procurelib.errors import InputError, InputTypeError, NoLongerInForce, NotYetInForce, UnknownId
from procurelib.law import law

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "calendars.md"
I16 = calendars["ca-qc/I-16"]


def test_the_package_answers_like_its_calendars() -> None:
    import procurelib.calendars as module

    assert procurelib.calendars["ca-qc/I-16"] is module["ca-qc/I-16"] is I16
    assert len(module) == len(list(module)) == 4
    assert set(module) == {"ca-qc/I-16", "ca-qc/complaints", "fr/L3133-1", "fr/L3133-1-alsace-moselle"}
    assert "fr/L3133-1" in module
    assert "fr" not in module
    assert set(module.keys()) == set(module)
    with pytest.raises(AttributeError):
        module._absent  # noqa: B018


@pytest.mark.parametrize(
    ("wrong", "near"), [("ca-qc/I16", "ca-qc/I-16"), ("fr/L3133", "fr/L3133-1"), ("ca-qc/complaint", "ca-qc/complaints")]
)
def test_an_unknown_calendar_brings_the_nearest(wrong: str, near: str) -> None:
    with pytest.raises(UnknownId) as caught:
        calendars[wrong]
    assert near in caught.value.near
    assert wrong in str(caught.value)


@pytest.mark.parametrize("wrong", [None, 3, ("ca-qc/I-16",)])
def test_what_is_no_id_is_no_calendar(wrong: object) -> None:
    assert wrong not in calendars
    with pytest.raises(UnknownId):
        calendars[wrong]


SPANS = {
    "ca-qc/I-16": (date(2013, 1, 1), date(2043, 12, 31)),
    "ca-qc/complaints": (date(2019, 5, 25), date(2026, 3, 31)),
    "fr/L3133-1": (date(2013, 1, 1), date(2043, 12, 31)),
    "fr/L3133-1-alsace-moselle": (date(2013, 1, 1), date(2043, 12, 31)),
}


@pytest.mark.parametrize("id", SPANS)
def test_outside_its_span_a_calendar_refuses_every_question(id: str) -> None:
    calendar = calendars[id]
    first, last = SPANS[id]
    assert calendar.span == (first, last)
    before, after = date.fromordinal(first.toordinal() - 1), date.fromordinal(last.toordinal() + 1)
    for day, error in ((before, NotYetInForce), (after, NoLongerInForce)):
        for ask in (calendar.why, calendar.next_business_day, calendar.previous_business_day, calendar.with_days):
            with pytest.raises(error) as caught:
                ask(day)
            assert caught.value.first == first
            assert caught.value.last == last
            assert id in str(caught.value)
        with pytest.raises(error):
            day in calendar  # noqa: B015
    for year in (1, first.year - 1):
        with pytest.raises(NotYetInForce):
            calendar.holidays(year)
    with pytest.raises(NoLongerInForce):
        calendar.holidays(9999)
    with pytest.raises(NoLongerInForce):
        calendar.holidays(last.year + 1)


def test_of_a_year_that_is_partly_covered_the_days_inside_are_given() -> None:
    days = list(calendars["ca-qc/complaints"].holidays(2026))
    assert days[0] == date(2026, 1, 1)
    assert days[-1] == date(2026, 3, 29)
    assert next(iter(calendars["ca-qc/complaints"].holidays(2019))) == date(2019, 5, 25)


def test_rolling_out_of_the_span_is_refused() -> None:
    with pytest.raises(NotYetInForce):
        I16.previous_business_day(date(2013, 1, 1))
    with pytest.raises(NotYetInForce):
        calendars["ca-qc/complaints"].previous_business_day(date(2019, 5, 25))


@pytest.mark.parametrize("wrong", [datetime(2026, 1, 1), "2026-01-01", None, 20260101])
def test_only_a_date_is_a_day(wrong: object) -> None:
    for ask in (I16.why, I16.next_business_day, I16.previous_business_day, I16.with_days, I16.__contains__):
        with pytest.raises(InputTypeError):
            ask(wrong)


@pytest.mark.parametrize(
    ("wrong", "error"), [("2026", InputTypeError), (True, InputTypeError), (0, InputError), (10**6, InputError)]
)
def test_only_a_year_has_holidays(wrong: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        I16.holidays(wrong)


def test_holidays_come_in_order_and_cannot_be_changed() -> None:
    found = I16.holidays(2026)
    assert list(found) == sorted(found)
    assert sum(day.weekday() == 6 for day in found) == 52
    assert len(found) == 52 + 9
    with pytest.raises(TypeError):
        found[date(2026, 1, 2)] = found[date(2026, 1, 1)]


def test_a_day_that_is_a_holiday_twice_says_so() -> None:
    why = I16.why(date(2018, 6, 24))
    assert why is not None
    assert (why.text.fr, why.text.en) == ("dimanche\u00a0; 24 juin", "Sunday; 24 June")
    assert len(why.citations) == 1
    assert I16.why(date(2026, 1, 2)) is None


def test_a_doubtful_reason_is_no_matter_when_a_sure_one_stands_beside_it() -> None:
    alsace = calendars["fr/L3133-1-alsace-moselle"]
    doubtful = alsace.why(date(2026, 4, 3))
    assert doubtful is not None
    assert [c.kind for c in doubtful.caveats] == ["note"]
    assert "temple" in doubtful.caveats[0].text.fr
    birthday = I16.why(date(2027, 5, 24))
    assert birthday is not None
    assert [c.kind for c in birthday.caveats] == ["unverified"]
    assert birthday.caveats[0].text.fr.startswith("Anniversaire du Souverain\u00a0: non vérifié. La proclamation")
    assert birthday.caveats[0].text.en.startswith("Birthday of the Sovereign: not verified. The proclamation")
    again = I16.with_days(date(2018, 6, 24)).why(date(2018, 6, 24))
    assert again is not None
    assert again.caveats == ()


def test_days_can_be_added_by_hand_and_say_so() -> None:
    more = I16.with_days(date(2026, 9, 30)).with_days(date(2027, 9, 30))
    assert more.added == {date(2026, 9, 30), date(2027, 9, 30)}
    why = more.why(date(2026, 9, 30))
    assert why is not None
    assert why.citations == ()
    assert why.caveats[0].id == "added"
    assert date(2026, 9, 30) not in I16
    assert more != I16
    assert more == I16.with_days(date(2026, 9, 30), date(2027, 9, 30))
    assert hash(more) == hash(I16.with_days(date(2026, 9, 30), date(2027, 9, 30)))
    assert pickle.loads(pickle.dumps(more)) == more
    assert pickle.loads(pickle.dumps(I16)) is I16
    assert I16 != "ca-qc/I-16"
    assert repr(more) == "<Calendar ca-qc/I-16>"
    assert "ca-qc/complaints" in repr(all_of_them)
    assert more.title == I16.title
    assert I16.title.fr == "jours fériés de la Loi d’interprétation du Québec"
    assert (I16.rule, calendars["fr/L3133-1"].rule) == ("ca-qc/I-16-52", "eu/1182-71")


def test_the_nearest_days_that_are_no_holidays() -> None:
    easter = date(2026, 4, 5)
    assert I16.next_business_day(easter) == date(2026, 4, 7)
    assert I16.previous_business_day(easter) == date(2026, 4, 4)
    assert calendars["ca-qc/complaints"].previous_business_day(date(2026, 3, 1)) == date(2026, 2, 27)
    for day in (date(2026, 4, 4), date(2026, 4, 7)):
        assert I16.next_business_day(day) == I16.previous_business_day(day) == day


def test_a_calendar_long_after_the_last_check_warns() -> None:
    assert I16.stale(date(2027, 11, 26)) == ()
    (caveat,) = I16.stale(date(2027, 11, 27))
    assert caveat.kind == "stale"
    assert "25 November 2026" in caveat.text.en


# --- codes of days


@pytest.mark.parametrize(
    ("code", "year", "day"),
    [
        ("january_1", 2026, date(2026, 1, 1)),
        ("february_29", 2024, date(2024, 2, 29)),
        ("february_29", 2026, None),
        ("first_monday_of_september", 2025, date(2025, 9, 1)),
        ("first_monday_of_september", 2026, date(2026, 9, 7)),
        ("second_monday_of_october", 2024, date(2024, 10, 14)),
        ("first_sunday_of_march", 2026, date(2026, 3, 1)),
        ("fourth_thursday_of_november", 2024, date(2024, 11, 28)),
        ("monday_before_may_25", 2020, date(2020, 5, 18)),
        ("monday_before_may_25", 2021, date(2021, 5, 24)),
        ("july_1_or_next_day_if_sunday", 2018, date(2018, 7, 2)),
        ("july_1_or_next_day_if_sunday", 2017, date(2017, 7, 1)),
        ("good_friday", 2024, date(2024, 3, 29)),
        ("easter_monday", 2024, date(2024, 4, 1)),
        ("ascension", 2024, date(2024, 5, 9)),
        ("whit_monday", 2024, date(2024, 5, 20)),
    ],
)
def test_a_code_names_a_day(code: str, year: int, day: date | None) -> None:
    assert day_in(code, year) == day


@pytest.mark.parametrize("wrong", ["", "sunday", "march_32", "february_30", "april_31", "march", "march_0", "easter", "may_1_"])
def test_another_code_names_none(wrong: str) -> None:
    with pytest.raises(UnknownId):
        day_in(wrong, 2026)


def test_a_month_and_a_day_are_read() -> None:
    assert month_day("march_31") == (3, 31)
    assert month_day("february_29") == (2, 29)
    with pytest.raises(UnknownId):
        month_day("sunday")


@pytest.mark.parametrize(
    ("code", "french", "english"),
    [
        ("sunday", "dimanche", "Sunday"),
        ("january_1", "1er janvier", "1 January"),
        ("good_friday", "Vendredi saint", "Good Friday"),
        ("first_monday_of_september", "premier lundi de septembre", "first Monday of September"),
        ("second_monday_of_october", "deuxième lundi d’octobre", "second Monday of October"),
        ("monday_before_may_25", "lundi qui précède le 25 mai", "Monday before 25 May"),
        (
            "july_1_or_next_day_if_sunday",
            "1er juillet, ou le lendemain si c’est un dimanche",
            "1 July, or the day after when that is a Sunday",
        ),
    ],
)
def test_a_code_is_spoken_in_both_languages(code: str, french: str, english: str) -> None:
    assert (name(code).fr, name(code).en) == (french, english)


def test_days_and_numbers_are_spoken_in_both_languages() -> None:
    assert (spoken(date(2026, 3, 1)).fr, spoken(date(2026, 3, 1)).en) == ("1er mars 2026", "1 March 2026")
    assert spoken(date(2026, 3, 11)).fr == "11 mars 2026"
    assert counted(1, "jour ouvrable", "business day").fr == "1 jour ouvrable"
    assert counted(2, "mois", "month").fr == "2 mois"
    assert counted(2, "jour ouvrable", "business day").fr == "2 jours ouvrables"
    assert counted(2, "mois", "month").en == "2 months"


def test_every_code_of_the_book_names_a_day_and_has_a_name() -> None:
    for calendar in calendars.values():
        for year in (2020, 2026):
            for day, text in calendar.holidays(year).items():
                assert text.fr
                assert text.en
                assert isinstance(calendar.why(day), Holiday)


# --- against the peer


def rows_of_the_page() -> dict[int, tuple[str, str]]:
    text = PAGE.read_text(encoding="utf-8")
    found = re.findall(r"^\| (\d{4}) \| ([^|]*) \| ([^|]*) \|$", text, re.MULTILINE)
    return {int(year): (one.strip(), other.strip()) for year, one, other in found}


def told(days: set[date]) -> str:
    return ", ".join(f"{d.day} {d:%B}" for d in sorted(days)) or "–"


def test_the_page_shows_where_the_peer_differs_in_every_year_of_the_span() -> None:
    first, last = I16.span
    assert last is not None
    found = {}
    for year in range(first.year, last.year + 1):
        theirs = set(peer.country_holidays("CA", subdiv="QC", years=year))
        ours = set(I16.holidays(year))
        weekdays = {day for day in ours if day.weekday() != 6}
        found[year] = (told(weekdays - theirs), told(theirs - ours))
    assert rows_of_the_page() == found
    assert all(missing != "–" for missing, _ in found.values())


def test_the_peer_agrees_about_france() -> None:
    for id, subdivision in (("fr/L3133-1", None), ("fr/L3133-1-alsace-moselle", "57")):
        for year in range(2013, 2044):
            assert set(calendars[id].holidays(year)) == set(peer.country_holidays("FR", subdiv=subdivision, years=year))


def test_the_book_cites_what_the_calendars_rest_on() -> None:
    for calendar in calendars.values():
        for year in (2025,):
            for day in calendar.holidays(year):
                why = calendar.why(day)
                assert why is not None
                for citation in why.citations:
                    assert law.instrument(citation.instrument)
