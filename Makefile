# Two commands set everything up by themselves: `make demo` and `make test`.
.DEFAULT_GOAL := help
.PHONY: help demo serve test check check-style check-layers check-templates check-tree check-types clean
.SUFFIXES:
MAKEFLAGS += --no-print-directory

VENV := .venv
PYTHON := $(VENV)/bin/python
# A virtual environment does not survive a move, so the folder is part of what "ready" means.
PLACE := $(shell pwd | cksum | cut -d ' ' -f 1)
RUN_READY := $(VENV)/ready-$(PLACE)
TEST_READY := $(VENV)/ready-for-tests-$(PLACE)
BUILT := $(VENV)/built-$(PLACE)
BROWSER_SOURCES := $(shell find src -type f \( -name '*.po' -o -path '*/static/*' -o -name assets.py \) -not -path '*/static/web/build/*' 2>/dev/null)
PIP := $(PYTHON) -m pip --quiet --disable-pip-version-check --no-input
JOBS ?= 2
# What a file of tests prepares once is prepared by whoever runs that file: each tester begins with a half of its own.
SPREAD := -n $(JOBS) --dist worksteal

help:
	@echo "make demo    Klankbord with a made-up organisation, on http://127.0.0.1:8000 (PORT=, KLANKBORD_DATA=)"
	@echo "make serve   Klankbord for your own organisation; see docs/how-to/install.md"
	@echo "make test    every test, those in a browser included"
	@echo "make check   the static checks"

demo: $(BUILT)
	@exec $(PYTHON) -m klankbord.cli demo

serve: $(BUILT)
	@exec $(PYTHON) -m klankbord.cli serve

test: $(TEST_READY) $(BUILT)
	@chromium=$$(tools/find-chromium.sh) && CHROMIUM=$$chromium $(PYTHON) -m pytest $(SPREAD) $(PYTEST)

check: check-style check-layers check-templates check-tree check-types

check-style: $(TEST_READY)
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m ruff format --check .

check-layers: $(TEST_READY)
	@$(VENV)/bin/lint-imports --no-logo

check-templates: $(TEST_READY)
	@$(PYTHON) -m djlint src --lint --quiet

check-tree:
	@tools/check-tree.sh

check-types: $(TEST_READY)
	@$(PYTHON) -m mypy --strict src

clean:
	rm -rf $(VENV) build src/klankbord/web/static/web/build

# What is in the lock is installed with its hashes; the project itself without looking anything up anywhere.
$(RUN_READY): requirements.lock pyproject.toml tools/make-environment.sh
	@tools/make-environment.sh $(VENV)
	@echo "Installing what Klankbord needs; the first time takes a minute…"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(TEST_READY): $(RUN_READY) requirements-dev.lock
	@echo "Installing what the tests need…"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(BUILT): $(RUN_READY) $(BROWSER_SOURCES)
	@$(PYTHON) -m klankbord.cli build
	@touch $@
