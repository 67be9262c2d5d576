"""What stands on the page of an explanation, and in which order: the answer, why, what else, what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Any, Final

from attrs import frozen

from procurelib.citations import Citation
from procurelib.dated import Caveat
from procurelib.explain.page import Item, Paragraph, Section
from procurelib.explain.sentences import case_of, fact_name, question_title, reasons
from procurelib.explain.words import Words, lower_first, upper_first
from procurelib.rules.answer import DerivedStep, Explanation, Gap, Territory, Test, Turn
from procurelib.unknown import UNKNOWN

_ONE_DAY: Final = timedelta(days=1)


@frozen
class Outcome:
    """What an explanation answers: the value that is certain, and what else remains possible."""

    certain: Any
    others: tuple[Any, ...]


def single(explanation: Explanation, words: Words) -> Section:
    """The page of one explanation."""
    e = explanation
    blocks = (*_body(e, words), *_gaps([e], words), *caveats_section(e.caveats, words), *_turns(e, words), _sources([e], words))
    return Section(words.text(e.title), blocks)


def several(title: str, facts: Sequence[str], explanations: Sequence[Explanation], words: Words) -> Section:
    """The page of several explanations of one purchase; what they share stands once, at the end."""
    summary = tuple(Item(_in_short(e, words)) for e in explanations)
    chapters = tuple(Section(words.text(e.title), (*_body(e, words), *_turns(e, words))) for e in explanations)
    caveats = caveats_section((caveat for e in explanations for caveat in e.caveats), words)
    shared = (*_gaps(explanations, words), *caveats, _sources(explanations, words))
    known = tuple(Item(fact) for fact in facts)
    return Section(title, (*known, Section(words("heading", "summary"), summary), *chapters, *shared))


def _body(e: Explanation, words: Words) -> Iterator[Paragraph | Section]:
    found = outcome(e)
    yield Paragraph(words("answer", "on", day=words.day(e.on), sentence=sentence(e, words)), strong=True)
    if found.certain is not UNKNOWN and found.others:
        yield Paragraph(words("answer", "doubtful", values=_joined(found.others, e.question, words)))
    yield from (Paragraph(words.text(remark)) for remark in e.sentences)
    yield from _why(e, words)
    yield from _amounts(e, words)
    yield from _considered(e, words)
    yield from _missing(e, words)


# --- the answer -------------------------------------------------------------------------------------------------


def outcome(e: Explanation) -> Outcome:
    """The certain value and the doubtful rest: for a set its doubtful members, else every possible answer."""
    if not isinstance(e.value, frozenset | Territory):
        return Outcome(e.value, e.possible if e.value is UNKNOWN else ())
    members: dict[Any, None] = {}
    for one in e.possible:
        members.update(dict.fromkeys(_members(one)))
    certain = _members(e.value)
    return Outcome(e.value, tuple(member for member in members if member not in certain))


def _members(answer: Any) -> frozenset[Any]:
    """The members of an answer that is a set; any other answer is the one member."""
    return frozenset(answer if isinstance(answer, frozenset | Territory) else (answer,))


def sentence(e: Explanation, words: Words) -> str:
    """The answer as a clause, without its day."""
    if e.status == "not_applicable":
        return words("answer", "not_applicable")
    if e.value is UNKNOWN or e.status == "unverified":
        possible = e.possible or (() if e.value is UNKNOWN else (e.value,))
        if not possible:
            return words("answer", e.status)
        if words.has("answer", f"{e.status}_members") and all(isinstance(one, frozenset) for one in possible):
            members = frozenset[Any]().union(*possible)
            return words("answer", f"{e.status}_members", values=_joined(members, e.question, words))
        return words("answer", f"{e.status}_among", values=alternatives(possible, e.question, words))
    clause = _clause(e.question, e.value, words)
    return clause if e.status == "answered" else words("answer", "certain", sentence=clause)


def _clause(question: str, value: Any, words: Words) -> str:
    if isinstance(value, frozenset | tuple | Territory):
        members = frozenset[Any](value)
        key = "none" if not members else "one" if len(members) == 1 and words.has("answer", question, "one") else "some"
        shown = _joined(members, question, words) if members else words("value", "none")
    else:
        key = ("yes" if value else "no") if isinstance(value, bool) else value if isinstance(value, str) else "some"
        shown = words.value(value, question)
    for known in (key, "some"):
        if words.has("answer", question, known):
            return words("answer", question, known, values=shown)
    return words("answer", "other", question=question_title(question, words), values=shown)


def _joined(members: Iterable[Any], question: str, words: Words) -> str:
    """Members that hold together; but each lawful set of media is enough by itself."""
    return (words.either if question == "publication" else words.every)(members, question)


def alternatives(possible: tuple[Any, ...], question: str, words: Words) -> str:
    """The answers of which one will hold; ``None`` among them is that the question does not arise."""
    answers = [one for one in possible if one is not None]
    if len(answers) > 1 and all(isinstance(one, frozenset | Territory) for one in answers):
        # Every subset of a few members may remain: the members say as much as the subsets, and can be read.
        sets = [_members(one) for one in answers]
        certain = frozenset[Any].intersection(*sets)
        others = _joined(frozenset[Any]().union(*sets) - certain, question, words)
        key = ("answer", "and_perhaps" if certain else "perhaps")
        own = ("answer", question, "and_perhaps")
        shown = [
            words(*(own if certain and words.has(*own) else key), certain=_joined(certain, question, words), others=others)
        ]
    else:
        shown = words.each(answers, question)
    if len(answers) < len(possible):
        shown.append(words("value", "not_applicable"))
    return words.join(shown, "or") if shown else words("value", "unanswered")


def _in_short(e: Explanation, words: Words) -> str:
    clause = sentence(e, words)
    title = question_title(e.question, words)
    if e.status != "answered":
        title = words("row", "cited", label=title, citations=words("status", e.status))
    return words("row", "leads_to", label=title, outcome=words("answer", "undated", sentence=clause))


# --- why --------------------------------------------------------------------------------------------------------


def _why(e: Explanation, words: Words) -> Iterator[Section]:
    rows = [row for row in e.rows if row.role == "decides"]
    differ = len({row.outcome for row in rows}) > 1
    items: list[Item] = []
    for row in rows:
        label = words.cited(upper_first(words.text(row.label)), row.citations)
        if differ:
            label = words("row", "leads_to", label=label, outcome=_leads_to(row.outcome, e.question, words))
        items.append(Item(label, reasons(row.test, words)))
    if items:
        settled = e.status in ("answered", "not_applicable", "unverified")
        yield Section(words("heading", "why" if settled else "in_play"), tuple(items))


def _leads_to(outcome: Any, question: str, words: Words) -> str:
    return alternatives(outcome if isinstance(outcome, tuple) else (outcome,), question, words)


def _amounts(e: Explanation, words: Words) -> Iterator[Section]:
    steps = [step for fact in e.facts for step in fact.steps]
    # One step that only states the estimate works nothing out.
    if len(steps) > 1 or any(step.kind != "start" for step in steps):
        own = any(fact.id == e.question for fact in e.facts)
        heading = "days" if any(step.kind == "day" for step in steps) else "worked" if own else "amount"
        yield Section(words("heading", heading), tuple(Item(_step(step, words)) for step in steps))


def _step(step: DerivedStep, words: Words) -> str:
    what = lower_first(words.text(step.what))
    text = words("step", step.kind, what=what, amount=words.value(step.amount))
    return words.cited(upper_first(text), step.citations)


def _considered(e: Explanation, words: Words) -> Iterator[Section]:
    rows = sorted((row for row in e.rows if row.role != "decides"), key=lambda row: row.role != "claimed")
    # The rows of one provision that fail stand together under its name.
    found: dict[str, dict[Item, None]] = {}
    for row in rows:
        label = upper_first(words.text(row.label))
        if row.role == "claimed":
            label = words("row", "claimed", label=label)
        met = row.test.truth == "true"
        below = (Item(words("row", "outranked")),) if met else reasons(row.test, words)
        found.setdefault(words.cited(label, row.citations), {}).update(dict.fromkeys(below))
    if found:
        items = tuple(Item(label, tuple(below)) for label, below in found.items())
        yield Section(words("heading", "considered"), items, folded=True)


# --- what is missing, what to be careful about ------------------------------------------------------------------


def _missing(e: Explanation, words: Words) -> Iterator[Section]:
    items = tuple(Item(_ask(fact, words)) for fact in e.missing)
    if items:
        yield Section(words("heading", "missing"), items)


def _ask(fact: str, words: Words) -> str:
    return words("fact", fact if words.has("fact", fact, "ask") else "other", "ask", id=fact)


def _gaps(explanations: Iterable[Explanation], words: Words) -> Iterator[Section]:
    gaps = dict.fromkeys(gap for e in explanations for gap in e.gaps)
    if gaps:
        yield Section(words("heading", "gaps"), tuple(_gap(gap, words) for gap in gaps))


def _gap(gap: Gap, words: Words) -> Item:
    slots = {"title": words.text(gap.title), "start": words.day(gap.start), "reason": words.text(gap.reason)}
    if gap.end is None:
        text = words("gap", "since", **slots)
    else:
        text = words("gap", "between", last=words.day(gap.end - _ONE_DAY), **slots)
    before = words.citations(gap.held_before)
    return Item(text, (Item(words("gap", "before", citations=before)),) if before else ())


def caveats_section(caveats: Iterable[Caveat], words: Words) -> Iterator[Section]:
    """The reasons to be careful, each once, when there are some."""
    found = dict.fromkeys(words.text(caveat.text) for caveat in caveats)
    if found:
        yield Section(words("heading", "caveats"), tuple(Item(text) for text in found))


# --- what would change the answer -------------------------------------------------------------------------------


def _turns(e: Explanation, words: Words) -> Iterator[Section]:
    found: dict[str, list[str]] = {}
    choices: dict[tuple[str, str, frozenset[Any]], list[Any]] = {}
    for turn in e.turns:
        if turn.direction == "other":
            choices.setdefault((turn.question, turn.fact, turn.after), []).append(turn.boundary)
        else:
            found.setdefault(_along(turn, words), []).append(turn.question)
    for (question, fact, after), values in choices.items():
        case, then = case_of(fact, tuple(values), words), alternatives(tuple(after), question, words)
        found.setdefault(words("turn", "other", sentence=case, after=then), []).append(question)
    items = tuple(Item(upper_first(_of_members(e, text, questions, words))) for text, questions in found.items())
    if items:
        yield Section(words("heading", "turns"), items)


def _of_members(e: Explanation, text: str, questions: list[str], words: Words) -> str:
    """A turn, with the members of a set whose answers it turns."""
    members = [question_title(question, words) for question in dict.fromkeys(questions) if question != e.question]
    return words("turn", "member", question=words.join(members), turn=text) if members else text


def _along(turn: Turn, words: Words) -> str:
    dated = isinstance(turn.distance, int) and hasattr(turn.boundary, "isoformat")
    key = ("from_day" if turn.direction == "up" else "before_day") if dated else turn.direction
    if turn.distance is None:
        slots = {"name": fact_name(turn.fact, words), "boundary": words.value(turn.boundary, turn.fact)}
        after = alternatives(tuple(turn.after), turn.question, words)
        return words("turn", f"{turn.direction}_inside", **slots, after=after)
    return words(
        "turn",
        key,
        name=fact_name(turn.fact, words),
        boundary=words.value(turn.boundary, turn.fact),
        distance=words.days(turn.distance) if dated else words.value(turn.distance, turn.fact),
        after=alternatives(tuple(turn.after), turn.question, words),
    )


# --- sources ----------------------------------------------------------------------------------------------------


def _sources(explanations: Sequence[Explanation], words: Words) -> Section:
    citations = (c for e in explanations for c in _all_citations(e))
    return sources_section(citations, tuple(dict.fromkeys(e.edition for e in explanations)), words)


def sources_section(citations: Iterable[Citation], editions: Sequence[str], words: Words) -> Section:
    """Where it is written, and by which editions of the book."""
    lines: list[Paragraph] = []
    cited = words.citations(citations)
    if cited:
        lines.append(Paragraph(words("source", "citations", citations=cited)))
    if editions:
        lines.append(Paragraph(words("source", "edition", edition=words.join(editions))))
    return Section(words("heading", "sources"), tuple(lines))


def _all_citations(e: Explanation) -> Iterator[Citation]:
    yield from e.citations
    for row in e.rows:
        if row.role == "decides":
            yield from row.citations
            yield from _of_test(row.test)


def _of_test(test: Test) -> Iterator[Citation]:
    yield from test.citations
    for part in test.below:
        yield from _of_test(part)
