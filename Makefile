# Everything from nothing but Python 3.11+ and make. Plain equivalents, also for Windows, stand in README.md.
#   make run          the dashboard on http://127.0.0.1:8501 (HOST=..., PORT=... to change)
#   make demo         the same with made-up results in a ledger of its own, to look around
#   make test         all tests, a real browser included
#   make lint         ruff and mypy
#   make screenshots  pictures of each page into docs/img
#   make accuracy     how well the reader reads (tests/corpus)
#   make bench        how fast it is (tests/bench)

HOST ?= 127.0.0.1
PORT ?= 8501
VENV ?= .venv
BIN := $(VENV)/bin
ARGS ?=

.DEFAULT_GOAL := help
.PHONY: help run demo build test lint screenshots accuracy bench clean

help:
	@sed -n 's/^#   make/make/p' Makefile

# A stamp file a set of requirements: installed again only when the list changes.
$(VENV)/.runtime: requirements.txt constraints.txt scripts/setup.sh
	@VENV=$(VENV) sh scripts/setup.sh requirements.txt
	@touch $@

$(VENV)/.tools: requirements.txt requirements-dev.txt constraints.txt scripts/setup.sh
	@VENV=$(VENV) sh scripts/setup.sh requirements-dev.txt
	@touch $@ $(VENV)/.runtime

run: $(VENV)/.runtime
	@exec $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

# Real results stay where they are: the demonstration has a file of its own and says so on every page.
demo: $(VENV)/.runtime
	@$(BIN)/python -m cchc demo $(ARGS)
	@exec env CCHC_DEMO=1 $(BIN)/streamlit run app.py --server.address $(HOST) --server.port $(PORT)

build: $(VENV)/.runtime
	@$(BIN)/python -m cchc build

# The parts with a browser, PostgreSQL, LibreOffice and Tesseract fail, they are never skipped: what could not be had is printed first.
test: $(VENV)/.tools
	@$(BIN)/python scripts/postgres.py || true
	@$(BIN)/python scripts/office.py || true
	@$(BIN)/python scripts/ocr.py || true
	@$(BIN)/python scripts/browser.py || true
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS)

lint: $(VENV)/.tools
	@$(BIN)/ruff check .
	@$(BIN)/mypy

screenshots: $(VENV)/.tools
	@$(BIN)/python scripts/browser.py
	@$(BIN)/python scripts/screenshots.py $(ARGS)

accuracy: $(VENV)/.tools
	@$(BIN)/python tests/corpus/accuracy.py --by-format $(ARGS)

bench: $(VENV)/.tools
	@for file in tests/bench/bench_*.py; do $(BIN)/python $$file $(ARGS) || exit 1; done

clean:
	rm -rf $(VENV) var .pytest_cache .mypy_cache .ruff_cache .hypothesis test-results
