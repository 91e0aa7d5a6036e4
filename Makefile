# ConductAtlas: what can be done with a checkout. `make` prints this list.
# Variables of the environment (see .env.example) may stand on the command line: make serve PORT=8080

PYTHON ?= python3
RUN := .venv/bin/python
TEMPLATES = $$(find . -path ./.venv -prune -o -path '*/templates/*' -name '*.html' -print)
# Each process has its own database and browser; the server's connections (max_connections) suffice for four.
SPREAD = --numprocesses auto --maxprocesses 4 --dist worksteal
# One lock for every system; `make lock UPGRADE=--upgrade` takes newer releases.
COMPILE = $(RUN) -m uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	--no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" $(UPGRADE)

.PHONY: help serve test test-corpus check format bench lighthouse backup restore reset lock clean installed developed

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 22

serve: installed ## serve the site on HOST:PORT (127.0.0.1:8000), with everything that takes; Ctrl-C stops it
	@exec $(RUN) -m conductatlas.serve

test: developed ## run every test, on every core; with ARGS= what they say: ARGS="tests/pages -k clause"
	@scripts/chromium
	@scripts/html-checker
	@scripts/pdf-readers
	$(RUN) -m pytest $(or $(ARGS),$(SPREAD))

test-corpus: developed ## run the tests that read the whole corpus of real policies
	@scripts/chromium
	@scripts/html-checker
	CONDUCTATLAS_WHOLE_CORPUS=1 $(RUN) -m pytest -m whole_corpus $(ARGS)

check: developed ## formatting, lint, types, layers, missing migrations, templates
	$(RUN) -m ruff format --check .
	$(RUN) -m ruff check .
	$(RUN) -m mypy .
	$(RUN) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()'
	.venv/bin/djade --check --target-version 5.2 $(TEMPLATES)
	$(RUN) manage.py check --fail-level WARNING
	$(RUN) manage.py makemigrations --check --dry-run

format: developed ## put code and templates in their format
	$(RUN) -m ruff check --fix .
	$(RUN) -m ruff format .
	.venv/bin/djade --target-version 5.2 $(TEMPLATES)

bench: developed ## run the benchmarks
	$(RUN) -m tests.bench $(ARGS)

lighthouse: developed ## measure each kind of page with Lighthouse; ARGS="--json lighthouse.json --kinds home clause"
	@scripts/chromium
	@scripts/lighthouse
	$(RUN) -m tests.lighthouse $(ARGS)

backup: installed ## write the whole database to FILE=
	@test -n "$(FILE)" || { echo "Say where to: make backup FILE=atlas.dump" >&2; exit 2; }
	@exec $(RUN) manage.py backup "$(FILE)"

restore: installed ## restore the database from FILE=; FORCE=1 replaces what it holds
	@test -n "$(FILE)" || { echo "Say what from: make restore FILE=atlas.dump" >&2; exit 2; }
	@exec $(RUN) manage.py restore "$(FILE)" $(if $(filter 1,$(FORCE)),--replace)

reset: installed ## delete this installation's database, after asking; YES=1 does not ask
	@exec $(RUN) -m conductatlas.reset

lock: developed ## write the requirements files anew from pyproject.toml
	$(COMPILE) --output-file requirements.txt
	$(COMPILE) --constraints requirements.txt --group dev --output-file requirements-dev.txt
	$(COMPILE) --constraints requirements.txt --group train --output-file requirements-train.txt

clean: ## delete what was installed and cached; the database stays
	rm -rf .venv node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

installed:
	@scripts/install "$(PYTHON)" requirements.txt

developed:
	@scripts/install "$(PYTHON)" requirements-dev.txt
