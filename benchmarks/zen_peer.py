"""The same decision table as a JSON decision model for zen-engine, with rows in the order the baseline tests them."""

import json
from typing import Any

import zen

import baseline
from baseline import Case

_VERSIONS = [
    (baseline.FIRST_DAY, baseline.T_ACT),
    (baseline.BY_REGULATION, baseline.T_2018),
    (baseline.AMENDED_2020, baseline.T_2020),
    (baseline.AMENDED_2022, baseline.T_2022),
    (baseline.BY_REFERENCE_2024, baseline.T_2024),
    (baseline.BY_REFERENCE_2026, baseline.T_2026),
]


def _rows() -> list[dict[str, str]]:
    categories = ", ".join(f'"{c}"' for c in sorted(baseline.COVERED))
    floor = int(baseline.FLOOR * 100)
    rows: list[dict[str, str]] = []
    for i, (start, threshold) in enumerate(_VERSIONS):
        end = _VERSIONS[i + 1][0].toordinal() if i + 1 < len(_VERSIONS) else baseline.LAST_DAY.toordinal() + 1
        cents = int(threshold * 100)
        days = f"[{start.toordinal()}..{end - 1}]"
        rows += [
            {
                "_id": f"r{i}{procedure}",
                "category": categories,
                "day": days,
                "cents": cut,
                "procedure": f'"{procedure}"',
                "threshold": str(cents),
                "article": f'"{article}"',
            }
            for cut, procedure, article in (
                (f"< {floor}", "direct", "573.1"),
                (f"[{floor}..{cents - 1}]", "invitation", "573.1"),
                (f">= {cents}", "public", "573"),
            )
        ]
    return rows


def _model() -> str:
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": f, "name": f, "type": "expression", "field": f} for f in ("category", "day", "cents")],
        "outputs": [{"id": f, "name": f, "type": "expression", "field": f} for f in ("procedure", "threshold", "article")],
        "rules": _rows(),
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {"id": "table", "type": "decisionTableNode", "name": "table", "content": table, "position": {"x": 0, "y": 0}},
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
    ]
    edges = [
        {"id": "a", "type": "edge", "sourceId": "in", "targetId": "table"},
        {"id": "b", "type": "edge", "sourceId": "table", "targetId": "out"},
    ]
    return json.dumps({"nodes": nodes, "edges": edges})


DECISION = zen.ZenEngine().create_decision(_model())


def context_of(case: Case) -> dict[str, Any]:
    """The case as zen's context, made before timing: cents and day numbers, which suit it best."""
    return {"category": case.category, "day": case.launched.toordinal(), "cents": int(case.amount * 100)}


def answer(context: dict[str, Any]) -> Any:
    """One decision."""
    return DECISION.evaluate(context)


def traced(context: dict[str, Any]) -> Any:
    """One decision with its trace, the nearest zen has to an explanation."""
    return DECISION.evaluate(context, {"trace": True})


def procedure_of(given: Any) -> str:
    """The procedure in zen's response."""
    return given["result"]["procedure"]
