# Everything that is done to Manydesk is one of these. `make` alone explains them.
.DEFAULT_GOAL := help
SHELL := /bin/sh

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo unknown)
LDFLAGS := -s -w -X main.version=$(VERSION)

.PHONY: help run build web test test-real check lint gen bench screenshots clean

## help: what the targets do
help:
	@sed -n 's/^## //p' $(MAKEFILE_LIST) | sed 's/: /\t/' | awk -F'\t' '{ printf "  make %-12s %s\n", $$1, $$2 }'

## run: build everything and start it with a demo; needs Go and Node only
run: build
	bin/manydesk up --demo

## build: both web apps and the binary, into bin/manydesk
build: web
	CGO_ENABLED=0 go build -trimpath -ldflags '$(LDFLAGS)' -o bin/manydesk ./apps/manydesk

## web: both web apps, into apps/*/dist
web:
	@scripts/packages.sh
	npm run --silent build

## test: every check and test on real parts; installs what is missing on Debian
test:
	@scripts/test.sh

## test-real: every Go test and the browser's day on Postgres, Redis, mail and files that are not our own
test-real: build
	@scripts/prepare.sh
	@scripts/real_parts.sh --all

## check: formatting, linters, types, catalogues, goldens; what a change must pass before its tests
check:
	@scripts/packages.sh
	@scripts/check.sh

## lint: the linters alone
lint:
	@scripts/packages.sh
	@scripts/lint.sh
	npm run --silent lint

## gen: everything generated: API documents and client, the README's table of settings
gen:
	@scripts/packages.sh
	@scripts/gen.sh

## bench: measure and write docs/benchmarks.md
bench: build
	@scripts/bench.sh

## screenshots: the README's pictures, from the running demo
screenshots: build
	@scripts/screenshots.sh

## clean: remove what was built and the tests' database; data folders and downloaded packages stay
clean:
	go run ./desk/desktest/cluster/stop
	rm -rf bin .cache coverage test-results apps/e2e/test-results playwright-report
	find apps -path '*/dist/*' -not -name .keep -not -path '*/node_modules/*' -delete
