"""The law book: what its files may say, what it holds, and that it stays what it was."""

import json
import re
import shutil
import subprocess
import sys
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

import procurelib.law
from procurelib.dated import CONFIDENCES
from procurelib.errors import InputError, InputTypeError, LawFileError, NoLongerInForce, NotYetInForce, UnknownId
from procurelib.law import EDITION, Book, law
from procurelib.law.__main__ import main, report
from procurelib.law.book import checksum, compiled, fingerprint, read_jurisdiction, write_compiled
from procurelib.money import Money

ROOT = Path(procurelib.law.__file__).parent
IDS = (Path(__file__).parent / "ids.txt").read_text(encoding="utf-8").split()
ONE_DAY = timedelta(days=1)
ALL = sorted(law)

INSTRUMENTS = """
[A-1]
title.fr = "Loi"
title.en = "Act"
short.fr = "LA"
short.en = "AA"
kind = "act"
identifier = "RLRQ, c. A-1"
"""
VERSION = {
    "from": "2018-01-01",
    "amount": "25000",
    "cite": '[{ instrument = "A-1", at = "1" }]',
    "source": '"https://example.org/a-1"',
    "confidence": '"official"',
    "checked": "2026-11-23",
}


def book_of(folder: Path, text: str, instruments: str = INSTRUMENTS) -> Book:
    """Write one jurisdiction and open it."""
    place = folder / "xx"
    place.mkdir(exist_ok=True)
    (place / "instruments.toml").write_text(instruments, encoding="utf-8")
    (place / "values.toml").write_text(text, encoding="utf-8")
    return law.open(folder)


def parameter(unit: str = "CAD", head: str = 'tax = "net"', *versions: dict[str, str | None], tail: str = "") -> str:
    """One parameter, ``floor``, with the versions given as changes to a sound one."""
    lines = ["[floor]", 'title.fr = "Plancher"', 'title.en = "Floor"', f'unit = "{unit}"', head]
    for changes in versions or ({},):
        lines.append("[[floor.version]]")
        lines += [f"{k} = {v}" for k, v in (VERSION | changes).items() if v is not None]
    return "\n".join([*lines, tail])


def gap(start: str, until: str | None = None) -> str:
    last = f"until = {until}\n" if until else ""
    return f'[[floor.gap]]\nfrom = {start}\n{last}reason.fr = "non lu"\nreason.en = "not read"\n'


# ---- what the files may say


def test_a_sound_file_is_read(tmp_path):
    book = book_of(
        tmp_path,
        parameter(
            "CAD",
            'tax = "net"',
            {"from": "2013-01-01", "amount": '"24999.50"', "confidence": '"inferred"', "source": '"none: recalled"'},
            {"note.fr": '"Une note."', "note.en": '"A note."', "from_confidence": '"secondary"'},
            tail=gap("2026-04-01"),
        ),
    )
    value = book["xx/floor"]
    assert list(book) == ["xx/floor"]
    assert [v.value for v in value.versions] == [Money("24999.50", "CAD", tax="net"), Money(25000, "CAD", tax="net")]
    assert (value.versions[0].end, value.versions[1].end) == (date(2018, 1, 1), date(2026, 4, 1))
    assert value.versions[1].citations[0].text("fr") == "LA, art. 1"
    assert value.versions[1].citations[0].instrument == "xx/A-1"
    assert value.gaps[0].held_before
    assert book.instrument("xx/A-1").title("en") == "Act"
    assert book.changes() == ()


REFUSED = {
    "a float": (parameter("CAD", 'tax = "net"', {"amount": "25000.50"}), "floor.version[0].amount", "quotes"),
    "a boolean": (parameter("CAD", 'tax = "net"', {"amount": "true"}), "floor.version[0].amount", "whole number"),
    "a negative": (parameter("CAD", 'tax = "net"', {"amount": "-1"}), "floor.version[0].amount", "zero or more"),
    "days with a point": (parameter("days", "", {"amount": '"8.5"'}), "floor.version[0].amount", "a whole number"),
    "money without a basis": (parameter("CAD", ""), "floor.tax", "on which basis"),
    "another basis": (parameter("CAD", 'tax = "gross"'), "floor.tax", "one of"),
    "a basis for days": (parameter("days", 'tax = "net"'), "floor.tax", "only an amount of money"),
    "another unit": (parameter("CHF"), "floor.unit", "one of"),
    "an unknown key": (parameter("CAD", 'tax = "net"\ncolour = "red"'), "floor.colour", "unknown key"),
    "an unknown key of a version": (
        parameter("CAD", 'tax = "net"', {"to": "2020-01-01"}),
        "floor.version[0].to",
        "unknown key",
    ),
    "no source": (parameter("CAD", 'tax = "net"', {"source": None}), "floor.version[0].source", "required"),
    "no day checked": (parameter("CAD", 'tax = "net"', {"checked": None}), "floor.version[0].checked", "required"),
    "no citation": (parameter("CAD", 'tax = "net"', {"cite": "[]"}), "floor.version[0].cite", "at least one"),
    "an instrument not listed": (
        parameter("CAD", 'tax = "net"', {"cite": '[{ instrument = "B-2" }]'}),
        "floor.version[0].cite[0].instrument",
        "instruments.toml",
    ),
    "a level of confidence of its own": (
        parameter("CAD", 'tax = "net"', {"confidence": '"sure"'}),
        "floor.version[0].confidence",
        "one of",
    ),
    "official without a source": (
        parameter("CAD", 'tax = "net"', {"source": '"none: recalled"'}),
        "floor.version[0].confidence",
        "inferred or unverified",
    ),
    "official without an address": (
        parameter("CAD", 'tax = "net"', {"source": '"a colleague"'}),
        "floor.version[0].confidence",
        "at best secondary",
    ),
    "no reason for no source": (
        parameter("CAD", 'tax = "net"', {"source": '"none:"', "confidence": '"inferred"'}),
        "floor.version[0].source",
        "how the value is known",
    ),
    "a time of day": (
        parameter("CAD", 'tax = "net"', {"from": "2018-01-01T00:00:00"}),
        "floor.version[0].from",
        "without a time",
    ),
    "a date in quotes": (parameter("CAD", 'tax = "net"', {"from": '"2018-01-01"'}), "floor.version[0].from", "quotes"),
    "the wrong order": (
        parameter("CAD", 'tax = "net"', {}, {"from": "2017-01-01"}),
        "floor.version[1].from",
        "order of time",
    ),
    "the same day twice": (parameter("CAD", 'tax = "net"', {}, {}), "floor.version[1].from", "is not after"),
    "a value of the wrong kind": (
        parameter("provision", "", {"amount": "1"}),
        "floor.version[0].amount",
        "has no such key",
    ),
    "a code with capitals": (
        parameter("code", "", {"amount": None, "value": '"Yes"'}),
        "floor.version[0].value",
        "lower case",
    ),
    "a code twice": (
        parameter("codes", "", {"amount": None, "values": '["a", "a"]'}),
        "floor.version[0].values",
        "twice",
    ),
    "a term with nothing after it": (
        parameter("CAD", 'tax = "net"', {"known_until": "2027-12-31"}),
        "floor.version[0].known_until",
        "followed by a gap",
    ),
    "a term and then a hole": (
        parameter("CAD", 'tax = "net"', {"known_until": "2027-12-31"}, tail=gap("2029-01-01")),
        "floor.version[0].known_until",
        "2029-01-01",
    ),
    "a gap without an end in the middle": (
        parameter("CAD", 'tax = "net"', {}, {"from": "2020-01-01"}, tail=gap("2019-01-01")),
        "floor.gap[0].until",
        "without an end",
    ),
    "a gap that stops early": (
        parameter("CAD", 'tax = "net"', {}, {"from": "2020-01-01"}, tail=gap("2019-01-01", "2019-06-30")),
        "floor.gap[0].until",
        "2020-01-01",
    ),
    "a gap that ends with nothing after": (
        parameter("CAD", 'tax = "net"', tail=gap("2019-01-01", "2019-06-30")),
        "floor.gap[0].until",
        "has no end",
    ),
    "a gap on the first day of a version": (
        parameter("CAD", 'tax = "net"', tail=gap("2018-01-01")),
        "from",
        "both begin",
    ),
    "a repeal before the last version": (
        parameter("CAD", 'tax = "net"', tail='[floor.repeal]\non = 2017-01-01\ncite = [{ instrument = "A-1" }]'),
        "floor.repeal.on",
        "after the last version",
    ),
    "one language": (
        parameter("CAD", 'tax = "net"', {"note.fr": '"Une note."'}),
        "floor.version[0].note.en",
        "required",
    ),
    "a first day outside its window": (
        parameter("CAD", 'tax = "net"', {"from_window": "[2018-02-01, 2018-03-01]"}),
        "floor.version[0].from_window",
        "not in the window",
    ),
    "a value outside its bounds": (
        parameter("CAD", 'tax = "net"', {"between": "[1, 2]"}),
        "floor.version[0].between",
        "not between",
    ),
    "a reference to nothing": (
        parameter("CAD", 'tax = "net"', {"same_as": '"xx/ceiling"'}),
        "floor.version[0].same_as",
        "no id of xx",
    ),
    "a lonely reading": (
        parameter(
            "code",
            "",
            {"amount": None, "value": '"a"'},
            tail='[[floor.reading]]\nid = "a"\nfrom = 2018-01-01\nvalue = "a"\ndefault = true\nsource = "none: x"\n'
            'label.fr = "x"\nlabel.en = "x"\nwhy.fr = "x"\nwhy.en = "x"',
        ),
        "floor.reading",
        "competes",
    ),
    "nothing at all": (
        '[floor]\ntitle.fr = "P"\ntitle.en = "F"\nunit = "days"',
        "floor",
        "neither a version nor a gap",
    ),
}


@pytest.mark.parametrize(("text", "key", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_a_malformed_file_is_refused_with_its_place(tmp_path, text, key, words):
    with pytest.raises(LawFileError) as caught:
        book_of(tmp_path, text)
    assert key in str(caught.value)
    assert words in str(caught.value)
    assert caught.value.path.endswith("values.toml")


def test_every_fault_of_a_jurisdiction_is_reported_at_once(tmp_path):
    text = parameter("CAD", 'tax = "gross"', {"amount": "1.5", "source": None, "note.en": '"x"'})
    with pytest.raises(LawFileError) as caught:
        book_of(tmp_path, text, INSTRUMENTS.replace('"act"', '"law"'))
    told = str(caught.value)
    for place in ("A-1.kind", "floor.tax", "floor.version[0].amount", "floor.version[0].source", "note.fr"):
        assert place in told


def test_a_mistake_of_syntax_is_told_with_its_line(tmp_path):
    with pytest.raises(LawFileError) as caught:
        book_of(tmp_path, '[floor]\ntitle.fr = "Plancher"\nunit = \n')
    assert caught.value.line == 3
    assert "line 3" in str(caught.value)


def test_an_id_stands_in_one_file_only(tmp_path):
    book_of(tmp_path, parameter())
    (tmp_path / "xx" / "more.toml").write_text(parameter(), encoding="utf-8")
    with pytest.raises(LawFileError, match="another file"):
        law.open(tmp_path)


def test_a_folder_or_a_single_file_can_be_opened(tmp_path):
    book_of(tmp_path, parameter())
    for path in (tmp_path, tmp_path / "xx", tmp_path / "xx" / "values.toml", str(tmp_path / "xx")):
        book = law.open(path)
        assert list(book) == ["xx/floor"]
        assert book["xx/floor"].on(date(2018, 1, 1)).value == Money(25000, "CAD", tax="net")
    with pytest.raises(LawFileError, match="no such"):
        law.open(tmp_path / "absent")


def test_an_instrument_of_a_jurisdiction_beside_may_be_cited(tmp_path):
    (tmp_path / "yy").mkdir()
    (tmp_path / "yy" / "instruments.toml").write_text(INSTRUMENTS.replace("LA", "LY"), encoding="utf-8")
    book = book_of(tmp_path, parameter("CAD", 'tax = "net"', {"cite": '[{ instrument = "yy/A-1", at = "2" }]'}))
    citation = book["xx/floor"].versions[0].citations[0]
    assert (citation.instrument, citation.text("fr")) == ("yy/A-1", "LY, art. 2")
    for wrong in ("../yy/A-1", "zz/A-1", "yy/B-2"):
        with pytest.raises(LawFileError, match=r"instruments\.toml"):
            book_of(tmp_path, parameter("CAD", 'tax = "net"', {"cite": f'[{{ instrument = "{wrong}" }}]'}))


def test_a_reference_has_the_value_it_names(tmp_path):
    other = parameter("CAD", 'tax = "net"', {"amount": "100"}, {"from": "2020-01-01", "amount": "200"})
    other = other.replace("floor", "ceiling")
    same = {"amount": "100", "same_as": '"xx/ceiling"'}
    book_of(tmp_path, parameter("CAD", 'tax = "net"', same, {"from": "2020-01-01", "amount": "7"}) + "\n" + other)
    with pytest.raises(LawFileError, match="on every day from 2018-01-01"):
        book_of(tmp_path, parameter("CAD", 'tax = "net"', same) + "\n" + other)


# ---- the compiled file


def test_the_shipped_files_are_what_the_toml_compiles_to():
    for name in law.jurisdictions:
        shipped = json.loads((ROOT / f"{name}.json").read_text(encoding="utf-8"))
        assert shipped == compiled(ROOT / name), f"{name}: run `python -m procurelib.law compile`"
        assert shipped["sha256"] == fingerprint(ROOT / name)


def test_an_edited_file_is_read_instead_of_the_compiled_one(tmp_path):
    root = tmp_path / "book"
    shutil.copytree(ROOT, root, ignore=shutil.ignore_patterns("*.py", "__pycache__", "*.json"))
    write_compiled(root)
    before = checksum(root / "ca-qc")
    assert Book(root)["ca-qc/invitation-floor"] == law["ca-qc/invitation-floor"]
    file = root / "ca-qc" / "thresholds.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("amount = 25000", "amount = 26000"), encoding="utf-8")
    assert checksum(root / "ca-qc") != before
    assert Book(root)["ca-qc/invitation-floor"].on(date(2020, 1, 1)).value == Money(26000, "CAD", tax="net")


@pytest.mark.parametrize("id", ALL)
def test_both_ways_of_reading_give_the_same_value(id, by_toml):
    assert law[id] == by_toml[id]


@pytest.fixture(scope="module")
def by_toml() -> Book:
    """The shipped book, read from its TOML."""
    book = Book(ROOT)
    for name in law.jurisdictions:
        book._plain[name] = read_jurisdiction(ROOT / name)
    return book


def test_importing_the_book_reads_nothing():
    code = (
        "import sys; from procurelib.law import law; "
        "assert not law._plain and law._folders is None; "
        "law['ca-qc/public-call-threshold']; assert list(law._plain) == ['ca-qc']; "
        "assert len(law._parameters) == 1; print('tomllib' in sys.modules, 'procurelib.law.schema' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


# ---- what the book holds


def test_ids_never_vanish_and_the_list_is_complete():
    assert sorted(IDS) == IDS
    gone = sorted(set(IDS) - set(ALL))
    new = sorted(set(ALL) - set(IDS))
    assert not gone, "an id is permanent: give the value a repeal or a gap instead of removing it"
    assert not new, "add these lines to tests/law/ids.txt"


@pytest.mark.parametrize("id", ALL)
def test_every_value_is_complete(id):
    value = law[id]
    assert id in law
    assert value.title_fr.strip()
    assert value.title_en.strip()
    assert (value.unit in ("CAD", "EUR")) == (value.tax is not None)
    for version in value.versions:
        assert version.citations
        assert version.confidence in CONFIDENCES
        assert [version.checked.year, version.checked.month] <= [int(part) for part in EDITION.split(".")[:2]]
        assert version.source.startswith("none:") <= version.weak
        if version.confidence in ("official", "twin"):
            assert version.source.startswith("http")
        assert (version.value is None) == (value.unit == "provision")
        assert (version.note_fr is None) == (version.note_en is None)
        for citation in version.citations:
            instrument = law.instrument(citation.instrument)
            assert (citation.short_fr, citation.short_en) == (instrument.short_fr, instrument.short_en)
            assert citation.text("fr_CA")
            assert citation.text("en_CA")
    for entry in value.gaps:
        assert len(entry.reason_fr) > 20
        assert len(entry.reason_en) > 20


@pytest.mark.parametrize("id", ALL)
def test_no_day_of_the_covered_span_is_left_without_a_version_a_gap_or_an_end(id):
    value = law[id]
    first = min(span.start for span in (*value.versions, *value.gaps))
    days = {first, date(2100, 1, 1)}
    for span in (*value.versions, *value.gaps):
        days |= {span.start, span.start - ONE_DAY}
        days |= {span.end, span.end - ONE_DAY} if span.end is not None else set()
    for day in sorted(days):
        held, why = value.at(day), value.gap(day)
        assert held is None or why is None, day
        if day < first or (value.repealed is not None and day >= value.repealed):
            assert held is None, day
        else:
            assert held is not None or why is not None, day


FRENCH = re.compile(r"\b(the|and|of|below|above|tender|threshold|supplier|award|not|been|read)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(le|la|les|des|du|une|seuil|soumissions|organisme|pas|été|lu)\b", re.IGNORECASE)
AN_ID = re.compile(r"[a-z]+_[a-z]+|\b(?:ca-qc|trade)/")


@pytest.mark.parametrize("id", ALL)
def test_each_language_speaks_its_own_words(id):
    value = law[id]
    spans = [value, *value.versions]
    french = [getattr(s, f"{n}_fr", None) for s in spans for n in ("title", "label", "note")]
    english = [getattr(s, f"{n}_en", None) for s in spans for n in ("title", "label", "note")]
    french += [g.reason_fr for g in value.gaps] + [t for r in value.readings for t in (r.label_fr, r.why_fr)]
    english += [g.reason_en for g in value.gaps] + [t for r in value.readings for t in (r.label_en, r.why_en)]
    names = re.compile(r"Centre d.acquisitions gouvernementales|Centre de services partagés du Québec")
    for text in filter(None, french):
        assert not FRENCH.search(text), text
        assert not AN_ID.search(text), text
        assert '"' not in text, text
        assert not re.search(r"(?<=\d) (?=\d{3}\b|[$%])", text), f"a no-break space is missing: {text}"
    for text in filter(None, english):
        assert not ENGLISH.search(names.sub("", text)), text
        assert not AN_ID.search(text), text
    assert len(value.title_fr) <= 90
    assert len(value.title_en) <= 90


def test_titles_are_not_shared():
    for language in ("fr", "en"):
        titles = [law[id].title(language) for id in ALL if "/" in id]
        ours = [t for id, t in zip(ALL, titles, strict=True) if id.startswith("ca-qc/")]
        assert len(set(ours)) == len(ours)


# ---- values written here by hand, each from the source named


@pytest.mark.parametrize(
    ("day", "amount", "french", "confidence"),
    [
        # http://legisquebec.gouv.qc.ca/en/version/cs/C-19%20?code=se:573_1&history=20240422, earlier version
        (date(2013, 1, 1), "100000", "LCV, art. 573(1)", "official"),
        (date(2018, 4, 18), "100000", "LCV, art. 573(1)", "official"),
        # http://www.sam.ca/nouveau-reglement-du-mamh-concernant-la-gestion-contractuelle/
        (date(2018, 4, 19), "101100", "L.Q. 2018, c. 8, dispositions transitoires", "secondary"),
        (date(2019, 7, 3), "101100", "L.Q. 2018, c. 8, dispositions transitoires", "secondary"),
        (date(2019, 7, 4), "101100", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2019-05-31)", "secondary"),
        # https://www.legisquebec.gouv.qc.ca/en/version/cr/C-19,%20r.%205%20?code=se:1&history=20230610
        (date(2020, 8, 13), "105700", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2020-07-14)", "official"),
        (date(2022, 10, 6), "105700", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2020-07-14)", "official"),
        (date(2022, 10, 7), "121200", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2022-08-22)", "official"),
        (date(2023, 12, 31), "121200", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2022-08-22)", "official"),
        # Treasury Board notices 2023-6 and 2025-8, to which the regulation leads
        (date(2024, 1, 1), "133800", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2023-12-04)", "inferred"),
        (date(2025, 12, 31), "133800", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2023-12-04)", "inferred"),
        (date(2026, 1, 1), "139000", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2023-12-04)", "inferred"),
        (date(2026, 3, 31), "139000", "RLRQ, c. C-19, r. 5, art. 1 (A.M. 2023-12-04)", "inferred"),
        (date(2026, 4, 1), "139000", "LCOM", "inferred"),
        (date(2027, 12, 31), "139000", "LCOM", "inferred"),
    ],
)
def test_the_public_call_threshold(day, amount, french, confidence):
    version = law["ca-qc/public-call-threshold"].on(day)
    assert version.value == Money(amount, "CAD", tax="net")
    assert version.citations[0].text("fr_CA") == french
    assert version.confidence == confidence


def test_the_threshold_of_2020_says_that_its_first_day_is_not_certain():
    version = law["ca-qc/public-call-threshold"].on(date(2020, 8, 13))
    assert version.from_confidence == "unverified"
    assert version.from_window == (date(2020, 7, 14), date(2020, 8, 31))
    others = ("territory-ceiling-goods-services", "territory-ceiling-works-regional", "estimate-floor")
    for id in others:
        assert law[f"ca-qc/{id}"].on(date(2020, 8, 13)).from_window == version.from_window


def test_a_value_set_for_a_term_ends_with_it():
    for id in ALL:
        for version in law[id].versions:
            if version.known_until is not None:
                assert version.known_until == date(2027, 12, 31)
                with pytest.raises(NoLongerInForce):
                    law[id].on(date(2028, 1, 1))
                assert law[id].gap_en is not None
                assert "2027" in law[id].gap_en


@pytest.mark.parametrize(
    ("id", "before", "after"),
    [
        # the reasons printed on SEAO for contracts signed since April 2026, against the CTA text of 2024-11-20
        ("sole-supplier", "LCV, art. 573.3(2)", "LCOM, art. 33(2)"),
        ("nonprofit-body", "LCV, art. 573.3(2.1)", "LCOM, art. 5(1)a)"),
        ("nonprofit-listed-services", "LCV, art. 573.3(2.3)", "LCOM, art. 5(1)b)"),
        ("qualified-solidarity-cooperative", "LCV, art. 573.3(2.2)", "LCOM, art. 5(2)"),
        ("emergency", "LCV, art. 573.2", "LCOM, art. 33(1)"),
        ("bylaw-award-rules", "LCV, art. 573.3.1.2, al. 4", "LCOM, art. 9"),
        ("direct-below-floor", "LCV, art. 573.1 (a contrario)", "LCOM, art. 30"),
        ("anti-splitting", "LCV, art. 573.3.0.3", "LCOM, art. 19"),
    ],
)
def test_a_ground_keeps_its_id_when_its_section_moves(id, before, after):
    value = law[f"ca-qc/{id}"]
    assert value.on(date(2026, 3, 31)).citations[0].text("fr") == before
    assert value.on(date(2026, 4, 1)).citations[0].text("fr") == after


def test_what_was_not_read_is_a_gap_with_what_held_before():
    for id in ("regulated-tariff", "public-body", "minimum-period-works", "territory-ceiling-goods-services"):
        value = law[f"ca-qc/{id}"]
        assert value.at(date(2026, 3, 31)) is not None
        assert value.at(date(2026, 4, 1)) is None
        entry = value.gap(date(2026, 4, 1))
        assert entry is not None
        assert entry.held_before
        assert "31 mars 2026" in entry.reason_fr.replace("\u00a0", " ")
    with pytest.raises(NotYetInForce):
        law["ca-qc/nonprofit-goods"].on(date(2026, 3, 31))
    assert law["ca-qc/other-exception"].versions == ()


def test_the_tax_factors_follow_from_the_rates_they_state():
    # GST 5 %, QST 9.975 % on the price; rebates of the QST: 62.8 % in 2014, 50 % since 2015
    net = law["ca-qc/net-tax-factor"]
    assert net.on(date(2014, 12, 31)).value == 1 + Decimal("0.09975") * (1 - Decimal("0.628"))
    assert net.on(date(2015, 1, 1)).value == 1 + Decimal("0.09975") * Decimal("0.5")
    assert law["ca-qc/gross-tax-factor"].on(date(2020, 1, 1)).value == 1 + Decimal("0.05") + Decimal("0.09975")
    with pytest.raises(NotYetInForce):
        net.on(date(2013, 12, 31))
    assert net.gap(date(2013, 12, 31)) is not None


def test_the_city_follows_the_agreements_late_until_2024_and_at_once_since():
    city, agreement = law["ca-qc/public-call-threshold"], law["trade/cfta-goods"]
    for day in (date(2018, 4, 18), date(2020, 7, 13), date(2022, 10, 6)):
        assert city.on(day).value < agreement.on(day).value
    for day in (date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1), date(2026, 3, 31)):
        assert city.on(day).value == agreement.on(day).value


def test_the_internal_trade_agreement_ends_where_the_next_begins():
    last, first = date(2017, 6, 30), date(2017, 7, 1)
    for part in ("", "-goods", "-services", "-works"):
        assert law[f"trade/ait{part}"].at(last) is not None
        assert law[f"trade/ait{part}"].repealed == first
        assert law[f"trade/ait{part}"].repeal_citations
        assert law[f"trade/cfta{part}"].at(last) is None
        assert law[f"trade/cfta{part}"].at(first) is not None


def test_competing_readings_are_kept_with_their_reasons():
    for id in ("ca-qc/listed-services-sense", "ca-qc/territory-works-new-brunswick", "trade/aqnb-works"):
        value = law[id]
        assert sum(r.default for r in value.readings) == 1
        default, other = value.readings_on(value.readings[0].start)
        assert default.default
        assert default.value == value.on(default.start).value
        assert other.value != default.value
        assert default.source != other.source


def test_agreements_say_whether_they_reach_municipalities():
    day = date(2022, 6, 1)
    reach = {id: law[f"trade/{id}"].on(day).scope for id in ("cfta", "accqo", "aqnb", "ceta", "cuktca")}
    assert set(reach.values()) == {"municipal"}
    assert {law[f"trade/{id}"].on(day).scope for id in ("gpa", "cptpp", "aqny")} == {"not_municipal"}


# ---- the book as an object


def test_an_id_that_names_nothing_brings_the_nearest():
    with pytest.raises(UnknownId) as caught:
        law["ca-qc/public-call-treshold"]
    assert "ca-qc/public-call-threshold" in caught.value.near
    for wrong in ("", "ca-qc", "ca-qc/", "nowhere/x", None, 3):
        assert wrong not in law
    with pytest.raises(UnknownId):
        law.instrument("ca-qc/absent")


def test_counts_are_those_of_the_versions():
    counted = law.counts()
    assert tuple(counted) == law.jurisdictions
    for name, levels in counted.items():
        mine = [v.confidence for id in ALL if id.startswith(f"{name}/") for v in law[id].versions]
        assert levels == {level: mine.count(level) for level in CONFIDENCES}


def test_the_report_prints_in_both_languages(capsys):
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert EDITION in printed
    assert "unverified" in printed
    assert str(law.counts()["ca-qc"]["official"]) in printed
    french = report("fr_CA")
    assert "non vérifié" in french
    assert "official " not in french
    with pytest.raises(InputError):
        report("de")


def test_changes_name_what_exists_and_come_after_the_edition_asked():
    for change in law.changes():
        assert change.kind in ("added", "amended", "corrected")
        for id in change.ids:
            assert id in law or id in law.jurisdictions
        assert change.reason_fr
        assert change.reason_en
    assert {id for c in law.changes() for id in c.ids} >= {"ca-qc", "trade"}
    assert law.changes(since="2026.10.9") == law.changes()
    assert law.changes(since=EDITION) == ()
    with pytest.raises(InputError):
        law.changes(since="2026-11")
    with pytest.raises(InputTypeError):
        law.changes(since=2026)
