/* measure.c -- runs several commands in turns and says what each costs.
 *
 *     measure [-n TURNS] [-d FOLDER] [-p] , COMMAND ARGUMENT.. , COMMAND ARGUMENT.. ,
 *
 * A line a command: median processor time and median elapsed time in milliseconds, the most
 * memory it held in kilobytes, and its status (of the last turn; 128 + the signal; 127 when it
 * could not be started).  One turn before the others does not count: it fills the caches.
 *
 * The commands run in turns since the speed of a machine drifts, with output and messages
 * thrown away, in FOLDER.  With -p each runs in a terminal of its own, and what counts is the
 * time until it shows a prompt, which ends in "> "; it is then stopped.
 *
 * It is in C because a process starts out with the memory mark of the one that made it, and
 * that of an interpreter is larger than what is measured here.
 */
#define _GNU_SOURCE 1

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_COMMANDS = 16, MOST_TURNS = 1001, PROMPT_WAIT = 10000 };

typedef struct Command {
    char **arguments;
    double processor[MOST_TURNS], elapsed[MOST_TURNS];
    long memory;
    int status;
} Command;

static Command commands[MOST_COMMANDS];

static double now(void)
{
    struct timespec time;

    clock_gettime(CLOCK_MONOTONIC, &time);
    return 1e3 * (double)time.tv_sec + 1e-6 * (double)time.tv_nsec;
}

static double milliseconds(struct timeval time)
{
    return 1e3 * (double)time.tv_sec + 1e-3 * (double)time.tv_usec;
}

static int start(pid_t *child, char **arguments)
{
    posix_spawn_file_actions_t actions;

    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    int error = posix_spawnp(child, arguments[0], &actions, NULL, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* Starts it with a terminal of its own; *terminal is our end. */
static int start_in_terminal(pid_t *child, char **arguments, int *terminal)
{
    *terminal = posix_openpt(O_RDWR | O_NOCTTY);
    const char *name;
    if (*terminal < 0 || grantpt(*terminal) || unlockpt(*terminal)
        || !(name = ptsname(*terminal)))
        return errno;
    *child = fork();
    if (*child < 0)
        return errno;
    if (*child == 0) {
        setsid();
        int end = open(name, O_RDWR);
        if (end < 0 || ioctl(end, TIOCSCTTY, 0) || dup2(end, 0) < 0 || dup2(end, 1) < 0
            || dup2(end, 2) < 0)
            _exit(127);
        execvp(arguments[0], arguments);
        _exit(127);
    }
    return 0;
}

/* Reads what it shows until there is a prompt; false if none comes. */
static bool saw_prompt(int terminal)
{
    static char text[65536];
    size_t length = 0;
    struct pollfd ready = { .fd = terminal, .events = POLLIN };

    while (length + 1 < sizeof text && poll(&ready, 1, PROMPT_WAIT) > 0) {
        ssize_t count = read(terminal, text + length, sizeof text - 1 - length);
        if (count <= 0)
            return false;
        length += (size_t)count;
        text[length] = '\0';
        if (strstr(text, "> "))
            return true;
    }
    return false;
}

static void run(Command *command, int turn, bool until_prompt)
{
    pid_t child;
    int terminal = -1, status;
    struct rusage usage;
    double begin = now(), end;
    int error = until_prompt ? start_in_terminal(&child, command->arguments, &terminal)
                             : start(&child, command->arguments);

    if (error) {
        command->status = 127;
        return;
    }
    if (until_prompt) {
        bool seen = saw_prompt(terminal);
        end = now();
        kill(child, SIGKILL);
        wait4(child, &status, 0, &usage);
        close(terminal);
        command->status = seen ? 0 : 1;
    } else {
        wait4(child, &status, 0, &usage);
        end = now();
        command->status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    }
    if (turn < 0)
        return;
    command->elapsed[turn] = end - begin;
    command->processor[turn] = milliseconds(usage.ru_utime) + milliseconds(usage.ru_stime);
    if (usage.ru_maxrss > command->memory)
        command->memory = usage.ru_maxrss;
}

static int by_value(const void *a, const void *b)
{
    double left = *(const double *)a, right = *(const double *)b;

    return (left > right) - (left < right);
}

static double median(double *values, int count)
{
    qsort(values, (size_t)count, sizeof *values, by_value);
    return values[count / 2];
}

static int usage(void)
{
    fputs("usage: measure [-n TURNS] [-d FOLDER] [-p] , COMMAND.. , COMMAND.. ,\n", stderr);
    return 2;
}

int main(int argc, char **argv)
{
    int turns = 9, count = 0, option;
    bool until_prompt = false;

    while ((option = getopt(argc, argv, "+n:d:p")) != -1) {
        if (option == 'n')
            turns = (int)strtol(optarg, NULL, 10);
        else if (option == 'd' && chdir(optarg) == 0)
            continue;
        else if (option == 'p')
            until_prompt = true;
        else
            return usage();
    }
    if (turns < 1 || turns > MOST_TURNS)
        return usage();
    for (int i = optind; i < argc; i++) {
        if (strcmp(argv[i], ",") != 0)
            continue;
        argv[i] = NULL;
        if (i + 1 < argc) {
            if (count == MOST_COMMANDS)
                return usage();
            commands[count++].arguments = argv + i + 1;
        }
    }
    if (count == 0)
        return usage();

    for (int turn = -1; turn < turns; turn++)
        for (int i = 0; i < count; i++)
            run(&commands[i], turn, until_prompt);
    for (int i = 0; i < count; i++)
        printf("%.3f %.3f %ld %d\n", median(commands[i].processor, turns),
               median(commands[i].elapsed, turns), commands[i].memory, commands[i].status);
    return 0;
}
