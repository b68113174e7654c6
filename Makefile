# The only commands. `make demo` shows the site, `make test` proves it, `make check` is the fast inner loop.
SHELL := /bin/sh
.DEFAULT_GOAL := help
BIN := .venv/bin
PORT ?= 8000
RUNTIME := .venv/.runtime
DEV := .venv/.dev
MESSAGES := $(shell find src -name django.po 2>/dev/null)
export PYTHONDONTWRITEBYTECODE ?=

.PHONY: help setup demo test check fix bench docs lock packages

help:
	@echo "make demo     build the demonstration world and start it on http://localhost:$(PORT)   (FRESH=1 starts over)"
	@echo "make test     everything: checks, apps on SQLite and on PostgreSQL, browser journeys, accessibility"
	@echo "make check    the fast inner loop: format, lint, types, import contracts, house tests, core tests"
	@echo "make fix      put the code in its format and mend what can be mended"
	@echo "make bench    measure speed, print JSON"
	@echo "make docs     write docs/reference again"
	@echo "make setup    only make the environment in .venv, with the console script .venv/bin/toetssteen"
	@echo "make lock     write the hashed lock files again after a change in pyproject.toml"

setup: $(DEV) .venv/.messages .venv/.places

# Runtime first, so that the demonstration needs no tools; the stamps make a second time quick.
$(RUNTIME): requirements/runtime.txt requirements/tools.txt pyproject.toml .ci/setup
	@.ci/setup runtime
$(DEV): requirements/dev.txt requirements/tools.txt pyproject.toml .ci/setup
	@.ci/setup dev
.venv/.messages: $(MESSAGES) | $(RUNTIME)
	@$(BIN)/toetssteen messages compile && touch $@

# Made once for an installation; a site that lacks it makes it at first need.
.venv/.places: $(wildcard src/toetssteen/places/*.py src/toetssteen/places/data/*) | $(RUNTIME)
	@$(BIN)/toetssteen places build && touch $@

demo: $(RUNTIME) .venv/.messages .venv/.places
	@.ci/packages runtime
	@$(BIN)/toetssteen demo --port $(PORT) $(if $(filter 1 yes true,$(FRESH)),--fresh)

packages:
	@.ci/packages

check: $(DEV) .venv/.messages .venv/.places
	@$(BIN)/python -m tests.run check

test: $(DEV) .venv/.messages .venv/.places packages
	@$(BIN)/python -m tests.run all

fix: $(DEV)
	@$(BIN)/ruff check --fix-only -q . ; $(BIN)/ruff format -q . && $(BIN)/ruff check .

bench: $(DEV) .venv/.messages .venv/.places
	@$(BIN)/toetssteen bench

docs: $(DEV)
	@$(BIN)/toetssteen reference

lock: $(DEV)
	@.ci/setup lock
