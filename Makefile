.DEFAULT_GOAL := help
.PHONY: help run dev check test e2e screenshots bench sqlx cargo

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z0-9]+:.*## / { printf "make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: cargo ## Set everything up, build, and serve with demo data on http://localhost:3000
	@cargo xtask run

dev: cargo ## As run, rebuilding and reloading on every change
	@cargo xtask dev

check: cargo ## Format, lints and all tests but the browser's
	@cargo xtask check

test: cargo ## Every test: format, lints, unit, database, HTTP, browser
	@cargo xtask test

e2e: cargo ## The browser tests alone; ARGS go to Playwright
	@cargo xtask e2e -- $(ARGS)

bench: cargo ## Load on the optimised server; writes its figures into docs/performance.md
	@cargo xtask bench $(ARGS)

screenshots: cargo ## Every page as a picture in target/screenshots; SCENE takes one alone
	@cargo xtask screenshots $(SCENE)

sqlx: cargo ## Write .sqlx/ anew, after a query or a migration changed
	@cargo xtask sqlx

cargo:
	@command -v cargo > /dev/null || { echo "Rust is missing: install it from https://rustup.rs and try again"; exit 1; }
	@[ -e "$${CARGO_TARGET_DIR:-target}/debug/xtask" ] || echo "building the build itself: once, a minute or two"
