# Two commands do all the set-up: `make demo` and `make test`. Both need Python 3.11 or later, and make.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
EXAMPLE := examples/*.html examples/*.txt --published 2024-10-11 --outlet 'examples/atlantic-dispatch.txt=Atlantic Dispatch'

.PHONY: demo test lint types unit bench clean

demo: $(READY)
	$(BIN)/variorum compare $(EXAMPLE) --no-pager
	$(BIN)/variorum compare $(EXAMPLE) -o report.html
	@echo "The same as a page: open report.html in a browser."

test: lint types unit

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

unit: $(READY)
	$(BIN)/pytest -n auto

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "variorum needs Python 3.11 or later: make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

clean:
	rm -rf .venv report.html
