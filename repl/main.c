/* main.c -- the alliance program: options in, an exit status out. */
#include <errno.h>

#include "repl/command.h"
#include "repl/opening.h"
#include "repl/signals.h"

/* Output that was lost is a failure; a reader that went away is a quiet one. */
static Status finish(Program *program, Status status)
{
    program_say_failures(program, status);
    bool fine = out_flush(&program->out);
    if (!fine && program->out.error != EPIPE)
        file_error(program, MESSAGE_CANNOT_WRITE, "-", program->out.error);
    out_flush(&program->err);
    return fine ? status : status_join(status, STATUS_FILE);
}

int main(int argc, char **argv)
{
    Program program;
    Status status;
    signals_start();
    if (program_open(&program, argc, argv, &status))
        status = command_line(&program);
    status = finish(&program, status);
    program_close(&program);
    return (int)status;
}
