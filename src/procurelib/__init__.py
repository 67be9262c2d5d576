"""Public-procurement rules for cities as data: dated, cited, explained, and honest about what is not known.

Every answer is information, not legal advice.
"""

from __future__ import annotations

from importlib import import_module as _import_module
from typing import TYPE_CHECKING as _TYPE_CHECKING
from typing import Any as _Any

if _TYPE_CHECKING:
    from procurelib import calendars as calendars
    from procurelib import rules as rules
    from procurelib import tables as tables
    from procurelib.calendars.counting import CountingRule as CountingRule
    from procurelib.calendars.deadlines import Deadline as Deadline
    from procurelib.calendars.deadlines import DeadlineStep as DeadlineStep
    from procurelib.calendars.deadlines import deadline as deadline
    from procurelib.calendars.holidays import Calendar as Calendar
    from procurelib.calendars.holidays import Holiday as Holiday
    from procurelib.calendars.periods import ReportingPeriod as ReportingPeriod
    from procurelib.calendars.periods import reporting_periods as reporting_periods
    from procurelib.citations import Citation as Citation
    from procurelib.citations import Instrument as Instrument
    from procurelib.citations import Text as Text
    from procurelib.dated import Caveat as Caveat
    from procurelib.dated import Parameter as Parameter
    from procurelib.dated import Version as Version
    from procurelib.errors import AmbiguousDate as AmbiguousDate
    from procurelib.errors import CurrencyMismatch as CurrencyMismatch
    from procurelib.errors import Fault as Fault
    from procurelib.errors import InputError as InputError
    from procurelib.errors import InputTypeError as InputTypeError
    from procurelib.errors import LawFileError as LawFileError
    from procurelib.errors import MissingExtra as MissingExtra
    from procurelib.errors import NoLongerInForce as NoLongerInForce
    from procurelib.errors import NotYetInForce as NotYetInForce
    from procurelib.errors import ProcurelibError as ProcurelibError
    from procurelib.errors import TableError as TableError
    from procurelib.errors import UnknownId as UnknownId
    from procurelib.law import EDITION as EDITION
    from procurelib.law import law as law
    from procurelib.models.bylaw import FLOATING as FLOATING
    from procurelib.models.bylaw import ByLaw as ByLaw
    from procurelib.models.city import City as City
    from procurelib.models.commitment import Commitment as Commitment
    from procurelib.models.commitment import ReportedFigure as ReportedFigure
    from procurelib.models.day_range import DayRange as DayRange
    from procurelib.models.declaration import Body as Body
    from procurelib.models.declaration import Claim as Claim
    from procurelib.models.declaration import ClaimCheck as ClaimCheck
    from procurelib.models.declaration import Declaration as Declaration
    from procurelib.models.declaration import Edition as Edition
    from procurelib.models.declaration import Participant as Participant
    from procurelib.models.declaration import Participation as Participation
    from procurelib.models.declaration import RankClaim as RankClaim
    from procurelib.models.declaration import Signatories as Signatories
    from procurelib.models.declaration import Signature as Signature
    from procurelib.models.declaration import Source as Source
    from procurelib.models.enterprise import Accreditation as Accreditation
    from procurelib.models.enterprise import Award as Award
    from procurelib.models.enterprise import Enterprise as Enterprise
    from procurelib.models.enterprise import Evidence as Evidence
    from procurelib.models.enterprise import LegalForm as LegalForm
    from procurelib.models.enterprise import Measure as Measure
    from procurelib.models.purchase import Purchase as Purchase
    from procurelib.models.scheme import PurchasingScheme as PurchasingScheme
    from procurelib.models.tender import Lot as Lot
    from procurelib.models.tender import Tender as Tender
    from procurelib.money import Money as Money
    from procurelib.money import MoneyRange as MoneyRange
    from procurelib.places import cities as cities
    from procurelib.places import scenarios as scenarios
    from procurelib.places.declarations import declarations as declarations
    from procurelib.places.named_days import Scenario as Scenario
    from procurelib.promises.bounds import Bounds as Bounds
    from procurelib.promises.deliverable import Deliverable as Deliverable
    from procurelib.promises.deliverable import SteeredContract as SteeredContract
    from procurelib.promises.deliverable import SteeredPart as SteeredPart
    from procurelib.promises.deliverable import deliverable as deliverable
    from procurelib.promises.ledger import Flag as Flag
    from procurelib.promises.narrowing import MissingFact as MissingFact
    from procurelib.promises.progress import PeriodProgress as PeriodProgress
    from procurelib.promises.progress import Progress as Progress
    from procurelib.promises.progress import progress as progress
    from procurelib.rules.answer import Answer as Answer
    from procurelib.rules.answer import Explanation as Explanation
    from procurelib.rules.answer import Gap as Gap
    from procurelib.rules.answer import Territory as Territory
    from procurelib.rules.answer import Turn as Turn
    from procurelib.rules.ask import Assessment as Assessment
    from procurelib.rules.ask import ask as ask
    from procurelib.rules.ask import assess as assess
    from procurelib.rules.ask import check as check
    from procurelib.rules.comparison import Comparison as Comparison
    from procurelib.rules.comparison import compare as compare
    from procurelib.rules.duties import Duty as Duty
    from procurelib.rules.duties import duties as duties
    from procurelib.rules.timeline import Event as Event
    from procurelib.rules.timeline import Timeline as Timeline
    from procurelib.rules.timeline import timeline as timeline
    from procurelib.social.eligibility import Eligibility as Eligibility
    from procurelib.social.eligibility import eligibility as eligibility
    from procurelib.social.identifiers import Identifier as Identifier
    from procurelib.social.identifiers import check_identifier as check_identifier
    from procurelib.social.lever import Lever as Lever
    from procurelib.social.lever import levers as levers
    from procurelib.social.transposition import Transposition as Transposition
    from procurelib.social.transposition import transpose as transpose
    from procurelib.tables.check import Finding as Finding
    from procurelib.unknown import UNKNOWN as UNKNOWN

# Where each public name lives; it is imported when it is first asked for, so that importing the package costs little.
_HOME = {
    "Accreditation": "models.enterprise",
    "AmbiguousDate": "errors",
    "Answer": "rules.answer",
    "Assessment": "rules.ask",
    "Award": "models.enterprise",
    "Body": "models.declaration",
    "Bounds": "promises.bounds",
    "ByLaw": "models.bylaw",
    "Calendar": "calendars.holidays",
    "Caveat": "dated",
    "Citation": "citations",
    "City": "models.city",
    "Claim": "models.declaration",
    "ClaimCheck": "models.declaration",
    "Commitment": "models.commitment",
    "Comparison": "rules.comparison",
    "CountingRule": "calendars.counting",
    "CurrencyMismatch": "errors",
    "DayRange": "models.day_range",
    "Deadline": "calendars.deadlines",
    "DeadlineStep": "calendars.deadlines",
    "Declaration": "models.declaration",
    "Deliverable": "promises.deliverable",
    "Duty": "rules.duties",
    "EDITION": "law",
    "Edition": "models.declaration",
    "Eligibility": "social.eligibility",
    "Enterprise": "models.enterprise",
    "Event": "rules.timeline",
    "Evidence": "models.enterprise",
    "Explanation": "rules.answer",
    "FLOATING": "models.bylaw",
    "Fault": "errors",
    "Finding": "tables.check",
    "Flag": "promises.ledger",
    "Gap": "rules.answer",
    "Holiday": "calendars.holidays",
    "Identifier": "social.identifiers",
    "InputError": "errors",
    "InputTypeError": "errors",
    "Instrument": "citations",
    "LawFileError": "errors",
    "LegalForm": "models.enterprise",
    "Lever": "social.lever",
    "Lot": "models.tender",
    "Measure": "models.enterprise",
    "MissingExtra": "errors",
    "MissingFact": "promises.narrowing",
    "Money": "money",
    "MoneyRange": "money",
    "NoLongerInForce": "errors",
    "NotYetInForce": "errors",
    "Parameter": "dated",
    "Participant": "models.declaration",
    "Participation": "models.declaration",
    "PeriodProgress": "promises.progress",
    "ProcurelibError": "errors",
    "Progress": "promises.progress",
    "Purchase": "models.purchase",
    "PurchasingScheme": "models.scheme",
    "RankClaim": "models.declaration",
    "ReportedFigure": "models.commitment",
    "ReportingPeriod": "calendars.periods",
    "Scenario": "places.named_days",
    "Signatories": "models.declaration",
    "Signature": "models.declaration",
    "Source": "models.declaration",
    "SteeredContract": "promises.deliverable",
    "SteeredPart": "promises.deliverable",
    "TableError": "errors",
    "Tender": "models.tender",
    "Territory": "rules.answer",
    "Text": "citations",
    "Timeline": "rules.timeline",
    "Transposition": "social.transposition",
    "Turn": "rules.answer",
    "UNKNOWN": "unknown",
    "UnknownId": "errors",
    "Version": "dated",
    "ask": "rules.ask",
    "assess": "rules.ask",
    "check": "rules.ask",
    "check_identifier": "social.identifiers",
    "cities": "places",
    "compare": "rules.comparison",
    "deadline": "calendars.deadlines",
    "declarations": "places.declarations",
    "deliverable": "promises.deliverable",
    "duties": "rules.duties",
    "eligibility": "social.eligibility",
    "levers": "social.lever",
    "progress": "promises.progress",
    "reporting_periods": "calendars.periods",
    "scenarios": "places",
    "timeline": "rules.timeline",
    "transpose": "social.transposition",
}

__all__ = [
    "EDITION",
    "FLOATING",
    "UNKNOWN",
    "Accreditation",
    "AmbiguousDate",
    "Answer",
    "Assessment",
    "Award",
    "Body",
    "Bounds",
    "ByLaw",
    "Calendar",
    "Caveat",
    "Citation",
    "City",
    "Claim",
    "ClaimCheck",
    "Commitment",
    "Comparison",
    "CountingRule",
    "CurrencyMismatch",
    "DayRange",
    "Deadline",
    "DeadlineStep",
    "Declaration",
    "Deliverable",
    "Duty",
    "Edition",
    "Eligibility",
    "Enterprise",
    "Event",
    "Evidence",
    "Explanation",
    "Fault",
    "Finding",
    "Flag",
    "Gap",
    "Holiday",
    "Identifier",
    "InputError",
    "InputTypeError",
    "Instrument",
    "LawFileError",
    "LegalForm",
    "Lever",
    "Lot",
    "Measure",
    "MissingExtra",
    "MissingFact",
    "Money",
    "MoneyRange",
    "NoLongerInForce",
    "NotYetInForce",
    "Parameter",
    "Participant",
    "Participation",
    "PeriodProgress",
    "ProcurelibError",
    "Progress",
    "Purchase",
    "PurchasingScheme",
    "RankClaim",
    "ReportedFigure",
    "ReportingPeriod",
    "Scenario",
    "Signatories",
    "Signature",
    "Source",
    "SteeredContract",
    "SteeredPart",
    "TableError",
    "Tender",
    "Territory",
    "Text",
    "Timeline",
    "Transposition",
    "Turn",
    "UnknownId",
    "Version",
    "ask",
    "assess",
    "calendars",
    "check",
    "check_identifier",
    "cities",
    "compare",
    "deadline",
    "declarations",
    "deliverable",
    "duties",
    "eligibility",
    "law",
    "levers",
    "progress",
    "reporting_periods",
    "rules",
    "scenarios",
    "tables",
    "timeline",
    "transpose",
]


def __getattr__(name: str) -> _Any:
    if name in ("calendars", "law", "rules", "tables"):
        return _import_module(f"procurelib.{name}")
    home = _HOME.get(name)
    if home is None:
        raise AttributeError(f"module 'procurelib' has no attribute {name!r}")
    found = getattr(_import_module(f"procurelib.{home}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
