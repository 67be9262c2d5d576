"""The days around the signature of one contract of Rennes under a formal procedure, and what the city publishes in 2025.

``python examples/rennes_timeline.py`` speaks English, ``python examples/rennes_timeline.py fr`` French. The contract is made
up; the days follow from the day the other tenderers were told.
"""

import sys
import textwrap
from datetime import date

from procurelib import City, Money, Tender, Text, duties, timeline

WIDTH = 110
RENNES = City(id="fr/213502388", name="Rennes")
CONTRACT = Text(
    "Marché de travaux de 6 000 000 € HT, rejets envoyés par voie électronique le 3 mars 2025",
    "A works contract of €6,000,000 before tax, rejections sent electronically on 3 March 2025",
)
YEAR = Text("Ce que la ville publie en 2025", "What the city publishes in 2025")


def paragraph(text: str, indent: str) -> str:
    return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=" " * len(indent))


def main() -> None:
    locale = "fr_FR" if sys.argv[1:] == ["fr"] else "en_CA"
    works = Tender(buyer=RENNES, category="works", value=Money("6000000", "EUR", tax="excluded"), launched=date(2025, 1, 6))
    process = timeline(works, closing=date(2025, 2, 7), rejection=date(2025, 3, 3), rejection_electronic=True)
    print(CONTRACT.in_(locale))
    for event in process:
        cited = "; ".join(c.text(locale) for c in event.citations)
        print(paragraph(f"{event.what.in_(locale)}{f' ({cited})' if cited else ''}", f"  {event.day}  "))
        for caveat in event.caveats:
            if caveat.kind in ("reading", "note") and event.critical:
                print(paragraph(caveat.text.in_(locale), " " * 14))
    print(f"\n{YEAR.in_(locale)}")
    for duty in duties(RENNES, (date(2025, 1, 1), date(2026, 1, 1))):
        day = duty.due.isoformat() if duty.due else "-"
        print(paragraph(f"{duty.what.in_(locale)} ({duty.trigger.in_(locale)})", f"  {day:<12}"))


if __name__ == "__main__":
    main()
