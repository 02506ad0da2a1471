# Two commands: `make run` serves the site, `make test` runs the whole suite. The rest: `make help`.

PYTHON ?= python3
PY := .venv/bin/python
UV := $(shell command -v uv 2>/dev/null)
# Named after the lock's content, so that a new lock is installed and an unchanged one never is.
stamp = .venv/$(1)-$(shell cksum < $(1) | tr ' ' '-')
RUN := $(call stamp,requirements.txt)
DEV := $(call stamp,requirements-dev.txt)
LOCK := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

# Images of containers set it. Here every process, and there are many, would compile all it imports.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: run demo test setup check lint audit lock look bench soak simulate help

run: $(RUN) ## Serve the site at http://127.0.0.1:8000 (PORT and PREPSITE_DATA_DIR are honoured)
	@$(PY) -m prepsite.serve

demo: $(DEV) ## Serve the site with six weeks of one candidate's study, on data of its own
	@$(PY) -m tools.demo

# Half as many workers again as there are cores; ARGS="-n0 …" runs the tests one by one.
test: $(DEV) ## Run every test, on a database of its own (ARGS="tests/plans -x" narrows it)
	@$(PY) -m pytest -n logical --maxprocesses 8 --dist loadfile --no-loadscope-reorder $(ARGS)

setup: $(DEV) ## Install what a developer needs, and the checks before each commit
	@test ! -d .git || $(PY) -m pre_commit install

check: lint audit test ## Everything that must pass before a change is done

lint: $(DEV)
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy .
	$(PY) -m djlint --quiet --check templates
	$(PY) -m djlint --quiet --lint templates

audit: export PREPSITE_AUDIT_KEY = $(shell $(PYTHON) -c "import secrets; print(secrets.token_urlsafe(64))")
audit: $(DEV)
	$(PY) manage.py makemigrations --check --dry-run
	$(PY) -m tools.migrations
	PREPSITE_ENV=production SECRET_KEY=$$PREPSITE_AUDIT_KEY ALLOWED_HOSTS=prepsite.example \
	  DATABASE_URL=postgres://nobody@localhost/nothing $(PY) manage.py check --deploy --fail-level WARNING
	$(PY) -m bandit --quiet --recursive --configfile pyproject.toml .

lock: ## Pin every package again, with hashes (needs uv)
	@test -n "$(UV)" || { echo "make lock needs uv on the PATH."; exit 1; }
	$(LOCK) --output-file requirements.txt pyproject.toml
	$(LOCK) --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

look: $(DEV) ## Take screenshots of every page, wide and narrow, light and dark
	@$(PY) -m tools.look $(ARGS)

bench: $(DEV) ## Measure the pages under load
	@$(PY) -m tools.bench $(ARGS)

soak: $(DEV) ## Fifty people at once for half an hour (ARGS="--minutes 2" shortens it)
	@$(PY) -m tools.soak $(ARGS)

simulate: $(DEV) ## Compare the orders of study over synthetic learners (ARGS=--full: all tables)
	@$(PY) -m tools.simulate $(ARGS)

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' Makefile

$(RUN): requirements.txt
	@$(call install,requirements.txt)
$(DEV): requirements-dev.txt
	@$(call install,requirements-dev.txt)

define install
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Prepsite needs Python 3.11 or later, and $(PYTHON) is older: make PYTHON=python3.12 ...")' || exit 1; \
test -x $(PY) || echo "Making a Python environment in .venv"; \
test -x $(PY) || $(if $(UV),uv venv --quiet --allow-existing --python $(PYTHON) .venv,$(PYTHON) -m venv .venv) || exit 1; \
$(if $(UV),,$(PY) -c "import pip" 2>/dev/null || $(PY) -m ensurepip >/dev/null || exit 1;) \
echo "Installing $$(grep -c == $(1)) packages, each checked against its hash"; \
$(if $(UV),uv pip install --quiet --compile-bytecode --python .venv,$(PY) -m pip install -qq --disable-pip-version-check --no-deps) --require-hashes -r $(1) || exit 1; \
rm -f .venv/$(1)-*; touch $@
endef
