"""The main job: everything the law of the day requires of one tender."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, final, overload

from procurelib.citations import Citation
from procurelib.errors import Fault, InputError, InputTypeError
from procurelib.models.city import City
from procurelib.models.tender import Tender
from procurelib.rules.answer import Answer, Caveat, Gap, Turn
from procurelib.rules.members import MembersQuestion
from procurelib.rules.question import Question, require_tender
from procurelib.tables.check import Finding
from procurelib.tables.check import check as check_table
from procurelib.tables.plan import Plan, Resolved
from procurelib.tables.table import Table

if TYPE_CHECKING:
    from procurelib.rules.duties import Duty


_HOMES: Final = {"ca-qc": "procurelib.rules.ca_qc", "fr": "procurelib.rules.fr"}


def questions_of(tender: Tender) -> Mapping[str, Question | MembersQuestion]:
    """The questions the book can answer for a buyer, by name, in the order they are read.

    Raises:
        InputError: the rules of the buyer's country are not in this edition.
    """
    return _Questions(_package(tender.buyer))


def _package(buyer: City) -> Any:
    """The rules of a buyer's jurisdiction."""
    home = _HOMES.get(buyer.jurisdiction)
    if home is None:
        expected = f"a buyer of {' or '.join(_HOMES)}, whose rules this edition holds"
        raise InputError([Fault("buyer", buyer.id, expected, "Rules of other countries come with later editions.")])
    return import_module(home)


class _Questions(Mapping[str, Question | MembersQuestion]):
    """The questions of a jurisdiction by name; each is made when it is first asked.

    Those the book does not answer for the jurisdiction are found by name too, but are not listed.
    """

    def __init__(self, package: Any) -> None:
        self._package = package
        self._made: dict[str, Question | MembersQuestion] = {}

    def __getitem__(self, name: str) -> Question | MembersQuestion:
        found = self._made.get(name)
        if found is None:
            if name not in self._package.QUESTIONS and name not in self._package.UNMODELLED:
                raise KeyError(name)
            found = self._made[name] = getattr(self._package, name)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self._package.QUESTIONS)

    def __len__(self) -> int:
        return len(self._package.QUESTIONS)


@final
class Assessment:
    """What the law of the day requires of one tender; each answer is worked out when it is read.

    The answers are attributes named after the questions: ``procedure`` (the least open procedure the law allows),
    ``territory``, ``agreements``, ``minimum_period``, ``publication`` and ``award_method``; in Québec ``estimate``,
    ``authorisation``, ``preferences`` and ``decision_maker``; in France ``application_period``, ``standstill`` and
    ``sustainability``. One that the book does not answer for the buyer's country is ``not_modelled``, and not among
    ``answers``. Beside them stand ``earliest_closing``, ``small_lots`` and ``purchasing_scheme``, which are worked out
    rather than read in a table, and ``duties``, what the contract makes the buyer publish.
    """

    # Plain slots, written once here, for the same reason as those of an answer.
    __slots__ = ("_answers", "_lots", "_questions", "_tender", "_worked")

    def __init__(
        self, tender: Tender, questions: Mapping[str, Question | MembersQuestion], answers: Iterable[Answer] = ()
    ) -> None:
        self._tender = tender
        self._questions = questions
        self._answers = {answer.question: answer for answer in answers}
        self._lots: tuple[Assessment, ...] | None = None
        self._worked: dict[str, Answer] = {}

    @property
    def tender(self) -> Tender:
        """The tender that was assessed."""
        return self._tender

    def _answer(self, name: str) -> Answer:
        found = self._answers.get(name)
        if found is None:
            found = self._answers[name] = self._questions[name].ask(self._tender)
        return found

    @property
    def procedure(self) -> Answer:
        """The least open procedure the law allows; a more open one is always lawful."""
        return self._answer("procedure")

    @property
    def territory(self) -> Answer:
        """The places whose suppliers may not be excluded from a public call."""
        return self._answer("territory")

    @property
    def agreements(self) -> Answer:
        """The trade agreements that cover the purchase; they bind the Party, the city obeys municipal law."""
        return self._answer("agreements")

    @property
    def minimum_period(self) -> Answer:
        """The fewest days tenders may be received."""
        return self._answer("minimum_period")

    @property
    def publication(self) -> Answer:
        """The lawful minimal sets of media in which a public call appears."""
        return self._answer("publication")

    @property
    def award_method(self) -> Answer:
        """The award methods permitted."""
        return self._answer("award_method")

    @property
    def estimate(self) -> Answer:
        """Whether the city must estimate the price before tenders are opened and the contract is made."""
        return self._answer("estimate")

    @property
    def authorisation(self) -> Answer:
        """Whether the enterprise must be authorised to contract by the Autorité des marchés publics."""
        return self._answer("authorisation")

    @property
    def preferences(self) -> Answer:
        """The local and Canadian preference measures that stand for the purchase."""
        return self._answer("preferences")

    @property
    def decision_maker(self) -> Answer:
        """Who decides and buys: the city, or the agglomeration through its central municipality."""
        return self._answer("decision_maker")

    @property
    def application_period(self) -> Answer:
        """The fewest days requests to participate may be received, where they come before the tenders."""
        return self._answer("application_period")

    @property
    def standstill(self) -> Answer:
        """The days between telling the other tenderers and signing the contract."""
        return self._answer("standstill")

    @property
    def sustainability(self) -> Answer:
        """The social and environmental elements that the contract and its award criteria must have."""
        return self._answer("sustainability")

    def _derived(self, name: str) -> Answer:
        """An answer that the rules of the buyer's country work out, ``not_modelled`` where they do not."""
        found = self._worked.get(name)
        if found is None:
            package = _package(self._tender.buyer)
            found = package.work_out(name, self) if name in package.WORKED_OUT else self._answer(name)
            self._worked[name] = found
        return found

    @property
    def earliest_closing(self) -> Answer:
        """The first day on which the receipt of tenders may close at any hour; its steps say which rule decided.

        It is worked out of the minimum period and, for a public call in Québec, of the time for complaints; where requests
        to participate come first it is their closing. The period runs from ``published``, or from the launch when that is
        not given. It is not one of ``answers``.
        """
        return self._derived("earliest_closing")

    @property
    def small_lots(self) -> Answer:
        """Whether the lots claimed as small fit the derogation together, and by how much they do not."""
        return self._derived("small_lots")

    @property
    def purchasing_scheme(self) -> Answer:
        """Whether the buyer must have a scheme for responsible purchasing, from its ``annual_purchases``."""
        return self._derived("purchasing_scheme")

    @property
    def duties(self) -> tuple[Duty, ...]:
        """What the buyer will have to publish because of this contract, and by when."""
        found: tuple[Duty, ...] = _package(self._tender.buyer).duties_of_tender(self)
        return found

    @property
    def answers(self) -> tuple[Answer, ...]:
        """Every answer, in the order they are read."""
        return tuple([self._answer(name) for name in self._questions])

    @property
    def lots(self) -> tuple[Assessment, ...]:
        """One assessment for each lot; the procedure of the whole is that of this assessment.

        In Québec a lot is read by itself. In France its need stays the whole, and it leaves the procedure of the whole
        only as a small lot whose claim fits.
        """
        if self._lots is None:
            of_lot = _package(self._tender.buyer).of_lot
            self._lots = tuple(assess(of_lot(self._tender, lot)) for lot in self._tender.lots)
        return self._lots

    @property
    def headroom(self) -> tuple[Turn, ...]:
        """The nearest change of one fact of the need, or of the day, that changes each answer."""
        return tuple(turn for answer in self.answers for turn in answer.explanation.turns)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Where the answers are written, without repetition."""
        return tuple(dict.fromkeys(c for answer in self.answers for c in answer.citations))

    @property
    def caveats(self) -> tuple[Caveat, ...]:
        """The reasons to be careful, without repetition."""
        return tuple(dict.fromkeys(c for answer in self.answers for c in answer.caveats))

    @property
    def missing(self) -> frozenset[str]:
        """The facts on which some answer still depends."""
        return frozenset[str]().union(*(answer.missing for answer in self.answers))

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """The law the book does not have and some answer would need."""
        return tuple(dict.fromkeys(g for answer in self.answers for g in answer.gaps))

    def explain(self, locale: str, *, format: str = "text") -> str:
        """Every answer explained; ``format`` is ``text``, ``markdown`` or ``html``."""
        from procurelib.explain import Header, render_many

        tender = self.tender
        header = Header(tender.buyer.name, tender.category, tender.value, tender.launched, tender.title)
        return render_many(header, [a.explanation for a in self.answers], locale, format=format)

    def _repr_html_(self) -> str:  # pyright: ignore[reportUnusedFunction]  (notebooks call it)
        return self.explain("fr_CA", format="html")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Assessment):
            return NotImplemented
        return self._tender == other._tender and self.answers == other.answers

    def __hash__(self) -> int:
        return hash(self._tender)

    def __repr__(self) -> str:
        return f"<Assessment of {self._tender!r}>"

    def __reduce__(self) -> tuple[Any, ...]:
        return (_restored, (self._tender, self.answers))

    def to_dict(self) -> dict[str, Any]:
        """The tender and every answer as JSON-safe values."""
        return {"tender": self._tender.to_dict(), "answers": {a.question: a.to_dict() for a in self.answers}}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Assessment:
        """Read what ``to_dict`` wrote: the answers are those given then, under the edition they name.

        Raises:
            InputError: the data are not those of an assessment; every fault has its path.
        """
        given: object = data
        if not isinstance(given, Mapping) or set(given) != {"tender", "answers"} or not isinstance(given["answers"], Mapping):
            raise InputError([Fault("$", repr(given)[:120], "the keys tender and answers, as Assessment.to_dict writes them")])
        answers = tuple(Answer.from_dict(answer) for answer in given["answers"].values())
        return _restored(Tender.from_dict(given["tender"]), answers)


def _restored(tender: Tender, answers: tuple[Answer, ...]) -> Assessment:
    return Assessment(tender, questions_of(tender), answers)


def check(rule: Question | MembersQuestion | Table) -> tuple[Finding, ...]:
    """Everything that is wrong with a rule, over every case and every day it covers; nothing, when it is sound.

    A question is checked for a buyer that sets no rule of its own and for one whose rules are not known; a table of your
    own is checked as it is. The result is exact, and each finding but a dead row holds a case that shows it.

    Raises:
        TableError: the table needs more nodes than the bound.
    """
    if isinstance(rule, Table):
        return check_table(rule)
    if not isinstance(rule, Question | MembersQuestion):
        raise _no_rule(rule)
    questions = [q for _, q in rule.members] if isinstance(rule, MembersQuestion) else [rule]
    tables = {id(t): t for q in questions for t in q.tables()}
    return tuple(finding for table in tables.values() for finding in check_table(table))


def _no_rule(rule: object) -> InputTypeError:
    expected = "a question of procurelib.rules, or a Table of your own"
    return InputTypeError(
        [Fault("rule", repr(rule), expected, "Take one such as rules.ca_qc.procedure or rules.fr.procedure.")]
    )


def _require_known(table: Table, case: Mapping[str, Any]) -> None:
    known = sorted(f.id for f in table.facts)
    remedy = f"The facts of the table are {', '.join(known)}."
    faults = [Fault(f"case[{id!r}]", repr(case[id])[:120], "a fact of the table", remedy) for id in case if id not in known]
    if faults:
        raise InputError(faults)


def assess(tender: Tender) -> Assessment:
    """What the law of the day requires of a tender.

    Raises:
        InputTypeError: the case is not a ``Tender``.
        InputError: the rules of the buyer's country are not in this edition.
    """
    return Assessment(tender, questions_of(require_tender(tender)))


@overload
def ask(rule: Question | MembersQuestion, case: Tender, *, strict: bool = False) -> Answer: ...
@overload
def ask(rule: Table, case: Mapping[str, Any], *, strict: bool = False) -> Resolved: ...
def ask(
    rule: Question | MembersQuestion | Table, case: Tender | Mapping[str, Any], *, strict: bool = False
) -> Answer | Resolved:
    """The answer to one question for a tender, or what a table of your own leaves for a case.

    A ``Question`` takes a ``Tender`` and gives an ``Answer``. A ``Table`` takes a mapping of fact ids to what is known of
    them (a value, ``OneOf``, ``Between`` or ``UNKNOWN``) and gives what remains possible. With ``strict`` an answer that
    rests on an inferred or unverified value of the book has the status ``unverified``, and no value.

    Raises:
        InputError: the case is not of the kind the rule takes.
        NotYetInForce, NoLongerInForce: the day that fixes the law is outside the days covered.
    """
    if type(rule) is Question and type(case) is Tender and not strict:
        return Answer(rule.result(case), rule, case)
    if not isinstance(strict, bool):
        raise InputTypeError([Fault("strict", repr(strict), "True or False", "Write strict=True, without quotes.")])
    if isinstance(rule, Question | MembersQuestion):
        answer = rule.ask(require_tender(case))
        return answer.strictly() if strict else answer
    if not isinstance(rule, Table):
        raise _no_rule(rule)
    if not isinstance(case, Mapping):
        remedy = "Write {'launched': date(…), 'category': 'goods'}."
        raise InputTypeError([Fault("case", repr(case)[:120], "a mapping of fact ids to what is known of them", remedy)])
    _require_known(rule, case)
    return Plan(rule).resolve(case)
