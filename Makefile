# make run: start the app on sample data.  make test: run everything, the browser included.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: run test check bench samples screenshots

run: $(READY)
	$(BIN)/streamlit run app.py

test: $(READY) .browser
	$(BIN)/python -m pytest -n 2 --dist loadgroup

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(READY) .browser
	@for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python $$script || exit 1; done

screenshots: $(READY) .browser
	$(BIN)/python -m tests.browser.screenshots

samples: $(READY)
	$(BIN)/python -m sample_filings.render

# The journeys drive a real Chromium; where there is none, Debian and Ubuntu can install it.
.PHONY: .browser
.browser:
	@command -v chromium >/dev/null || command -v chromium-browser >/dev/null || command -v google-chrome >/dev/null \
	|| { echo "Installing Chromium for the browser journeys"; \
	     if [ "$$(id -u)" = 0 ]; then apt-get update -q && apt-get install -y -q --no-install-recommends chromium; \
	     else sudo apt-get update -q && sudo apt-get install -y -q --no-install-recommends chromium; fi; }

$(READY): requirements.txt requirements-dev.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
