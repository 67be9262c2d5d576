"""Rewrite the kept explanations: ``python tests/golden/write.py``. Read every change before it is kept."""

from pathlib import Path

from cases import LOCALES, answers

if __name__ == "__main__":
    for name, answer in answers().items():
        for language, locale in LOCALES.items():
            text = answer.explain(locale, format="markdown")
            (Path(__file__).parent / f"{name}.{language}.md").write_text(text + "\n", encoding="utf-8", newline="\n")
