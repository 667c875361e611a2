/* sandbox.c -- see sandbox.h. */
#include "plugins/host/sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define WALLS_DOWN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(memory_sanitizer)
#define WALLS_DOWN 1
#endif
#endif
#ifndef WALLS_DOWN
#define WALLS_DOWN 0
#endif

bool sandbox_is_whole(void)
{
    return !WALLS_DOWN;
}

void sandbox_deadline(double seconds)
{
    struct itimerval timer;
    memset(&timer, 0, sizeof timer);
    timer.it_value.tv_sec = (time_t)seconds;
    timer.it_value.tv_usec = (suseconds_t)((seconds - (double)(time_t)seconds) * 1e6);
    setitimer(ITIMER_PROF, &timer, NULL);
}

static void close_others(int keep)
{
    struct rlimit limit;
    if ((keep == 0 || syscall(SYS_close_range, 0u, (unsigned)keep - 1, 0) == 0)
        && syscall(SYS_close_range, (unsigned)keep + 1, ~0u, 0) == 0)
        return;
    int most = getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < 65536
                   ? (int)limit.rlim_cur
                   : 65536;
    for (int descriptor = 0; descriptor < most; descriptor++)
        if (descriptor != keep)
            close(descriptor);
}

/* Bytes in use now, from the kernel's own count of pages; 0: it does not tell. */
static size_t size_now(void)
{
    char text[64];
    int file = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    ssize_t length = file < 0 ? 0 : read(file, text, sizeof text);
    size_t pages = 0;
    for (ssize_t i = 0; i < length && text[i] >= '0' && text[i] <= '9'; i++)
        pages = 10 * pages + (size_t)(text[i] - '0');
    if (file >= 0)
        close(file);
    return pages * (size_t)sysconf(_SC_PAGESIZE);
}

#if defined(__x86_64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define THIS_ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define ALLOW(call)                                              \
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##call, 0, 1),       \
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)

static bool forbid_calls(void)
{
#ifdef THIS_ARCHITECTURE
    struct sock_filter rules[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, THIS_ARCHITECTURE, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        ALLOW(write),
        ALLOW(exit),
        ALLOW(exit_group),
        ALLOW(brk),
        ALLOW(munmap),
        ALLOW(mremap),
        ALLOW(madvise),
        ALLOW(clock_gettime),
        ALLOW(gettimeofday),
        ALLOW(getrusage),
        ALLOW(setitimer),
        ALLOW(rt_sigreturn),
        ALLOW(rt_sigaction),
        ALLOW(rt_sigprocmask),
        ALLOW(futex),
        ALLOW(restart_syscall),
        /* Memory may be mapped, but never as code. */
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_mmap, 0, 3),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[2])),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, 4 /* PROT_EXEC */, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
    };
    struct sock_fprog program = {sizeof rules / sizeof rules[0], rules};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
           && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
#else
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
#endif
}

bool sandbox_enter(int keep, size_t memory)
{
    struct rlimit none = {0, 0};
    size_t now = size_now();
    prctl(PR_SET_PDEATHSIG, SIGKILL);   /* never outlasts the program */
    close_others(keep);
    setrlimit(RLIMIT_CORE, &none);
    if (WALLS_DOWN)
        return true;
    struct rlimit space = {now + memory, now + memory};
    struct rlimit no_files = {(rlim_t)keep + 1, (rlim_t)keep + 1};
    if (now == 0 || setrlimit(RLIMIT_AS, &space) != 0 || setrlimit(RLIMIT_FSIZE, &none) != 0
        || setrlimit(RLIMIT_NOFILE, &no_files) != 0 || setrlimit(RLIMIT_NPROC, &none) != 0)
        return false;
    return forbid_calls();
}
