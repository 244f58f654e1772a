# Each target does all set-up by itself. What the machine must have: bash, make, Python 3.11 or newer.

SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

BIN := .venv/bin
STAMP := .venv/.set-up
PYTHON ?= $(shell for name in python3.11 python3.12 python3.13 python3.14 python3; do \
	"$$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	2>/dev/null && echo "$$name" && break; done)
UV := $(BIN)/uv --quiet --system-certs pip
INTO := --python $(BIN)/python
ARGS ?=

.PHONY: help setup demo test prove soak lint bench pilot record lock

help: ## show this list
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 14

setup: $(STAMP) ## prepare .venv from requirements.lock
	@echo ".venv is ready"

demo: $(STAMP) ## run births and deaths on real servers until Ctrl-C; ARGS="--cases 20 --exit"
	@$(BIN)/lienthong demo $(ARGS)

# Three processes on two cores: there is always one that waits for a server or for time to pass.
test: $(STAMP) ## run every test; ARGS="tests/unit", or ARGS="-n 0 FILE" for one process
	@$(BIN)/pytest --numprocesses=3 --max-worker-restart=1 $(ARGS)

prove: $(STAMP) ## run what is too long for the suite; ARGS="-k corpus"
	@$(BIN)/pytest -m prove --timeout=1200 $(ARGS)

soak: $(STAMP) ## ask a million questions about working time; ARGS="--cases 100000 --seed 7"
	@PYTHONPATH=tests $(BIN)/python tests/soak/working_time.py $(ARGS)

lint: $(STAMP) ## check style, types and import contracts
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports

bench: $(STAMP) ## measure cases per second against a bare workflow
	@$(BIN)/lienthong bench $(ARGS)

pilot: $(STAMP) ## score the pre-check on 2,000 synthetic, labelled funeral files
	@$(BIN)/lienthong pilot $(ARGS)

record: $(STAMP) ## keep a history of every path of this release, for the replay tests
	@$(BIN)/pytest tests/replay/record.py $(ARGS)

lock: $(STAMP) ## write requirements.lock anew; ARGS=--upgrade for newer versions
	@$(UV) compile --universal --fork-strategy fewest --python-version 3.11 --all-extras \
		--generate-hashes --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
		$(ARGS) --output-file requirements.lock pyproject.toml

# uv comes first and alone, by pip, with its hash; then it brings exactly what the lock names.
# A mirror that only pip is configured for is reached by pip, with the same hashes, more slowly.
$(STAMP): requirements.lock pyproject.toml
	@[[ -n "$(PYTHON)" ]] || { echo "Python 3.11 or newer with its venv module is needed:" \
		"install python3.11 and python3.11-venv, or name one: make setup PYTHON=/path/to/python" \
		>&2; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| $(PYTHON) -m venv --clear .venv
	@sed -n '/^uv==/,/[^\\]$$/p' requirements.lock > .venv/uv.lock
	@[[ -x $(BIN)/uv ]] || $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --no-deps --requirement .venv/uv.lock
	@$(UV) sync $(INTO) --require-hashes --compile-bytecode requirements.lock \
		|| $(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes --requirement requirements.lock
	@$(UV) install $(INTO) --no-deps --no-build-isolation --editable .
	@touch $@
