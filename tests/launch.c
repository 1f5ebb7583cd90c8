/*
 * launch: run a program in a way for which a shell has no words.
 *
 *	launch argc0 PROGRAM		without any argument, not even its name
 *	launch default PROGRAM ...	SIGPIPE kills it, as it should
 *	launch ignore PROGRAM ...	it gets EPIPE instead
 *	launch block PROGRAM ...	the same, and the signal stays pending
 *	launch nonblock FD PROGRAM ...	descriptor FD does not block
 *	launch full FD PROGRAM ...	nor does it here, and the pipe is full,
 *					of NULs
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char	**environ;

static void
die(const char *what)
{
	perror(what);
	exit(99);
}

static void
unblock(int fd)
{
	int	 flags = fcntl(fd, F_GETFL);

	if (flags == -1 || fcntl(fd, F_SETFL, flags | O_NONBLOCK) == -1)
		die("launch: fcntl");
}

static void
fill(int fd)
{
	static const char	 nuls[4096];

	unblock(fd);
	while (write(fd, nuls, sizeof(nuls)) > 0 || write(fd, nuls, 1) > 0)
		;
	if (errno != EAGAIN)
		die("launch: write");
}

int
main(int argc, char **argv)
{
	char		*none[] = { NULL };
	sigset_t	 set;

	if (argc < 3)
		return 99;
	argv += 2;
	sigemptyset(&set);
	sigaddset(&set, SIGPIPE);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	signal(SIGPIPE, SIG_DFL);
	if (strcmp(argv[-1], "argc0") == 0)
		execve(argv[0], none, environ);
	else if (strcmp(argv[-1], "ignore") == 0)
		signal(SIGPIPE, SIG_IGN);
	else if (strcmp(argv[-1], "block") == 0)
		sigprocmask(SIG_BLOCK, &set, NULL);
	else if (strcmp(argv[-1], "nonblock") == 0)
		unblock(atoi(*argv++));
	else if (strcmp(argv[-1], "full") == 0)
		fill(atoi(*argv++));
	execvp(argv[0], argv);
	die("launch: exec");
}
