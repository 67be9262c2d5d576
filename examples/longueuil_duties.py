"""What Longueuil has to publish, table and send about its contracts in 2025 and in 2026, and the days of one call.

``python examples/longueuil_duties.py`` speaks English, ``python examples/longueuil_duties.py fr`` French. Each duty stands
with where it is written; since 1 April 2026 the duties of the former Act are shown as law that is not modelled.
"""

import sys
import textwrap
from collections.abc import Iterator
from datetime import date

from procurelib import Duty, Money, Tender, Text, Timeline, cities, duties, timeline

WIDTH = 110
HEADINGS = {
    "due": Text("À une date", "On a day"),
    "standing": Text("Sans date fixe", "Without a day"),
    "not_modelled": Text("Droit non modélisé", "Law not modelled"),
}
YEAR = Text("Longueuil, {year}", "Longueuil, {year}")
PROCESS = Text(
    "Un appel d’offres public lancé le 3 février 2025 (biens, 150 000 $ nets)",
    "A public call launched on 3 February 2025 (goods, $150,000 net)",
)
PATH = Text("Ce qui fixe la clôture : {path}", "What sets the closing: {path}")


def paragraph(text: str, indent: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


def lines(duty: Duty, locale: str) -> Iterator[str]:
    head = duty.due.isoformat() if duty.due else "-"
    yield paragraph(f"{duty.what.in_(locale)}. ({duty.trigger.in_(locale)})", f"  {head:<12}")
    cited = "; ".join(c.text(locale) for c in duty.citations)
    if cited:
        yield paragraph(cited, " " * 14)
    if duty.status == "not_modelled":
        yield from (paragraph(caveat.text.in_(locale), " " * 14) for caveat in duty.caveats)


def of_year(year: int, locale: str) -> Iterator[str]:
    found = duties(cities["ca-qc/longueuil"], (date(year, 1, 1), date(year + 1, 1, 1)))
    yield YEAR.in_(locale).format(year=year)
    for status, heading in HEADINGS.items():
        chosen = [duty for duty in found if duty.status == status]
        if chosen:
            yield f"\n{heading.in_(locale)}"
        for duty in chosen:
            yield from lines(duty, locale)


def of_process(process: Timeline, locale: str) -> Iterator[str]:
    yield PROCESS.in_(locale)
    for event in process:
        yield paragraph(event.what.in_(locale), f"  {event.day}  ")
    path = " → ".join(process[id].what.in_(locale) for id in process.critical_path)
    yield paragraph(PATH.in_(locale).format(path=path), "  ")


def main() -> None:
    locale = "fr_CA" if sys.argv[1:] == ["fr"] else "en_CA"
    call = Tender(
        buyer=cities["ca-qc/longueuil"],
        category="goods",
        value=Money("150000", "CAD", tax="net"),
        launched=date(2025, 2, 3),
    )
    for year in (2025, 2026):
        print("\n".join(of_year(year, locale)), end="\n\n")
    print("\n".join(of_process(timeline(call), locale)))


if __name__ == "__main__":
    main()
