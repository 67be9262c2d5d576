"""The explanations a person reads are those that a person reviewed."""

from pathlib import Path

import pytest

from golden.cases import LOCALES, answers

FOLDER = Path(__file__).parent
ANSWERS = answers()


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("name", ANSWERS)
def test_the_explanation_is_the_reviewed_one(name: str, language: str) -> None:
    """A change of words or of law shows as a difference; if it is right, run tests/golden/write.py and review it."""
    kept = (FOLDER / f"{name}.{language}.md").read_text(encoding="utf-8")
    assert ANSWERS[name].explain(LOCALES[language], format="markdown") + "\n" == kept


def test_every_kept_file_belongs_to_a_case() -> None:
    """No file is left of a case that is gone."""
    assert {f.name for f in FOLDER.glob("*.md")} == {f"{name}.{language}.md" for name in ANSWERS for language in LOCALES}
