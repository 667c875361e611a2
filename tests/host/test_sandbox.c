/* test_sandbox.c -- the walls around a worker hold against code that is in it: it may compute and
 * write to what it was given, and nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "plugins/host/sandbox.h"

enum { WALL_STANDS = 40, WALL_FELL = 41, NO_WALL = 42, MEMORY = 64 << 20 };

typedef bool Attempt(void);        /* true: it got through */

/* The status of a child that tries behind the walls. */
static int try_inside(Attempt *attempt)
{
    int ends[2], status = 0;
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        if (!sandbox_enter(ends[1], MEMORY))
            _exit(NO_WALL);
        _exit(attempt() ? WALL_FELL : WALL_STANDS);
    }
    close(ends[0]);
    close(ends[1]);
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

static void stands(Attempt *attempt)
{
    if (!sandbox_is_whole())
        skip();
    int status = try_inside(attempt);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), WALL_STANDS);
}

static bool opens_a_file(void) { return open("/etc/passwd", O_RDONLY) >= 0; }
static bool opens_relative(void) { return syscall(SYS_openat, AT_FDCWD, ".", O_RDONLY, 0) >= 0; }
static bool makes_a_file(void) { return open("made", O_WRONLY | O_CREAT, 0600) >= 0; }
static bool makes_a_memory_file(void) { return memfd_create("x", 0) >= 0; }
static bool makes_a_socket(void) { return socket(AF_INET, SOCK_STREAM, 0) >= 0; }
static bool makes_a_pair(void)
{
    int pair[2];
    return socketpair(AF_UNIX, SOCK_STREAM, 0, pair) == 0;
}
static bool makes_a_pipe(void)
{
    int ends[2];
    return pipe(ends) == 0;
}
static bool makes_a_process(void) { return fork() >= 0; }
static bool runs_a_program(void)
{
    char *arguments[] = {NULL};
    return execv("/bin/true", arguments) == 0;
}
static bool removes_a_file(void) { return unlink("/nonexistent") == 0 || errno != EPERM; }
static bool signals_its_parent(void) { return kill(getppid(), 0) == 0; }
static bool signals_a_thread(void) { return syscall(SYS_tgkill, 1, 1, 0) == 0; }
static bool maps_code(void)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
           != MAP_FAILED;
}
static bool makes_code(void)
{
    void *page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return page != MAP_FAILED && mprotect(page, 4096, PROT_READ | PROT_EXEC) == 0;
}
static bool takes_memory(void)
{
    void *much = malloc(4 * (size_t)MEMORY);
    if (much)
        memset(much, 1, 4 * (size_t)MEMORY);
    return much != NULL;
}
static bool reads_what_was_open(void)
{
    char byte;
    for (int descriptor = 0; descriptor < 64; descriptor++)
        if (read(descriptor, &byte, 1) >= 0)
            return true;
    return false;
}
static bool watches_another(void) { return syscall(SYS_ptrace, 16, getppid(), 0, 0) == 0; }

#define HOLDS(attempt)                               \
    static void attempt##_not(void **state)          \
    {                                                \
        (void)state;                                 \
        stands(attempt);                             \
    }
HOLDS(opens_a_file)
HOLDS(opens_relative)
HOLDS(makes_a_file)
HOLDS(makes_a_memory_file)
HOLDS(makes_a_socket)
HOLDS(makes_a_pair)
HOLDS(makes_a_pipe)
HOLDS(makes_a_process)
HOLDS(runs_a_program)
HOLDS(removes_a_file)
HOLDS(signals_its_parent)
HOLDS(signals_a_thread)
HOLDS(maps_code)
HOLDS(makes_code)
HOLDS(takes_memory)
HOLDS(reads_what_was_open)
HOLDS(watches_another)

/* What a plugin's Lua needs of the system goes on working. */
static bool computes(void)
{
    struct timespec now;
    char *block = NULL;
    for (size_t size = 1; size < MEMORY / 4; size *= 2) {
        char *bigger = realloc(block, size);
        if (!bigger)
            return false;
        block = bigger;
        memset(block, 1, size);
    }
    free(block);
    return clock_gettime(CLOCK_MONOTONIC, &now) == 0
           && clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now) == 0;
}

static void computing_goes_on(void **state)
{
    (void)state;
    int status = try_inside(computes);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), WALL_FELL);
}

/* Only the one descriptor stays open. */
static void one_descriptor_stays(void **state)
{
    int ends[2], status;
    char text[8] = "";
    (void)state;
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        if (!sandbox_enter(ends[1], MEMORY))
            _exit(NO_WALL);
        bool others = write(1, "", 0) >= 0 || write(2, "", 0) >= 0;
        _exit(!others && write(ends[1], "here", 4) == 4 ? 0 : 1);
    }
    close(ends[1]);
    assert_int_equal(read(ends[0], text, sizeof text), 4);
    close(ends[0]);
    waitpid(child, &status, 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static bool loops(void)
{
    sandbox_deadline(0.1);
    for (volatile unsigned i = 0; i < UINT32_MAX; i++)
        continue;
    return true;
}

static void the_deadline_ends_it(void **state)
{
    (void)state;
    int status = try_inside(loops);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(WTERMSIG(status), SIGPROF);
}

#define TEST(attempt) cmocka_unit_test(attempt##_not)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(opens_a_file), TEST(opens_relative), TEST(makes_a_file), TEST(makes_a_memory_file),
        TEST(makes_a_socket), TEST(makes_a_pair), TEST(makes_a_pipe), TEST(makes_a_process),
        TEST(runs_a_program), TEST(removes_a_file), TEST(signals_its_parent),
        TEST(signals_a_thread), TEST(maps_code), TEST(makes_code), TEST(takes_memory),
        TEST(reads_what_was_open), TEST(watches_another), cmocka_unit_test(computing_goes_on),
        cmocka_unit_test(one_descriptor_stays), cmocka_unit_test(the_deadline_ends_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
