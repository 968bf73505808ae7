# `make help` lists what there is. Every target can be run at any time, in any order, and installs what it misses.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help

DEBUG := .build/debug/sentrum
RELEASE := .build/release/sentrum
PYTHON := .venv/bin/python
PYTEST := $(PYTHON) -m pytest -c Tests/Browser/pytest.ini Tests/Browser
# SENTRUM_PROGRAM names another program than the one just built; figures and faults come in .build/browser/torture.
TORTURE := $(PYTHON) -m pytest -c Tests/Torture/pytest.ini --capture=no
# Bytecode, caches, logs and screenshots of the Python tests stay in .build.
export PYTHONPYCACHEPREFIX := .build/browser/pycache
export RUFF_CACHE_DIR := .build/browser/ruff

PAGES := $(CURDIR)/.build/pages
PORT ?= 8080
DEMO ?= .demo
TEST ?=

.PHONY: help
help: ## Lists every target
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

.PHONY: deps
deps: ## Installs what is missing: Debian packages, and Python packages in .venv
	@scripts/install

.PHONY: build
build: ## Builds the program for use: .build/release/sentrum
	@scripts/install build
	swift build -c release --product sentrum

.PHONY: package
package: build ## Makes a Debian package of the program: .build/package/sentrum_VERSION_ARCHITECTURE.deb
	@scripts/install package
	@scripts/package $(RELEASE)

.PHONY: run
run: ## Serves invented people and cases on http://127.0.0.1:8080 (PORT=…, DEMO=folder)
	@scripts/install build run
	@swift build -c release --product sentrum
	@if [ ! -e $(DEMO) ]; then \
	    rm -rf .build/demo; $(RELEASE) demo .build/demo; mv .build/demo $(DEMO); fi
	@exec $(RELEASE) serve $(DEMO) --port $(PORT)

.PHONY: debug
debug: ## Builds the program and all tests, quickly and without optimising: .build/debug/sentrum
	@scripts/install build
	swift build --build-tests

.PHONY: test
test: test-swift test-browser ## Runs every test: Swift and browser

.PHONY: test-core
test-core: ## Runs the tests of the rules and the plans only, in seconds (TEST=name for some)
	@scripts/install build
	SENTRUM_SCOPE=core swift test --disable-xctest --scratch-path .build-core $(if $(TEST),--filter '$(TEST)')

.PHONY: test-journal
test-journal: ## The same, with the journal and its stores
	@scripts/install build
	SENTRUM_SCOPE=journal swift test --disable-xctest --scratch-path .build-journal $(if $(TEST),--filter '$(TEST)')

.PHONY: test-swift
test-swift: ## Runs all Swift tests (TEST=name for some)
	@scripts/install build run
	$(if $(TEST),,@rm -rf $(PAGES))
	SENTRUM_PAGES=$(PAGES) swift test --disable-xctest $(if $(TEST),--filter '$(TEST)')

.PHONY: gallery
gallery: ## Draws every page with invented contents into .build/pages, and looks at them in the browser
	@scripts/install build run test
	@rm -rf $(PAGES)
	SENTRUM_PAGES=$(PAGES) swift test --disable-xctest --filter PagesTests
	$(PYTEST) -k gallery
	@echo "pages in .build/pages, pictures in .build/browser/gallery"

.PHONY: test-browser
test-browser: ## Runs the tests in a real browser, accessibility included (TEST=name for some)
	@scripts/install build run test
	@swift build --product sentrum
	$(PYTEST) $(if $(TEST),-k '$(TEST)',--numprocesses 2 --dist loadfile --no-loadscope-reorder)

.PHONY: check
check: export SENTRUM_REQUIRE_POSTGRES := 1
check: lint debug plans plans-quick test ordeal ## Everything that must hold before a change goes in; what CI runs

# Optimised, because a hundred thousand acts take an hour and more otherwise.
.PHONY: simulate
simulate: ## Lives a long life of sixty people under two plans and holds what each may see to a slow reading (ACTS=100000 SEED=1)
	@scripts/install build
	SENTRUM_SCOPE=core SENTRUM_SIMULATE_ACTS=$(or $(ACTS),100000) SENTRUM_SIMULATE_SEED=$(or $(SEED),1) \
		swift test -c release --disable-xctest --scratch-path .build-simulate -Xswiftc -enable-testing --filter SightSimulation

.PHONY: ordeal
ordeal: ## Runs short versions of torture and fuzz
	@$(MAKE) torture fuzz SHORT=1

.PHONY: torture
torture: ## Kills the program at work and lets all around it fail, and looks what is left (KILLS=1000 ROUNDS=20 SEED=1; SHORT=1: quickly)
	@scripts/install build run test torture
	@swift build --product sentrum
	$(TORTURE) Tests/Torture/test_torture_*.py $(if $(TEST),-k '$(TEST)')

.PHONY: fuzz
fuzz: ## Sends what nobody sends in earnest, everywhere (SECONDS_EACH=600 SEED=1; SHORT=1: quickly)
	@scripts/install build run test torture
	@swift build --product sentrum
	$(TORTURE) Tests/Torture/test_fuzz_*.py $(if $(TEST),-k '$(TEST)')

.PHONY: scan
scan: ## Lets a scanner for holes in web sites look as several people (ROLES=ib,guardian SECONDS_EACH=60)
	@scripts/install build run test
	@swift build --product sentrum
	@[ -x .venv-scan/bin/wapiti ] || { python3 -m venv .venv-scan && .venv-scan/bin/pip install --quiet --disable-pip-version-check -r Tests/Torture/scan-requirements.txt; }
	PYTHONPATH=Tests/Browser $(PYTHON) Tests/Torture/scan.py

.PHONY: plans
plans: ## Checks every plan in plans/ and runs its examples
	@scripts/install build
	@swift build --product sentrum
	@$(DEBUG) plan check plans/*/*

.PHONY: plans-quick
plans-quick: ## Checks every plan in an optimised build, and that all together take less than two seconds
	@scripts/install build
	@SENTRUM_SCOPE=core swift build -c release --product plan-proof --scratch-path .build-core-release
	.build-core-release/release/plan-proof plans --within 2000

.PHONY: mutate
mutate: ## Changes every value of SPOW's plan in turn, sees what notices, and writes docs/reference/plan-proof.md
	@scripts/install build
	@SENTRUM_SCOPE=core swift build -c release --product plan-proof --scratch-path .build-core-release
	.build-core-release/release/plan-proof plans spow > .build-core-release/plan-proof.md
	@mv .build-core-release/plan-proof.md docs/reference/plan-proof.md

.PHONY: says
says: ## Writes the texts of SPOW's plan again, for its examples; look at the difference before you keep it
	@swift build --product sentrum
	@$(DEBUG) plan says --write plans/spow/2020-2024
	@$(DEBUG) plan says --write plans/spow/2020-2024-addendum

.PHONY: format
format: ## Lays out Swift and Python code
	@scripts/install test
	swift format --in-place --recursive --parallel Sources Tests Package.swift
	.venv/bin/ruff check --quiet --fix Tests/Browser
	.venv/bin/ruff format --quiet Tests/Browser
	.venv/bin/ruff check --quiet --fix --config Tests/Browser/ruff.toml Tests/Torture
	.venv/bin/ruff format --quiet --config Tests/Browser/ruff.toml Tests/Torture

.PHONY: lint
lint: ## Says what is not laid out well, impure or forbidden
	@scripts/install test
	@scripts/lint

.PHONY: bench
bench: ## Measures 1,000 to 100,000 dossiers, writes docs/reference/performance.md (BENCH_SMALL=1: quickly)
	@scripts/install build run bench
	@swift build -c release --product sentrum
	@scripts/bench

.PHONY: bench-many
bench-many: ## Measures one program with 150 partnerships, writes docs/reference/many-partnerships.md (MANY_HOUSES=…)
	@scripts/install build run bench
	@swift build -c release --product sentrum
	@scripts/bench many

.PHONY: bench-large
bench-large: ## Measures list, search and open with a million dossiers, writes docs/reference/very-many-dossiers.md (LARGE_SIZES=…)
	@scripts/install build run bench
	@swift build -c release --product sentrum
	@scripts/bench large

.PHONY: burden
burden: ## Counts fields and clicks of each route and writes docs/reference/burden.md
	@scripts/install build run test
	@swift build --product sentrum
	$(PYTEST) -m burden --write-burden

.PHONY: screenshots
screenshots: ## Pictures every kind of page, wide and narrow, into .build/browser/screenshots
	@scripts/install build run test
	@swift build --product sentrum
	$(PYTEST) -m screenshots
	@echo "see .build/browser/screenshots"

.PHONY: clean
clean: ## Removes what was built and the demo; data and keys elsewhere stay
	rm -rf .build .build-* .demo .venv .venv-scan
