"""The same decision as an OpenFisca tax-benefit system: one parameter, one formula, periods of a day."""

from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import Entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.parameters import ParameterNode
from openfisca_core.periods import DateUnit
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

import baseline
from baseline import Case

CONTRACT = Entity("contract", "contracts", "A contract", "")


class Procedure(Enum):
    """The answers."""

    direct = "direct"
    invitation = "invitation"
    public = "public"
    not_covered = "not_covered"


class Category(Enum):
    """The categories covered."""

    goods = "goods"
    services = "services"
    professional_services = "professional_services"
    insurance = "insurance"
    works = "works"
    other_works = "other_works"
    outside = "outside"


class category(Variable):  # noqa: N801
    """What is bought."""

    value_type = Enum
    possible_values = Category
    default_value = Category.outside
    entity = CONTRACT
    definition_period = DateUnit.DAY


class cents(Variable):  # noqa: N801
    """Its amount in cents, exact up to 21 million dollars: OpenFisca's integers have 32 bits."""

    value_type = int
    entity = CONTRACT
    definition_period = DateUnit.DAY


class procedure(Variable):  # noqa: N801
    """The least open procedure."""

    value_type = Enum
    possible_values = Procedure
    default_value = Procedure.not_covered
    entity = CONTRACT
    definition_period = DateUnit.DAY

    def formula(contract, period, parameters):  # noqa: N805
        """Compare the amount with the parameters of the day."""
        amount = contract("cents", period)
        covered = contract("category", period) != Category.outside
        day = parameters(period)
        return np.select(
            [~covered, amount < day.floor, amount < day.threshold],
            [Procedure.not_covered, Procedure.direct, Procedure.invitation],
            Procedure.public,
        )


def _system() -> TaxBenefitSystem:
    system = TaxBenefitSystem([CONTRACT])
    system.add_variables(category, cents, procedure)
    starts = {
        baseline.FIRST_DAY: baseline.T_ACT,
        baseline.BY_REGULATION: baseline.T_2018,
        baseline.AMENDED_2020: baseline.T_2020,
        baseline.AMENDED_2022: baseline.T_2022,
        baseline.BY_REFERENCE_2024: baseline.T_2024,
        baseline.BY_REFERENCE_2026: baseline.T_2026,
    }
    system.parameters = ParameterNode(
        "",
        data={
            "floor": {"values": {baseline.FIRST_DAY.isoformat(): {"value": int(baseline.FLOOR * 100)}}},
            "threshold": {"values": {d.isoformat(): {"value": int(t * 100)} for d, t in starts.items()}},
        },
    )
    return system


SYSTEM = _system()


def _simulation(count: int, day: str, categories: list[str], amounts: list[int], *, trace: bool = False) -> Any:
    builder = SimulationBuilder()
    simulation = builder.build_default_simulation(SYSTEM, count)
    simulation.trace = trace
    simulation.set_input("category", day, np.array(categories))
    simulation.set_input("cents", day, np.array(amounts))
    return simulation


def context_of(case: Case) -> tuple[str, str, int]:
    """The case as OpenFisca takes it, made before timing."""
    return case.launched.isoformat(), case.category, int(case.amount * 100)


def answer(context: tuple[str, str, int]) -> Any:
    """One decision, in a simulation of its own: one period serves one launch day."""
    day, kind, amount = context
    return _simulation(1, day, [kind], [amount]).calculate("procedure", day)


def traced(context: tuple[str, str, int]) -> Any:
    """One decision with its trace as text, the nearest OpenFisca has to an explanation."""
    day, kind, amount = context
    simulation = _simulation(1, day, [kind], [amount], trace=True)
    simulation.calculate("procedure", day)
    return "\n".join(simulation.tracer.computation_log.lines())


def procedure_of(given: Any) -> str:
    """The procedure in OpenFisca's array of one."""
    return str(given.decode_to_str()[0])


def many(day: date, cases: list[Case]) -> list[str]:
    """The procedures of many cases of one day, the way OpenFisca is meant to be used; serves to check answers only."""
    simulation = _simulation(len(cases), day.isoformat(), [c.category for c in cases], [int(c.amount * 100) for c in cases])
    return [str(p) for p in simulation.calculate("procedure", day.isoformat()).decode_to_str()]
