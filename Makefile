# bureauwatch. Every target sets up what it needs, once, in .venv; needs nothing beforehand but python3 >= 3.11, make and git.
PYTHON ?= python3
VENV := .venv
RIVALS := .venv-rivals
DIFFERS := .venv-rivals-diffs
BIN := $(VENV)/bin
READY := $(VENV)/.ready

# Files of which `make test` takes every third test (tests/conftest.py).
CRAWLED := $(patsubst %,tests/test_%.py,come_to_rest confirmation identity peers_traps quiet reclean restless upheaval walk_faults walks withdrawal)

.DEFAULT_GOAL := help
.PHONY: help demo test check bench faults fuzz pictures lock clean

help:            ## this list
	@grep -E '^[a-z]+: .*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

demo: $(READY)   ## the main job, end to end, on a replica of two bureaus' sites on this machine
	@$(BIN)/bureauwatch demo

test: $(READY)   ## all tests, with real Scrapy, Chromium, SMTP and SQLite
	@$(BIN)/python -m pytest -n 4 --dist loadfile --no-loadscope-reorder

check: $(READY)  ## types, style, import directions
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports

bench: $(READY) $(RIVALS)/.ready $(DIFFERS)/.ready  ## speed beside plain Scrapy; quality beside other extractors; memory over 1,000 sites; diffs beside other diffs
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks quality
	@$(BIN)/python -m benchmarks sites
	@$(BIN)/python -m benchmarks diffs

faults: $(READY) ## kill -9 at 200 random moments and 10 times at every step, and every fault of a site through a whole crawl (a sample is part of test)
	@BUREAUWATCH_KILLS=200 BUREAUWATCH_TIMES=10 $(BIN)/python -m pytest -n 2 -rP --show-capture=stdout tests/test_crashes.py tests/test_crash_steps.py
	@BUREAUWATCH_KILLS=200 $(BIN)/python -m pytest tests/test_next_start.py -s
	@$(BIN)/python -m pytest tests/test_backlog.py -s
	@BUREAUWATCH_ALL=1 $(BIN)/python -m pytest -n 2 --dist loadfile tests/test_bad_input.py $(CRAWLED)

fuzz: $(READY)   ## 10,000 mutated pages, and 10,000 mutated files for each kind of document (a short one is part of test)
	@BUREAUWATCH_FUZZ=10000 $(BIN)/python -m pytest tests/test_fuzz_pages.py tests/test_fuzz_documents.py -s

pictures: $(READY) ## the pictures of six letters in docs/letters, taken anew in Chromium
	@$(BIN)/python -m tests.letter_pictures

lock:            ## renew requirements.lock from pyproject.toml (needs uv)
	uv pip compile --universal --python-version 3.11 --extra dev --generate-hashes --no-annotate --no-header pyproject.toml -o requirements.lock

clean:           ## remove everything that was set up or made
	rm -rf $(VENV) $(RIVALS) $(DIFFERS) demo-output .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("bureauwatch needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Cure: make PYTHON=python3.11 ...")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV) (once; about a minute) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m crawler.capture.find_browser --install
	@touch $@

$(RIVALS)/.ready: requirements-rivals.txt
	@$(PYTHON) -m venv $(RIVALS)
	@echo "setting up $(RIVALS) with the other extractors (once) ..."
	@$(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(RIVALS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-rivals.txt
	@touch $@

# changedetection.io and readability-lxml cannot be installed side by side.
$(DIFFERS)/.ready: requirements-rivals-diffs.txt
	@$(PYTHON) -m venv $(DIFFERS)
	@echo "setting up $(DIFFERS) with the other diffs (once) ..."
	@$(DIFFERS)/bin/python -m pip install --quiet --disable-pip-version-check --upgrade pip
	@$(DIFFERS)/bin/python -m pip install --quiet --disable-pip-version-check -r requirements-rivals-diffs.txt
	@touch $@
