# Everything runs in a virtual environment of its own; nothing but Python 3.11 or newer and make is needed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
PEERS := $(VENV)/.peers
NPM_INSTALL := npm install --no-package-lock --no-audit --no-fund --fetch-retries=0 --silent
BENCH := $(VENV)/.bench

.PHONY: try test lint types layers fresh pytest examples generate bench clean

try: $(VENV)/.package ## check a real-looking purchase against the shipped policies
	@$(BIN)/procureguard check examples/owned-already --exit-zero
	@echo
	@echo "Next:"
	@echo "  $(BIN)/procureguard new                                     a purchase of your own, question by question"
	@echo "  $(BIN)/procureguard check examples                          all stories, each with its answer"
	@echo "  $(BIN)/procureguard explain owned-tool-first                a rule in plain words"
	@echo "  $(BIN)/procureguard check examples/missing-facts            an answer that asks"
	@echo "  edit examples/owned-already/*.purchase.yaml and check again"

test: lint types layers fresh pytest ## everything that continuous integration runs

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(STAMP)
	$(BIN)/mypy

layers: $(STAMP)
	$(BIN)/lint-imports --no-logo

fresh: $(STAMP)
	$(BIN)/python tools/generate.py --check
	$(BIN)/python tools/reference.py --check

pytest: $(STAMP) $(PEERS)
	$(BIN)/pytest -n 2

examples: $(STAMP) ## rewrite the expected answers of the examples after a deliberate change
	$(BIN)/pytest tests/end_to_end tests/unit/test_reference_pages.py --update

generate: $(STAMP) ## bring generated files up to date
	$(BIN)/python tools/generate.py
	$(BIN)/python tools/reference.py

bench: $(BENCH) ## decisions, start-up, bulk, hooks and missing facts beside others, and a check in a large company
	$(BIN)/python -m benchmarks decision startup bulk hook missing scale

clean:
	rm -rf $(VENV)

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.package: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

$(BENCH): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[models]" --group bench
	@touch $@ $(VENV)/.package

# The language server of editors and the validator of SARIF, for tests that are skipped where npm finds nothing.
$(PEERS): tests/peers/package.json | $(BIN)/python
	@mkdir -p $(VENV)/peers
	@cp tests/peers/package.json $(VENV)/peers
	@if command -v npm >/dev/null && $(NPM_INSTALL) --prefix $(VENV)/peers; then touch $@; \
	else echo "no npm packages: the tests that need them are skipped"; fi

# The wheels are what the tests of the pre-commit hooks install from, so that they need no network.
$(STAMP): pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[models]" --group dev
	$(BIN)/python -m pip wheel --quiet --disable-pip-version-check --wheel-dir $(VENV)/wheelhouse . "hatchling>=1.26"
	@rm -f $(VENV)/wheelhouse/procureguard-*.whl
	@touch $@ $(VENV)/.package
