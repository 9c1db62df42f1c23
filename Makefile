# Samskap. `make` alone says what there is.
PYTHON ?= python3
PORT ?= 8000
RUN := .venv/bin/python

.PHONY: help up setup check test drill sbom python

help:
	@echo "make up      a running region on http://127.0.0.1:8000 (PORT= to change it)"
	@echo "make check   the daily gate: format, lint, types, contracts, migrations, templates, tests"
	@echo "make test    check, browser journeys, small drills, and PostgreSQL 15"
	@echo "make drill   the full numbers of kills and loads"
	@echo "make sbom    the list of all parts with versions and licences, in dist/"
	@echo "make setup   what they share; PYTHON= names another Python 3.11 or newer"

up: python
	@$(PYTHON) tools/setup.py --port $(PORT)
	@exec $(RUN) -m samskap.cli up --demo --port $(PORT)

setup: python
	@$(PYTHON) tools/setup.py

check test drill: python
	@$(PYTHON) tools/setup.py --for-tests
	@exec $(RUN) tools/suite.py $@

sbom: python
	@$(PYTHON) tools/setup.py --for-tests
	@exec $(RUN) tools/sbom.py

python:
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON) here. Install Python 3.11 or newer (apt-get install python3 python3-venv), or name it: make PYTHON=/path/to/python3." >&2; exit 1; }
