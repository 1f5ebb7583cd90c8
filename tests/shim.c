/*
 * shim: system calls that fail. A library for LD_PRELOAD, told by variables
 * what to do; in the first three a semicolon stands between several rules.
 *
 *	SHIM_FAIL=CALL:N:EIO	the N-th CALL fails; with %N each N-th
 *	SHIM_RUN=CALL:N:COMMAND	the shell runs COMMAND before the N-th CALL
 *	SHIM_SHORT=CALL:BYTES	each CALL is for BYTES at most
 *	SHIM_MARK=FILE		gets a byte whenever one of the first two strikes
 *	SHIM_FILES=N		as ulimit -n, but after the program is loaded
 *	SHIM_ARGC0=1		main(0, { NULL })
 *
 * CALL is read (pread counts too), write (to standard output), message (a
 * write to standard error), open, close, lseek or poll. With -DNO_HEAP the
 * library refuses memory to whoever asks for it, and says so; strerror is its
 * own then.
 */
#define _GNU_SOURCE		/* RTLD_NEXT */
#include <sys/mman.h>
#include <sys/resource.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum call { READ, WRITE, MESSAGE, OPEN, CLOSE, LSEEK, POLL, CALLS };

typedef int	(*main_call)(int, char **, char **);

static const char	*const names[CALLS] = {
	"read", "write", "message", "open", "close", "lseek", "poll"
};

static const struct {
	const char	*name;
	int		 number;
} errors[] = {
	{ "EACCES", EACCES }, { "EAGAIN", EAGAIN }, { "EINTR", EINTR },
	{ "EIO", EIO }, { "EMFILE", EMFILE }, { "ENOENT", ENOENT },
	{ "ENOSPC", ENOSPC }, { "ESPIPE", ESPIPE }
};

int	__libc_start_main(main_call, int, char **, void (*)(void),
	    void (*)(void), void (*)(void), void *);

/* The function that ours stands before. */
#define NEXT(function) __extension__({ \
	__typeof__(&function) f; \
	*(void **)&f = dlsym(RTLD_NEXT, #function); \
	f; \
})

/* A test that is wrong itself shall not pass. */
static void
die(const char *why)
{
	ssize_t	 n = NEXT(write)(STDERR_FILENO, why, strlen(why));

	_exit(n == -1 ? 98 : 99);
}

static void
mark(void)
{
	const char	*file = getenv("SHIM_MARK");
	int		 fd;

	if (file == NULL)
		return;
	fd = NEXT(open)(file, O_WRONLY | O_CREAT | O_APPEND, 0600);
	if (fd == -1 || NEXT(write)(fd, "!", 1) != 1)
		die("shim: cannot write SHIM_MARK\n");
	NEXT(close)(fd);
}

/* What stands behind "CALL:" in the next of the rules for it, or NULL. */
static const char *
next_rule(enum call call, const char *rules)
{
	size_t	 n = strlen(names[call]);

	while (rules != NULL) {
		rules += *rules == ';';
		if (strncmp(rules, names[call], n) == 0 && rules[n] == ':')
			return rules + n + 1;
		rules = strchr(rules, ';');
	}
	return NULL;
}

/* Is it the count that the rule means? What follows it goes into `rest`. */
static int
is_meant(const char *rule, unsigned long count, const char **rest)
{
	int		 each = *rule == '%';
	char		*end;
	unsigned long	 n = strtoul(rule + each, &end, 10);

	if (n == 0 || *end != ':')
		die("shim: a rule without its N\n");
	*rest = end + 1;
	return each ? count % n == 0 : count == n;
}

static int
error_number(const char *name)
{
	size_t	 n = strcspn(name, ";");

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (strlen(errors[i].name) == n &&
		    memcmp(errors[i].name, name, n) == 0)
			return errors[i].number;
	die("shim: an unknown errno\n");
	return 0;
}

static void
run(const char *command)
{
	char	 text[1024];
	size_t	 n = strcspn(command, ";");

	if (n >= sizeof(text))
		die("shim: a command too long\n");
	memcpy(text, command, n);
	text[n] = '\0';
	unsetenv("LD_PRELOAD");
	if (system(text) != 0)
		die("shim: the command has failed\n");
}

/* Count the call, do what is due. Returns whether it fails, errno set. */
static int
fails(enum call call)
{
	static unsigned long	 counts[CALLS];
	unsigned long		 count = ++counts[call];
	const char		*rule, *rest;

	for (rule = next_rule(call, getenv("SHIM_RUN")); rule != NULL;
	    rule = next_rule(call, strchr(rule, ';')))
		if (is_meant(rule, count, &rest)) {
			run(rest);
			mark();
		}
	for (rule = next_rule(call, getenv("SHIM_FAIL")); rule != NULL;
	    rule = next_rule(call, strchr(rule, ';')))
		if (is_meant(rule, count, &rest)) {
			mark();
			errno = error_number(rest);
			return 1;
		}
	return 0;
}

static size_t
shorter(enum call call, size_t n)
{
	const char	*rule = next_rule(call, getenv("SHIM_SHORT"));
	size_t		 most = rule == NULL ? n : strtoul(rule, NULL, 10);

	return most < n ? most : n;
}

ssize_t
read(int fd, void *p, size_t n)
{
	return fails(READ) ? -1 : NEXT(read)(fd, p, shorter(READ, n));
}

ssize_t
pread(int fd, void *p, size_t n, off_t at)
{
	return fails(READ) ? -1 : NEXT(pread)(fd, p, shorter(READ, n), at);
}

/* What read and pread become with -D_FORTIFY_SOURCE. */
ssize_t
__read_chk(int fd, void *p, size_t n, size_t room)
{
	if (n > room)
		die("shim: a read beyond its buffer\n");
	return read(fd, p, n);
}

ssize_t
__pread_chk(int fd, void *p, size_t n, off_t at, size_t room)
{
	if (n > room)
		die("shim: a pread beyond its buffer\n");
	return pread(fd, p, n, at);
}

ssize_t
write(int fd, const void *p, size_t n)
{
	enum call	 call = fd == STDERR_FILENO ? MESSAGE : WRITE;

	return fails(call) ? -1 : NEXT(write)(fd, p, shorter(call, n));
}

int
open(const char *file, int flags, ...)
{
	va_list	 ap;
	mode_t	 mode;

	va_start(ap, flags);
	mode = flags & O_CREAT ? va_arg(ap, mode_t) : 0;
	va_end(ap);
	return fails(OPEN) ? -1 : NEXT(open)(file, flags, mode);
}

int
close(int fd)
{
	return fails(CLOSE) ? -1 : NEXT(close)(fd);
}

off_t
lseek(int fd, off_t at, int whence)
{
	return fails(LSEEK) ? -1 : NEXT(lseek)(fd, at, whence);
}

int
poll(struct pollfd *fds, nfds_t n, int timeout)
{
	return fails(POLL) ? -1 : NEXT(poll)(fds, n, timeout);
}

/* What they become with -D_FILE_OFFSET_BITS=64, the same where long is long. */
#if defined(__GLIBC__) && defined(__LP64__)
extern __typeof__(pread) pread64 __attribute__((alias("pread")));
extern __typeof__(open) open64 __attribute__((alias("open")));
extern __typeof__(lseek) lseek64 __attribute__((alias("lseek")));
#endif

static main_call	 real_main;

static int
main_without_arguments(int argc, char **argv, char **env)
{
	char	*none[] = { NULL };

	(void)argc;
	(void)argv;
	return real_main(0, none, env);
}

int
__libc_start_main(main_call program, int argc, char **argv,
    void (*init)(void), void (*fini)(void), void (*rtld_fini)(void),
    void *stack_end)
{
	if (getenv("SHIM_ARGC0") != NULL) {
		real_main = program;
		program = main_without_arguments;
	}
	return NEXT(__libc_start_main)(program, argc, argv, init, fini,
	    rtld_fini, stack_end);
}

__attribute__((constructor)) static void
limit_files(void)
{
	const char	*n = getenv("SHIM_FILES");
	struct rlimit	 limit;

	if (n == NULL)
		return;
	limit.rlim_cur = limit.rlim_max = strtoul(n, NULL, 10);
	if (setrlimit(RLIMIT_NOFILE, &limit) == -1)
		die("shim: cannot set SHIM_FILES\n");
}

#ifdef NO_HEAP
#define REFUSE(type, name, arguments) \
	type name arguments \
	{ \
		die("shim: " #name " was called\n"); \
		return (type)0; \
	}

#pragma GCC diagnostic ignored "-Wunused-parameter"
REFUSE(void *, malloc, (size_t n))
REFUSE(void *, calloc, (size_t n, size_t size))
REFUSE(void *, realloc, (void *p, size_t n))
REFUSE(void *, aligned_alloc, (size_t to, size_t n))
REFUSE(int, posix_memalign, (void **p, size_t to, size_t n))
REFUSE(void *, mmap, (void *p, size_t n, int prot, int flags, int fd, off_t at))
REFUSE(void *, sbrk, (intptr_t n))

/*
 * That of glibc 2.41 asks for memory, which is not the program's doing. This
 * one lets the tests reach what the program itself does after a failed call.
 */
char *
strerror(int number)
{
	static char	 no_file[] = "No such file or directory";
	static char	 folder[] = "Is a directory";

	switch (number) {
	case ENOENT:
		return no_file;
	case EISDIR:
		return folder;
	}
	die("shim: an errno that strerror does not know\n");
	return NULL;
}
#endif
