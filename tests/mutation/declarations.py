"""Change the shipped declarations by one small step at a time, and see which changes no test notices.

    python tests/mutation/declarations.py [--only REGEX] [--list]

Each day moves by one day each way, each number by one unit; each code, body, source, edition and tax basis becomes each of
the others; what need not be stated goes, what is not stated comes. Only the tables typed by hand from the sources, in
``tests/law/test_declarations.py``, may notice. A change with which the declaration cannot be read is counted apart.

Words are not judged, save that a note may not go and that both languages give the same figures. The declarations are those
of the installed package, or of ``src`` when that comes first; they change in memory, so nothing in the repository is touched.
Ends with an error if any change is not noticed.
"""

import argparse
import contextlib
import io
import re
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pytest
import tomli_w

import procurelib
from procurelib import declarations
from procurelib.dated import CONFIDENCES
from procurelib.errors import InputError
from procurelib.models import commitment, declaration
from procurelib.models.day_range import DayRange
from procurelib.money import TAX_BASES

ROOT = Path(__file__).parents[2]
TESTS = "tests/law/test_declarations.py"
FILES = Path(procurelib.__file__).parent / "places" / "declarations"
NOTICED, REFUSED, SURVIVED = "noticed", "refused when read", "NOT NOTICED"
_GONE = object()

CODES: dict[tuple[str, str] | str, tuple[str, ...]] = {
    ("signatures", "verb"): declaration.SIGNATURE_VERBS,
    ("commitments", "verb"): commitment.VERBS,
    ("bodies", "kind"): declaration.BODY_KINDS,
    ("claims", "kind"): declaration.CLAIM_KINDS,
    ("said", "kind"): declaration.CLAIM_KINDS,
    ("participations", "kind"): declaration.PARTICIPATIONS,
    "role": declaration.ROLES,
    "instrument": declaration.INSTRUMENTS,
    "confidence": CONFIDENCES,
    "family_confidence": CONFIDENCES,
    "counts_confidence": CONFIDENCES,
    "binding": commitment.BINDINGS,
    "metric": commitment.METRICS,
    "cadence": commitment.CADENCES,
    "relation": commitment.RELATIONS,
    "contracts_relation": commitment.RELATIONS,
    "currency": ("CAD", "EUR"),
    "tax": tuple(TAX_BASES),
}
# The parts whose ids others go by; "" is the declaration itself.
NAMED = {"", "editions", "commitments", "participations"}
_PARTS = (
    *(declaration.Declaration, declaration.Source, declaration.Body, declaration.Signature, declaration.Edition),
    *(declaration.Claim, declaration.Participant, declaration.Participation),
    *(commitment.Commitment, commitment.ReportedFigure, DayRange),
)
# What need not be stated. A flag left out is false, as each is here, an instrument left out is a statement, as most are; and
# the words of a day are not judged.
OPTIONAL = {one.name for part in _PARTS for one in attrs.fields(part) if one.default is not attrs.NOTHING}
OPTIONAL -= {"instrument", "text_seen", "complete", "words"}
_LATER: dict[str, Any] = {"latest": date(2030, 1, 1)}
_TEXT: dict[str, str] = {"fr": "Ajout", "en": "Addition"}
# What is added to a declaration, and to each statement of a part, that does not state it.
ADDED: dict[str, tuple[dict[str, Any], ...]] = {
    "": ({"pole": "laval"}, {"region": _TEXT}, {"adopting_act": _TEXT}, {"launched": _LATER}, {"preference_rules": ["fr/vat"]}),
    "editions": ({"end": _LATER},),
    "bodies": ({"count": 2},),
    "participants": ({"count": 2},),
    "signatures": ({"ended": _LATER},),
    "claims": ({"out_of": 99}, {"of": ["ca-qc/laval"]}),
    "said": ({"out_of": 99}, {"of": ["ca-qc/laval"]}),
    "commitments": (
        {"metric": "amount", "counts": ["social_element"], "target": {"amount": "1", "currency": "CAD", "tax": "net"}},
        {"metric": "suppliers", "counts": ["social_element"]},
        {"cadence": "year"},
        {"deadline": _LATER},
        {"guard": _TEXT},
    ),
    "participations": ({"start": _LATER}, {"end": _LATER}),
    "reported": (
        {"share": "50"},
        {"bodies": ["ca-qc/laval"]},
        {"contracts": 9, "contracts_relation": "stated"},
        {"announced": _LATER},
        {"start": _LATER},
        {"end": _LATER},
    ),
    "sources": ({"address": "https://example.org"}, {"day": date(2030, 1, 1)}),
}
# The changes that take nothing from a reader, and why: what these notes say is also said beside them.
EQUIVALENT = {
    "capitale-nationale-2019:signatures[caisses-desjardins signed].note « Plusieurs » caisses, sans nom ni nombre. -> gone": (
        "the name of the body says that they are several, and not named; and it has no count"
    ),
    "montreal-2013:commitments[mtl-4].note Résumé par la presse de la déclaration signée le 5 juin 2... -> gone": (
        "its source is a newspaper of the next day, and the second edition says the day"
    ),
}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One declaration with one small change; its name says which."""

    name: str
    id: str
    data: Mapping[str, Any]
    path: tuple[str | int, ...]
    new: object

    def text(self) -> str:
        """The TOML of the changed declaration."""
        return tomli_w.dumps(_put(self.data, self.path, self.new))


def _put(value: Any, path: tuple[str | int, ...], new: object) -> Any:
    if not path:
        return new
    step, rest = path[0], path[1:]
    changed = value.copy()
    if new is _GONE and not rest:
        del changed[step]
    else:
        changed[step] = _put(value[step], rest, new)
    return changed


def mutants() -> Iterator[Mutant]:
    """Every mutant of every shipped declaration."""
    for file in sorted(FILES.glob("*.toml")):
        data = tomllib.loads(file.read_text(encoding="utf-8"))
        for path, label, value in _walk(data):
            for new in _changes(data, path, value):
                yield Mutant(f"{file.stem}:{label} {_told(value, new)}", data["id"], data, path, new)


def _walk(value: Any, path: tuple[str | int, ...] = (), label: str = "") -> Iterator[tuple[tuple[str | int, ...], str, Any]]:
    """Every value, where it is, and where it is for a reader."""
    yield path, label, value
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _walk(item, (*path, place), f"{label}[{_name(item) or place}]")
    elif isinstance(value, dict) and not _is_text(value):
        for key, item in value.items():
            yield from _walk(item, (*path, key), f"{label}.{key}".lstrip("."))


def _name(item: Any) -> str:
    """What tells a statement from others: its id, or its body, which has a verb only once in an edition."""
    names = {key: item[key] for key in ("id", "body", "verb", "edition") if key in item} if isinstance(item, dict) else {}
    return names.get("id") or " ".join(names.values())


def _is_text(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"fr", "en"}


def _told(old: Any, new: Any) -> str:
    if isinstance(old, dict) and isinstance(new, dict) and (more := new.keys() - old.keys()):
        return f"plus {', '.join(sorted(more))}"
    if _is_text(old) and _is_text(new) and old["en"] == new["en"]:
        return f"{_short(old)} -> another figure in French"
    return f"{_short(old)} -> {'gone' if new is _GONE else _short(new)}"


def _short(value: Any) -> str:
    text = value["fr"] if _is_text(value) else str(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _changes(data: Mapping[str, Any], path: tuple[str | int, ...], value: Any) -> Iterator[object]:
    """What one value may become."""
    part, key = ["", "", *(step for step in path if isinstance(step, str))][-2:]
    if key == "checked":
        return  # the day on which its maker last looked: no source gives it
    listed = bool(path) and isinstance(path[-1], int)
    if listed or key in OPTIONAL:
        yield _GONE
    match value:
        case bool():
            yield not value
        case int():
            yield from (value - 1, value + 1)
        case date():
            yield from (value - timedelta(days=1), value + timedelta(days=1))
        case str() if key in {"amount", "target", "baseline", "share"}:
            yield from (str(Decimal(value) - 1), str(Decimal(value) + 1))
        case str():
            yield from _other_codes(data, part, key, value)
        case dict() if key == "tax":
            yield from TAX_BASES
        case dict() if _is_text(value):
            if re.search(r"\d", value["fr"]):
                yield {**value, "fr": re.sub(r"\d", lambda digit: str((int(digit[0]) + 1) % 10), value["fr"], count=1)}
            if key == "counted":
                yield from _other_counted(data, data["claims"][path[1]])
        case dict() if listed or not path:
            for more in ADDED.get(key, ()):
                if (whole := {**more, **value}) != value:
                    yield whole


def _other_codes(data: Mapping[str, Any], part: str, key: str, value: str) -> Iterator[str]:
    """The other codes or ids that could stand in the place of one; a text that is neither has none."""
    others: tuple[str, ...] = ()
    if codes := CODES.get((part, key), CODES.get(key)):
        others = codes
    elif key in {"source", "edition"}:
        others = tuple(one["id"] for one in data[f"{key}s"])
    elif key in {"body", "of", "bodies"}:
        own, signed = data.get("bodies", []), data.get("signatures", [])
        others = (*(one["id"] for one in own), *(one["body"] for one in signed), "ca-qc/laval", "fr/rennes")
    # The ids of other parts are only handles: those of bodies and sources within the declaration, those of claims for nobody.
    elif key in {"counts", "preference_rules", "pole", "family"} or (key == "id" and part in NAMED):
        others = (f"{value}x",)
    yield from (other for other in dict.fromkeys(others) if other != value)


def _other_counted(data: Mapping[str, Any], claim: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """What else a claim could be said to count.

    Other words for the same thing change something only where two claims disagree on its number: they would agree.
    """
    words = {one["counted"]["fr"]: one["counted"] for one in data["claims"] if "counted" in one}
    yield from (other for fr, other in words.items() if fr != claim["counted"]["fr"])
    if any(claim["id"] == one.id for group in declarations[data["id"]].conflicts() for one in group):
        yield {language: f"{text} (2)" for language, text in claim["counted"].items()}


class Tests:
    """The tests that may notice, each with the id of the declaration it is about, if it is about one."""

    def __init__(self) -> None:
        self.found: list[tuple[str | None, Callable[[], None]]] = []
        options = ["--collect-only", "--assert=plain", "-p", "no:cacheprovider", "-p", "no:warnings"]
        with contextlib.redirect_stdout(io.StringIO()):
            pytest.main([*options, str(ROOT / TESTS)], plugins=[self])

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """Called by pytest with the tests it found."""
        for item in session.items:
            given: dict[str, Any] = item.callspec.params if hasattr(item, "callspec") else {}
            self.found.append((given.get("id"), partial(item.obj, **given)))

    def notice(self, id: str) -> bool:
        """Whether any test that looks at a declaration fails."""
        with contextlib.suppress(Exception):  # whatever a test raises, it has noticed
            for about, test in self.found:
                if about in (None, id):
                    test()
            return False
        return True


def outcome(mutant: Mutant, tests: Tests) -> str:
    """What became of a mutant, which stands among the shipped declarations only while it is judged."""
    shipped = declarations._shipped
    try:
        changed = declaration.Declaration.from_toml(mutant.text())
    except InputError:
        return REFUSED
    try:
        standing = [changed if one.id == mutant.id else one for one in shipped.values()]
        declarations._shipped = {one.id: one for one in standing}
        return NOTICED if tests.notice(mutant.id) else SURVIVED
    finally:
        declarations._shipped = shipped


def main() -> None:
    """Make the mutants, try them, print those that are not noticed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--only", default="", help="mutants whose name this expression finds")
    parser.add_argument("--list", action="store_true", help="print the names of the mutants and stop")
    asked = parser.parse_args()

    made = list(mutants())
    if gone := EQUIVALENT.keys() - {m.name for m in made}:
        sys.exit("\n  ".join(["listed as equivalent, and no longer made:", *sorted(gone)]))
    chosen = [m for m in made if re.search(asked.only, m.name)]
    judged = [m for m in chosen if m.name not in EQUIVALENT]
    if asked.list:
        print(*(m.name for m in judged), sep="\n")
        return
    tests = Tests()
    if not tests.found or any(tests.notice(id) for id in declarations):
        sys.exit(f"the tests fail on the declarations as they stand, so they can judge no mutant: {TESTS}")
    counts: Counter[str] = Counter()
    began = time.monotonic()
    for mutant in judged:
        became = outcome(mutant, tests)
        counts[became] += 1
        if became == SURVIVED:
            print(f"{SURVIVED}: {mutant.name}", flush=True)
    print(f"{len(judged)} mutants of the declarations in {time.monotonic() - began:.0f} s, by {TESTS}:")
    print(", ".join(f"{n} {became}" for became, n in sorted(counts.items())) or "none")
    print(f"{len(chosen) - len(judged)} more are listed as equivalent")
    if counts[SURVIVED]:
        sys.exit(1)


if __name__ == "__main__":
    main()
