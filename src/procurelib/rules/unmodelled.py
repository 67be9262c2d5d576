"""A question that the book of a jurisdiction does not answer, said as every other answer is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import date

from procurelib.law import law
from procurelib.rules.answer import Text
from procurelib.rules.facts import ALWAYS, LAUNCHED
from procurelib.rules.series import require_gap
from procurelib.tables.table import Open, Row, Table


def entry_of(jurisdiction: str, name: str) -> str:
    """The entry of the book that says why a question has no answer."""
    return f"{jurisdiction}/{name.replace('_', '-')}"


def unmodelled_title(jurisdiction: str, name: str) -> Text:
    """The title of such a question."""
    entry = law[entry_of(jurisdiction, name)]
    return Text(entry.title_fr, entry.title_en)


def unmodelled_table(jurisdiction: str, name: str, span: tuple[date, date]) -> Callable[[Hashable], Table]:
    """The table of such a question: whatever the case, the law is not modelled."""
    id = entry_of(jurisdiction, name)
    row = Row("not-modelled", ALWAYS, Open(frozenset(), require_gap(id, span[0])))
    made = Table(id, LAUNCHED, span, (LAUNCHED,), (row,))
    return lambda overlay: made
