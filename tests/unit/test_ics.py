"""What is written as iCalendar is read back by a reader of our own, and says what it was made of."""

import sys
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import vobject

from procurelib import Duty, InputError, InputTypeError, MissingExtra, Money, Tender, Text, cities, duties, timeline
from procurelib.calendars import deadline
from procurelib.formats import ics

STAMP = datetime(2026, 1, 5, 9, 30, tzinfo=timezone(timedelta(hours=-5)))
LONGUEUIL = cities["ca-qc/longueuil"]
CALL = Tender(
    buyer=LONGUEUIL.with_bylaw(None),
    category="goods",
    value=Money("150000", "CAD", tax="net"),
    launched=date(2025, 2, 3),
    id="AO-2025-07",
)


def read(content: bytes) -> list[dict[str, str]]:
    """A strict reader of the part of RFC 5545 that is written: the components inside VCALENDAR, by property."""
    text = content.decode("utf-8")
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    raw = content.removesuffix(b"\r\n").split(b"\r\n")
    assert all(0 < len(line) <= 75 for line in raw), "a line is longer than 75 octets, or empty"
    lines: list[bytes] = []
    for line in raw:
        if line[:1] in (b" ", b"\t"):
            lines[-1] += line[1:]
        else:
            lines.append(line)
    unfolded = [line.decode("utf-8") for line in lines]
    assert unfolded[0] == "BEGIN:VCALENDAR"
    assert unfolded[-1] == "END:VCALENDAR"
    found: list[dict[str, str]] = []
    inside: dict[str, str] | None = None
    head: dict[str, str] = {}
    for line in unfolded[1:-1]:
        name, _, value = line.partition(":")
        name, *parameters = name.split(";")
        assert name == name.upper()
        if name == "BEGIN":
            assert inside is None
            inside = {"kind": value}
        elif name == "END":
            assert inside is not None
            assert inside["kind"] == value
            found.append(inside)
            inside = None
        else:
            target = head if inside is None else inside
            assert name not in target, f"{name} stands twice"
            target[name] = unescaped(value)
            target[f"{name};"] = ";".join(parameters)
    assert head["VERSION"] == "2.0"
    assert head["PRODID"]
    return found


def unescaped(value: str) -> str:
    out, place = "", 0
    while place < len(value):
        char = value[place]
        if char == "\\":
            place += 1
            assert value[place] in "\\;,nN"
            char = "\n" if value[place] in "nN" else value[place]
        else:
            assert char not in ";,", "a separator is not escaped"
        out += char
        place += 1
    return out


def test_the_duties_of_a_year_are_events_and_tasks() -> None:
    given = duties(LONGUEUIL, (date(2026, 1, 1), date(2027, 1, 1)))
    found = read(ics.write(given, stamp=STAMP, locale="fr_CA"))
    assert len(found) == len(given)
    for duty, entry in zip(given, found, strict=True):
        assert entry["DTSTAMP"] == "20260105T143000Z"
        assert duty.what.fr in entry["SUMMARY"]
        assert entry["SUMMARY;"] == "LANGUAGE=fr"
        assert duty.citations[0].text("fr") in entry["DESCRIPTION"]
        if duty.due is None:
            assert entry["kind"] == "VTODO"
            assert "DTSTART" not in entry
        else:
            assert entry["kind"] == "VEVENT"
            assert entry["DTSTART"] == f"{duty.due:%Y%m%d}"
            assert entry["DTSTART;"] == "VALUE=DATE"
            assert entry["DTEND"] == f"{duty.due + timedelta(1):%Y%m%d}"
        assert ("droit non modélisé" in entry["SUMMARY"]) == (duty.status == "not_modelled")
    assert len({entry["UID"] for entry in found}) == len(found)


def test_the_same_input_gives_the_same_bytes() -> None:
    given = duties(LONGUEUIL, (date(2025, 1, 1), date(2026, 1, 1)))
    assert ics.write(given, stamp=STAMP, locale="en_CA") == ics.write(given, stamp=STAMP.astimezone(UTC), locale="en_CA")


def test_an_identifier_outlives_language_and_replanning() -> None:
    def uids(content: bytes) -> dict[str, str]:
        return {e["UID"]: e["DTSTART"] for e in read(content)}

    first = uids(ics.write(timeline(CALL), stamp=STAMP, locale="fr_CA"))
    later = uids(ics.write(timeline(CALL, closing=date(2025, 3, 3)), stamp=STAMP, locale="en_CA"))
    assert first.keys() == later.keys()
    assert first != later
    other = uids(ics.write(timeline(CALL.replace(id="AO-2025-08")), stamp=STAMP, locale="fr_CA"))
    assert not first.keys() & other.keys()


def test_two_years_and_two_cities_have_their_own_identifiers() -> None:
    many = [
        *duties(LONGUEUIL, (date(2025, 1, 1), date(2026, 1, 1))),
        *duties(LONGUEUIL, (date(2026, 1, 1), date(2027, 1, 1))),
        *duties(cities["ca-qc/brossard"], (date(2026, 1, 1), date(2027, 1, 1))),
    ]
    dated = [d for d in many if d.due]
    found = read(ics.write(dated, stamp=STAMP, locale="fr_CA"))
    assert len({e["UID"] for e in found}) == len(dated) == 6


def test_a_deadline_tells_its_steps() -> None:
    found = deadline(date(2024, 6, 1), days=15, calendar="ca-qc/I-16")
    (entry,) = read(ics.write([found], stamp=STAMP, locale="fr_CA"))
    assert entry["DTSTART"] == "20240617"
    assert entry["DESCRIPTION"].splitlines() == found.explain("fr_CA").splitlines()


def test_separators_and_long_lines_survive() -> None:
    text = Text("Un; deux, trois \\ quatre « é » " + "à" * 200, "One; two, three \\ four")
    own = Duty(id="own/x", who="A, B; C", what=text, to=text, trigger=text, due=date(2026, 2, 28), status="due")
    (entry,) = read(ics.write([own], stamp=STAMP, locale="fr_CA"))
    assert entry["SUMMARY"] == f"A, B; C : {text.fr}"
    assert entry["DTEND"] == "20260301"


def test_bad_input_is_named() -> None:
    good = duties(LONGUEUIL, (date(2025, 1, 1), date(2026, 1, 1)))
    with pytest.raises(InputError, match="time zone"):
        ics.write(good, stamp=datetime(2026, 1, 5), locale="fr_CA")
    with pytest.raises(InputTypeError, match="stamp"):
        ics.write(good, stamp=date(2026, 1, 5), locale="fr_CA")
    with pytest.raises(InputTypeError, match=r"what\[1\]"):
        ics.write([good[0], "tomorrow"], stamp=STAMP, locale="fr_CA")
    with pytest.raises(InputTypeError, match="what"):
        ics.write("tomorrow", stamp=STAMP, locale="fr_CA")
    with pytest.raises(InputError, match="locale"):
        ics.write(good, stamp=STAMP, locale="de_DE")


def test_without_icalendar_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(MissingExtra, match=r"procurelib\[ics\]"):
        ics.write([], stamp=STAMP, locale="fr_CA")


def test_nothing_to_write_is_an_empty_calendar() -> None:
    assert read(ics.write([], stamp=STAMP, locale="fr_CA")) == []


def test_a_process_without_a_name_is_known_by_its_first_day() -> None:
    nameless = CALL.replace(id=None)

    def uids(tender: Tender) -> set[str]:
        return {e["UID"] for e in read(ics.write(timeline(tender), stamp=STAMP, locale="fr_CA"))}

    assert uids(nameless) == uids(nameless.replace(title="Sel"))
    assert not uids(nameless) & uids(nameless.replace(launched=date(2025, 2, 4)))
    assert not uids(nameless) & uids(CALL)
    empty = timeline(nameless.replace(value=Money("9000", "CAD", tax="net")))
    assert read(ics.write(empty, stamp=STAMP, locale="fr_CA")) == []


def test_a_second_parser_reads_the_same_events() -> None:
    given = [duty for duty in duties(LONGUEUIL, (date(2025, 1, 1), date(2026, 1, 1))) if duty.due is not None]
    content = ics.write(given, stamp=STAMP, locale="fr_CA")
    mine = read(content)
    theirs = vobject.readOne(content.decode("utf-8")).vevent_list
    assert len(theirs) == len(given) > 0
    for duty, own, other in zip(given, mine, theirs, strict=True):
        assert other.dtstart.value == duty.due
        assert (other.summary.value, other.uid.value) == (own["SUMMARY"], own["UID"])
        assert other.description.value == own["DESCRIPTION"]
