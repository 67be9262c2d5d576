"""The list of public names is the promise; it changes only on purpose."""

import types
from pathlib import Path

import procurelib

LISTED = (Path(__file__).parents[2] / "docs" / "reference" / "names.txt").read_text(encoding="utf-8").split()


def test_the_list_is_what_the_package_offers() -> None:
    """A name added to or taken from the package is a line added to or taken from the list."""
    assert set(procurelib.__all__) - set(LISTED) == set(), "public names that docs/reference/names.txt does not list"
    assert set(LISTED) - set(procurelib.__all__) == set(), "promised names that the package no longer offers"


def test_no_name_is_listed_twice() -> None:
    """The list is in one order for readers and reviews; ruff orders the package's own."""
    assert sorted(set(LISTED)) == LISTED
    assert len(set(procurelib.__all__)) == len(procurelib.__all__)


def test_every_name_is_there() -> None:
    """A listed name can be imported."""
    assert [name for name in LISTED if getattr(procurelib, name, None) is None] == []


def test_nothing_is_public_by_accident() -> None:
    """What the package shows without an underscore is listed, or is one of its own modules."""
    shown = {n for n in vars(procurelib) if not n.startswith("_")}
    modules = {n for n in shown if isinstance(getattr(procurelib, n), types.ModuleType)}
    strangers = {n for n in modules if not getattr(procurelib, n).__name__.startswith("procurelib.")}
    assert (shown - modules) | strangers <= {*LISTED, "annotations"}
