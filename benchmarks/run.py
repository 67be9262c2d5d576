"""One run, every peer, ratios only: first the same answers on 100 000 cases, then the time each takes.

    python benchmarks/run.py [--peers procurelib,zen,openfisca] [--check 100000] [--rounds 9]

A ratio is the median over rounds of a peer's time divided by the baseline's time in the same round.
"""

import argparse
import gc
import importlib
import importlib.metadata
import os
import platform
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import baseline
from baseline import Case
from cases import cases

BASELINE = "hand-written if/elif over Decimal (the baseline)"
LOOKS = 2_000  # cases asked one by one of the slow peers; the rest of the check is done as they are meant to be used


@dataclass(frozen=True, slots=True)
class Timed:
    """One way of asking, with the inputs it takes ready made."""

    name: str
    ask: Callable[[Any], object]
    inputs: list[Any]


def check(name: str, want: list[str], got: list[str], given: list[Case]) -> None:
    """Stop the run at the first answer that differs from the baseline's."""
    for case, right, found in zip(given, want, got, strict=True):
        if right != found:
            sys.exit(f"{name} answers {found!r} where the baseline answers {right!r}: {case}")
    print(f"- {name}: {len(got):,} answers checked, 0 differ")


def procurelib_ways(given: list[Case], want: list[str]) -> list[Timed]:
    """Check procurelib's answers, each way of asking, and return those ways."""
    import subject

    tenders = [subject.tender_of(c) for c in given]
    check("procurelib, shared result", want, [subject.procedure_of(subject.result(t)) for t in tenders], given)
    check("procurelib, answer", want, [subject.procedure_of(subject.answer(t)) for t in tenders], given)
    return [
        Timed("procurelib: shared result", subject.result, tenders[:20_000]),
        Timed("procurelib: answer (rule.ask), explanation later", subject.RULE.ask, tenders[:10_000]),
        Timed("procurelib: answer (ask), explanation later", subject.answer, tenders[:10_000]),
        Timed("procurelib: every question (assess)", subject.assessed, tenders[:3_000]),
        Timed("procurelib: answer and full explanation", subject.explained, tenders[:300]),
        Timed("procurelib: tender checked, built and answered", subject.build_and_answer, given[:3_000]),
        Timed("procurelib: tender checked, built and every question answered", subject.build_and_assess, given[:1_000]),
    ]


def zen_ways(given: list[Case], want: list[str]) -> list[Timed]:
    """Check zen-engine's answers and return its ways of asking."""
    import zen_peer

    contexts = [zen_peer.context_of(c) for c in given]
    check("zen-engine", want, [zen_peer.procedure_of(zen_peer.answer(c)) for c in contexts], given)
    return [
        Timed("zen-engine: decision table", zen_peer.answer, contexts[:1_500]),
        Timed("zen-engine: with trace", zen_peer.traced, contexts[:800]),
    ]


def openfisca_ways(given: list[Case], want: list[str]) -> list[Timed]:
    """Check OpenFisca's answers and return its ways of asking."""
    import openfisca_peer

    by_day: defaultdict[date, list[int]] = defaultdict(list)
    for i, case in enumerate(given):
        by_day[case.launched].append(i)
    found = [""] * len(given)
    for day, places in by_day.items():
        for i, procedure in zip(places, openfisca_peer.many(day, [given[i] for i in places]), strict=True):
            found[i] = procedure
    check("OpenFisca, one simulation a day", want, found, given)
    contexts = [openfisca_peer.context_of(c) for c in given[:LOOKS]]
    one_by_one = [openfisca_peer.procedure_of(openfisca_peer.answer(c)) for c in contexts]
    check("OpenFisca, one simulation a case", want[:LOOKS], one_by_one, given[:LOOKS])
    return [
        Timed("OpenFisca-Core: one simulation a case", openfisca_peer.answer, contexts[:100]),
        Timed("OpenFisca-Core: with trace", openfisca_peer.traced, contexts[:60]),
    ]


WAYS = {"procurelib": procurelib_ways, "zen": zen_ways, "openfisca": openfisca_ways}


def seconds_each(way: Timed) -> float:
    """Seconds for one call, over all inputs of a way, garbage collection off."""
    ask, inputs = way.ask, way.inputs
    gc.collect()
    gc.disable()
    start = time.perf_counter()
    for given in inputs:
        ask(given)
    took = time.perf_counter() - start
    gc.enable()
    return took / len(inputs)


def decisions(ways: list[Timed], rounds: int) -> None:
    """Time every way in interleaved rounds and print the ratios."""
    for way in ways:
        for given in way.inputs[:50]:
            way.ask(given)
    times: dict[str, list[float]] = {w.name: [] for w in ways}
    for _ in range(rounds):
        for way in ways:
            times[way.name].append(seconds_each(way))
    base = times[BASELINE]
    print("\n### One decision\n")
    print("| way | × baseline (median) | lowest–highest | µs in this run |")
    print("|---|---:|---:|---:|")
    for name, took in times.items():
        ratios = sorted(t / b for t, b in zip(took, base, strict=True))
        print(
            f"| {name} | {statistics.median(ratios):.2f} | {ratios[0]:.2f}–{ratios[-1]:.2f} "
            f"| {statistics.median(took) * 1e6:.2f} |"
        )


HERE = os.path.dirname(os.path.abspath(__file__))
_CASE = "from datetime import date; from decimal import Decimal; from baseline import Case; "
_CASE += "c = Case('goods', Decimal(150000), date(2026, 2, 2)); "
_FIRST = "m.procedure_of(m.answer(m.context_of(c)))"
STARTS = {
    "baseline": {"the baseline: first answer": _CASE + "import baseline; baseline.decide(c)"},
    "procurelib": {
        "import procurelib": "import procurelib",
        "procurelib: first answer": _CASE + "import subject as m; m.procedure_of(m.build_and_answer(c))",
        "procurelib: first answer, explained": _CASE + "import subject as m; m.explained(m.tender_of(c))",
    },
    "zen": {"zen-engine: first answer": _CASE + f"import zen_peer as m; {_FIRST}"},
    "openfisca": {"OpenFisca-Core: first answer": _CASE + f"import openfisca_peer as m; {_FIRST}"},
}


def starts(peers: list[str], rounds: int) -> None:
    """Time fresh processes, interleaved, and print them against `import attrs`, each above a bare interpreter."""
    codes = {"import attrs": "import attrs"}
    for peer in ("baseline", *peers):
        codes |= STARTS[peer]
    environment = {**os.environ, "PYTHONPATH": HERE}

    def run(code: str) -> float:
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], check=True, env=environment, stdout=subprocess.DEVNULL)
        return time.perf_counter() - start

    for code in codes.values():
        run(code)
    bare: list[float] = []
    times: dict[str, list[float]] = {name: [] for name in codes}
    for _ in range(rounds):
        bare.append(run("pass"))
        for name, code in codes.items():
            times[name].append(run(code))
    floor = statistics.median(bare)
    attrs = statistics.median(times["import attrs"]) - floor
    print("\n### A fresh process, above a bare interpreter\n")
    print("| what | × `import attrs` | × the whole bare process | ms in this run |")
    print("|---|---:|---:|---:|")
    for name, took in times.items():
        whole = statistics.median(took)
        print(f"| {name} | {(whole - floor) / attrs:.2f} | {whole / floor:.2f} | {(whole - floor) * 1e3:.1f} |")
    print(f"\nBare interpreter: {floor * 1e3:.1f} ms in this run.")


def machine() -> str:
    """The processor, as the system names it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            return next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def version(package: str) -> str:
    """A package's version, or that it is not there."""
    try:
        return f"{package} {importlib.metadata.version(package)}"
    except importlib.metadata.PackageNotFoundError:
        return f"{package} (not installed)"


def main() -> None:
    """Check, time, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--peers", default=",".join(WAYS), help="which peers, of " + ", ".join(WAYS))
    parser.add_argument("--check", type=int, default=100_000, help="how many cases every peer must answer alike")
    parser.add_argument("--rounds", type=int, default=9, help="interleaved rounds of timing")
    chosen = parser.parse_args()
    peers = [p for p in chosen.peers.split(",") if p]
    if unknown := set(peers) - set(WAYS):
        parser.error(f"no such peer: {', '.join(sorted(unknown))}")
    if chosen.check < LOOKS:
        parser.error(f"--check takes {LOOKS} or more")

    cores = os.cpu_count()
    print("## Benchmark: the procedure for a contract of a Québec city, no by-law, no exceptions\n")
    print(f"Command: `python {' '.join([os.path.relpath(sys.argv[0]), *sys.argv[1:]])}`  ")
    print(f"Date: {time.strftime('%Y-%m-%d')}  ")
    print(f"Machine: {machine()}, {cores} cores, {platform.system()} {platform.release()}, ", end="")
    print(f"Python {platform.python_version()}  ")
    print("Versions: " + ", ".join(version(p) for p in ("procurelib", "attrs", "zen-engine", "OpenFisca-Core")) + "  ")
    print("Seconds depend on the machine and on what else it does; only ratios within one run mean anything.\n")
    print("### The same answers\n")
    given = cases(chosen.check)
    want = [baseline.decide(c).procedure for c in given]
    ways = [Timed(BASELINE, baseline.decide, given[:20_000])]
    for peer in peers:
        ways += WAYS[peer](given, want)
    starts(peers, chosen.rounds)
    if hasattr(os, "sched_setaffinity"):
        # On one core: zen's runtime otherwise moves between threads, which would count against it.
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    decisions(ways, chosen.rounds)


if __name__ == "__main__":
    main()
