# Everything is installed into .venv in this folder; nothing is written outside it.
PYTHON ?= python3
JOBS ?= 2
OUT := demo-output

BIN := .venv/bin
PIP := PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip --no-cache-dir --quiet
PINNED := install --require-hashes --only-binary :all:
RUN := .venv/installed-run
DEV := .venv/installed-dev

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test evidence docs lint bench pins clean

help:
	@echo 'make demo      what was promised and what came; then eight invented remains, and who they are'
	@echo 'make test      every test, and what was skipped and why'
	@echo 'make evidence  every claim the project makes, checked   [ONLY=name] [N=cases] [SMALL=1]'
	@echo 'make docs      the manual, into docs/_build/html'
	@echo 'make lint      style, types, layers, dependencies, dead code'
	@echo 'make bench     the timing claims alone'
	@echo 'make pins      the pinned requirements anew, after pyproject.toml has changed'
	@echo 'make clean     remove what was made, but not .venv'

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit("Antigone needs Python 3.11 or newer; $(PYTHON) is " \
	  + sys.version.split()[0] if sys.version_info < (3, 11) else 0)'
	@echo 'Making .venv'
	@$(PYTHON) -m venv .venv

$(RUN): requirements/server.txt requirements/build.txt pyproject.toml | $(BIN)/python
	@echo 'Installing what Antigone runs on (pinned, about 165 MB to fetch)'
	@$(PIP) $(PINNED) -r requirements/server.txt -r requirements/build.txt
	@$(PIP) install --no-deps --no-index --no-build-isolation --editable .
	@touch $@

$(DEV): requirements/dev.txt $(RUN)
	@echo 'Installing what tests, documentation and checks need (pinned)'
	@$(PIP) $(PINNED) -r requirements/dev.txt
	@touch $@

demo: $(RUN)
	@mkdir -p $(OUT)
	@echo 'What was promised, and what came'
	@$(BIN)/antigone account examples/istanbul --svg $(OUT)/istanbul.svg --html $(OUT)/istanbul.html
	@echo
	@echo 'Eight invented remains, and who they are'
	@$(BIN)/antigone solve examples/eight-remains --brief \
	  --html $(OUT)/eight-remains.html --json $(OUT)/eight-remains.json
	@echo
	@echo 'To look at:  $(OUT)/istanbul.html and $(OUT)/eight-remains.html (each one page, for any browser)'
	@echo 'To go on:    $(BIN)/antigone --help'
	@echo '             $(BIN)/antigone solve --help    (your own case: a folder like examples/eight-remains)'
	@test -s $(OUT)/log-ins.txt || { rm -rf $(OUT)/register; \
	  echo; echo 'Making a register with invented people, for its pages (once)'; \
	  $(BIN)/antigone register example $(OUT)/register >$(OUT)/log-ins.part && mv $(OUT)/log-ins.part $(OUT)/log-ins.txt; }
	@echo 'Live:        $(BIN)/antigone serve $(OUT)/register          (then http://127.0.0.1:8000; log-ins: $(OUT)/log-ins.txt)'
	@echo '             $(BIN)/antigone register create my-register    (a register of your own)'

test: $(DEV)
	@$(BIN)/python -m pytest -n $(JOBS) $(ARGS)

evidence: $(DEV)
	@$(BIN)/python -m evidence $(if $(ONLY),--only $(ONLY)) $(if $(N),--n $(N)) $(if $(SMALL),--small)

bench: ONLY = speed
bench: evidence

docs: $(DEV)
	@$(BIN)/python -m sphinx -W -n --keep-going -q -b html docs docs/_build/html
	@echo 'docs/_build/html/index.html'

# Columns, settings and fields of forms and commands, which are read by their names; attributes of a row, which are stored.
READ_BY_NAME := ^src/antigone/(register/(models|settings)|actions/verbs|web/forms).*: unused variable
STORED := ^src/antigone/(actions|register)/.*: unused attribute

lint: $(DEV)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry src
	@echo 'vulture: what neither the program nor a test uses'
	@! $(BIN)/vulture | grep -vE '^tests/|$(READ_BY_NAME)|$(STORED)'

COMPILE := $(BIN)/uv pip compile --quiet --generate-hashes --no-emit-index-url --no-header \
  --only-binary :all: --python-version 3.11
pins: $(DEV)
	$(COMPILE) pyproject.toml -o requirements/run.txt
	$(COMPILE) pyproject.toml --extra server -c requirements/run.txt -o requirements/server.txt
	$(COMPILE) pyproject.toml --extra dev -c requirements/server.txt -o requirements/dev.txt
	printf 'hatchling\neditables\n' | $(COMPILE) - -o requirements/build.txt

clean:
	rm -rf $(OUT) docs/_build build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
