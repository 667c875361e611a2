/* worker.c -- see worker.h. */
#include "plugins/host/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plugins/host/chunks.h"
#include "plugins/host/sandbox.h"

enum {
    MOST_AT_ONCE = 64,
    PIPE_BYTES = 1 << 20,
    LONG_PAUSE = 2000000,       /* microseconds: we were stopped, and so were the workers */
};

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
    bool has_progress;          /* a task ended since the process was started */
} Worker;

typedef struct Crew {
    const Job *job;
    Arena *arena;
    Arena *scratch;             /* of records that are not kept, or NULL */
    RecordReceiver *receive;
    void *context;
    TaskEnd *ends;
    Worker *workers;
    size_t count, next;         /* next: the first that was not started yet */
    unsigned most;              /* running at once */
    int64_t turned;             /* when the last turn was */
} Crew;

static int64_t microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* ---- The worker's side ------------------------------------------------------------------ */

/* Signals are held back from before the fork until the handlers of the program are gone. */
static void set_signals(const sigset_t *before)
{
    static const int numbers[] = {SIGTERM, SIGHUP, SIGQUIT, SIGWINCH, SIGCHLD, SIGPIPE, SIGPROF,
                                  SIGTSTP, SIGCONT, SIGXFSZ, SIGALRM, SIGUSR1, SIGUSR2};
    sigset_t mask = *before;
    struct sigaction usual = {.sa_handler = SIG_DFL}, ignored = {.sa_handler = SIG_IGN};
    sigemptyset(&usual.sa_mask);
    sigemptyset(&ignored.sa_mask);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        sigaction(numbers[i], &usual, NULL);
    sigaction(SIGINT, &ignored, NULL);      /* Ctrl-C is the program's: it kills us */
    sigdelset(&mask, SIGPROF);
    sigprocmask(SIG_SETMASK, &mask, NULL);
}

static _Noreturn void work(const Job *job, const size_t *tasks, size_t count, int descriptor,
                           const sigset_t *before)
{
    set_signals(before);
    if (!sandbox_enter(descriptor, 4 * (size_t)WORKER_MEMORY))
        _exit(WORKER_NO_WALLS);
    for (size_t i = 0; i < count; i++) {
        sandbox_deadline(job->seconds);
        bool is_whole = task_run(job, tasks[i], descriptor);
        sandbox_deadline(0);
        if (!is_whole)
            _exit(WORKER_SPENT);
    }
    _exit(0);
}

static bool start(Crew *crew, Worker *worker)
{
    int ends[2];
    sigset_t all, before;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    fcntl(ends[1], F_SETPIPE_SZ, PIPE_BYTES);   /* only faster: the default does, too */
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &before);
    pid_t process = fork();
    if (process == 0)
        work(crew->job, worker->queue + worker->queue_next,
             worker->queue_count - worker->queue_next, ends[1], &before);
    sigprocmask(SIG_SETMASK, &before, NULL);
    close(ends[1]);
    if (process < 0) {
        close(ends[0]);
        return false;
    }
    fcntl(ends[0], F_SETFL, O_NONBLOCK);
    worker->process = process;
    worker->pipe = ends[0];
    worker->length = 0;
    worker->task_bytes = 0;
    worker->has_progress = false;
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
    size_t length = reason ? strlen(reason) : 0;
    if (length > REASON_BYTES) {
        length = REASON_BYTES;
        while (((unsigned char)reason[length] & 0xc0) == 0x80)
            length--;
    }
    end->outcome = outcome;
    end->reason = reason ? arena_copy(crew->arena, reason, length) : NULL;
    end->microseconds = microseconds() - worker->started;
    worker->queue_next++;
    worker->task_bytes = 0;
    worker->has_progress = true;
    worker->started = microseconds();
}

static bool has_task(const Worker *worker)
{
    return worker->queue_next < worker->queue_count;
}

static void end_all(Crew *crew, Worker *worker, Outcome outcome, const char *reason)
{
    while (has_task(worker))
        end_task(crew, worker, outcome, reason);
}

static Outcome outcome_named(const char *name)
{
    static const struct { const char *name; Outcome outcome; } rows[] = {
        {"ok", OUTCOME_OK}, {"load-error", OUTCOME_LOAD_ERROR},
        {"plugin-error", OUTCOME_PLUGIN_ERROR}, {"memory", OUTCOME_MEMORY},
        {"output", OUTCOME_OUTPUT}, {"skipped", OUTCOME_SKIPPED}, {"time", OUTCOME_TIME},
        {"cancelled", OUTCOME_CANCELLED}, {"wrong-setting", OUTCOME_PLUGIN_ERROR},
    };
    for (size_t i = 0; name && i < sizeof rows / sizeof rows[0]; i++)
        if (strcmp(name, rows[i].name) == 0)
            return rows[i].outcome;
    return OUTCOME_CRASHED;
}

typedef enum Taken { TAKEN, TAKEN_NONSENSE, TAKEN_TOO_MUCH, TAKEN_REFUSED } Taken;

/* What a piece of a document needs is given back at once. */
static bool read_scratch(Crew *crew, const char *bytes, size_t length, Record *record)
{
    jmp_buf boundary;
    if (crew->scratch && arena_bytes(crew->scratch) > 1 << 20) {
        arena_free(crew->scratch);
        crew->scratch = NULL;
    }
    if (!crew->scratch)
        crew->scratch = arena_new(snapshot_env(crew->job->snapshot));
    if (!crew->scratch || setjmp(boundary))
        return false;
    arena_guard(crew->scratch, &boundary);
    bool fine = record_read(crew->scratch, bytes, length, record);
    arena_guard(crew->scratch, NULL);
    return fine;
}

/* One record: an end, or something for the receiver. */
static Taken take_record(Crew *crew, Worker *worker, const char *bytes, size_t length)
{
    Record record;
    bool is_document = crew->job->document != NULL;
    if (!has_task(worker))
        return TAKEN_NONSENSE;
    worker->task_bytes += length;
    if (!(is_document ? read_scratch(crew, bytes, length, &record)
                      : record_read(crew->arena, bytes, length, &record))
        || record.tag != RECORD_TABLE)
        return TAKEN_NONSENSE;
    const char *type = record_text(&record, "type");
    if (type && strcmp(type, "end") == 0) {
        TaskEnd *end = &crew->ends[current_task(worker)];
        int64_t memory = record_integer(&record, "memory", 0);
        const char *outcome = record_text(&record, "outcome");
        end->memory = memory > 0 ? (size_t)memory : 0;
        end->wrong_setting = outcome && strcmp(outcome, "wrong-setting") == 0;
        end_task(crew, worker, outcome_named(outcome), record_text(&record, "reason"));
        return TAKEN;
    }
    if (worker->task_bytes > WORKER_OUTPUT && !is_document)
        return TAKEN_TOO_MUCH;
    return crew->receive(crew->context, current_task(worker), &record, length) ? TAKEN
                                                                               : TAKEN_REFUSED;
}

static Taken take_bytes(Crew *crew, Worker *worker)
{
    size_t used = 0;
    uint32_t size;
    Taken taken = TAKEN;
    while (taken == TAKEN && worker->length - used >= sizeof size) {
        memcpy(&size, worker->bytes + used, sizeof size);
        if (size > RECORD_BYTES)
            return TAKEN_NONSENSE;
        if (worker->length - used - sizeof size < size)
            break;
        taken = take_record(crew, worker, worker->bytes + used + sizeof size, size);
        used += sizeof size + size;
    }
    memmove(worker->bytes, worker->bytes + used, worker->length - used);
    worker->length -= used;
    return taken;
}

static const char *taken_reason(Taken taken)
{
    return taken == TAKEN_TOO_MUCH  ? "it found more than can be shown"
        : taken == TAKEN_REFUSED ? "what it gave could not be taken"
                                 : "what it sent makes no sense";
}

static int await(Worker *worker)
{
    int status = 0;
    close(worker->pipe);
    while (waitpid(worker->process, &status, 0) < 0 && errno == EINTR)
        continue;
    worker->process = 0;
    return status;
}

static void restart(Crew *crew, Worker *worker)
{
    if (has_task(worker) && !start(crew, worker))
        end_all(crew, worker, OUTCOME_CRASHED, "no process could be started for it");
}

static bool is_cancelled(const Crew *crew)
{
    const Env *env = snapshot_env(crew->job->snapshot);
    return env->cancel && *env->cancel;
}

/* We end it: its task ends like that, and the rest gets a new process. */
static void stop(Crew *crew, Worker *worker, Outcome outcome, const char *reason)
{
    kill(worker->process, SIGKILL);
    await(worker);
    if (is_cancelled(crew))
        outcome = OUTCOME_CANCELLED;
    if (outcome == OUTCOME_CANCELLED)
        end_all(crew, worker, outcome, NULL);
    else if (has_task(worker))
        end_task(crew, worker, outcome, reason);
    restart(crew, worker);
}

/* It has closed its end: is all done, or how did the task end? */
static void close_worker(Crew *crew, Worker *worker)
{
    int status = await(worker);
    bool is_spent = WIFEXITED(status) && WEXITSTATUS(status) == WORKER_SPENT;
    if (!has_task(worker))
        return;
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGPROF)
        end_task(crew, worker, OUTCOME_TIME, NULL);
    else if (WIFSIGNALED(status))
        end_task(crew, worker, OUTCOME_CRASHED,
                 WTERMSIG(status) == SIGSYS ? "it tried something that is forbidden"
                                            : "it was ended by the system");
    else if (WIFEXITED(status) && WEXITSTATUS(status) == WORKER_NO_WALLS)
        end_all(crew, worker, OUTCOME_CRASHED, "the walls around it could not be put up here");
    else if (!is_spent || !worker->has_progress)
        end_task(crew, worker, OUTCOME_CRASHED, NULL);
    restart(crew, worker);
}

static bool make_room(Worker *worker)
{
    if (worker->capacity - worker->length >= 1 << 16)
        return true;
    size_t capacity = worker->capacity ? worker->capacity * 2 : 1 << 17;
    char *bigger = realloc(worker->bytes, capacity);
    if (!bigger)
        return false;
    worker->bytes = bigger;
    worker->capacity = capacity;
    return true;
}

/* Reads what is there, at most so much that the others get their turn. */
static void hear(Crew *crew, Worker *worker)
{
    for (int rounds = 0; rounds < 64; rounds++) {
        if (!make_room(worker)) {
            stop(crew, worker, OUTCOME_OUTPUT, "there is no memory for what it gave");
            return;
        }
        ssize_t got = read(worker->pipe, worker->bytes + worker->length,
                           worker->capacity - worker->length);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got < 0)
            kill(worker->process, SIGKILL);
        if (got <= 0) {
            close_worker(crew, worker);
            return;
        }
        worker->length += (size_t)got;
        Taken taken = take_bytes(crew, worker);
        if (taken != TAKEN) {
            stop(crew, worker, taken == TAKEN_NONSENSE ? OUTCOME_CRASHED : OUTCOME_OUTPUT,
                 taken_reason(taken));
            return;
        }
    }
}

/* Starts as many as may run at once; the number of those that run. */
static unsigned start_more(Crew *crew, unsigned running)
{
    for (; crew->next < crew->count && running < crew->most; crew->next++) {
        Worker *worker = &crew->workers[crew->next];
        if (is_cancelled(crew))
            end_all(crew, worker, OUTCOME_CANCELLED, NULL);
        restart(crew, worker);
        running += worker->process != 0;
    }
    return running;
}

/* Ctrl-Z stops the workers with us: that time is nobody's. */
static void forgive_pause(Crew *crew)
{
    int64_t now = microseconds(), pause = now - crew->turned;
    crew->turned = now;
    for (size_t i = 0; pause > LONG_PAUSE && i < crew->next; i++)
        crew->workers[i].started += pause;
}

/* One turn: waits, hears, judges who takes too long.  false: all is done. */
static bool turn(Crew *crew)
{
    struct pollfd watched[MOST_AT_ONCE];
    Worker *alive[MOST_AT_ONCE];
    unsigned running = 0;
    for (size_t i = 0; i < crew->next; i++)
        running += crew->workers[i].process != 0;
    if (start_more(crew, running) == 0)
        return crew->next < crew->count;
    running = 0;
    for (size_t i = 0; i < crew->next; i++)
        if (crew->workers[i].process) {
            alive[running] = &crew->workers[i];
            watched[running++] = (struct pollfd){crew->workers[i].pipe, POLLIN, 0};
        }
    poll(watched, running, 50);
    forgive_pause(crew);
    for (unsigned i = 0; i < running; i++) {
        Worker *worker = alive[i];
        if (is_cancelled(crew))
            stop(crew, worker, OUTCOME_CANCELLED, NULL);
        else if (watched[i].revents)
            hear(crew, worker);
        double wall = (double)(microseconds() - worker->started) / 1e6;
        if (worker->process && wall > 10 * crew->job->seconds)
            stop(crew, worker, OUTCOME_TIME, NULL);
    }
    return true;
}

/* ---- Sharing the work ------------------------------------------------------------------------ */

/* Shipped plugins share the workers; one from elsewhere has a worker of its own. */
static void share(Crew *crew)
{
    const Job *job = crew->job;
    size_t shipped = 0, next = 0;
    for (size_t i = 0; i < job->task_count; i++)
        shipped += job->tasks[i].plugin->origin == ORIGIN_SHIPPED;
    size_t shared = shipped < crew->most ? shipped : crew->most;
    crew->workers =
        arena_array(crew->arena, shared + job->task_count - shipped + 1, sizeof *crew->workers);
    crew->count = shared;
    for (size_t i = 0; i < shared; i++)
        crew->workers[i].queue =
            arena_array(crew->arena, (shipped + shared - 1) / shared, sizeof(size_t));
    for (size_t i = 0; i < job->task_count; i++) {
        Worker *worker = &crew->workers[next];
        if (job->tasks[i].plugin->origin == ORIGIN_SHIPPED) {
            next = (next + 1) % shared;
        } else {
            worker = &crew->workers[crew->count++];
            worker->queue = arena_array(crew->arena, 1, sizeof(size_t));
        }
        worker->queue[worker->queue_count++] = i;
    }
}

/* The same code in this process, into a file in memory; no walls, and a deadline that only Lua
 * keeps. */
static void run_here(Crew *crew, size_t task)
{
    Worker worker = {.queue = &task, .queue_count = 1, .started = microseconds()};
    Taken taken = TAKEN;
    ssize_t got = 1;
    int file = memfd_create("alliance", MFD_CLOEXEC);
    if (file < 0) {
        end_task(crew, &worker, OUTCOME_CRASHED, "there is no memory to run it in");
        return;
    }
    task_run(crew->job, task, file);
    lseek(file, 0, SEEK_SET);
    while (taken == TAKEN && got > 0 && make_room(&worker)) {
        got = read(file, worker.bytes + worker.length, worker.capacity - worker.length);
        worker.length += got > 0 ? (size_t)got : 0;
        taken = take_bytes(crew, &worker);
    }
    if (has_task(&worker))
        end_task(crew, &worker, taken == TAKEN_NONSENSE ? OUTCOME_CRASHED : OUTCOME_OUTPUT,
                 taken_reason(taken));
    close(file);
    free(worker.bytes);
}

/* What several workers would ask for is made once, before they part. */
static void prepare(const Crew *crew)
{
    const Job *job = crew->job;
    size_t shipped = 0, count;
    const char **texts = arena_array(crew->arena, job->task_count + 1, sizeof *texts);
    for (size_t i = 0; i < job->task_count; i++)
        if (job->tasks[i].plugin->origin == ORIGIN_SHIPPED)
            texts[shipped++] = job->tasks[i].source;
    chunks_prepare(texts, shipped);
    /* Those that ship ask who refers to whom; of another we do not know. */
    if (shipped < 2 || snapshot_entity_count(job->snapshot) == 0)
        return;
    collection_of(job->snapshot, SIZE_MAX, 1, &count);
    entity_uses(job->snapshot, 1, &count);
}

void worker_run(const Job *job, unsigned jobs, Arena *arena, RecordReceiver *receive,
                void *context, TaskEnd *ends)
{
    Crew crew = {.job = job, .arena = arena, .receive = receive, .context = context,
                 .ends = ends, .turned = microseconds()};
    crew.most = jobs < 1 ? 1 : jobs > MOST_AT_ONCE ? MOST_AT_ONCE : jobs;
    for (size_t i = 0; i < job->task_count; i++)
        ends[i] = (TaskEnd){.outcome = OUTCOME_CRASHED};
    if (job->isolate) {
        prepare(&crew);
        share(&crew);
        while (turn(&crew))
            continue;
        for (size_t i = 0; i < crew.count; i++)
            free(crew.workers[i].bytes);
    } else {
        for (size_t i = 0; i < job->task_count; i++)
            run_here(&crew, i);
    }
    arena_free(crew.scratch);
}
