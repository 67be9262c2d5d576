"""Random small layered tables: few facts, every kind of node, dated series with gaps, scopes and competing readings."""

from __future__ import annotations

import os
from collections.abc import Hashable
from datetime import date, timedelta
from random import Random

from procurelib.tables.conditions import AllOf, AnyOf, Compare, Condition, InForce, Not, Series, Step, Use, Within
from procurelib.tables.facts import Fact
from procurelib.tables.table import Open, Row, Table

CASES = int(os.environ.get("PROCURELIB_CASES", "1"))
"""How many times the usual number of random tables; 1 keeps the folder under 90 seconds."""

FIRST = date(2020, 1, 1)
LAST = date(2020, 12, 31)
DAYS = tuple(FIRST + timedelta(days=n) for n in (-40, 0, 31, 32, 100, 200, 365))
"""The days on which anything may start: before the span, its first day, two neighbours, and its last day."""
AMOUNTS = (10, 11, 20, 40)
OUTCOMES: tuple[Hashable, ...] = ("direct", "invitation", "public")

LAUNCHED = Fact("launched", "date")
CONCLUDED = Fact("concluded", "date")
VALUE = Fact("value", "need")
OTHER = Fact("other", "need", base="value_of_the_other")
CATEGORY = Fact("category", "need", ("goods", "services", "works"))
FLAG = Fact("flag", "claim", (False, True), default=False)
CLAIM = Fact("claim", "claim", (False, True), default=False, base="claims")
ODDITY = Fact("oddity", "buyer", (1, True, "1"))
READING = Fact("reading", "reading", ("usual", "strict"), default="usual")


class Maker:
    """One random table and the tables it uses.

    A *tame* maker avoids what ``check`` would find: rows of one layer agree, every comparison has a value every day
    or a higher row that spares it, and a last row catches the rest. A wild one does not care.
    """

    def __init__(self, seed: int, *, tame: bool, impossible: bool) -> None:
        self.random = Random(seed)
        self.tame = tame
        self.impossible = impossible
        r = self.random
        self.clocks = [LAUNCHED]
        self.amounts = [VALUE]
        self.choices = r.sample([CATEGORY, FLAG, CLAIM, ODDITY], r.choice((1, 2, 2, 3)))
        if r.random() < 0.25:
            self.clocks.append(CONCLUDED)
        elif r.random() < 0.3:
            self.amounts.append(OTHER)
        self.reading = r.random() < 0.5
        facts = [*self.amounts, *self.choices, *self.clocks[1:], *([READING] if self.reading else [])]
        r.shuffle(facts)
        facts.insert(0 if r.random() < 0.7 else r.randrange(len(facts) + 1), LAUNCHED)
        self.facts = tuple(facts)
        self.made = 0
        self.values = [self.series("amount") for _ in range(2)]
        self.rules = [self.series("rule") for _ in range(2)]
        self.results = [self.series("outcome") for _ in range(2)]
        self.late = Series("late", (Step(r.choice(DAYS[2:]), r.choice(AMOUNTS)),)) if r.random() < 0.3 else None
        self.shadow = InForce(LAUNCHED, Series("shadow", (Step(DAYS[0], gap="gap-shadow"),)))

    # dated values

    def steps(self, kind: str) -> tuple[Step, ...]:
        r = self.random
        starts = sorted(r.sample(DAYS, r.choice((1, 2, 2, 3))))
        if self.tame and kind != "rule":
            starts = sorted({DAYS[0], *starts})
        out: list[Step] = []
        for n, start in enumerate(starts):
            luck = r.random()
            value: Hashable = {"amount": r.choice(AMOUNTS), "rule": None, "outcome": r.choice(OUTCOMES)}[kind]
            if luck < 0.12:
                # A step may keep the amount that the gap hides: it must not be compared.
                out.append(Step(start, value if r.random() < 0.5 else None, gap=f"gap-{kind}-{r.randrange(3)}"))
            elif luck < 0.24 and not (self.tame and kind != "rule"):
                out.append(Step(start, absent=True))
            else:
                out.append(Step(start, value, scope=r.choice((None, "city", "agency")), ref=n))
        return tuple(out)

    def series(self, kind: str) -> Series:
        self.made += 1
        name = f"{kind}-{self.made}"
        if self.reading and self.random.random() < 0.5:
            return Series(name, self.steps(kind), READING, (("strict", self.steps(kind)),))
        return Series(name, self.steps(kind))

    # conditions

    def leaf(self, used: list[Table]) -> Condition:
        r = self.random
        kind = r.choice(("within", "within", "compare", "compare", "dated", "dated", "force", "use" if used else "force"))
        if kind == "within":
            fact = r.choice(self.choices)
            return Within(fact, frozenset(r.sample(fact.values, r.randrange(1, len(fact.values) + 1))))
        if kind == "compare":
            if r.random() < 0.15:
                return Compare(r.choice(self.clocks), r.choice(DAYS))
            return Compare(r.choice(self.amounts), r.choice(AMOUNTS))
        if kind == "dated" and self.late is not None and r.random() < 0.5:
            return Compare(r.choice(self.amounts), self.late, LAUNCHED)
        if kind == "dated":
            return Compare(r.choice(self.amounts), r.choice(self.values), r.choice(self.clocks))
        if kind == "force":
            scopes = r.choice((None, frozenset(("city",)), frozenset(("city", "agency"))))
            return InForce(r.choice(self.clocks), r.choice(self.rules + self.values), scopes)
        table = r.choice(used)
        return Use(table, frozenset(r.sample(OUTCOMES, r.choice((1, 1, 2)))))

    def condition(self, depth: int, used: list[Table]) -> Condition:
        r = self.random
        if depth == 0 or r.random() < 0.3:
            return self.leaf(used)
        kind = r.choice(("all", "any", "not", "all", "any"))
        if kind == "not":
            return Not(self.condition(depth - 1, used))
        parts = tuple(self.condition(depth - 1, used) for _ in range(r.choice((0, 1, 2, 2, 2, 3))))
        return AllOf(parts) if kind == "all" else AnyOf(parts)

    # rows

    def then(self) -> Hashable | Series:
        r = self.random
        luck = r.random()
        if luck < 0.2:
            return Open(frozenset(r.sample(OUTCOMES, r.choice((0, 1, 2, 2)))), f"gap-open-{r.randrange(2)}")
        return r.choice(self.results) if luck < 0.4 else r.choice(OUTCOMES)

    def table(self, id: str, used: list[Table]) -> Table:
        r = self.random
        rows: list[Row] = []
        if self.late is not None and (self.tame or r.random() < 0.5):
            rows.append(Row("early", Not(InForce(LAUNCHED, self.late)), self.then(), 99))
        for layer in range(r.choice((1, 2, 2, 3)), 0, -1):
            agreed = self.then()
            for _ in range(r.choice((1, 1, 2, 3, 4))):
                when = self.condition(2, used)
                if r.random() < 0.25:
                    # Never certain, so that even in a tame table it may disagree with its neighbours.
                    rows.append(Row(f"row-{len(rows)}", AllOf((self.shadow, when)), self.then(), layer * 10))
                    continue
                then = agreed if self.tame or r.random() < 0.5 else self.then()
                rows.append(Row(f"row-{len(rows)}", when, then, layer * 10))
        if self.tame or r.random() < 0.7:
            rows.append(Row("rest", AllOf(()), self.then(), 0))
        r.shuffle(rows)
        impossible = (self.condition(1, []),) if self.impossible and r.random() < 0.4 else ()
        return Table(id, LAUNCHED, (FIRST, LAST), self.facts, tuple(rows), impossible)


def make(seed: int, *, tame: bool = False) -> Table:
    """The table of a seed: the same one every time."""
    maker = Maker(seed, tame=tame, impossible=not tame)
    return maker.table(f"table-{seed}", used_tables(maker))


def make_pair(seed: int) -> tuple[Table, Table]:
    """Two tables over the same facts, which share their dated values; tame but for what cannot happen."""
    maker = Maker(seed, tame=True, impossible=True)
    used = used_tables(maker)
    return maker.table(f"table-{seed}", used), maker.table(f"other-{seed}", used)


def used_tables(maker: Maker) -> list[Table]:
    used: list[Table] = []
    for n in range(maker.random.choice((0, 1, 1, 2))):
        used.append(maker.table(f"used-{n}", used))
    return used
