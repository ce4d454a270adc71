# Everything that is done with this repository. A machine needs Python 3.11 or later, make and git; `make help` lists the rest.

PYTHON ?= python3
CASE ?= belarus-2022

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
INSTALL := $(PIP) install --require-hashes --only-binary :all:
ENV := $(VENV)/.made-run
ENV_DEV := $(VENV)/.made-dev

# A shell may be set up for another project or another Python; the environment here is only what the locks say.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: help env env-dev run test lint format types bench docs lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: $(ENV) ## build .venv with what melian needs to run

# A stamp is older than its lock when the lock has changed: then the environment is brought up to it.
$(ENV): requirements/build.txt requirements/run.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "melian needs Python 3.11 or later: make PYTHON=python3.11")'
	@echo "Installing what melian needs to run into $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@
