# make         build, test and lint
# make help    what there is

.DEFAULT_GOAL := all
.PHONY: all build test race fuzz lint generate bench growth allocations hostile soak help

all: build test lint ## build, test and lint

build: ## build ./keyvet
	go build -o keyvet ./cmd/keyvet

test: ## run the tests, as CI does
	go test ./...

race: ## run the tests with the race detector
	go test -race ./...

FUZZTIME ?= 30s
fuzz: ## run every fuzz target for FUZZTIME each
	@for package in $$(go list ./...); do \
		for target in $$(go test -list '^Fuzz' $$package | grep '^Fuzz'); do \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$package || exit 1; \
		done; \
	done

lint: ## gofmt, vet and golangci-lint
	@test -z "$$(gofmt -l analyzer cmd languages rules)" || { gofmt -l analyzer cmd languages rules; exit 1; }
	go vet ./...
	golangci-lint run ./...

generate: ## remake what is generated: schemas, the compiled rules, golden files of formats
	go generate ./...

bench: ## compare with ripgrep and ast-grep; prints a table and writes bench/bench.json
	.ci/bench

growth: ## measure time and memory against the size of the input; .ci/growth --write puts it into the docs
	.ci/growth

TREE ?= $(CURDIR)/testdata/projects
allocations: ## print what a cold scan of TREE allocates, by function, and how much in all
	@mkdir -p bench
	KEYVET_TREES=$(TREE) go test -tags bench -run '^$$' -bench Scan -memprofile bench/allocations.prof -memprofilerate 4096 -o bench/scan.test ./analyzer/internal/bench
	go tool pprof -sample_index=alloc_space -top -nodecount 25 bench/scan.test bench/allocations.prof

hostile: ## meet hostile files, folders and circumstances; a minute
	.ci/hostile

soak: ## scan all source that lies on the machine; FOLDERS names more
	.ci/soak $(FOLDERS)

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 12
