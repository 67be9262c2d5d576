"""The mistakes a kernel of this kind is known to make, one test each."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from random import Random
from typing import Any

import pytest
from attrs import evolve

from procurelib.errors import InputError, NoLongerInForce, NotYetInForce, TableError
from procurelib.tables import diagram as diagram_module
from procurelib.tables.basis import basis
from procurelib.tables.check import check
from procurelib.tables.conditions import AllOf, AnyOf, Compare, Condition, InForce, Not, Series, Step, Use, Within, evaluate
from procurelib.tables.diagram import UNDEFINED, Diagram, Overlap, Remains
from procurelib.tables.facts import Between, Fact, OneOf
from procurelib.tables.plan import Plan
from procurelib.tables.read import read
from procurelib.tables.table import Open, Row, Table
from procurelib.unknown import UNKNOWN
from properties.brute_force import brute
from properties.small_tables import CASES, CATEGORY, CONCLUDED, FIRST, FLAG, LAST, LAUNCHED, READING, VALUE, make
from properties.test_diagram import leaf_at, said

ALWAYS = AllOf(())
ONE_DAY = timedelta(days=1)


def table(*rows: Row, facts: tuple[Fact, ...] = (LAUNCHED, CATEGORY, VALUE, FLAG, READING)) -> Table:
    return Table("pitfall", LAUNCHED, (FIRST, LAST), facts, rows)


def claimed(fact: Fact = FLAG) -> Within:
    return Within(fact, frozenset((True,)))


def open_law(gap: str = "gap") -> InForce:
    return InForce(LAUNCHED, Series("open", (Step(FIRST, gap=gap),)))


# --- equality ---------------------------------------------------------------------------------------------------------


def test_true_and_1_are_two_outcomes() -> None:
    """Refused, or kept apart all the way; never merged into an answer that looks settled."""
    try:
        mixed = table(Row("a", claimed(), True), Row("b", Not(claimed()), 1))
    except TableError:
        return
    leaves = Diagram(mixed).arena.leaves(Diagram(mixed).root)
    assert len(leaves) == 2
    left = Plan(mixed).resolve({"launched": FIRST, "flag": UNKNOWN})
    assert left.missing == {"flag"}
    assert not left.settled


def test_true_and_1_are_not_two_versions_of_one_dated_outcome() -> None:
    steps = (Step(FIRST, gap="not read"), Step(FIRST + ONE_DAY, True), Step(FIRST + 2 * ONE_DAY, 1))
    with pytest.raises(TableError, match="its outcomes 1 and True are equal but not the same"):
        table(Row("a", ALWAYS, Series("dated", steps)))
    assert set(table(Row("a", ALWAYS, Series("dated", steps[:2]))).outcomes()) == {True}


def test_true_and_1_do_not_concur() -> None:
    try:
        mixed = table(Row("a", ALWAYS, True), Row("b", ALWAYS, 1))
    except TableError:
        return
    assert [f.kind for f in check(mixed)] == ["overlap"]


def test_true_and_1_are_two_values_of_a_fact() -> None:
    oddity = Fact("oddity", "buyer", (1, True, "1"))
    plan = Plan(
        table(
            Row("a", Within(oddity, frozenset((True,))), "true"),
            Row("b", Not(Within(oddity, frozenset((True,)))), "not"),
            facts=(LAUNCHED, oddity),
        )
    )
    got = {repr(v): plan.resolve({"launched": FIRST, "oddity": v}).possible for v in (1, True, "1")}
    assert got == {"1": {"not"}, "True": {"true"}, "'1'": {"not"}}


def test_a_number_does_not_answer_a_yes_or_no_fact() -> None:
    plan = Plan(table(Row("a", claimed(), "x"), Row("b", Not(claimed()), "y")))
    for number in (0, 1):
        for _ in range(3):
            with pytest.raises(InputError):
                plan.resolve({"launched": FIRST, "flag": number})


def test_nodes_with_the_same_children_and_other_cuts_are_different() -> None:
    """Forgetting the cuts in a node's identity made 0.6 % of partly known cases wrong."""
    low, high = Compare(VALUE, 10), Compare(VALUE, 20)
    both = table(
        Row("low", AllOf((claimed(), low)), "public"),
        Row("high", AllOf((Not(claimed()), high)), "public"),
        Row("rest", Not(AnyOf((AllOf((claimed(), low)), AllOf((Not(claimed()), high))))), "direct"),
        facts=(LAUNCHED, FLAG, VALUE),
    )
    plan = Plan(both)
    assert plan.resolve({"launched": FIRST, "value": 15, "flag": UNKNOWN}).missing == {"flag"}
    assert plan.resolve({"launched": FIRST, "value": 25, "flag": UNKNOWN}).missing == set()
    assert plan.resolve({"launched": FIRST, "flag": True, "value": Between(10, 15)}).possible == {"public"}
    assert plan.resolve({"launched": FIRST, "flag": False, "value": Between(10, 15)}).possible == {"direct"}


def test_a_condition_made_and_dropped_does_not_answer_for_the_next() -> None:
    """Identity by object id is only good while the object lives."""
    diagram = Diagram(table(*(Row(f"r{n}", Compare(VALUE, n), "x") for n in (10, 11, 12, 13))))
    for n in [10, 11, 12, 13] * 5:
        node = diagram.condition(Compare(VALUE, n))
        assert (
            diagram.arena.leaf_of[
                diagram.arena.restrict(node, {diagram.vars["value"]: 1 << diagram.axes[diagram.vars["value"]].cell(n)})
            ]
            == "true"
        )
        below = diagram.axes[diagram.vars["value"]].cell(n - 1)
        assert diagram.arena.leaf_of[diagram.arena.restrict(node, {diagram.vars["value"]: 1 << below})] == "false"


# --- order ------------------------------------------------------------------------------------------------------------


def test_the_order_of_rows_does_not_matter() -> None:
    for seed in range(60 * CASES):
        work, random = brute(seed), Random(seed)
        rows = list(work.table.rows)
        random.shuffle(rows)
        one, other = Diagram(work.table), Diagram(evolve(work.table, rows=tuple(rows)))
        for key in random.sample(list(work.point), min(200, len(work.point))):
            point = work.point[key]
            assert said(leaf_at(one, point)) == said(leaf_at(other, point)), f"make({seed}) at {point}"


def test_an_open_row_contradicts_nothing_wherever_it_stands() -> None:
    rows = (Row("open", open_law(), "x"), Row("one", ALWAYS, "y"), Row("two", ALWAYS, "y"))
    for order in permutations(rows):
        plan = Plan(table(*order))
        assert plan.resolve({"launched": FIRST}).possible == {"x", "y"}
        assert check(plan.table) == ()


def test_an_open_row_does_not_hide_that_others_disagree() -> None:
    rows = (Row("open", open_law(), "x"), Row("one", ALWAYS, "y"), Row("two", ALWAYS, Open(frozenset("xy"), "gap")))
    for order in permutations(rows):
        found = check(table(*order))
        assert [(f.kind, set(f.rows)) for f in found] == [("overlap", {"one", "two"})]


def mirrored(node: Condition) -> Condition:
    if isinstance(node, AllOf | AnyOf):
        return type(node)(tuple(mirrored(p) for p in reversed(node.parts)))
    return Not(mirrored(node.part)) if isinstance(node, Not) else node


def test_the_order_of_operands_does_not_matter() -> None:
    """Undefined is absorbed by a false conjunct whether it comes before or after."""
    for seed in range(40 * CASES):
        work, random = brute(seed), Random(seed)
        rows = tuple(evolve(r, when=mirrored(r.when)) for r in work.table.rows)
        other = Diagram(evolve(work.table, rows=rows))
        for key in random.sample(list(work.point), min(200, len(work.point))):
            leaf = work.leaf[key]
            assert said(leaf_at(other, work.point[key])).answer == leaf.answer, f"make({seed}) at {work.point[key]}"


def test_a_table_does_not_depend_on_the_order_of_its_facts() -> None:
    for seed in range(40 * CASES):
        work, random = brute(seed, tame=True), Random(seed)
        facts = list(work.facts)
        random.shuffle(facts)
        other = Diagram(evolve(work.table, facts=tuple(facts)))
        for key in random.sample(list(work.point), min(200, len(work.point))):
            assert said(leaf_at(other, work.point[key])).answer == work.leaf[key].answer, f"make({seed}, tame=True)"


# --- boundaries -------------------------------------------------------------------------------------------------------


def test_a_cent_and_a_day_either_side_of_a_boundary() -> None:
    amount = Series("threshold", (Step(FIRST, Decimal("100.00")), Step(date(2020, 7, 1), Decimal("200.00"))))
    above = Compare(VALUE, amount, LAUNCHED)
    plan = Plan(table(Row("public", above, "public"), Row("direct", Not(above), "direct")))
    for day, cut in ((date(2020, 6, 30), Decimal("100")), (date(2020, 7, 1), Decimal("200"))):
        for _ in range(3):
            assert plan.resolve({"launched": day, "value": cut}).possible == {"public"}
            assert plan.resolve({"launched": day, "value": cut - Decimal("0.01")}).possible == {"direct"}


def test_a_day_outside_the_span_is_refused() -> None:
    plan = Plan(table(Row("a", ALWAYS, "x")))
    for _ in range(3):
        assert plan.resolve({"launched": FIRST}).settled
        assert plan.resolve({"launched": LAST}).settled
        with pytest.raises(NotYetInForce):
            plan.resolve({"launched": FIRST - ONE_DAY})
        with pytest.raises(NoLongerInForce):
            plan.resolve({"launched": LAST + ONE_DAY})


def test_what_happens_after_the_span_is_no_finding_and_no_answer() -> None:
    later = InForce(LAUNCHED, Series("later", (Step(LAST + ONE_DAY),)))
    sound = table(Row("now", Not(later), "x"))
    assert check(sound) == ()
    assert Plan(sound).resolve({"launched": UNKNOWN}).possible == {"x"}
    assert [f.rows for f in check(table(Row("now", ALWAYS, "x"), Row("dead", later, "x")))] == [("dead",)]


@pytest.mark.parametrize("nothing", [OneOf(frozenset()), Between(20, 10)])
def test_a_fact_that_can_be_nothing_at_all_is_refused(nothing: object) -> None:
    plan = Plan(table(Row("a", Compare(VALUE, 15), "x"), Row("b", Not(Compare(VALUE, 15)), "y")))
    for _ in range(3):
        with pytest.raises(InputError):
            plan.resolve({"launched": FIRST, "value": nothing})


# --- what is not known ------------------------------------------------------------------------------------------------


def test_another_table_is_read_jointly_not_as_a_fact_of_its_own() -> None:
    """As a free fact the used table's outcome and its inputs could contradict each other."""
    used = table(Row("high", Compare(VALUE, 10), "public"), Row("low", Not(Compare(VALUE, 10)), "direct"))
    public = Use(used, frozenset(("public",)))
    using = table(
        Row("both", AllOf((public, Compare(VALUE, 10))), "long"),
        Row("never", AllOf((public, Not(Compare(VALUE, 10)))), "contradiction"),
        Row("rest", Not(public), "short"),
    )
    left = Plan(using).resolve({"launched": FIRST, "value": UNKNOWN})
    assert left.possible == {"long", "short"}
    assert left.missing == {"value"}
    assert [(f.kind, f.rows) for f in check(using)] == [("dead", ("never",))]


@pytest.mark.parametrize(
    "rows",
    [
        (Row("some", Compare(VALUE, 10), "x"),),
        (Row("maybe", open_law(), "x"),),
        (Row("one", ALWAYS, "x"), Row("two", ALWAYS, "y")),
        (Row("dated", ALWAYS, Series("never", ())),),
        (Row("compared", Compare(VALUE, Series("never", ()), LAUNCHED), "x"),),
    ],
    ids=["gap", "open over nothing", "overlap", "outcome without a version", "comparison without a version"],
)
def test_a_fault_of_a_used_table_is_a_fault_of_the_table_that_uses_it(rows: tuple[Row, ...]) -> None:
    uses = Use(table(*rows), frozenset("x"))
    using = table(Row("yes", uses, "a"), Row("no", Not(uses), "b"))
    assert "undefined" in {f.kind for f in check(using)}
    assert read(using, {"launched": FIRST, "value": 0}).undefined
    assert leaf_at(Diagram(using), {"launched": FIRST, "value": 0}) == UNDEFINED


def test_rows_that_jointly_cover_every_case_spare_the_ones_below() -> None:
    """Neither row above is certain, yet one of them applies: a comparison without a value below is never reached."""
    never = Compare(VALUE, Series("never", ()), LAUNCHED)
    covered = evolve(
        table(Row("yes", claimed(), "x", 1), Row("no", Not(claimed()), "y", 1), Row("below", never, "z")),
        id="covered",
    )
    case = {"launched": FIRST, "value": 0, "flag": UNKNOWN}
    assert [f.rows for f in check(covered)] == [("below",)]
    assert not read(covered, case).undefined
    assert {"x", "y"} <= read(covered, case).outcomes
    uses = Use(covered, frozenset("x"))
    using = table(Row("a", uses, "a"), Row("b", Not(uses), "b"))
    assert Plan(using).resolve(case).possible == read(using, case).outcomes == {"a", "b"}


def test_a_disputed_text_that_nobody_reads_for_us_is_read_both_ways() -> None:
    disputed = Series("disputed", (Step(FIRST, 10),), READING, (("strict", (Step(FIRST, 20),)),))
    above = Compare(VALUE, disputed, LAUNCHED)
    both = table(Row("public", above, "public"), Row("direct", Not(above), "direct"))
    case = {"launched": FIRST, "value": 15}
    assert Plan(both).resolve(case).possible == read(both, case).outcomes == {"public"}
    for vague in (UNKNOWN, OneOf(frozenset(("usual", "strict")))):
        left = Plan(both).resolve({**case, "reading": vague})
        assert (left.possible, left.missing) == ({"public", "direct"}, {"reading"})
        assert read(both, {**case, "reading": vague}).outcomes == left.possible
    assert not Plan(both).resolve({**case, "value": 25, "reading": UNKNOWN}).missing


@pytest.mark.parametrize("role", ["claim", "reading", "buyer"])
def test_a_fact_without_a_default_is_unknown_until_given(role: Any) -> None:
    fact = Fact("asked", role, (False, True))
    plan = Plan(table(Row("a", claimed(fact), "x"), Row("b", Not(claimed(fact)), "y"), facts=(LAUNCHED, fact)))
    for case in ({"launched": FIRST}, {"launched": FIRST, "asked": UNKNOWN}):
        for _ in range(3):
            left = plan.resolve(case)
            assert (left.possible, left.missing) == ({"x", "y"}, {"asked"})


def test_a_later_clock_is_a_fact_like_any_other() -> None:
    ended = InForce(CONCLUDED, Series("adapted", (Step(FIRST), Step(date(2020, 9, 1), absent=True))))
    two = table(Row("yes", ended, "adapted"), Row("no", Not(ended), "formal"), facts=(LAUNCHED, CONCLUDED))
    left = Plan(two).resolve({"launched": FIRST, "concluded": UNKNOWN})
    assert (left.possible, left.missing) == ({"adapted", "formal"}, {"concluded"})
    assert Plan(two).resolve({"launched": FIRST, "concluded": Between(date(2020, 9, 1), None)}).possible == {"formal"}


# --- bounds -----------------------------------------------------------------------------------------------------------


def test_a_table_that_uses_itself_is_refused() -> None:
    inner = table(Row("a", ALWAYS, "x"))
    outer = table(Row("b", Use(inner, frozenset("x")), "y"))
    object.__setattr__(inner, "rows", (Row("a", Use(outer, frozenset("y")), "x"),))
    with pytest.raises(TableError, match="uses itself"):
        table(Row("c", Use(inner, frozenset("x")), "y"))


def test_a_table_that_needs_too_many_nodes_is_refused_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(diagram_module, "NODE_BOUND", 20)
    seed = next(s for s in range(100) if len(brute(s).leaf) > 1000)
    with pytest.raises(TableError, match=rf"table table-{seed}: .*20 nodes"):
        Diagram(make(seed))


def test_the_bound_stops_a_table_that_explodes() -> None:
    """Pairs of claims that must agree, all firsts before all seconds: two to the power of the pairs."""
    pairs = [tuple(Fact(f"{x}{n:02}", "claim", (False, True), False) for x in "ab") for n in range(18)]
    same = [AnyOf((AllOf((claimed(a), claimed(b))), Not(AnyOf((claimed(a), claimed(b)))))) for a, b in pairs]
    firsts, seconds = zip(*pairs, strict=True)
    with pytest.raises(TableError, match="more than 100000 nodes"):
        Diagram(table(Row("same", AllOf(tuple(same)), "x"), facts=(LAUNCHED, *firsts, *seconds)))
    side_by_side = tuple(f for p in pairs for f in p)
    small = Diagram(table(Row("same", AllOf(tuple(same)), "x"), facts=(LAUNCHED, *side_by_side)))
    assert small.arena.size(small.root) < 100


def test_many_grounds_in_one_layer_stay_small() -> None:
    grounds = [Fact(f"ground-{n}", "claim", (False, True), False) for n in range(40)]
    rows = [Row(f.id, claimed(f), "direct", 1) for f in grounds]
    many = Diagram(table(*rows, Row("rest", ALWAYS, "public"), facts=(LAUNCHED, *grounds)))
    assert many.arena.size(many.root) < 100


def test_answering_does_not_fill_the_memory() -> None:
    """Every pattern of knowledge is a new restriction; none may leave anything behind in the table itself."""
    work = next(w for w in map(brute, range(100)) if len(w.leaf) > 1000 and {x.kind for x in w.leaf.values()} == {"ok"})
    plan, random = Plan(work.table), Random(1)
    before = len(plan.diagram.arena.var)
    for _ in range(300):
        case = {
            f.id: UNKNOWN if random.random() < 0.5 else work.point[random.choice(list(work.point))][f.id] for f in work.facts
        }
        low, high = sorted(random.sample(range(60), 2))
        for _ in range(3):
            plan.resolve({**case, "value": Between(low, high)})
    assert len(plan.diagram.arena.var) == before


def test_a_flood_of_patterns_changes_no_answer_and_is_bounded() -> None:
    flags = [Fact(f"flag-{n}", "claim", (False, True), False) for n in range(12)]
    rows = [Row(f.id, AllOf((claimed(f), Compare(VALUE, n))), "direct", 1) for n, f in enumerate(flags)]
    plan = Plan(table(*rows, Row("rest", ALWAYS, "public"), facts=(LAUNCHED, VALUE, *flags)))
    random = Random(2)
    first = None
    for n in range(1500):
        made = random.getrandbits(12)
        case = {f.id: (False, True, UNKNOWN)[made >> i & 1 or 2 * (made >> (11 - i) & 1)] for i, f in enumerate(flags)}
        for _ in range(2):
            got = plan.resolve({"launched": FIRST, "value": 5, **case})
        first = first or (case, got)
        certain = any(case[f.id] is True and n <= 5 for n, f in enumerate(flags))
        maybe = any(case[f.id] is not False and n <= 5 for n, f in enumerate(flags))
        assert got.possible == ({"direct"} if certain else {"direct", "public"} if maybe else {"public"})
    assert first is not None
    assert plan.resolve({"launched": FIRST, "value": 5, **first[0]}).possible == first[1].possible
    assert len(plan._small) <= 256


def test_an_answer_rests_on_the_version_that_is_the_outcome() -> None:
    dated = Series("dated", (Step(FIRST, "old"), Step(FIRST + ONE_DAY, "new")))
    for day, place in ((FIRST, 0), (FIRST + ONE_DAY, 1)):
        found = basis(table(Row("a", ALWAYS, dated)), {"launched": day}).used
        assert [(used.series, used.step, used.compared) for used in found] == [(dated, dated.steps[place], True)]
    assert basis(table(Row("a", ALWAYS, dated)), {"launched": UNKNOWN}).used == ()


def test_the_outcome_of_a_used_table_is_shown_where_it_is_one() -> None:
    inner = table(Row("a", claimed(), "yes"), Row("b", Not(claimed()), "no"))
    use = Use(inner, frozenset(("yes",)))
    shown = [evaluate(use, {"launched": FIRST, "flag": flag}).value for flag in (True, False, UNKNOWN)]
    assert shown == ["yes", "no", UNKNOWN]


def test_a_leaf_of_one_kind_is_not_taken_for_another() -> None:
    """An outcome may be called like an inner leaf of the compiler."""
    named = table(Row("a", claimed(), "undefined"), Row("b", Not(claimed()), "none"))
    assert check(named) == ()
    got = leaf_at(Diagram(named), {"launched": FIRST, "flag": True})
    assert isinstance(got, Remains)
    assert not isinstance(got, Overlap)
    assert Plan(named).resolve({"launched": FIRST, "flag": UNKNOWN}).possible == {"undefined", "none"}
