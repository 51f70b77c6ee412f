# Two commands: `make demo` and `make test`. Both may be interrupted and run again.
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
PYTEST := $(VENV)/bin/pytest
RUNTIME := $(VENV)/.requirements
DEVELOPMENT := $(VENV)/.requirements-dev

.PHONY: help demo serve test setup setup-dev system lint types style unit db crashes-and-postgresql db-postgresql db-postgresql-all faults browser pictures bench clean

help:
	@echo "make demo      set up, create the generated demo archive, serve it"
	@echo "make test      install what the tests need and run every check"
	@echo "make serve     serve without the demo archive"
	@echo "make pictures  take the screenshots of docs/pictures anew"
	@echo "make bench     measure (see bench/)"
	@echo "make clean     remove the environment; data in var/ stays"

demo: $(RUNTIME)
	$(PY) manage.py demo
	$(PY) manage.py serve

serve: $(RUNTIME)
	$(PY) manage.py serve

setup: $(RUNTIME)

setup-dev: $(DEVELOPMENT)

$(PY):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; say which with: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "Python's venv module is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }

# Tests start hundreds of processes of ours: where the environment forbids it to keep what is compiled, each
# would compile the archive again.
export PYTHONDONTWRITEBYTECODE :=

# The stamp is written last, so that an interrupted installation is done again.
$(RUNTIME): requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEVELOPMENT): requirements-dev.txt requirements.txt | $(PY)
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@ $(RUNTIME)

system:
	sh tools/system_packages.sh

test: system $(DEVELOPMENT) lint unit db crashes-and-postgresql browser

lint: $(DEVELOPMENT)
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target types style

types:
	$(VENV)/bin/mypy .

style:
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/lint-imports
	$(VENV)/bin/djlint templates --lint --quiet
	$(PY) manage.py makemigrations --check --dry-run

unit: $(DEVELOPMENT)
	$(PYTEST) tests/unit -n 2

db: $(DEVELOPMENT)
	$(PYTEST) tests/db -n 2

# Both wait more than they work, so they run side by side.
crashes-and-postgresql: $(DEVELOPMENT)
	$(MAKE) --no-print-directory --jobs=2 --output-sync=target db-postgresql faults

# The rooms that speak to a database in its own words; the second run of all others is for releases.
OWN_WORDS := access atlas catalogue custody desk ingest
db-postgresql: $(DEVELOPMENT)
	$(PY) tools/with_postgresql.py $(PYTEST) $(OWN_WORDS:%=tests/db/%) -n 2

db-postgresql-all: $(DEVELOPMENT)
	$(PY) tools/with_postgresql.py $(PYTEST) tests/db -n 2

faults: $(DEVELOPMENT)
	$(PYTEST) tests/faults -n 2 --dist worksteal --timeout=400

browser: $(DEVELOPMENT)
	$(PYTEST) tests/browser -n 2 --dist loadgroup --timeout=400

pictures: $(DEVELOPMENT)
	$(PY) tools/pictures.py

bench: $(DEVELOPMENT)
	$(PY) bench/metadata.py
	$(PY) bench/ingest.py
	$(PY) bench/atlas.py

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache
