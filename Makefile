# Everything that is done with this repository. A machine needs Python 3.11 or later, make and git.
# The tests of printed reports need a browser as well, which `make browser` sees to.

PYTHON ?= python3
CASE ?= belarus-2022
# For example: make test TESTS="tests/source -n 0 -x"
TESTS ?= -n auto
# How many seconds to fuzz.
FUZZ ?= 300
# How many runs of each case errors are held against.
SEEDS ?= 100
# Where the fuzzer of commands starts: the same number, the same changes.
SEED ?= 0
# For example: make lock LOCK=--upgrade
LOCK ?=
# For example: make bench BENCH="networks tree"
BENCH ?=

VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check --no-input
INSTALL := $(PIP) install --require-hashes --only-binary :all:
COMPILE := CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
	--no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options
ENV := $(VENV)/.made-run
# What is compiled together, once, when the environment is made.
KERNEL := $(wildcard src/melian/solve/kernel/*.py)
ENV_DEV := $(VENV)/.made-dev
ENV_BENCH := $(VENV)/.made-bench

# An environment of its own with melian as users install it, and every command tried in it.
define APART
$(PYTHON) -m venv --clear .venv-$(1) && \
	.venv-$(1)/bin/python -m pip -qq --disable-pip-version-check --no-input install $(2) '.[tables]' && \
	.venv-$(1)/bin/python -m pip --disable-pip-version-check list && \
	$(BIN)/python -m scripts.smoke $$PWD/.venv-$(1)/bin/python
endef

# A shell may be set up for another project; the environment here is only what the locks say.
unexport PYTHONPATH PYTHONHOME VIRTUAL_ENV
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help run test browser oldest newest fuzz lint format bench docs readme env env-dev env-bench lock clean

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-11s  %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: env ## answer the worked case (another one: make run CASE=name-or-path)
	@$(BIN)/melian run $(CASE)

test: env-dev browser ## run the tests and every example in the docs
	@$(BIN)/python -m pytest $(TESTS)

browser: env-dev ## see to a browser for the tests: Debian's packages, where one may install them
	@$(BIN)/python -m scripts.browser

oldest: env-dev ## install the oldest versions that melian takes elsewhere, and run every command with them
	@$(BIN)/python -m scripts.versions > .venv-oldest.txt
	@$(call APART,oldest,--constraint .venv-oldest.txt)

newest: env-dev ## the same with the newest versions there are
	@$(call APART,newest,--upgrade --upgrade-strategy eager)

fuzz: env-dev ## look for texts and cases that make melian fail, five minutes each (longer: make fuzz FUZZ=3600)
	@PYTHONPATH=. $(BIN)/python -m tests.fuzz.fuzz_case $(FUZZ)
	@PYTHONPATH=. $(BIN)/python -m tests.fuzz.fuzz_commands $(FUZZ) $(SEED)

calibration: env-dev ## hold every printed error against the truth over many seeds (fewer: make calibration SEEDS=20)
	@$(BIN)/python -m scripts.calibration --seeds $(SEEDS)

lint: env-dev ## check style, types and that imports go one way
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

format: env-dev ## mend what the style check can mend by itself
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

bench: env-bench ## measure speed, and the error at that speed
	@$(BIN)/python benchmarks/run.py $(BENCH)

docs: env-dev ## build the pages into docs/_build
	@$(BIN)/sphinx-build -W --keep-going -q -j auto docs docs/_build
	@echo "The docs are in docs/_build/index.html"

readme: env-dev ## write anew what the README and the pages show of melian
	@$(BIN)/python -m scripts.pages

env: $(ENV) ## build .venv with what melian needs to run
	@:

env-dev: $(ENV_DEV) ## add what is needed to work on melian
	@:

env-bench: $(ENV_BENCH) ## add the programs that only the benchmarks compare with
	@:

# A stamp older than its lock means that the lock has changed: the environment is brought up to it.
$(ENV): requirements/build.txt requirements/run.txt pyproject.toml $(KERNEL)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "melian needs Python 3.11 or later: make PYTHON=python3.11")'
	@echo "Installing what melian needs into $(VENV)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(INSTALL) -r requirements/build.txt -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation --editable .
	@echo "Compiling the solver, once"
	@$(BIN)/python -m melian.solve.kernel.warm
	@touch $@

$(ENV_DEV): $(ENV) requirements/dev.txt
	@echo "Installing the tools for tests, checks and docs into $(VENV), which takes a minute"
	@$(INSTALL) -r requirements/dev.txt
	@touch $@

$(ENV_BENCH): $(ENV_DEV) requirements/bench.txt
	@echo "Installing what the benchmarks compare with into $(VENV)"
	@$(INSTALL) -r requirements/bench.txt
	@touch $@

lock: env-dev ## write the locked versions anew from pyproject.toml and requirements/*.in
	@$(COMPILE) $(LOCK) --output-file requirements/build.txt requirements/build.in
	@$(COMPILE) $(LOCK) --output-file requirements/run.txt pyproject.toml
	@$(COMPILE) $(LOCK) --output-file requirements/dev.txt requirements/dev.in pyproject.toml
	@$(COMPILE) $(LOCK) --output-file requirements/bench.txt requirements/bench.in

clean: ## remove everything that was made
	@rm -rf $(VENV) .venv-* build dist docs/_build src/*.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -not -path './.git/*' -prune -exec rm -rf {} +
