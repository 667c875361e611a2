/* worker.c -- see worker.h. */
#include "plugins/host/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plugins/host/sandbox.h"

/* One worker as the program sees it. */
typedef struct Worker {
    pid_t process;              /* 0: none */
    int pipe;
    size_t *queue;              /* tasks still to be done by it, in order */
    size_t queue_count, queue_next;
    char *bytes;                /* what has come and is no whole record yet */
    size_t length, capacity;
    size_t task_bytes;          /* of the task that runs */
    int64_t started;            /* of the task that runs, microseconds */
    bool in_task;
} Worker;

typedef struct Crew {
    const Job *job;
    Arena *arena;
    RecordReceiver *receive;
    void *context;
    TaskEnd *ends;
    Worker *workers;
    unsigned count;
} Crew;

static int64_t microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- The worker's side ------------------------------------------------------------------ */

static void work(const Job *job, const size_t *tasks, size_t count, int descriptor)
{
    signal(SIGINT, SIG_IGN);    /* Ctrl-C is the program's: it kills us */
    signal(SIGTERM, SIG_DFL);
    signal(SIGHUP, SIG_DFL);
    signal(SIGPIPE, SIG_DFL);
    if (!sandbox_enter(descriptor, 4 * (size_t)WORKER_MEMORY))
        _exit(99);
    for (size_t i = 0; i < count; i++) {
        sandbox_deadline(job->seconds);
        task_run(job, tasks[i], descriptor);
        sandbox_deadline(0);
    }
    _exit(0);
}

static bool start(Crew *crew, Worker *worker)
{
    int ends[2];
    if (worker->queue_next >= worker->queue_count)
        return false;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    pid_t process = fork();
    if (process < 0) {
        close(ends[0]);
        close(ends[1]);
        return false;
    }
    if (process == 0) {
        close(ends[0]);
        work(crew->job, worker->queue + worker->queue_next,
             worker->queue_count - worker->queue_next, ends[1]);
    }
    close(ends[1]);
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    worker->process = process;
    worker->pipe = ends[0];
    worker->length = 0;
    worker->task_bytes = 0;
    worker->in_task = true;
    worker->started = microseconds();
    return true;
}

/* ---- Hearing from it ----------------------------------------------------------------------- */

static size_t current_task(const Worker *worker)
{
    return worker->queue[worker->queue_next];
}

static void end_task(Crew *crew, Worker *worker, Outcome outcome, const char *reason)
{
    size_t task = current_task(worker);
    TaskEnd *end = &crew->ends[task];
    end->outcome = outcome;
    end->reason = reason ? arena_copy(crew->arena, reason, strlen(reason)) : NULL;
    end->microseconds = microseconds() - worker->started;
    worker->queue_next++;
    worker->task_bytes = 0;
    worker->started = microseconds();
}

static Outcome outcome_named(const char *name)
{
    static const struct { const char *name; Outcome outcome; } rows[] = {
        {"ok", OUTCOME_OK}, {"load-error", OUTCOME_LOAD_ERROR},
        {"plugin-error", OUTCOME_PLUGIN_ERROR}, {"memory", OUTCOME_MEMORY},
        {"output", OUTCOME_OUTPUT}, {"skipped", OUTCOME_SKIPPED},
    };
    for (size_t i = 0; name && i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(name, rows[i].name) == 0)
            return rows[i].outcome;
    return OUTCOME_CRASHED;
}

/* One record: an end, or something for the receiver.  false: the stream is not to be trusted. */
static bool take_record(Crew *crew, Worker *worker, const char *bytes, size_t length)
{
    Record record;
    if (worker->queue_next >= worker->queue_count)
        return false;
    worker->task_bytes += length;
    if (!record_read(crew->arena, bytes, length, &record) || record.tag != RECORD_TABLE)
        return false;
    const char *type = record_text(&record, "type");
    if (type && strcmp(type, "end") == 0) {
        crew->ends[current_task(worker)].memory =
            (size_t)record_integer(&record, "memory", 0);
        end_task(crew, worker, outcome_named(record_text(&record, "outcome")),
                 record_text(&record, "reason"));
        return true;
    }
    if (worker->task_bytes > WORKER_OUTPUT && strcmp(crew->job->mode, "check") == 0)
        return false;
    return crew->receive(crew->context, current_task(worker), &record, length);
}

static bool take_bytes(Crew *crew, Worker *worker)
{
    size_t used = 0;
    uint32_t size;
    while (worker->length - used >= sizeof size) {
        memcpy(&size, worker->bytes + used, sizeof size);
        if (size > RECORD_BYTES)
            return false;
        if (worker->length - used - sizeof size < size)
            break;
        if (!take_record(crew, worker, worker->bytes + used + sizeof size, size))
            return false;
        used += sizeof size + size;
    }
    memmove(worker->bytes, worker->bytes + used, worker->length - used);
    worker->length -= used;
    return true;
}

static void stop(Worker *worker, int *status)
{
    kill(worker->process, SIGKILL);
    while (waitpid(worker->process, status, 0) < 0 && errno == EINTR)
        continue;
    close(worker->pipe);
    worker->process = 0;
}

/* The worker is gone before it said that its task ended: say how, and go on with the rest. */
static void lost(Crew *crew, Worker *worker, Outcome outcome)
{
    int status = 0;
    bool was_ours = outcome != OUTCOME_CRASHED;
    if (was_ours) {
        stop(worker, &status);
    } else {
        close(worker->pipe);
        while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
            continue;
        worker->process = 0;
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
            outcome = OUTCOME_TIME;
    }
    if (worker->queue_next < worker->queue_count) {
        const char *reason = NULL;
        if (outcome == OUTCOME_CRASHED && WIFSIGNALED(status))
            reason = WTERMSIG(status) == SIGSYS ? "it tried something that is forbidden"
                                                : "it was ended by the system";
        if (outcome == OUTCOME_CRASHED && WIFEXITED(status) && WEXITSTATUS(status) == 99)
            reason = "the walls around it could not be put up here";
        end_task(crew, worker, outcome, reason);
    }
    if (outcome != OUTCOME_CANCELLED && !start(crew, worker))
        while (worker->queue_next < worker->queue_count)
            end_task(crew, worker, OUTCOME_CRASHED, "no process could be started for it");
}

/* Reads what is there; false: the worker has closed its end. */
static bool hear(Crew *crew, Worker *worker)
{
    for (int rounds = 0; rounds < 64; rounds++) {
        if (worker->capacity - worker->length < 1 << 16) {
            size_t capacity = worker->capacity ? worker->capacity * 2 : 1 << 17;
            char *bigger = realloc(worker->bytes, capacity);
            if (!bigger) {
                lost(crew, worker, OUTCOME_OUTPUT);
                return true;
            }
            worker->bytes = bigger;
            worker->capacity = capacity;
        }
        ssize_t got = read(worker->pipe, worker->bytes + worker->length,
                           worker->capacity - worker->length);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return true;
        if (got <= 0)
            return false;
        worker->length += (size_t)got;
        if (!take_bytes(crew, worker)) {
            lost(crew, worker, OUTCOME_OUTPUT);
            return true;
        }
    }
    return true;
}

static void finish(Worker *worker)
{
    int status;
    close(worker->pipe);
    while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
        continue;
    worker->process = 0;
}

static bool is_cancelled(const Crew *crew)
{
    const Env *env = snapshot_env(crew->job->snapshot);
    return env->cancel && *env->cancel;
}

/* One turn: waits, hears, judges who takes too long. */
static bool turn(Crew *crew)
{
    struct pollfd watched[64];
    unsigned watched_count = 0, alive[64];
    for (unsigned i = 0; i < crew->count; i++)
        if (crew->workers[i].process) {
            alive[watched_count] = i;
            watched[watched_count++] = (struct pollfd){crew->workers[i].pipe, POLLIN, 0};
        }
    if (watched_count == 0)
        return false;
    poll(watched, watched_count, 50);
    for (unsigned i = 0; i < watched_count; i++) {
        Worker *worker = &crew->workers[alive[i]];
        double wall = (double)(microseconds() - worker->started) / 1e6;
        if (is_cancelled(crew)) {
            lost(crew, worker, OUTCOME_CANCELLED);
            while (worker->queue_next < worker->queue_count)
                end_task(crew, worker, OUTCOME_CANCELLED, NULL);
            continue;
        }
        if (watched[i].revents && !hear(crew, worker)) {
            if (worker->queue_next < worker->queue_count)
                lost(crew, worker, OUTCOME_CRASHED);
            else
                finish(worker);
        } else if (worker->process && wall > 10 * crew->job->seconds) {
            lost(crew, worker, OUTCOME_TIME);
        }
    }
    return true;
}

/* ---- Sharing the work ------------------------------------------------------------------------ */

/* Shipped plugins share the workers; one from elsewhere has a worker of its own. */
static void share(Crew *crew, unsigned jobs)
{
    const Job *job = crew->job;
    unsigned shared = jobs < 1 ? 1 : jobs > 16 ? 16 : jobs;
    size_t strangers = 0, next = 0;
    for (size_t i = 0; i < job->task_count; i++)
        strangers += job->tasks[i].plugin->origin != ORIGIN_SHIPPED;
    if (shared > job->task_count - strangers)
        shared = (unsigned)(job->task_count - strangers);
    if (strangers > 40)
        strangers = 40;
    crew->count = shared + (unsigned)strangers;
    crew->workers = arena_array(crew->arena, crew->count + 1, sizeof *crew->workers);
    for (unsigned i = 0; i < crew->count; i++)
        crew->workers[i].queue =
            arena_array(crew->arena, job->task_count + 1, sizeof(size_t));
    size_t own = shared;
    for (size_t i = 0; i < job->task_count; i++) {
        bool is_stranger = job->tasks[i].plugin->origin != ORIGIN_SHIPPED;
        Worker *worker = &crew->workers[is_stranger ? own : next];
        worker->queue[worker->queue_count++] = i;
        if (is_stranger)
            own = own + 1 < crew->count ? own + 1 : shared;
        else
            next = next + 1 < shared ? next + 1 : 0;
    }
}

/* --no-isolate: the same code in this process, for debuggers; no walls, no deadline. */
static void run_here(Crew *crew)
{
    const Job *job = crew->job;
    for (size_t i = 0; i < job->task_count; i++) {
        char name[] = "/tmp/alliance-XXXXXX";
        Worker worker = {.queue = &i, .queue_count = 1, .started = microseconds()};
        int file = mkstemp(name);
        if (file < 0) {
            end_task(crew, &worker, OUTCOME_CRASHED, "no temporary file could be made");
            continue;
        }
        unlink(name);
        task_run(job, i, file);
        lseek(file, 0, SEEK_SET);
        worker.pipe = file;
        size_t here = i;
        worker.queue = &here;
        while (hear(crew, &worker))
            continue;
        if (worker.queue_next == 0)
            end_task(crew, &worker, OUTCOME_CRASHED, NULL);
        close(file);
        free(worker.bytes);
    }
}

void worker_run(const Job *job, unsigned jobs, Arena *arena, RecordReceiver *receive,
                void *context, TaskEnd *ends)
{
    Crew crew = {job, arena, receive, context, ends, NULL, 0};
    for (size_t i = 0; i < job->task_count; i++)
        ends[i] = (TaskEnd){.outcome = OUTCOME_CRASHED};
    if (!job->isolate) {
        run_here(&crew);
        return;
    }
    share(&crew, jobs);
    for (unsigned i = 0; i < crew.count; i++)
        if (crew.workers[i].queue_count > 0 && !start(&crew, &crew.workers[i]))
            while (crew.workers[i].queue_next < crew.workers[i].queue_count)
                end_task(&crew, &crew.workers[i], OUTCOME_CRASHED,
                         "no process could be started for it");
    while (turn(&crew))
        continue;
    for (unsigned i = 0; i < crew.count; i++)
        free(crew.workers[i].bytes);
}
