/* line_plain.c -- reading lines without readline: no keys, no history, the same answers. */
#include "repl/line_editor.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "repl/signals.h"

static struct {
    int wake;
    char *pending;
    size_t length, capacity;
    bool at_end;
} plain;

static bool plain_open(const LineSetup *setup)
{
    plain.wake = setup->wake;
    return true;
}

static void plain_close(void)
{
    free(plain.pending);
    plain.pending = NULL;
    plain.length = plain.capacity = 0;
}

static bool plain_has_more(void)
{
    return plain.length > 0 && memchr(plain.pending, '\n', plain.length) != NULL;
}

static bool take_line(char **line)
{
    char *end = plain.length ? memchr(plain.pending, '\n', plain.length) : NULL;
    size_t length = end ? (size_t)(end - plain.pending) : plain.length;
    if (!end && !(plain.at_end && plain.length > 0))
        return false;
    *line = malloc(length + 1);
    if (!*line)
        return false;
    memcpy(*line, plain.pending, length);
    (*line)[length] = '\0';
    size_t used = length + (end != NULL);
    memmove(plain.pending, plain.pending + used, plain.length - used);
    plain.length -= used;
    return true;
}

static bool fill(void)
{
    if (plain.capacity - plain.length < 4096) {
        char *bigger = realloc(plain.pending, plain.capacity + 65536);
        if (!bigger)
            return false;
        plain.pending = bigger;
        plain.capacity += 65536;
    }
    ssize_t got = read(STDIN_FILENO, plain.pending + plain.length,
                       plain.capacity - plain.length);
    if (got < 0)
        return errno == EINTR || errno == EAGAIN;
    if (got == 0)
        plain.at_end = true;
    plain.length += (size_t)got;
    return true;
}

static LineEvent plain_read(const char *prompt, char **line)
{
    if (take_line(line))
        return LINE_READY;
    if (plain.at_end)
        return LINE_END;
    fputs(prompt, stdout);
    fflush(stdout);
    for (;;) {
        struct pollfd watched[2] = {{STDIN_FILENO, POLLIN, 0}, {plain.wake, POLLIN, 0}};
        if (poll(watched, plain.wake >= 0 ? 2 : 1, -1) < 0 && errno != EINTR)
            return LINE_END;
        SignalsSeen seen = signals_take();
        if (seen.leave)
            return LINE_LEAVE;
        if (seen.interrupt)
            return LINE_INTERRUPT;
        if (watched[0].revents && !fill())
            return LINE_END;
        if (take_line(line))
            return LINE_READY;
        if (plain.at_end)
            return LINE_END;
    }
}

static void plain_remember(const char *input)
{
    (void)input;        /* there is no history without an editor */
}

const LineEditor line_plain = {
    plain_open, plain_close, plain_read, plain_has_more, plain_remember,
};
