"""Pages on declarations, progress and what is deliverable: two languages, three formats, figures widened, never narrowed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from html import unescape
from itertools import pairwise, takewhile
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from procurelib import (
    UNKNOWN,
    Bounds,
    Commitment,
    DayRange,
    Declaration,
    Deliverable,
    Enterprise,
    Money,
    MoneyRange,
    Progress,
    Purchase,
    ReportedFigure,
    Signature,
    Text,
    cities,
    declarations,
    deliverable,
    progress,
    reporting_periods,
)
from procurelib.errors import InputError
from procurelib.explain.promises import bounds, render_declaration, render_deliverable, render_progress, when
from procurelib.explain.words import catalogue, words
from procurelib.models.commitment import CADENCES, METRICS, RELATIONS, VERBS
from procurelib.models.declaration import ROLES, SIGNATURE_VERBS
from procurelib.money import TAX_BASES
from procurelib.promises.deliverable import STANDINGS
from procurelib.promises.progress import VERDICTS
from unit.test_explain_words import NOT_FRENCH, slots

NBSP = "\u00a0"
FORMATS = ("text", "markdown", "html")
LONGUEUIL, RENNES = cities["ca-qc/longueuil"], cities["fr/rennes"]
PROMISE, DISABILITY = declarations["ca-qc/longueuil-2013"]["lon-1"], declarations["fr/rennes-2018"]["disability"]
YEARS = reporting_periods("year", date(2024, 1, 1), until=date(2026, 1, 1))
AFTER, DURING = date(2026, 1, 31), date(2025, 6, 2)
YES, NO = {"ca-qc/E-1.1.1": True}, {"ca-qc/E-1.1.1": False}
STRANGE = "<b>|*_`$ & Fils"


def cad(amount: str, tax: Any = "net") -> Money:
    return Money(amount, "CAD", tax=tax)


def bought(amount: Any = "12000", **more: Any) -> Purchase:
    given: dict[str, Any] = {"buyer": LONGUEUIL.id, "day": date(2025, 3, 3), "category": "services", **more}
    return Purchase(amount=cad(amount) if isinstance(amount, str) else amount, **given)


def promise(**more: Any) -> Commitment:
    given: dict[str, Any] = {
        "id": "p",
        "verb": "buy",
        "object": Text("auprès de l’économie sociale", "from the social economy"),
        "metric": "amount",
        "target": cad("50000"),
        "counts": ["ca-qc/E-1.1.1"],
        "source": "text",
        "confidence": "official",
    }
    return Commitment(**{**given, **more})


def measured(*purchases: Purchase, of: Commitment | None = None, on: date = AFTER, **more: Any) -> Progress:
    return progress(promise() if of is None else of, purchases, more.pop("periods", YEARS), on=on, **more)


SOME = (
    bought("30000", marks=YES),
    bought("45000", supplier=Enterprise(name=STRANGE, country="CA")),
    bought("1", supplier=Enterprise(name="Coop", country="CA")),
    bought("20000", day=DayRange(date(2024, 11, 1), date(2025, 2, 1)), marks=NO),
    bought(MoneyRange(cad("10", UNKNOWN), cad("20.555", UNKNOWN))),
    bought("7", buyer=UNKNOWN),
    bought("9000", category="outside"),
    bought("500"),
    bought("500"),
)
PROGRESS: dict[str, Progress] = {
    "nothing": measured(),
    "met": measured(bought("60000", marks=YES), of=promise(deadline=DayRange.on(date(2025, 12, 31)))),
    "not met": measured(
        bought("40000", marks=YES), of=promise(deadline=DayRange.on(date(2025, 12, 31))), complete=True, buyers=[LONGUEUIL]
    ),
    "running": measured(bought(marks=NO), of=promise(deadline=DayRange.on(date(2027, 12, 31))), on=DURING, complete=True),
    "bounds": measured(*SOME, of=promise(deadline=DayRange.on(date(2025, 12, 31))), complete=True),
    "incomplete": measured(bought(marks=NO), of=promise(deadline=DayRange.on(date(2025, 12, 31)))),
    "no deadline": measured(bought(marks=NO), complete=True),
    "not stated": measured(*SOME, of=PROMISE, reported=declarations["ca-qc/longueuil-2013"].reported),
    "share by cadence": measured(
        *SOME,
        of=promise(metric="share_of_amount", target="10", cadence="year", guard=Text("dans les règles", "within the rules")),
    ),
    "increase": measured(*SOME, of=promise(verb="increase", metric="share_of_amount", target=None, baseline="20")),
    "contracts": measured(*SOME, of=promise(metric="contracts", target=3, note=Text("Une note.", "A note."))),
    "suppliers": measured(*SOME, of=promise(metric="suppliers", target=3, counts_confidence="inferred"), buyers=[LONGUEUIL]),
    "share of contracts": measured(*SOME, of=promise(metric="share_of_contracts", target="5", counts=["social_element"])),
    "share of contracts, known": measured(
        bought("100", marks={"social_element": True}),
        bought("300", marks={"social_element": False}),
        of=promise(metric="share_of_contracts", target="5", counts=["social_element"]),
    ),
    "many": measured(*(bought(str(100 + n), supplier=Enterprise(name=f"S{n}", country="CA")) for n in range(20))),
    "taxed": measured(bought("100", marks=YES), bought(cad("100", "excluded"), marks=YES), bought(cad("7", "included"))),
    "Rennes": progress(
        DISABILITY,
        [Purchase(buyer="fr/rennes", amount=Money("999.99", "EUR", tax="excluded"), day=date(2024, 5, 5))],
        YEARS,
        on=AFTER,
        buyers=["fr/rennes", "fr/rennes-metropole"],
    ),
}
LEDGER = (
    bought("12000", marks=YES),
    bought("50000"),
    bought("38000", category="goods"),
    bought("60000", category=UNKNOWN),
    bought("26000", category="goods"),
    bought(cad("24000", UNKNOWN), category="works", supplier=Enterprise(name=STRANGE, country="CA")),
    bought(UNKNOWN),
    bought("1"),
    bought("5000", buyer="ca-qc/brossard"),
    bought("5000", category="outside"),
)
DELIVERABLE: dict[str, Deliverable] = {
    "nothing": deliverable(PROMISE, [], LONGUEUIL, on=DURING),
    "by-law unknown": deliverable(PROMISE, LEDGER, LONGUEUIL, on=DURING),
    "no by-law": deliverable(PROMISE, LEDGER, LONGUEUIL.with_bylaw(None), on=DURING),
    "certain": deliverable(PROMISE, LEDGER[:3], LONGUEUIL.with_bylaw(None), on=DURING),
    "2013": deliverable(PROMISE, LEDGER, LONGUEUIL, on=date(2013, 4, 2)),
    "after the LCOM": deliverable(PROMISE, LEDGER, LONGUEUIL, on=date(2026, 10, 1)),
    "Rennes": deliverable(
        DISABILITY,
        [
            Purchase(buyer="fr/rennes", amount=Money(a, "EUR", tax="excluded"), day=date(2024, 5, 5), category="works")
            for a in ("4000", "60000", "900000")
        ],
        RENNES,
        on=date(2020, 9, 1),
    ),
}
DAYS = (date(2012, 12, 31), date(2013, 3, 15), date(2017, 2, 2), date(2026, 11, 26))
PAGES: dict[str, Any] = {
    **{f"progress, {name}": found.explain for name, found in PROGRESS.items()},
    **{f"deliverable, {name}": found.explain for name, found in DELIVERABLE.items()},
    **{
        f"{id} on {day}": lambda locale, *, format="text", id=id, day=day: declarations[id].explain(
            locale, on=day, format=format
        )
        for id in declarations
        for day in DAYS
    },
}
each_page = pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
each_progress = pytest.mark.parametrize("found", PROGRESS.values(), ids=PROGRESS)
each_deliverable = pytest.mark.parametrize("found", DELIVERABLE.values(), ids=DELIVERABLE)


def normal(text: str) -> str:
    return re.sub("[\u00a0\u202f]", " ", text)


def parsed(html: str) -> ET.Element:
    return ET.fromstring(html)


def told(html: str) -> str:
    return normal(" ".join("".join(parsed(html).itertext()).split()))


def bare(text: str) -> str:
    """A page without addresses and without what the ledger itself says."""
    return re.sub(r"https?://\S+", "", text.replace(STRANGE, ""))


# --- the catalogue ----------------------------------------------------------------------------------------------------

CODES = [
    *(("commitment", "verb", one) for one in VERBS),
    *(("commitment", "metric", one) for one in METRICS),
    *(("commitment", "each", one) for one in CADENCES),
    *(("reported", one) for one in RELATIONS),
    *(("progress", "verdict", one) for one in VERDICTS),
    *(("progress", "reason", one) for one in ("running", "bounds", "incomplete", "no_deadline")),
    *(("progress", "fact", one) for one in ("eligibility", "mark", "amount", "tax", "day", "buyer", "duplicate")),
    *(("deliverable", "standing", one) for one in STANDINGS),
    *(("declaration", "verb", one) for one in SIGNATURE_VERBS),
    *(("declaration", "role", one) for one in ROLES),
    *(("declaration", "check", one) for one in ("holds", "fails", "open", "not_checked")),
    *(("tax", one) for one in TAX_BASES),
    *(("mark", one) for one in ("social_element", "environmental_element")),
]


@pytest.mark.parametrize("key", CODES, ids=".".join)
def test_every_code_has_its_words_in_both_languages(key: tuple[str, ...]) -> None:
    french, english = catalogue("fr")[key], catalogue("en")[key]
    assert slots(french) == slots(english)
    assert french.strip()
    assert english.strip()


# --- every page -------------------------------------------------------------------------------------------------------


@each_page
@pytest.mark.parametrize("format", FORMATS)
def test_a_page_is_whole_in_both_languages(page: Any, format: str) -> None:
    french, english = page("fr_CA", format=format), page("en_CA", format=format)
    assert french != english
    for text in (french, english):
        assert not re.search(r"[{}]", bare(text))
        assert not re.search(r"\bUNKNOWN\b|\bNone\b|\bTrue\b|\bFalse\b|Bounds|Money|Decimal", bare(text))
        assert text == text.strip()


@each_page
def test_no_two_empty_lines_follow_each_other(page: Any) -> None:
    assert not any("\n\n\n" in page("fr_CA", format=format) for format in ("text", "markdown"))


@each_page
def test_a_page_holds_no_code(page: Any) -> None:
    for locale in ("fr_CA", "en_CA"):
        found = re.findall(r"\w*[a-z]_[a-z]\w*|\b(?:ca-qc|fr|trade)/[\w.-]+|\w+\.tax\b", bare(page(locale)))
        assert found == []


@each_page
def test_the_french_page_is_french(page: Any) -> None:
    text = bare(page("fr_CA")).lower()
    # Titles of sources and names of bodies are in their own language.
    assert NOT_FRENCH & set(re.findall(r"[a-zàâçéèêëîïôûùüœ'’]+", text)) == set()
    english = {value.lower() for key, value in catalogue("en").items() if " " in value and not slots(value)}
    assert [line for line in english if line in text] == []


@each_page
def test_the_french_page_has_french_spaces(page: Any) -> None:
    for format in FORMATS:
        text = bare(unescape(page("fr_CA", format=format)))
        text = re.sub(r"<[^>]*>", "", text) if format == "html" else text
        assert not re.search(r"[^\s:\-|]:(\s|$)|«\S|\S»|\d [%$€]|\d[%$€]", text.replace("\\", "")), format


@each_page
def test_the_english_page_is_english(page: Any) -> None:
    """A day is said with one preposition, and a sentence ends once."""
    for line in bare(page("en_CA")).splitlines():
        assert not re.search(r"\b(from|to|until|between) (on|by|in|between|at|from|to|until) |\bby (on|in) ", line), line
        assert ".." not in line


@each_page
def test_one_sentence_ends_once_in_french(page: Any) -> None:
    for line in bare(page("fr_CA")).splitlines():
        assert ".." not in line
        assert not re.search(r"\b(de de|du le|de le|à le|le le|à à)\b", line), line


@each_page
def test_the_three_formats_say_the_same(page: Any) -> None:
    for locale in ("fr_CA", "en_CA"):
        text, html = page(locale), page(locale, format="html")
        said = told(html)
        for line in text.splitlines():
            for cell in re.split(r"\s{2,}", line.strip().removeprefix("- ")):
                if cell.strip("=-"):
                    assert normal(cell) in said
        marked = normal(re.sub(r"\\(.)", r"\1", page(locale, format="markdown")))
        for line in text.splitlines():
            for cell in re.split(r"\s{2,}", line.strip().removeprefix("- ")):
                if cell.strip("=-"):
                    assert normal(cell) in marked


@each_page
def test_html_is_well_formed_and_headed(page: Any) -> None:
    for locale, language in (("fr_CA", "fr"), ("en_CA", "en")):
        root = parsed(page(locale, format="html"))
        assert (root.tag, root.get("lang")) == ("section", language)
        headings = [int(one.tag[1]) for one in root.iter() if re.fullmatch(r"h\d", one.tag)]
        assert headings[0] == 2
        assert all(level - before <= 1 for before, level in pairwise(headings))


@each_page
def test_a_table_has_one_cell_for_each_column(page: Any) -> None:
    for locale in ("fr_CA", "en_CA"):
        for table in parsed(page(locale, format="html")).iter("table"):
            head = [one for one in table.iter("th") if one.get("scope") == "col"]
            rows = table.findall("./tbody/tr")
            assert len(head) >= 4
            assert rows
            for row in rows:
                cells = list(row)
                assert len(cells) == len(head)
                assert [one.tag for one in cells] == ["th", *["td"] * (len(head) - 1)]
                assert cells[0].get("scope") == "row"
                assert "".join(cells[0].itertext()).strip()
        for block in re.findall(r"(?:^\|.*\n?)+", page(locale, format="markdown"), re.MULTILINE):
            counts = {len(re.findall(r"(?<!\\)\|", line)) for line in block.strip().splitlines()}
            assert len(counts) == 1


@pytest.mark.parametrize("render", [render_progress, render_deliverable])
def test_a_wrong_locale_and_a_wrong_format_are_told_together(render: Any) -> None:
    found = PROGRESS["met"] if render is render_progress else DELIVERABLE["certain"]
    with pytest.raises(InputError) as caught:
        render(found, "de", format="pdf")
    assert {fault.path for fault in caught.value.faults} == {"locale", "format"}
    for locale, format, path in (("de", "text", "locale"), ("fr", "pdf", "format")):
        with pytest.raises(InputError) as caught:
            found.explain(locale, format=format)
        assert [fault.path for fault in caught.value.faults] == [path]


def test_a_declaration_tells_both_faults_too() -> None:
    one = declarations["ca-qc/longueuil-2013"]
    with pytest.raises(InputError) as caught:
        render_declaration(one, "xx", on=AFTER, format="pdf")
    assert {fault.path for fault in caught.value.faults} == {"locale", "format"}
    with pytest.raises(InputError):
        one.explain("fr", on="2025")  # type: ignore[arg-type]


@pytest.mark.parametrize("found", [*PROGRESS.values(), *DELIVERABLE.values()], ids=[*PROGRESS, *DELIVERABLE])
def test_a_notebook_shows_the_french_page(found: Any) -> None:
    assert found._repr_html_() == found.explain("fr_CA", format="html")


def test_names_are_escaped() -> None:
    html, marked = (PROGRESS["bounds"].explain("fr", format=format) for format in ("html", "markdown"))
    assert "&lt;b&gt;|*_`$ &amp; Fils" in html
    assert "<b>" not in html
    assert r"\<b\>\|\*\_\`\$ & Fils" in marked
    assert STRANGE in PROGRESS["bounds"].explain("fr")


# --- figures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "percent", "french", "english"),
    [
        (Bounds(Decimal("0.333333"), Decimal("0.333334")), True, "de 0,3 % à 0,4 %", "0.3% to 0.4%"),
        (Bounds(Decimal("33.333333"), Decimal("66.666667")), True, "de 33,3 % à 66,7 %", "33.3% to 66.7%"),
        (Bounds(Decimal("99.999999"), Decimal(100)), True, "de 99,9 % à 100 %", "99.9% to 100%"),
        (Bounds(Decimal("0"), Decimal("0.000001")), True, "de 0 % à 0,1 %", "0% to 0.1%"),
        (Bounds(Decimal("12.5"), Decimal("12.5")), True, "12,5 %", "12.5%"),
        (Bounds(Decimal(50), Decimal(50)), True, "50 %", "50%"),
        (Bounds(cad("0"), cad("98840.666666")), False, "de 0 $ à 98 840,67 $", "$0 to $98,840.67"),
        (Bounds(cad("85967.089999"), cad("85967.09")), False, "de 85 967,08 $ à 85 967,09 $", "$85,967.08 to $85,967.09"),
        (Bounds(cad("12000"), cad("12000")), False, "12 000 $", "$12,000"),
        (Bounds(cad("0.001"), None), False, "au moins 0 $", "at least $0"),
        (Bounds(cad("1234.567"), None), False, "au moins 1 234,56 $", "at least $1,234.56"),
        (Bounds(Money("5", "EUR", tax="excluded"), Money("5", "EUR", tax="excluded")), False, "5 €", "€5"),
        (Bounds(3, 7), False, "de 3 à 7", "3 to 7"),
        (Bounds(3, None), False, "au moins 3", "at least 3"),
        (Bounds(1200, 1200), False, "1 200", "1,200"),
    ],
    ids=str,
)
def test_bounds_as_a_reader_says_them(found: Bounds, percent: bool, french: str, english: str) -> None:
    assert normal(words("fr_CA").typeset(bounds(found, words("fr_CA"), percent=percent))) == french
    assert bounds(found, words("en_CA"), percent=percent) == english


def numbers(text: str) -> list[Decimal]:
    return [Decimal(one.replace(",", "")) for one in re.findall(r"\d[\d,]*(?:\.\d+)?", text)]


@given(st.lists(st.decimals(0, 10_000, places=6), min_size=2, max_size=2).map(sorted), st.booleans())
def test_what_is_shown_holds_what_is_meant(ends: list[Decimal], percent: bool) -> None:
    low, high = ends
    found = Bounds(low, high) if percent else Bounds(cad(str(low)), cad(str(high)))
    shown = numbers(bounds(found, words("en_CA"), percent=percent))
    step = Decimal("0.1") if percent else Decimal("0.01")
    assert low - step < shown[0] <= low
    assert high <= shown[-1] < high + step
    assert len(shown) == (1 if shown[0] == shown[-1] else 2)


def rows_of(found: Progress | Deliverable, locale: str = "en_CA") -> Iterator[list[str]]:
    (table,) = parsed(found.explain(locale, format="html")).iter("table")
    for row in table.findall("./tbody/tr"):
        yield [normal("".join(cell.itertext())) for cell in row]


def head_of(found: Progress | Deliverable, locale: str = "en_CA") -> list[str]:
    (table,) = parsed(found.explain(locale, format="html")).iter("table")
    return ["".join(one.itertext()) for one in table.iter("th") if one.get("scope") == "col"]


@each_progress
def test_the_table_of_progress(found: Progress) -> None:
    say = words("en_CA")
    by_contract = found.commitment.metric == "share_of_contracts"
    rows = list(rows_of(found))
    assert len(rows) == len(found.periods) + 1
    for cells, one in zip(rows, (*found.periods, found.cumulated), strict=True):
        name = "All periods" if one.period is None else one.period.label("en")
        assert cells[0] == (name if one.over else f"{name} (in progress)")
        assert cells[1:3] == [bounds(one.amount, say), bounds(one.spend, say)]
        share = one.share_of_contracts if by_contract else one.share
        assert cells[3] == ("no purchase" if share is None else bounds(share, say, percent=True))
        assert cells[4:6] == [bounds(one.contracts, say), bounds(one.suppliers, say)]
        reach = {None: "not judged", UNKNOWN: "undetermined", True: "yes", False: "no"}[one.reaches]
        assert cells[6:] == ([] if found.verdict == "not_stated" else [reach])
    assert head_of(found)[3] == ("Share of the contracts" if by_contract else "Share of the amount")
    assert ("Target reached" in head_of(found)) == (found.verdict != "not_stated")


@each_deliverable
def test_the_table_of_what_is_deliverable(found: Deliverable) -> None:
    say = words("en_CA")
    *rows, total = rows_of(found)
    assert len(rows) == len(found.parts)
    for cells, part in zip(rows, found.parts, strict=True):
        title = "—" if part.title is None else part.title.en
        assert cells[1:] == [title, bounds(part.amount, say), str(part.contracts)]
        assert cells[0] == catalogue("en")["deliverable", "standing", part.standing]
    assert total == ["Total", "", bounds(found.spend, say), str(len(found.contracts))]


# --- progress ---------------------------------------------------------------------------------------------------------

VERDICT = {
    "nothing": ("open", "no_deadline", "Le verdict reste ouvert. Le texte connu ne fixe aucune échéance."),
    "met": ("met", "reached", "La promesse est tenue."),
    "not met": ("not_met", "not_reached", "La promesse n’est pas tenue."),
    "running": ("open", "running", "Le verdict reste ouvert. La période n’est pas terminée, ou l’échéance n’est pas arrivée."),
    "bounds": ("open", "bounds", "Le verdict reste ouvert. Les faits connus ne permettent pas de trancher."),
    "incomplete": ("open", "incomplete", "Le verdict reste ouvert. La liste n’est pas donnée comme complète."),
    "no deadline": ("open", "no_deadline", "Le verdict reste ouvert. Le texte connu ne fixe aucune échéance."),
    "not stated": ("not_stated", "not_stated", "La promesse n’énonce rien qui permette de juger"),
}


@pytest.mark.parametrize("name", VERDICT)
def test_the_verdict_comes_first(name: str) -> None:
    found = PROGRESS[name]
    verdict, reason, line = VERDICT[name]
    assert (found.verdict, found.reason) == (verdict, reason)
    first = normal(found.explain("fr_CA")).splitlines()[2]
    assert first.startswith(line)
    assert f"<p><strong>{first}" in normal(found.explain("fr_CA", format="html"))
    assert first != normal(found.explain("en_CA")).splitlines()[2]


def test_every_verdict_and_reason_is_shown() -> None:
    assert {found.verdict for found in PROGRESS.values()} == set(VERDICTS)
    assert {found.reason for found in PROGRESS.values()} >= {"running", "bounds", "incomplete", "no_deadline", "reached"}


@pytest.mark.parametrize(
    ("name", "french", "english"),
    [
        ("met", "Promesse : acheter auprès de l’économie sociale", "Promise: buy from the social economy"),
        ("met", "Cible : montant acheté, au moins 50 000 $", "Target: amount bought, at least $50,000"),
        ("met", "Établi au 31 janvier 2026", "As of January 31, 2026"),
        ("not met", "Acheteurs : Longueuil", "Buyers: Longueuil"),
        ("not met", "contenant tous les achats", "every purchase of the periods"),
        ("increase", "Point de départ : part du montant acheté, 20 %", "Starting point: share of the amount bought, 20%"),
        ("share by cadence", "Cible : part du montant acheté, au moins 10 %", "at least 10%"),
        ("share by cadence", "Mesure : chaque année", "Measured: each year"),
        ("share by cadence", "Réserve : dans les règles", "Subject to: within the rules"),
        ("contracts", "Cible : nombre de contrats, au moins 3", "Target: number of contracts, at least 3"),
        ("contracts", "Une note.", "A note."),
        ("suppliers", "lecture déduite", "an inferred reading"),
        ("share of contracts", "Ce qui compte : élément social", "What counts: social element"),
        ("share of contracts", "Savoir si le contrat compte (achat 2)", "Whether the contract counts (purchase 2)"),
        (
            "not stated",
            "Rien de ce qui est connu du texte n’énonce d’indicateur.",
            "Nothing known of the text states an indicator.",
        ),
        ("not stated", "plus de 8 300 000 $", "more than $8,300,000"),
        ("taxed", "d’un achat sans taxe à un achat taxé en entier", "a purchase without tax"),
        ("bounds", "Acheteur inconnu (achat 6)", "Unknown buyer"),
        ("bounds", "N’est pas un achat : subvention, prêt, bail, emploi (achat 7)", "Not a purchase"),
        ("bounds", "(achats 8 et 9)", "(purchases 8 and 9)"),
        ("bounds", "rien ne borne encore le chiffre", "nothing bounds the figure yet"),
        ("many", "et 12 autres", "and 12 more"),
        ("Rennes", "Acheteurs : Rennes et Rennes Métropole", "Buyers: Rennes and Rennes Métropole"),
        ("Rennes", "avant taxes", "before tax"),
    ],
)
def test_a_line_of_progress(name: str, french: str, english: str) -> None:
    assert french in normal(PROGRESS[name].explain("fr_CA"))
    assert english in normal(PROGRESS[name].explain("en_CA"))


def test_whether_the_tax_line_is_there_depends_on_the_flag() -> None:
    assert "taxé en entier" not in PROGRESS["met"].explain("fr_CA")


def test_at_most_four_things_are_asked_of_a_supplier() -> None:
    lines = PROGRESS["bounds"].explain("en_CA").splitlines()
    place = next(number for number, line in enumerate(lines) if STRANGE in line and "counts" in line)
    asked = list(takewhile(lambda line: line.startswith("  - "), lines[place + 1 :]))
    assert len(asked) == 4


def test_the_most_useful_fact_comes_first() -> None:
    found = PROGRESS["bounds"]
    page = found.explain("en_CA")
    shown = page[page.index("What would narrow") :]
    names = [one.of or "unnamed supplier" for one in found.missing]
    at = -1
    for one, name in zip(found.missing, names, strict=True):
        numbers = ", ".join(str(place + 1) for place in one.purchases)
        at = shown.index(f"{name} (purchase", at + 1)
        assert numbers.split(", ")[0] in shown[at : at + 80]


# --- what is deliverable ----------------------------------------------------------------------------------------------


@each_deliverable
def test_the_largest_share_comes_first(found: Deliverable) -> None:
    name = cities[found.city].name
    for locale in ("fr_CA", "en_CA"):
        say = words(locale)
        first = found.explain(locale).splitlines()[2]
        assert name in first
        assert normal(say.day(found.on)) in normal(first)
        if found.largest_share is not None:
            ends = bounds(found.largest_share, say, percent=True).removeprefix("de ")
            for end in ends.split(" à " if locale.startswith("fr") else " to "):
                assert normal(end) in normal(first)
            page = found.explain(locale)
            assert found.free_share is not None
            assert normal(bounds(found.free_share, say, percent=True)) in normal(page)
    assert ("no purchase to examine" in found.explain("en")) == (found.largest_share is None)


@each_deliverable
def test_conditions_facts_and_assumptions_are_all_told(found: Deliverable) -> None:
    for locale in ("fr_CA", "en_CA"):
        say = words(locale)
        page = found.explain(locale)
        for text in found.assumptions:
            assert normal(say.typeset(say.text(text))) in normal(page)
        for one in found.contracts:
            for lever in one.levers if one.standing == "conditional" else ():
                assert page.count(f"- {say.typeset(say.text(lever.title))} (") == 1
                assert all(normal(say.typeset(say.text(text))) in normal(page) for text in lever.conditions)
        for flag in found.flags:
            what = say.typeset(say.text(flag.what))
            assert f"- {what[0].upper()}{what[1:]}" in page
        for caveat in found.caveats:
            assert normal(say.typeset(say.text(caveat.text))) in normal(page)


@pytest.mark.parametrize(
    ("name", "french", "english"),
    [
        ("by-law unknown", "Ce que le droit permet à Longueuil de tenir", "What the law lets Longueuil deliver"),
        ("by-law unknown", "(achats 2, 3, 5, 6, 7 et 8)", "(purchases 2, 3, 5, 6, 7 and 8)"),
        ("certain", "Sans aucune condition : 12 %", "With no condition at all: 12%"),
        ("certain", "au plus 62 % de ces achats", "at most 62% of these purchases"),
        (
            "certain",
            "Déjà acheté aux entreprises visées : de 12 % à 100 %",
            "Already bought from such enterprises: 12% to 100%",
        ),
        ("no by-law", "Acheté par un autre organisme (achat 9)", "Bought by another body (purchase 9)"),
        ("Rennes", "Montants en euros, avant taxes", "before tax"),
        (
            "nothing",
            "Le 2 juin 2025, aucun achat de Longueuil n’est à examiner.",
            "On June 2, 2025, Longueuil has no purchase to examine.",
        ),
    ],
)
def test_a_line_of_what_is_deliverable(name: str, french: str, english: str) -> None:
    assert french in normal(DELIVERABLE[name].explain("fr_CA"))
    assert english in normal(DELIVERABLE[name].explain("en_CA"))


@each_deliverable
def test_only_what_is_open_on_conditions_has_conditions(found: Deliverable) -> None:
    page = found.explain("en_CA")
    open_ones = {lever.title.en for one in found.contracts if one.standing == "conditional" for lever in one.levers}
    assert ("Under what conditions" in page) == bool(open_ones)
    if open_ones:
        section = page[page.index("Under what conditions") :].split("\n\n")[0]
        listed = [line for line in section.splitlines() if line.startswith("- ")]
        assert len(listed) == len(open_ones)
        assert all(any(line.startswith(f"- {title} (") for title in open_ones) for line in listed)


def test_purchases_are_counted_from_one() -> None:
    page = DELIVERABLE["by-law unknown"].explain("en_CA")
    assert "(purchase 0)" not in page
    assert "purchase 4" in page or "purchases 4" in page  # whose category is not known


# --- declarations -----------------------------------------------------------------------------------------------------


def _cannot_have(one: Declaration, signature: Signature, day: date) -> bool:
    """Whether a body cannot have signed by a day: not before the source says, nor before there was a declaration."""
    return signature.when.by(day) is False or (one.launched is not None and one.launched.by(day) is False)


@pytest.mark.parametrize("id", list(declarations))
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_who_is_counted_and_who_is_listed(id: str, day: date) -> None:
    one = declarations[id]
    stood = one.signatories(on=day)
    page = normal(one.explain("en_CA", on=day))
    first = page.splitlines()[2]
    number = {0: "no body", 1: "one body"}.get(len(stood), f"{len(stood)} bodies")
    assert number in first
    assert (f"{len(stood.possible)} more may." in page) == bool(stood.possible)
    for signature in one.signatures:
        city = cities[signature.body].name if signature.body in cities else None
        name = city or next(body.name for body in one.bodies if body.id == signature.body)
        line = f"- {normal(name)}: {catalogue('en')['declaration', 'verb', signature.verb]}"
        assert _cannot_have(one, signature, day) or line in page
    if all(_cannot_have(one, signature, day) for signature in one.signatures):
        assert "how and since when" not in page
    assert ("was not read" in page.splitlines()[4] + page.splitlines()[3] + page.splitlines()[5]) == (not one.text_seen)
    assert page.count("Promise: ") == len(one.commitments)
    assert ("No promise is known." in page) == (not one.commitments)
    for source in one.sources:
        assert normal(source.title) in page
        assert source.address is None or source.address in page
    made = [claim for claim in one.claims if claim.on.by(day) is not False]
    for claim in made:
        assert normal(claim.words.en) in page
        check = catalogue("en")["declaration", "check", one.check_claim(claim.id).value]
        assert check in page
    conflicting = {c.id for group in one.conflicts() for c in group}
    assert page.count("both are kept") == len(conflicting & {claim.id for claim in made})
    titles = [participation for participation in one.participations if normal(participation.title.en) in page]
    assert page.count("Taking part is not signing.") == len(titles)
    # What began, or was over, after the day is not on the page of the day.
    late = [p for p in one.participations if (p.start or p.end) is not None and (p.start or p.end).by(day) is False]
    assert [participation for participation in late if participation in titles] == []
    if day >= one.checked:
        assert len(titles) == len(one.participations)


def test_a_day_in_its_own_words_or_by_its_ends() -> None:
    first, last = date(2013, 3, 1), date(2013, 3, 31)
    said = {
        "le 1er mars 2013": DayRange.on(first),
        "entre le 1er mars 2013 et le 31 mars 2013": DayRange(first, last),
        "au plus tard le 31 mars 2013": DayRange(None, last),
        "à partir du 1er mars 2013": DayRange(first, None),
        "à une date inconnue": DayRange(),
        "en mars 2013": DayRange(first, last, Text("en mars 2013", "in March 2013")),
    }
    assert [normal(when(one, words("fr_CA"))) for one in said.values()] == list(said)
    assert when(DayRange(first, last), words("en_CA")) == "between March 1, 2013 and March 31, 2013"


def figure(**more: Any) -> ReportedFigure:
    given: dict[str, Any] = {"id": "f", "scope": Text("les villes", "the cities"), "source": "s", "confidence": "secondary"}
    return ReportedFigure(**{**given, **more})


@pytest.mark.parametrize(
    ("given", "french", "english"),
    [
        (figure(amount=cad("5"), relation="stated"), "Les villes : 5 $", "The cities: $5"),
        (figure(amount=cad("5"), relation="about"), "environ 5 $", "about $5"),
        (
            figure(amount=cad("5", UNKNOWN), relation="more_than"),
            "plus de 5 $ (base de taxe non précisée)",
            "more than $5 (tax",
        ),
        (figure(amount=cad("5"), relation="headline"), "5 $ (chiffre tiré d’un titre)", "$5 (headline figure)"),
        (figure(contracts=200, contracts_relation="more_than"), "plus de 200 contrats", "more than 200 contracts"),
        (figure(contracts=1, contracts_relation="stated"), "Les villes : 1 contrat", "The cities: 1 contract"),
        (figure(share="12.5"), "12,5 %", "12.5%"),
        (
            figure(amount=cad("5"), relation="stated", contracts=3, contracts_relation="stated", share="2"),
            "5 $, 3 contrats et 2 %",
            "$5, 3 contracts",
        ),
        (
            figure(amount=cad("5"), relation="stated", announced=DayRange.on(date(2020, 11, 20))),
            "annoncé le 20 novembre 2020",
            "announced on November 20, 2020",
        ),
        (
            figure(
                amount=cad("5"), relation="stated", start=DayRange.on(date(2015, 1, 1)), end=DayRange.on(date(2016, 12, 31))
            ),
            "1er janvier 2015",
            "from January 1, 2015 to December 31, 2016",
        ),
        (figure(amount=cad("5"), relation="stated", note=Text("Une note.", "A note.")), "Une note.", "A note."),
    ],
)
def test_a_reported_figure(given: ReportedFigure, french: str, english: str) -> None:
    found = measured(of=PROMISE, reported=[given])
    assert french in normal(found.explain("fr_CA"))
    assert english in normal(found.explain("en_CA"))
    assert not re.search(r"\b1 contra[ct]t?s\b", normal(found.explain("fr_CA")) + found.explain("en_CA"))


def test_one_more_purchase_is_not_others() -> None:
    """Nine purchases are eight and one more."""
    found = measured(*(bought(UNKNOWN, day=date(2025, 3, number)) for number in range(1, 10)))
    assert "1 autres" not in normal(found.explain("fr_CA"))


def test_a_declaration_with_one_of_everything() -> None:
    """A text of one's own: a body that left, a name that needs escaping, a region, a list that is whole."""
    from procurelib import Body, Source

    one = Declaration(
        id="ca-qc/own",
        title=Text("Déclaration", "Declaration"),
        instrument="statement",
        launched=DayRange.on(date(2019, 1, 1)),
        text_seen=True,
        complete=True,
        checked=date(2026, 11, 26),
        bodies=[Body(id="b", name=STRANGE, kind="private")],
        signatures=[
            Signature(
                body="b",
                verb="signed",
                when=DayRange.on(date(2020, 1, 1)),
                ended=DayRange.on(date(2022, 1, 1)),
                source="s",
                confidence="official",
            )
        ],
        sources=[Source(id="s", title="Une <source>", day=date(2020, 1, 1))],
    )
    before, during, after = (one.explain("fr_CA", on=date(year, 6, 1)) for year in (2019, 2021, 2023))
    assert "aucun organisme" in before
    assert "un organisme est" in during
    assert "aucun organisme" in after
    assert "Retrait" in after
    assert "n’est pas donnée comme complète" not in during
    assert "Le texte de la déclaration a été lu." in during
    html = one.explain("fr_CA", on=date(2021, 6, 1), format="html")
    assert "&lt;b&gt;" in html
    assert "Une &lt;source&gt;" in html
    assert attrs.evolve(one, complete=False).explain("fr_CA", on=date(2021, 6, 1)) != during
