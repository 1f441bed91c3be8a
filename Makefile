# Every command of the project; `make` lists them. Each one sets up what it needs.
.DEFAULT_GOAL := help
.PHONY: help play run test check format lock torture bench image-check clean

BIN := .venv/bin
READY := .venv/.ready
WORKERS ?= 2
# A hung test ends the run instead of the afternoon (where the machine has `timeout`).
AT_MOST := $(shell command -v timeout >/dev/null 2>&1 && echo timeout --foreground --signal=INT --kill-after=10 600)

help: ## List these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1|\2/p' Makefile \
		| awk -F'|' '{ printf "  %-18s %s\n", $$1, $$2 }'

play: $(READY) ## Try the bot in a pretend Discord in your browser: no account, no token
	@$(BIN)/loopmate play $(ARGS)

run: $(READY) ## Run the bot; DISCORD_TOKEN comes from the environment or .env
	@$(BIN)/loopmate run $(ARGS)

# The gate: no branch of the rules goes untested. Coverage of the rest is reported.
# With ARGS it is a part of the tests that runs, so nothing is measured.
test: $(READY) ## Run every test; ARGS="-k streak" hands options to pytest
ifdef ARGS
	@$(AT_MOST) $(BIN)/pytest $(ARGS)
else
	@$(AT_MOST) $(BIN)/pytest -n $(WORKERS) --cov --cov-report=term
	@report=$$($(BIN)/coverage report --include='bot/domain/*' --show-missing --fail-under=100) || \
		{ echo "$$report"; echo "bot/domain/ has branches that no test takes." >&2; exit 1; }
endif

check: $(READY) ## All that a change must pass: format, lint, types, imports, the bank, the assessor, the tests
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/loopmate bank check
	$(BIN)/loopmate assess --report --check
	@$(MAKE) --no-print-directory test ARGS=

format: $(READY) ## Put the code into the house style
	$(BIN)/ruff format
	$(BIN)/ruff check --fix

# Each lock starts from the one before, so that all three name the same versions.
COMPILE = $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-header --quiet $(ARGS)
lock: | $(BIN)/uv ## Write the locks from pyproject.toml; ARGS=--upgrade takes the newest versions
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) pyproject.toml --constraint requirements.lock --extra play --extra ai --group dev --output-file requirements-dev.lock
	$(COMPILE) --constraint requirements-dev.lock --group build --output-file requirements-build.lock

torture: $(READY) ## Kill the bot hundreds of times; posts stay single, games (ARGS=games) end right
	@$(BIN)/python -m benchmarks.torture $(ARGS)

bench: $(READY) ## Measure press, start, store, looks, pictures, duels, quiz; ARGS=quiz measures that alone
	@$(BIN)/python -m benchmarks $(ARGS)

image-check: $(READY) ## Replay the Dockerfile without Docker and start the result (root, debootstrap)
	@$(BIN)/python scripts/image_check.py

clean: ## Remove the environment and all that the tools left behind; data stays
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis \
		.coverage .coverage.* htmlcov build dist
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Locking asks for no more than uv: the lock may be the very thing that is broken.
$(BIN)/uv:
	@sh scripts/setup.sh

# An environment knows its folder by name: one that was copied here is built again.
ifneq ($(CURDIR),$(shell test -x $(BIN)/python && cat $(READY) 2>/dev/null))
.PHONY: $(READY)
endif
$(READY): pyproject.toml requirements-dev.lock
	@sh scripts/setup.sh
