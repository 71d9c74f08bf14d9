# `make chat` talks to the bot, `make test` runs the tests. Both set up .venv from the lock files by themselves.

VENV := .venv
PY := $(VENV)/bin/python
UV ?= uv
LOCK := $(UV) pip compile --quiet --universal --generate-hashes --no-annotate --no-header --python-version 3.11

# A Python may exist and not start (pyenv's shims), or start and lack the venv module (Debian). So each is tried.
PYTHONS := $(or $(PYTHON),python3.13 python3.12 python3.11 python3 python3.14)
USABLE := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))

# Variables that the shell may have set for other programs must not affect ours; without compiled modules every program
# that a test starts would compile all of ours first.
unexport PYTHONHOME PYTHONPATH PYTHONOPTIMIZE PYTHONWARNINGS PYTHONDONTWRITEBYTECODE

# If the Python of .venv is gone, or was replaced by an upgrade of the system, .venv is created again.
ifneq ($(wildcard $(VENV)/*.installed),)
$(shell $(PY) -c 'import pip' 2>/dev/null || rm -f $(PY) $(VENV)/*.installed)
endif

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help chat test test-all check bench generated messages lock release clean

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' Makefile

chat: $(VENV)/runtime.installed $(VENV)/bin/studybuddy ## Talk to the study buddy here (ARGS="--as ada"; ARGS=--help tells more)
	@$(PY) -m bot chat $(ARGS)

test: $(VENV)/dev.installed $(VENV)/bin/studybuddy ## Run all tests except the slow ones (ARGS="-k streak" runs some)
	@$(PY) -m pytest -q -n auto --dist worksteal -m "not slow" $(ARGS)

test-all: $(VENV)/dev.installed ## Run all tests, the slow ones too (ARGS=tests/platforms runs some)
	@$(PY) -m pytest -q -n auto --dist worksteal $(ARGS)

check: $(VENV)/dev.installed ## Check style, types and imports, then run all tests: what CI runs
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(VENV)/bin/lint-imports
	@$(MAKE) --no-print-directory test-all

bench: $(VENV)/dev.installed ## Measure how fast the bot is (ARGS="-k today" measures some; docs/performance.md)
	@$(PY) -m tests.bench $(ARGS)

generated: $(VENV)/dev.installed ## Rewrite what is made from the code: texts to translate, pages of commands and settings
	@$(PY) -m bot.locales.extract --all
	@$(PY) -m bot.reference
	@$(PY) -m bot.settings_reference
	@$(PY) -m tests.pictures.gallery

messages: $(VENV)/dev.installed ## Create or update the catalogue of a language (ARGS=fr)
	@$(PY) -m bot.locales.extract $(ARGS)

lock: ## Pin the dependencies of pyproject.toml (needs uv: pipx install uv; ARGS=--upgrade for newer versions)
	$(LOCK) $(ARGS) pyproject.toml -o requirements/runtime.lock
	$(LOCK) $(ARGS) --group build -o requirements/build.lock
	$(LOCK) $(ARGS) pyproject.toml --group dev -c requirements/runtime.lock -c requirements/build.lock \
		-o requirements/dev.lock

release: $(VENV)/dev.installed ## Set the version and the changelog's date, commit and tag (VERSION=1.2.0)
	@$(PY) .ci/release.py $(VERSION)

clean: ## Remove .venv, caches and builds
	rm -rf $(VENV) dist build .coverage .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find bot migrations roadmap tests -name __pycache__ -prune -exec rm -rf {} +

# The file *.installed says that a lock file was installed; if the lock file is newer, it is installed again. The lock file
# names all packages, hence --no-deps: to resolve “coverage[toml]” pip would pick a release newer than the pinned one, and
# then refuse it.
$(VENV)/%.installed: requirements/%.lock $(PY)
	@echo "Installing requirements/$*.lock into $(VENV), once; it may take a minute."
	@$(PY) -m pip install -qq --disable-pip-version-check --no-input --no-deps --require-hashes -r $<
	@touch $@

# A program .venv/bin/studybuddy that runs this checkout, so that the README's commands work without installing the package.
define STUDYBUDDY
#!/bin/sh
here=$$(cd "$$(dirname "$$0")" && pwd)
PYTHONPATH="$$here/../.." exec "$$here/python" -P -m bot "$$@"
endef
export STUDYBUDDY

$(VENV)/bin/studybuddy: $(PY)
	@printf '%s\n' "$$STUDYBUDDY" > $@
	@chmod +x $@

$(PY):
	@for python in $(PYTHONS); do \
		"$$python" -c '$(USABLE)' 2>/dev/null || continue; \
		echo "Setting up $(VENV) with $$("$$python" --version) ($$python)."; \
		exec "$$python" -m venv --clear $(VENV); \
	done; \
	echo "No usable Python among: $(PYTHONS)."; \
	echo "The study buddy needs Python 3.11 or newer with its venv module. To install it:"; \
	echo "  Debian, Ubuntu: sudo apt install python3 python3-venv    Fedora: sudo dnf install python3"; \
	echo "  macOS: brew install python@3.13    pyenv: pyenv install 3.13"; \
	echo "Or name one that is elsewhere: make $(MAKECMDGOALS) PYTHON=path/to/python3"; \
	exit 1
