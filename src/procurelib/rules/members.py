"""Questions whose answer is a set, decided member by member: one table of yes and no for each member."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from attrs import frozen

from procurelib.law import EDITION
from procurelib.models.tender import Tender
from procurelib.rules.answer import Answer, Explanation, Status, Support, Text, later
from procurelib.rules.question import Question, gap_order
from procurelib.tables.diagram import Arena, Diagram, axes_of, pair
from procurelib.tables.plan import Resolved
from procurelib.unknown import UNKNOWN


@frozen(eq=False)
class MembersQuestion:
    """A question made of one yes-or-no question for each member; the answer holds the members that are certain.

    ``applies`` tells whether the question arises at all for a tender.
    """

    id: str
    name: str
    title: Text
    members: tuple[tuple[str, Question], ...]
    applies: Callable[[Tender], bool]

    def result(self, tender: Tender) -> tuple[Resolved, ...]:
        """What the law leaves for each member, in their order."""
        return tuple(question.result(tender) for _, question in self.members)

    def ask(self, tender: Tender) -> Answer:
        """The answer for a tender."""
        if not self.applies(tender):
            return self._answer(tender, "not_applicable", None, frozenset((None,)), {})
        found = {member: question.ask(tender) for member, question in self.members}
        certain = frozenset(m for m, a in found.items() if a.value is True)
        doubtful = {m: a for m, a in found.items() if a.value is UNKNOWN}
        if not doubtful:
            return self._answer(tender, "answered", certain, frozenset((certain,)), found)
        missing = any(a.missing for a in doubtful.values())
        value = certain or UNKNOWN
        return self._answer(
            tender, "unknown" if missing else "not_modelled", value, self._possible(tender, certain, doubtful), found
        )

    def _possible(self, tender: Tender, certain: frozenset[str], doubtful: dict[str, Answer]) -> frozenset[Any]:
        """Every set the answer may be: members that turn on the same fact turn together."""
        asked = [(m, q) for m, q in self.members if m in doubtful]
        tables = [q.plan(q.overlay(tender)).table for _, q in asked]
        axes = axes_of(tables)
        arena = Arena(axes)
        joint = arena.leaf(())
        for (_, question), table in zip(asked, tables, strict=True):
            diagram = Diagram(table, axes, arena)
            joint = arena.apply(pair, joint, arena.restrict(diagram.root, diagram.masks(question.facts_for(tender).case)))
        sets: set[frozenset[str]] = set()
        for leaf in arena.leaves(joint):
            choices = [certain]
            left = arena.leaf_of[leaf]
            for member, _ in reversed(asked):
                left, here = left
                yes = [True in here.values(), False in here.values()]
                choices = [c | {member} for c in choices if yes[0]] + [c for c in choices if yes[1]]
            sets.update(choices)
        return frozenset(sets)

    def _answer(self, tender: Tender, status: Status, value: Any, possible: frozenset[Any], found: dict[str, Answer]) -> Answer:
        doubtful = {m: a for m, a in found.items() if a.value is UNKNOWN}
        missing = frozenset[str]().union(*(a.missing for a in doubtful.values()))
        gaps = tuple(sorted({g for a in doubtful.values() for g in a.gaps}, key=gap_order))
        uncertain: dict[Hashable, tuple[str, ...]] = {
            m: tuple(sorted(a.missing)) + tuple(g.id for g in a.gaps) for m, a in doubtful.items()
        }

        def support() -> Support:
            parts = [a.explanation for a in found.values()]
            cites = tuple(dict.fromkeys(c for a in found.values() for c in a.citations))
            caveats = tuple(dict.fromkeys(c for a in found.values() for c in a.caveats))
            explanation = Explanation(
                question=self.name,
                title=self.title,
                status=status,
                value=value,
                possible=tuple(sorted(possible, key=str)),
                on=tender.launched,
                facts=tuple(dict.fromkeys(f for part in parts for f in part.facts)),
                rows=tuple(row for part in parts for row in part.rows),
                missing=tuple(sorted(missing)),
                gaps=gaps,
                caveats=caveats,
                citations=cites,
                turns=tuple(turn for part in parts for turn in part.turns),
                sentences=(),
                edition=EDITION,
            )
            return Support(cites, caveats, explanation)

        return Answer(self.name, status, value, possible, missing, gaps, uncertain, later=later(support))
