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
    if (!fine && program->out.error != EPIPE) {
        program_forget_failures(program);
        program->printed_json = true;       /* what is said from now on is no part of it */
        file_error(program, MESSAGE_CANNOT_WRITE_OUTPUT, "-", program->out.error);
        program_say_failures(program, status);
    }
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
