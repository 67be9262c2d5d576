"""The bodies that buy: those the library names, and those of a directory the user has."""

from __future__ import annotations

from procurelib.places.directory import Directory
from procurelib.places.shipped import Cities, cities

__all__ = ["Cities", "Directory", "cities"]
