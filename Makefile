# Everything here sets itself up in .venv: Python 3.11 or newer and make are all that is needed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SAMPLE := sample_workbooks/agency.xlsx
SAMPLE_DATE := 2026-03-31
OUT := milestone-report
CASES := 2000
RUNS := 200
SEED := 1

.PHONY: help report test fuzz bench lint format snapshots docs messages samples clean

help: ## Show what can be made
	@sed -n 's/^\([a-z]*\):.*## /\1|/p' Makefile | while IFS='|' read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

# Users need the program only; the tools for developing are installed when a target asks for them.
$(VENV)/installed: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; try: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/developing: $(VENV)/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

report: $(VENV)/installed ## Report on the sample workbook and say where the files are
	$(BIN)/milestone-report report $(SAMPLE) --as-of $(SAMPLE_DATE) --out $(OUT)
	@echo
	@echo "  These are the summaries of $(SAMPLE) as of $(SAMPLE_DATE)."
	@echo "  Open $(OUT)/summary.html in a browser (a double click does it), summary.xlsx in Excel,"
	@echo "  and summary.eml in your mail program: it opens as a draft that nobody has sent."
	@echo "  For your own workbooks:  $(BIN)/milestone-report report YOUR-FOLDER --open"

test: $(VENV)/developing ## Run the tests
	$(BIN)/python -m pytest -n auto

# Longer than the tests have time for: random sheets, damaged workbooks, killed runs. All say how to repeat a failure.
fuzz: $(VENV)/developing ## Look for what breaks reading and writing, for some minutes; CASES=2000 RUNS=200 SEED=1
	$(BIN)/python -m pytest -n auto tests/fuzz --hypothesis-profile=long
	$(BIN)/python -m tests.fuzz --cases $(CASES) --seed $(SEED)
	$(BIN)/python -m tests.fuzz.killing --runs $(RUNS) --seed $(SEED)

bench: $(VENV)/developing ## Measure whole runs against their budgets and write docs/performance.md
	$(BIN)/python -m tests.benchmarks

lint: $(VENV)/developing ## Check style, types and the direction of imports
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/developing ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

snapshots: $(VENV)/developing ## Write the tests' expected outputs anew; review the difference before committing
	$(BIN)/python -m pytest -n auto --update-snapshots

docs: $(VENV)/developing ## Write those pages of docs/ anew that come from the program itself
	$(BIN)/python -m tests.docs

messages: $(VENV)/developing ## Bring the catalogues of texts up to date, for translators
	$(BIN)/python -m tests.messages

samples: $(VENV)/installed ## Build the sample workbooks anew
	$(BIN)/python sample_workbooks/build_samples.py

clean: ## Remove what the targets made
	rm -rf $(VENV) $(OUT) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
