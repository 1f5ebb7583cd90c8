# pymallocdiff: the diff of two dumps of CPython's memory allocator.
# Plain enough for GNU make and BSD make.

CC = cc
CFLAGS = -O2
LDFLAGS =
PREFIX = /usr/local
BINDIR = $(PREFIX)/bin
MANDIR = $(PREFIX)/share/man
DESTDIR =

STD = -std=c99 -D_POSIX_C_SOURCE=200809L
WARNINGS = -Wall -Wextra -Wpedantic -Wshadow -Wconversion \
	-Wstrict-prototypes -Wmissing-prototypes -Wwrite-strings -Wvla -Wundef

# In the order of the pipeline.
OBJS = src/main.o src/options.o src/input.o src/keys.o src/line.o src/flaw.o \
	src/dump.o src/reader.o src/pick.o src/check.o src/diff.o src/warn.o \
	src/limit.o src/text.o src/summary.o src/csv.o src/json.o src/out.o
HEADERS = src/options.h src/input.h src/keys.h src/cursor.h src/line.h \
	src/flaw.h src/dump.h src/reader.h src/pick.h src/check.h src/diff.h \
	src/warn.h src/limit.h src/report.h src/out.h

PAIR = fixtures/cpython-3.11.7/before.txt fixtures/cpython-3.11.7/after.txt

all: pymallocdiff

pymallocdiff: $(OBJS)
	$(CC) $(LDFLAGS) -o $@ $(OBJS)

$(OBJS): $(HEADERS) Makefile

.SUFFIXES: .c .o
.c.o:
	$(CC) $(STD) $(WARNINGS) $(CFLAGS) -c -o $@ $<

demo: pymallocdiff
	@sh tests/demo.sh $(PAIR)

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
	    $(DESTDIR)$(MANDIR)/man5
	cp pymallocdiff $(DESTDIR)$(BINDIR)/
	cp man/pymallocdiff.1 $(DESTDIR)$(MANDIR)/man1/
	cp man/debugmallocstats.5 $(DESTDIR)$(MANDIR)/man5/

uninstall:
	rm -f $(DESTDIR)$(BINDIR)/pymallocdiff
	rm -f $(DESTDIR)$(MANDIR)/man1/pymallocdiff.1
	rm -f $(DESTDIR)$(MANDIR)/man5/debugmallocstats.5

clean:
	rm -rf pymallocdiff src/*.o build

.PHONY: all demo setup check check-all coverage bench install uninstall clean
