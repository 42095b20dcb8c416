# Two commands matter: `make demo` and `make test`. Everything they need is set up first.
PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin
BENCHMARKS ?= store_questions import_values map_paint clicks statistics ledgers

.PHONY: setup tools demo test check bench shots clean

setup: $(VENV)/.ready  ## the virtual environment with the locked dependencies, and the browser packages
	@scripts/fetch-browser-packages

$(VENV)/.ready: requirements.lock pyproject.toml scripts/make-venv
	scripts/make-venv $(PYTHON) $(VENV)
	@touch $@

tools:  ## PostgreSQL/PostGIS, Redis, Chromium, fonts, Node.js, MapServer, pygeoapi: for the tests only
	scripts/install-tools

demo: setup  ## generate the demo city and serve the screen on http://127.0.0.1:8050
	$(RUN)/cityvitals demo

test: setup tools  ## every test, on SQLite, PostgreSQL/PostGIS, Redis and in Chromium
	@scripts/fetch-browser-packages
	node --test tests/js/
	scripts/with-services $(RUN)/pytest -n 2 --dist worksteal

check: setup tools  ## the one gate: style, types, import directions, tests
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	$(RUN)/mypy
	$(RUN)/lint-imports
	$(MAKE) test

bench: setup tools  ## the measurements, each beside its baseline: make bench BENCHMARKS="map_paint statistics"
	for name in $(BENCHMARKS); do \
		echo "== $$name"; scripts/with-services $(RUN)/python -m benchmarks.$$name || exit 1; \
	done

shots: setup tools  ## screenshots of every view, size and language into shots/
	$(RUN)/python -m scripts.shots

clean:
	rm -rf $(VENV) .data .tools shots third_party/node_modules third_party/served
