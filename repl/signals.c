/* signals.c -- see signals.h. */
#include "repl/signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

/* The one place of the program with globals: a handler can reach nothing else. */
static volatile int cancel_flag;
static volatile sig_atomic_t saw_interrupt, saw_leave, saw_resize;
static int wake_pipe[2] = {-1, -1};

volatile int *signals_flag(void)
{
    return &cancel_flag;
}

static void handle(int signal)
{
    int problem = errno;
    if (signal == SIGINT) {
        saw_interrupt = 1;
        cancel_flag = 1;
    } else if (signal == SIGWINCH) {
        saw_resize = 1;
    } else {
        saw_leave = 1;
        cancel_flag = 1;
    }
    if (wake_pipe[1] >= 0 && write(wake_pipe[1], "!", 1) < 0)
        errno = 0;      /* the pipe is full: the prompt wakes anyway */
    errno = problem;
}

static void set(int signal, void (*handler)(int))
{
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = handler;
    sigemptyset(&action.sa_mask);
    sigaction(signal, &action, NULL);
}

void signals_start(void)
{
    struct rlimit none = {0, 0};
    for (int descriptor = 0; descriptor < 3; descriptor++)
        if (fcntl(descriptor, F_GETFD) < 0 && errno == EBADF
            && open("/dev/null", descriptor == 0 ? O_RDONLY : O_WRONLY) != descriptor)
            break;
    set(SIGPIPE, SIG_IGN);
    set(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_CORE, &none);
}

int signals_catch(void)
{
    if (pipe2(wake_pipe, O_CLOEXEC | O_NONBLOCK) != 0)
        return -1;
    set(SIGINT, handle);
    set(SIGTERM, handle);
    set(SIGHUP, handle);
    set(SIGWINCH, handle);
    return wake_pipe[0];
}

/* Cleared only when it is set: one that comes between looking and clearing is not lost. */
static bool take(volatile sig_atomic_t *saw)
{
    if (!*saw)
        return false;
    *saw = 0;
    return true;
}

SignalsSeen signals_take(void)
{
    char drain[64];
    while (wake_pipe[0] >= 0 && read(wake_pipe[0], drain, sizeof drain) > 0)
        continue;
    return (SignalsSeen){take(&saw_interrupt), take(&saw_leave), take(&saw_resize)};
}
