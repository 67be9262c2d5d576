"""An evaluated condition as sentences: what is so, what is not, what is not known, and where each is written."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from attrs import frozen

from procurelib.explain.page import Item
from procurelib.explain.words import Words, lower_first
from procurelib.rules.answer import Test
from procurelib.unknown import UNKNOWN

# Beyond this many values a list hides the sentence it stands in.
_LISTED: Final = 4


@frozen
class _Reason:
    """A sentence, and what makes it superfluous beside another.

    ``plain``: it only says that a rule is in force, or that a ground is not claimed. ``states`` names the fact of which it
    tells the value, ``denies`` the one of which it only tells what the value is not.
    """

    item: Item
    plain: bool = False
    states: str | None = None
    denies: str | None = None


def reasons(test: Test, words: Words, *, negated: bool = False) -> tuple[Item, ...]:
    """Why a condition came out as it did: of all its tests, those that made it so.

    Each test is told as it is, so a negation needs no sentence of its own; ``negated`` says that the test stands under
    one, where a list names what is excluded.
    """
    found = tuple(_reasons(test, words, negated))
    stated = {r.states for r in found} - {None}
    telling = tuple(r.item for r in found if not r.plain and r.denies not in stated)
    return tuple(dict.fromkeys(telling or tuple(r.item for r in found)))


def _reasons(test: Test, words: Words, negated: bool) -> Iterator[_Reason]:
    if test.kind == "not":
        for part in test.below:
            yield from _reasons(part, words, not negated)
    elif test.kind == "all":
        # One false part is enough to make it false; the others explain nothing.
        for part in test.below:
            if test.truth != "false" or part.truth == "false":
                yield from _reasons(part, words, negated)
    elif test.kind == "any":
        settled = test.truth in ("true", "false")
        parts = [p for p in test.below if p.truth == test.truth or (not settled and p.truth != "false")]
        if settled or len(parts) == 1:
            for part in parts:
                yield from _reasons(part, words, negated)
        else:
            yield _Reason(Item(words("leaf", "any"), tuple(i for p in parts for i in reasons(p, words, negated=negated))))
    else:
        below = tuple(item for part in test.below for item in reasons(part, words))
        item = Item(_leaf(test, words, negated), below)
        told = test.fact if test.kind == "within" else None
        # That a ground nobody claims stands in nobody's way goes without saying; so does a rule that is in force.
        unclaimed = test.kind == "within" and negated and test.value is False and "/" in (test.fact or "")
        as_expected = test.kind == "in_force" and (test.label is None or test.truth == ("false" if negated else "true"))
        yield _Reason(
            item,
            plain=unclaimed or as_expected,
            states=told if test.truth == "true" else None,
            denies=told if test.truth == "false" else None,
        )


def _leaf(test: Test, words: Words, negated: bool) -> str:
    label = words.text(test.label) if test.label is not None else ""
    if test.truth in ("open", "undefined"):
        sentence = words("leaf", test.truth, rule=_rule(label, words))
    elif test.kind == "compare":
        sentence = _compare(test, label, words)
    elif test.kind == "in_force":
        sentence = _in_force(test, _rule(label, words), words)
    elif test.kind == "use":
        question = (test.fact or "").rpartition("/")[2]
        known = test.truth in ("true", "false") and test.value is not UNKNOWN
        key = "use" if known or test.truth != "false" else "use_not"
        answer = _alternative(test.value, question, words) if known else words.either(test.allowed, question)
        sentence = words("leaf", key, question=question_title(question, words), value=answer)
    else:
        sentence = _within(test, words, negated)
    if test.truth == "unknown":
        sentence = words("leaf", "unknown", sentence=sentence)
    cited = words.citations(test.citations)
    return words("leaf", "cited", sentence=sentence, citations=cited) if cited else sentence


def _alternative(answer: Any, question: str, words: Words) -> str:
    """One answer; ``None`` is that the question does not arise."""
    return words("value", "not_applicable") if answer is None else words.value(answer, question)


def question_title(question: str, words: Words) -> str:
    """The title of a question by its name."""
    return words("question", question) if words.has("question", question) else words.value(question)


def fact_name(fact: str, words: Words) -> str:
    """A fact as a reader names it."""
    name = _named(fact, words)
    return words("fact", name, "name", id=fact)


def _named(fact: str, words: Words) -> str:
    """The entry of the catalogue for a fact: its own, or the last resort."""
    return fact if words.has("fact", fact, "name") else "other"


def _compare(test: Test, label: str, words: Words) -> str:
    fact = test.fact or ""
    bound = words.value(test.bound, fact) if test.bound not in (None, UNKNOWN) else ""
    if label:
        named = words("leaf", "bound", value=bound, label=lower_first(label))
        bound = named if bound else words("leaf", "bound_named", label=label)
    predicate = "below" if test.truth == "false" else "at_least"
    name = fact_name(fact, words)
    if not words.has("fact", fact, predicate):
        return words("leaf", "compare" if predicate == "at_least" else "compare_not", name=name, bound=bound)
    if test.value is not None and test.value is not UNKNOWN:
        name = words("leaf", "subject", name=name, value=words.value(test.value, fact))
    return f"{name} {words('fact', fact, predicate, bound=bound)}"


def _rule(label: str, words: Words) -> str:
    return words("leaf", "rule", label=label) if label else words("leaf", "this_rule")


def _in_force(test: Test, rule: str, words: Words) -> str:
    if test.value is None or test.value is UNKNOWN or test.truth == "unknown":
        return words("leaf", "in_force_undated", rule=rule)
    key = "not_in_force" if test.truth == "false" else "in_force"
    return words("leaf", key, rule=rule, day=words.value(test.value))


def _within(test: Test, words: Words, negated: bool) -> str:
    fact, allowed = test.fact or "", test.allowed
    entry = _named(fact, words)
    several: tuple[Any, ...] = test.value if isinstance(test.value, tuple) else (test.value,)
    known = UNKNOWN not in several and test.truth != "unknown"
    if words.has("fact", entry, "yes"):
        return case_of(fact, several if known else allowed, words)
    given = words.join([words.value(one, fact) for one in several], "or")
    if not words.has("fact", entry, "is"):
        key, values = "within", words.either(allowed, fact)
        if test.truth == "false":
            key = "within_not"
        elif known:
            values = given
        return words("leaf", key, name=fact_name(fact, words), value=given, values=values)
    many = len(words.each(allowed, fact)) > _LISTED
    if test.truth == "false":
        if many:
            return words("fact", entry, "not_excluded" if negated else "not_listed", value=given)
        return words("fact", entry, "is_not", value=given, values=words.neither(allowed, fact))
    if known:
        return words("fact", entry, "excluded", value=given) if negated and many else words("fact", entry, "is", values=given)
    if many:
        return words("fact", entry, "in_exclusion" if negated else "in_list")
    return case_of(fact, allowed, words)


def case_of(fact: str, values: tuple[Any, ...], words: Words) -> str:
    """That a fact is one of some values, as a sentence."""
    entry = _named(fact, words)
    if words.has("fact", entry, "yes"):
        return words("fact", entry, "yes" if True in values else "no")
    shown = words.either(values, fact)
    if words.has("fact", entry, "is"):
        return words("fact", entry, "is", values=shown)
    return words("leaf", "within", name=fact_name(fact, words), values=shown)
