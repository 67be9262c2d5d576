"""The bodies that buy, those the library names and those of a directory the user has; and the days it names."""

from __future__ import annotations

from procurelib.places.directory import Directory
from procurelib.places.named_days import Scenario, Scenarios, scenarios
from procurelib.places.shipped import Cities, cities

__all__ = ["Cities", "Directory", "Scenario", "Scenarios", "cities", "scenarios"]
