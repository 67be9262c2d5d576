"""The notebook runs from top to bottom, and is kept without what it printed."""

import importlib.util
from pathlib import Path

import pytest

NOTEBOOK = Path(__file__).parents[2] / "examples" / "first_answer.ipynb"
NEEDED = ("nbformat", "nbclient", "ipykernel")


@pytest.fixture(scope="module")
def needed() -> None:
    missing = [name for name in NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        pytest.skip(f"{', '.join(missing)} not installed: the notebook is run with the packages of the group `dev`")


@pytest.mark.usefixtures("needed")
def test_the_notebook_is_kept_without_outputs() -> None:
    import nbformat

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert 6 <= len(notebook.cells) <= 8
    assert [cell for cell in code if cell.outputs or cell.execution_count] == []


@pytest.mark.usefixtures("needed")
@pytest.mark.filterwarnings("ignore")  # those of the machinery that runs notebooks
def test_the_notebook_runs_and_answers() -> None:
    import nbclient
    import nbformat

    notebook = nbformat.read(NOTEBOOK, as_version=4)
    nbclient.NotebookClient(notebook, timeout=120, kernel_name="python3").execute()
    printed = [
        "".join(output.get("text", "") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]
    assert printed[0] == "(UNKNOWN, 'unknown')"
    # Under 100 000 $ no by-law may ask for a public call; what the by-law allows directly is what is not known.
    assert "['direct', 'invitation'] ['bylaw']" in printed[1]
    assert [line.rpartition("-> ")[2] for line in printed[1].splitlines()[1:]] == ["direct", "invitation"]
    assert "Mode de passation le moins ouvert permis" in printed[2]
    assert "Least open procedure allowed" in printed[2]
    # The order of 22 August 2022 raised the threshold from 105 700 $ to 121 200 $ on 2022-10-07.
    assert "['public'] -> ['invitation']" in printed[3]
    assert "105700" in printed[3]
    assert "121200" in printed[3]
