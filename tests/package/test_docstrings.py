"""The examples in docstrings run."""

import doctest
import importlib
import pkgutil

import pytest

import procurelib

MODULES = [
    "procurelib",
    *sorted(m.name for m in pkgutil.walk_packages(procurelib.__path__, "procurelib.") if not m.name.endswith("__main__")),
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_run(name: str) -> None:
    """Every example of a module prints what its docstring says."""
    result = doctest.testmod(importlib.import_module(name), optionflags=doctest.ELLIPSIS | doctest.REPORT_NDIFF)
    assert result.failed == 0
