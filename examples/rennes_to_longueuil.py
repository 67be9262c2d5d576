"""What Longueuil could do that Rennes does, and the other way round, on four days, with the articles of both sides.

``python examples/rennes_to_longueuil.py`` speaks English, ``python examples/rennes_to_longueuil.py fr`` French. It prints
the verdicts of each day and each way, then the whole report of the day Longueuil's buyers came home.
"""

import sys
import textwrap

from procurelib import UNKNOWN, Text, Transposition, cities, scenarios, transpose

WIDTH = 118
RENNES, LONGUEUIL = cities["fr/rennes"], cities["ca-qc/longueuil"]
WAYS = ((RENNES, LONGUEUIL), (LONGUEUIL, RENNES))
DAYS = ("rennes-visit-2017", "rennes-scheme-2018", "before-lcom", "after-lcom")
VERDICTS = {
    "available": Text("possible", "possible"),
    "partial": Text("en partie", "in part"),
    "none": Text("aucun fondement", "no basis"),
    None: Text("indéterminé", "undetermined"),
    "absent": Text("-", "-"),
}
WHOLE = Text("Le rapport entier du jour de la visite", "The whole report of the day of the visit")


def verdicts(report: Transposition) -> dict[str, str | None]:
    """The verdict of each device, by the entry it stands under."""
    found: dict[str, str | None] = {side.entry: "absent" for side in report.absent}
    found |= {one.here.entry: None if one.verdict is UNKNOWN else str(one.verdict) for one in report.devices}
    return found


def main() -> None:
    locale = "fr_CA" if sys.argv[1:] == ["fr"] else "en_CA"
    for of, to in WAYS:
        reports = [transpose(of, to=to, on=scenarios[id].day) for id in DAYS]
        titles = {device.here.entry: device.here.title for one in reports for device in one.devices}
        print(f"{of.name} -> {to.name}")
        print(f"{'':52}" + "".join(f"{one.on.isoformat():>16}" for one in reports))
        by_day = [verdicts(one) for one in reports]
        for entry, title in titles.items():
            cells = "".join(f"{VERDICTS[found[entry]].in_(locale):>16}" for found in by_day)
            print(f"{textwrap.shorten(title.in_(locale), 51, placeholder='…'):<52}{cells}")
        print()
    print(f"{WHOLE.in_(locale)}\n")
    for line in transpose(RENNES, to=LONGUEUIL, on=scenarios[DAYS[0]].day).explain(locale).splitlines():
        indent = " " * (len(line) - len(line.lstrip(" -")))
        print(textwrap.fill(line, WIDTH, subsequent_indent=indent, break_on_hyphens=False) if line else "")


if __name__ == "__main__":
    main()
