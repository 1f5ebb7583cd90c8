/*
 * maxrss: run a command, and print on one line what that took: microseconds
 * of wall time, the peak of its resident memory in KiB, its exit status.
 *
 *	maxrss [-n N] COMMAND ...	N runs: their total time, the highest
 *					peak, the highest status
 *
 * Its input is ours; what it writes is lost. 128 and the signal stand for the
 * status of what was killed.
 */
#include <sys/resource.h>
#include <sys/wait.h>

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

extern char	**environ;

static void
die(const char *what, int error)
{
	fprintf(stderr, "maxrss: %s: %s\n", what, strerror(error));
	exit(99);
}

/* Not fork(): with a child so small its price would be part of the answer. */
static int
run(char **argv, const posix_spawn_file_actions_t *actions)
{
	pid_t	 pid;
	int	 status, error;

	error = posix_spawnp(&pid, argv[0], actions, NULL, argv, environ);
	if (error != 0)
		die(argv[0], error);
	while (waitpid(pid, &status, 0) == -1)
		if (errno != EINTR)
			die("waitpid", errno);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static long long
microseconds(void)
{
	struct timespec	 t;

	if (clock_gettime(CLOCK_MONOTONIC, &t) == -1)
		die("clock_gettime", errno);
	return t.tv_sec * 1000000LL + t.tv_nsec / 1000;
}

int
main(int argc, char **argv)
{
	posix_spawn_file_actions_t	 actions;
	struct rusage			 usage;
	long long			 begin, took;
	long				 n = 1;
	int				 status, worst = 0;

	argv++;
	if (argc > 3 && strcmp(argv[0], "-n") == 0) {
		n = atol(argv[1]);
		argv += 2;
	}
	if (argv[0] == NULL || n < 1) {
		fprintf(stderr, "usage: maxrss [-n N] COMMAND ...\n");
		return 99;
	}
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null",
	    O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO,
	    STDERR_FILENO);
	begin = microseconds();
	while (n-- > 0) {
		status = run(argv, &actions);
		if (status > worst)
			worst = status;
	}
	took = microseconds() - begin;
	getrusage(RUSAGE_CHILDREN, &usage);
#ifdef __APPLE__
	usage.ru_maxrss /= 1024;	/* bytes there, KiB elsewhere */
#endif
	printf("%lld %ld %d\n", took, usage.ru_maxrss, worst);
	return 0;
}
