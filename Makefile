# Three commands matter: make run, make test, make check. The rest serves them.
# run and dev share .venv; each has a stamp, so that nothing is installed twice and a first `make run` brings no tools.

.DEFAULT_GOAL := run
.NOTPARALLEL:
.PHONY: run play venv test test-slow chaos check bench lock clean

VENV := .venv
PY := $(VENV)/bin/python
UV := $(shell command -v uv 2>/dev/null)
# The interpreters tried, in this order; `make run PYTHON=/path/to/python3` names one.
PYTHON ?= python3 python3.13 python3.12 python3.11
SOURCES := $(wildcard bot tests benchmarks)

# Only errors are worth a line: pip otherwise repeats what the machine's own settings are.
PIP := $(PY) -m pip --disable-pip-version-check -qq install --no-input
ifdef UV
INSTALL := uv pip install -q --python $(PY)
RENEW_PIP := :
else
# Compiling all of every package takes a third longer; what is imported is compiled then.
INSTALL := $(PIP) --no-compile
# The locked pip, alone: it takes half as long over the rest as the one that Python brings.
RENEW_PIP = awk '/^[a-z]/ { keep = /^pip==/ } keep' requirements.lock >$(VENV)/pip.lock && \
	$(INSTALL) --require-hashes -r $(VENV)/pip.lock
endif
INSTALL_SELF = $(INSTALL) --no-build-isolation --no-deps -e .

run: $(VENV)/.run
	@exec $(VENV)/bin/topicwire run

# The bot on a fake Discord and a fake Slack with the sample week, printed as people would see it; no token, no network.
play: $(VENV)/.dev
	@$(PY) -m tests.play

venv: $(VENV)/.dev

# One worker a core; fewer leave the machine to others: make test WORKERS=1.
WORKERS ?= auto
test: $(VENV)/.dev
	@$(PY) -m pytest -m "not slow" -n $(WORKERS) --dist worksteal

test-slow: $(VENV)/.dev
	@$(PY) -m pytest -m slow

# Kills the program again and again and counts what was lost or came twice; writes ./chaos-report.json.
KILLS ?= 1000
chaos: $(if $(filter $(VENV)/%,$(PY)),$(VENV)/.dev)
	@$(PY) -m tests.chaos --kills $(KILLS)

check: $(VENV)/.dev
	@$(VENV)/bin/ruff check $(SOURCES)
	@$(VENV)/bin/ruff format --check $(SOURCES)
	@$(VENV)/bin/mypy --strict $(SOURCES)
	@$(VENV)/bin/lint-imports
	@$(PY) -m pytest -q tests/test_docs.py

bench: $(VENV)/.dev
	@$(PY) -m benchmarks.flow
	@$(PY) -m benchmarks.poll

# Addresses and file names of where packages came from stay out of the locks: they are nobody else's.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate \
	--custom-compile-command "make lock" --group build $(if $(UPGRADE),--upgrade)
lock:
	@command -v uv >/dev/null || { echo "make lock needs uv; remedy: python3 -m pip install uv"; exit 1; }
	@$(LOCK) pyproject.toml -o requirements.lock
	@$(LOCK) --all-extras --constraints requirements.lock pyproject.toml -o requirements-dev.lock
	@$(LOCK) --extra charts --constraints requirements-dev.lock pyproject.toml -o requirements-charts.lock

clean:
	@rm -rf $(VENV) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@find $(SOURCES) -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.run: requirements.lock pyproject.toml $(PY)
	@echo "Installing Topicwire into $(VENV) (once, under a minute) ..."
	@$(RENEW_PIP)
	@$(INSTALL) --require-hashes -r requirements.lock
	@$(INSTALL_SELF)
	@touch $@

$(VENV)/.dev: requirements.lock requirements-dev.lock pyproject.toml $(PY)
	@echo "Installing Topicwire and its development tools into $(VENV) (once, about a minute) ..."
	@$(RENEW_PIP)
	@$(INSTALL) --require-hashes -r requirements-dev.lock
	@$(INSTALL_SELF)
	@touch $(VENV)/.run $@

$(PY):
	@echo "Making $(VENV) ..."
	@old=; bare=; \
	for python in $(PYTHON); do \
	  "$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null \
	    || { old="$$old $$python"; continue; }; \
	  $(if $(UV),uv venv -q --clear --python "$$(command -v "$$python")" $(VENV) && exit 0; exit 1;) \
	  "$$python" -c 'import ensurepip, venv' 2>/dev/null || { bare="$$python"; continue; }; \
	  "$$python" -m venv --clear $(VENV) && exit 0; exit 1; \
	done; \
	if [ -n "$$bare" ]; then echo "$$bare cannot make a virtual environment; remedy: apt install python3-venv"; \
	else echo "No Python 3.11 to 3.13 found (tried:$$old); remedy: apt install python3 python3-venv, or make run PYTHON=/path/to/python3"; fi; \
	exit 1
