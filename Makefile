# pymallocdiff: the diff of two dumps of CPython's memory allocator.
# Plain enough for GNU make and BSD make.

CC = cc
CFLAGS = -O2
LDFLAGS =
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
DOCDIR = $(PREFIX)/share/doc/pymallocdiff
DESTDIR =

STD = -std=c99 -D_POSIX_C_SOURCE=200809L
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Wundef

# In the order of the pipeline.
OBJS = src/main.o src/options.o src/source.o src/input.o src/fields.o \
	src/cursor.o src/line.o src/plain.o src/start.o src/dump.o src/say.o \
	src/body.o src/reader.o src/check.o src/history.o src/choice.o \
	src/series.o src/rows.o src/verdict.o src/verdict_log.o src/limit.o \
	src/gate.o src/warn.o src/compare.o src/report.o src/text.o \
	src/summary.o src/csv.o src/json.o src/list.o src/out.o
HEADERS = src/options.h src/source.h src/input.h src/fields.h src/cursor.h \
	src/line.h src/plain.h src/start.h src/dump.h src/say.h src/body.h \
	src/reader.h src/check.h src/history.h src/choice.h src/series.h \
	src/rows.h src/verdict.h src/limit.h src/gate.h src/warn.h \
	src/compare.h src/report.h src/list.h src/out.h

all: pymallocdiff

pymallocdiff: $(OBJS)
	$(CC) $(LDFLAGS) -o $@ $(OBJS)

$(OBJS): $(HEADERS) Makefile

.SUFFIXES: .c .o
.c.o:
	$(CC) $(STD) $(WARNINGS) $(CFLAGS) -c -o $@ $<

demo: pymallocdiff
	@sh tests/demo.sh

# Bats and Valgrind, where they are missing.
setup:
	@sh tests/setup.sh

check: pymallocdiff
	@sh tests/run.sh

# The suite again with each awk, under sanitizers and under Valgrind, then
# mutations, coverage and faults.
check-all: pymallocdiff
	@CC="$(CC)" sh tests/check-all.sh

coverage:
	@CC="$(CC)" sh tests/coverage.sh

bench: pymallocdiff
	@sh tests/bench.sh

install: pymallocdiff
	mkdir -p $(DESTDIR)$(BINDIR) $(DESTDIR)$(MANDIR)/man1 \
	    $(DESTDIR)$(MANDIR)/man5 $(DESTDIR)$(DOCDIR)
	cp pymallocdiff $(DESTDIR)$(BINDIR)/
	cp man/pymallocdiff.1 $(DESTDIR)$(MANDIR)/man1/
	cp man/debugmallocstats.5 $(DESTDIR)$(MANDIR)/man5/
	cp README.md $(DESTDIR)$(DOCDIR)/

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/pymallocdiff
	rm -f $(DESTDIR)$(MANDIR)/man1/pymallocdiff.1
	rm -f $(DESTDIR)$(MANDIR)/man5/debugmallocstats.5
	rm -f $(DESTDIR)$(DOCDIR)/README.md

clean:
	rm -rf pymallocdiff src/*.o build

.PHONY: all demo setup check check-all coverage bench install uninstall clean
