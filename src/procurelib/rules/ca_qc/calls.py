"""What the questions about a call for tenders share: they arise from the procedure, whose table they read."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from procurelib.rules.ca_qc._procedure import DIRECT, INVITATION, PUBLIC, listed_services
from procurelib.rules.ca_qc._procedure import table as procedure_table
from procurelib.rules.ca_qc.bylaw import Bylaws
from procurelib.rules.ca_qc.case import SPAN
from procurelib.rules.ca_qc.facts import LAUNCHED, SERVICE, category, service
from procurelib.rules.facts import ALWAYS
from procurelib.rules.series import readings_in, require_gap, series
from procurelib.tables.conditions import Condition, Use, Within
from procurelib.tables.facts import Fact
from procurelib.tables.table import Open, Row, Table

GOODS: Final = category("goods")
SERVICES: Final = category("services")
WORKS: Final = category("works")
OTHERS: Final = category("insurance", "other_works")
LISTED: Final = Within(SERVICE, frozenset(listed_services()))
RESIDUAL: Final = service("residual_materials")


class Call:
    """The conditions on the procedure that the tables of one buyer use."""

    __slots__ = ("table",)

    def __init__(self, bylaws: Bylaws) -> None:
        self.table = procedure_table(bylaws)

    @property
    def public(self) -> Condition:
        """A public call is what the law requires."""
        return Use(self.table, frozenset((PUBLIC,)))

    @property
    def invitation(self) -> Condition:
        """An invitation is the least the law allows."""
        return Use(self.table, frozenset((INVITATION,)))

    @property
    def tendered(self) -> Condition:
        """Tenders are called for, by invitation or publicly."""
        return Use(self.table, frozenset((INVITATION, PUBLIC)))

    @property
    def direct(self) -> Condition:
        """A contract by mutual agreement is allowed."""
        return Use(self.table, frozenset((DIRECT,)))


def call_table(id: str, rows: Callable[[Call], tuple[Row, ...]], *more: Fact) -> Callable[[Bylaws], Table]:
    """A table over the facts of the procedure, and some more, made anew for the by-laws of a buyer.

    Its lowest layer says that the question does not arise, which is the answer where no other row applies.
    """

    def table(bylaws: Bylaws) -> Table:
        call = Call(bylaws)
        made = (
            Row("does-not-arise", ALWAYS, None, layer=-1, cites=(series("ca-qc/subject-contracts"),)),
            *rows(call),
            Row("concession", category("concession"), Open(frozenset(), require_gap("ca-qc/concession", SPAN[0])), layer=9),
        )
        facts = call.table.facts
        fixed = [f for f in facts if f.role not in ("claim", "reading")]
        claims = [f for f in facts if f.role == "claim"]
        return Table(id, LAUNCHED, SPAN, (*fixed, *more, *readings_in(made), *claims), made)

    return lru_cache(maxsize=64)(table)
