# Needs only make and Python 3.11 or later; everything else goes into environments made here.
#
#   make demo        real contracts, checked against the law of their day
#   make test        lint, types and every test, against the built wheel
#   make bench       ratios against a hand-written baseline, zen-engine and OpenFisca
#   make mutate-law  the law changed one step at a time: which changes does no hand-written case notice?
#   make mutate-code the same for the code (MUTATE="--sample 200" for a part of it)
#   make mutate-declarations
#                    the same for the shipped declarations: which changes does no table typed from the sources notice?
#   make docs        the documentation site, in site/
#   make dist        source archive and wheel, in dist/
#   make clean       removes everything the targets above made

PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11 python; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
PIP_INSTALL := -m pip install --quiet --disable-pip-version-check
SOURCES := $(shell find src -type f ! -path '*/__pycache__/*') pyproject.toml README.md LICENSE

export PIP_NO_INPUT := 1
.DELETE_ON_ERROR:
.PHONY: demo test lint types bench mutate-law mutate-code mutate-declarations docs dist clean FORCE

demo: $(VENV)/.wheel
	@$(BIN)/python examples/demo.py

test: lint types
	@PROCURELIB_WHEEL="$$(ls dist/procurelib-*.whl)" $(BIN)/python -m pytest -n auto --dist worksteal

lint: $(VENV)/.tools
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .

types: $(VENV)/.tools $(VENV)/.wheel
	@$(BIN)/mypy --strict src
	@$(BIN)/basedpyright --pythonpath $(BIN)/python

bench: .venv-bench/.ready
	@.venv-bench/bin/python benchmarks/run.py

mutate-law: $(VENV)/.tools $(VENV)/.wheel
	@$(BIN)/python tests/mutation/run.py law $(MUTATE)

mutate-code: $(VENV)/.tools $(VENV)/.wheel
	@$(BIN)/python tests/mutation/run.py code $(MUTATE)

mutate-declarations: $(VENV)/.tools $(VENV)/.wheel
	@$(BIN)/python tests/mutation/declarations.py $(MUTATE)

docs: $(VENV)/.docs
	@$(BIN)/mkdocs build --quiet --strict

dist: $(VENV)/.tools
	@$(BIN)/python -m build --outdir dist

clean:
	rm -rf .venv .venv-bench build dist site .mypy_cache .ruff_cache .pytest_cache .hypothesis

# The list of sources is a file of its own so that a removed source rebuilds the wheel too.
build/sources.txt: FORCE
	@mkdir -p build
	@find src -type f ! -path '*/__pycache__/*' | LC_ALL=C sort > build/sources.new
	@if cmp -s build/sources.new $@; then rm build/sources.new; else mv build/sources.new $@; fi

$(VENV)/.made:
	@if [ -z "$(PYTHON)" ]; then echo "procurelib needs Python 3.11 or later; none was found (set PYTHON=...)" >&2; exit 1; fi
	@$(PYTHON) -m venv $(VENV)
	@# Dependency groups need pip 25.1.
	@$(BIN)/python $(PIP_INSTALL) --upgrade 'pip>=25.1'
	@touch $@

dist/.built: build/sources.txt $(SOURCES) | $(VENV)/.made
	@rm -rf dist
	@$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --no-deps --wheel-dir dist .
	@touch $@

$(VENV)/.wheel: dist/.built | $(VENV)/.made
	@$(BIN)/python $(PIP_INSTALL) dist/procurelib-*.whl
	@$(BIN)/python $(PIP_INSTALL) --no-deps --force-reinstall dist/procurelib-*.whl
	@touch $@

$(VENV)/.tools: pyproject.toml | $(VENV)/.made
	@$(BIN)/python $(PIP_INSTALL) --group dev
	@touch $@

$(VENV)/.docs: pyproject.toml $(VENV)/.wheel
	@$(BIN)/python $(PIP_INSTALL) --group docs
	@touch $@

# OpenFisca is under the AGPL: it stays in an environment of its own and is never a dependency.
.venv-bench/.ready: benchmarks/requirements.txt dist/.built
	@test -d .venv-bench || $(PYTHON) -m venv .venv-bench
	@.venv-bench/bin/python $(PIP_INSTALL) --requirement benchmarks/requirements.txt
	@.venv-bench/bin/python $(PIP_INSTALL) dist/procurelib-*.whl
	@.venv-bench/bin/python $(PIP_INSTALL) --no-deps --force-reinstall dist/procurelib-*.whl
	@touch $@
