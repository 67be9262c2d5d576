"""What every test shares: Hypothesis profiles and the folder of sample data."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("ci", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", deadline=None, max_examples=2_000, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of real sample data, which is never part of the project."""
    folder = os.environ.get("PROCURELIB_SAMPLES")
    if not folder:
        pytest.skip("PROCURELIB_SAMPLES is not set: this test reads real sample data that the project does not ship")
    path = Path(folder)
    if not path.is_dir():
        pytest.fail(f"PROCURELIB_SAMPLES is {folder!r}, which is not a folder")
    return path
