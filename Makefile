# `make site` builds and publishes the site, `make test` runs every test. Both install missing dependencies first.

SWIFT ?= swift
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
# The Python packages of the tests are in a virtual environment, separate from the system's Python.
TOOLS := .build/tools
PYTHON := $(TOOLS)/bin/python
# How many test files run in parallel. Tests in one file run one after another.
TEST_JOBS ?= $(shell nproc)


# Where `make install` puts the program, its manual and its completions.
PREFIX ?= /usr/local

BUILD_PACKAGES := libcmark-gfm-dev libcmark-gfm-extensions-dev libssl-dev pkg-config
TEST_PACKAGES := cmark-gfm chromium-headless-shell default-jre-headless git mandoc python3 python3-venv
DIST_PACKAGES := dpkg-dev gzip python3 xz-utils
# The servers for the hosting tests. They are unpacked, not installed, so that none starts listening.
SERVERS := .build/servers
SERVER_PACKAGES := apache2-bin lighttpd media-types nginx-light nginx-common

.PHONY: help site build install uninstall dist dist-test test unit-test site-test bench browser-bench micro-bench fuzz precision docs reference lint format clean \
  build-dependencies test-dependencies

help:
	@echo "make site    install what is missing, build, publish Content into Output"
	@echo "make test    install what is missing, run every test"
	@echo "make install build a program that needs nothing else, and put it below PREFIX (/usr/local)"
	@echo "make dist    create a tar.gz and a .deb in dist; make dist-test tries them on a clean Debian"
	@echo "make docs    build the API documentation; make reference generates pages of the guide"
	@echo "make bench   benchmark whole builds and the hottest functions"
	@echo "make browser-bench  benchmark the filter and the preview in a browser"
	@echo "make fuzz    fuzz each target for TIME seconds (default: 60)"
	@echo "make precision  count the findings of FOLDER by rule, and compare them with those that were read"
	@echo "make lint    check the format of the sources"
	@echo "make format  put the format right"
	@echo "make clean   remove what was built and published"

site: build
	$(ROSTER) build

# One program is published with, tested, benchmarked and packaged. The Swift runtime, cmark-gfm and OpenSSL's digests
# are linked statically, so users need not install them. The pkg-config files point to a folder that holds only the
# static libraries. Debug information would be stripped from the packages. Other flags would recompile everything.
STATIC := .build/static
RELEASE := -c release --static-swift-stdlib -debug-info-format none
ROSTER := .build/release/roster
build: build-dependencies $(STATIC)/ready
	$(WITH_STATIC) $(SWIFT) build $(RELEASE) --product roster

WITH_STATIC := PKG_CONFIG_PATH="$(CURDIR)/$(STATIC)"
$(STATIC)/ready: Makefile | build-dependencies
	mkdir -p $(STATIC)
	ln -sf "$$(pkg-config --variable=libdir libcmark-gfm)"/libcmark-gfm*.a "$$(pkg-config --variable=libdir libcrypto)/libcrypto.a" $(STATIC)/
	for library in libcmark-gfm libcrypto; do \
	  printf 'Name: %s\nDescription: its static half\nVersion: %s\nLibs: -L%s\nCflags:\n' $$library "$$(pkg-config --modversion $$library)" "$(CURDIR)/$(STATIC)" \
	    > $(STATIC)/$$library.pc || exit 1; \
	done
	touch $@

install: build
	$(call install,python3)
	Packaging/stage $(ROSTER) "$(DESTDIR)$(PREFIX)"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/roster" "$(DESTDIR)$(PREFIX)/share/man/man1/roster.1" "$(DESTDIR)$(PREFIX)/share/bash-completion/completions/roster" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions/_roster" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/roster.fish"

dist: build
	$(call install,$(DIST_PACKAGES))
	Packaging/package $(ROSTER) .build/checkouts dist

# Installs the Debian package in a minimal Debian and uses it there. Needs root for the chroot.
dist-test: dist $(TOOLS)/ready
	$(call install,debootstrap)
	$(SUDO) Packaging/try dist $(PYTHON)

# The release build uses little more than one core, so the unit tests are built and run beside it. They have a build
# folder of their own, because SwiftPM locks it.
test: build-dependencies test-dependencies
	$(SWIFT) package resolve
	$(MAKE) --jobs=2 unit-test site-test

unit-test: build-dependencies
	$(SWIFT) build --build-tests $(UNIT)
	$(SWIFT) test --skip-build $(UNIT)

UNIT := --scratch-path .build/unit -debug-info-format none

# Tests the release build: users get it, and it is several times faster than a debug build.
site-test: build $(TOOLS)/ready
	ROSTER=$(CURDIR)/$(ROSTER) $(PYTHON) -m pytest -p no:cacheprovider -n $(TEST_JOBS) --dist loadfile --no-loadscope-reorder Tests/Site

# Prints ratios to cmark-gfm alone, and to Hugo if it is installed. BENCH="--agents 1000 --alike 300" is short,
# BENCH="--large 100000" is long.
bench: build micro-bench
	$(call install,gcc libc6-dev python3)
	/usr/bin/python3 Benchmarks/bench.py $(ROSTER) $(BENCH)

# Measures in Chromium how long the filter takes per key, and how long the preview takes to show a saved page.
browser-bench: build $(TOOLS)/ready
	$(call install,chromium-headless-shell)
	$(PYTHON) Benchmarks/filter.py $(ROSTER)
	$(PYTHON) Benchmarks/reload.py $(ROSTER)

micro-bench: build-dependencies $(STATIC)/ready
	$(WITH_STATIC) $(SWIFT) run $(RELEASE) MicroBenchmarks

# Coverage-guided fuzzing with the address sanitizer, TIME seconds per target. The corpus stays in .build/fuzz/corpus.
# Failing inputs are kept in .build/fuzz/finds. Rerun one with: .build/fuzz/release/Fuzz TARGET FILE
TIME ?= 60
TARGETS ?= file frontmatter description configuration mending difference memory
FUZZ_FLAGS = -Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address -Xswiftc -enable-testing -Xswiftc -use-ld=lld
fuzz: build-dependencies
	ROSTER_FUZZ=1 $(SWIFT) build -c release --product Fuzz --scratch-path .build/fuzz $(FUZZ_FLAGS)
	for target in $(TARGETS); do \
	  mkdir -p .build/fuzz/corpus/$$target .build/fuzz/finds; \
	  SWIFT_BACKTRACE=enable=no .build/fuzz/release/Fuzz $$target -max_total_time=$(TIME) -max_len=2500 -dict=Fuzz/dictionary \
	    -artifact_prefix=.build/fuzz/finds/$$target- .build/fuzz/corpus/$$target Tests/Site/Hard Content || exit 1; \
	done

# Counts the findings in a folder of agents by rule, to show changes in noise: make precision FOLDER=…
precision: build
	@test -n "$(FOLDER)" || { echo "make precision FOLDER=a folder of agents"; exit 1; }
	ROSTER=$(CURDIR)/$(ROSTER) python3 Tests/Precision/precision.py "$(FOLDER)"

# Builds the API documentation, one site per module.
MODULES ?= Agents Approvals Catalogs Differences Files Gathering GFM Grants Highlighting Likenesses Pages Publishing Reports Reviews Rules Scanning
docs: build-dependencies
	rm -rf .build/docs && mkdir -p .build/docs
	for module in $(MODULES); do \
	  ROSTER_DOCS=1 $(SWIFT) package --scratch-path .build/documentation --allow-writing-to-directory .build/docs generate-documentation \
	    --target $$module --output-path .build/docs/$$module --transform-for-static-hosting --hosting-base-path $$module || exit 1; \
	done
	@echo "python3 -m http.server --directory .build/docs --bind 127.0.0.1 8001 shows it: http://127.0.0.1:8001/Catalogs/documentation/catalogs/"

# Generates the reference pages of the guide.
reference: build
	$(ROSTER) reference configuration > Documentation/configuration.md
	$(ROSTER) reference findings > Documentation/findings.md

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Benchmarks Fuzz Package.swift

format:
	$(SWIFT) format --in-place --recursive Sources Tests Benchmarks Fuzz Package.swift

clean:
	rm -rf .build dist
	find Output -mindepth 1 -not -name .gitkeep -delete

# Installs Debian packages only if one is missing, so that a prepared machine needs neither network nor root.
define install
	@missing=""; \
	for package in $(1); do \
	  dpkg-query -W -f='$${Status}' $$package 2>/dev/null | grep -q 'install ok installed' || missing="$$missing $$package"; \
	done; \
	if [ -n "$$missing" ]; then \
	  echo "Installing$$missing"; \
	  $(SUDO) apt-get update -q && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -q -y --no-install-recommends $$missing; \
	fi
endef

build-dependencies:
	$(call install,$(BUILD_PACKAGES))

test-dependencies: $(TOOLS)/ready $(SERVERS)/ready
	$(call install,$(TEST_PACKAGES))

$(SERVERS)/ready:
	mkdir -p $(SERVERS)/archives/partial
	$(SUDO) apt-get update -q
	cd $(SERVERS)/archives && $(SUDO) apt-get install -q -y --no-install-recommends --download-only --reinstall -o Dir::Cache::archives="$(CURDIR)/$(SERVERS)/archives" $(SERVER_PACKAGES)
	for package in $(SERVERS)/archives/*.deb; do dpkg-deb --extract "$$package" $(SERVERS); done
	touch $@

$(TOOLS)/ready: Tests/Site/requirements.txt
	$(call install,python3 python3-venv)
	/usr/bin/python3 -m venv $(TOOLS)
	$(PYTHON) -m pip install --quiet --disable-pip-version-check -r Tests/Site/requirements.txt
	touch $@
