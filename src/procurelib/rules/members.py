"""Questions whose answer is a set, decided member by member: one table of yes and no for each member."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from attrs import field, frozen

from procurelib.law import EDITION
from procurelib.models.tender import Tender
from procurelib.rules.answer import Answer, Doubts, Explanation, Outcome, Status, Support, Text
from procurelib.rules.question import Question, question_of
from procurelib.rules.sources import gap_order
from procurelib.tables.diagram import Arena, Diagram, axes_of, pair
from procurelib.tables.facts import letters
from procurelib.unknown import UNKNOWN

_KEPT: Final = 512


@frozen(eq=False, repr=False)
class MembersQuestion:
    """A question made of one yes-or-no question for each member; the answer holds the members that are certain."""

    id: str
    name: str
    title: Text
    members: tuple[tuple[str, Question], ...]
    _outcomes: dict[tuple[Outcome, ...], Outcome] = field(factory=dict, init=False, repr=False)

    def results(self, tender: Tender) -> tuple[Outcome, ...]:
        """What the law leaves for each member, in their order."""
        return tuple([question.result(tender) for _, question in self.members])

    def result(self, tender: Tender) -> Outcome:
        """What the law leaves for a tender, without its reasons."""
        results = self.results(tender)
        found = self._outcomes.get(results)
        return self._outcome(results) if found is None else found

    def ask(self, tender: Tender) -> Answer:
        """The answer for a tender."""
        return Answer(self.result(tender), self, tender)

    def _outcome(self, results: tuple[Outcome, ...]) -> Outcome:
        """The outcome the results of the members amount to."""
        named = [(member, r) for (member, _), r in zip(self.members, results, strict=True)]
        certain = frozenset(member for member, r in named if r.value is True)
        if any(not r.settled for r in results):
            missing = frozenset[str]().union(*(r.missing for r in results))
            status: Status = "unknown" if missing else "not_modelled"
            made = Outcome(self.name, status, certain or UNKNOWN, None, missing)
        elif all(r.value is None for r in results):
            made = Outcome(self.name, "not_applicable", None, frozenset((None,)))
        else:
            made = Outcome(self.name, "answered", certain, frozenset((certain,)))
        if len(self._outcomes) < _KEPT:
            self._outcomes[results] = made
        return made

    def _possible(
        self, tender: Tender, certain: frozenset[str], doubtful: list[tuple[str, Question]]
    ) -> frozenset[frozenset[str]]:
        """Every set the answer may be: members that turn on the same fact turn together."""
        if len(doubtful) == 1:
            return frozenset((certain, certain | {doubtful[0][0]}))
        tables = [q.plan(q.overlay(tender)).table for _, q in doubtful]
        axes = axes_of(tables)
        arena = Arena(axes)
        joint = arena.leaf(())
        for (_, question), table in zip(doubtful, tables, strict=True):
            diagram = Diagram(table, axes, arena)
            joint = arena.apply(pair, joint, arena.restrict(diagram.root, diagram.masks(question.facts_for(tender).case)))
        sets: set[frozenset[str]] = set()
        for leaf in arena.leaves(joint):
            choices = [certain]
            left = arena.leaf_of[leaf]
            for member, _ in reversed(doubtful):
                left, here = left
                with_it = [c | {member} for c in choices] if True in here.values() else []
                choices = with_it + (choices if False in here.values() else [])
            sets.update(choices)
        return frozenset(sets)

    def doubts(self, tender: Tender, outcome: Outcome) -> Doubts:
        """The gaps of the members that are not settled, and what decides each of them."""
        results = [(member, q, q.result(tender)) for member, q in self.members]
        open_ = {member: q.ask(tender) for member, q, r in results if not r.settled}
        if not open_:
            return Doubts()
        certain = frozenset(member for member, _, r in results if r.value is True)
        possible = self._possible(tender, certain, [(member, q) for member, q, r in results if not r.settled])
        gaps = tuple(sorted({g for a in open_.values() for g in a.gaps}, key=gap_order))
        uncertain: dict[Hashable, tuple[str, ...]] = {
            m: (*sorted(a.missing), *dict.fromkeys(g.id for g in a.gaps)) for m, a in open_.items()
        }
        return Doubts(gaps, uncertain, possible)

    def support(self, tender: Tender, outcome: Outcome, doubts: Doubts) -> Support:
        """The citations, caveats and explanations of the members, one after the other."""
        found = [q.ask(tender) for _, q in self.members]
        parts = [a.explanation for a in found]
        cites = tuple(dict.fromkeys(c for a in found for c in a.citations))
        caveats = tuple(dict.fromkeys(c for a in found for c in a.caveats))
        explanation = Explanation(
            question=self.name,
            title=self.title,
            status=outcome.status,
            value=outcome.value,
            possible=tuple(sorted(doubts.possible if outcome.possible is None else outcome.possible, key=letters)),
            on=tender.launched,
            facts=tuple(dict.fromkeys(f for part in parts for f in part.facts)),
            rows=tuple(row for part in parts for row in part.rows),
            missing=tuple(sorted(outcome.missing)),
            gaps=doubts.gaps,
            caveats=caveats,
            citations=cites,
            turns=tuple(turn for part in parts for turn in part.turns),
            sentences=tuple(dict.fromkeys(s for part in parts for s in part.sentences)),
            edition=EDITION,
            jurisdiction=self.id.partition("/")[0],
        )
        return Support(cites, caveats, explanation)

    def __repr__(self) -> str:
        return f"<question {self.id}>"

    def __reduce__(self) -> tuple[object, ...]:
        return (question_of, (self.id,))
