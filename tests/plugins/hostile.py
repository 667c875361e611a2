"""hostile.py -- plugins that misbehave: each is stopped, named, and costs nobody else anything (TAP).

Each file of hostile/ says in its first lines how it must end ("-- ends: time-limit") and what its
reason must hold ("-- says: ..."); "ok" means that it is harmless here.  Arguments are parts of
names: only those plugins are run.

For each: the run ends, within the processor time that its checks may take; the status is 4 when it
was not checked; it is named; the witness, which runs beside it, sees the whole model; no file is
made, no process is left, no control byte is printed, and what is printed as JSON is JSON.
"""
import json
import os
import pathlib
import pty
import re
import resource
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor

ALLIANCE = os.environ.get("ALLIANCE") or "alliance"
HERE = pathlib.Path(__file__).resolve().parent / "hostile"
MODEL, WITNESS = HERE / "model.alliance", HERE / "witness.lua"
GUARD = 240                     # seconds; only for a machine that is very busy
DEADLINE = 2                    # seconds of processor time for one check
MARGIN = 1.5                    # for reading, for the other checks, for starting
MEMORY = 64 + 16                # MiB, beyond what the program needs by itself
SEEN = "model MacifhealthOrangé?"
CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
MARKS = re.compile("[\x80-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
SANITIZED = b"__asan_init" in pathlib.Path(shutil.which(ALLIANCE) or ALLIANCE).read_bytes()


class Run:
    """One run of the program in a folder and a session of its own."""

    def __init__(self, *arguments, interrupt_after=None):
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out, \
                tempfile.TemporaryFile() as err:
            environment = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8", "TERM": "dumb"}
            for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
                if name in os.environ:
                    environment[name] = os.environ[name]
            process = subprocess.Popen([ALLIANCE, *map(str, arguments)], cwd=folder, env=environment, stdout=out,
                                       stderr=err, stdin=subprocess.DEVNULL, start_new_session=True)
            guard = threading.Timer(GUARD, process.kill)
            guard.start()
            if interrupt_after:
                threading.Timer(interrupt_after, process.send_signal, [signal.SIGINT]).start()
            own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            _, status, usage = os.wait4(process.pid, 0)
            guard.cancel()
            process.returncode = self.status = os.waitstatus_to_exitcode(status)
            self.seconds = usage.ru_utime + usage.ru_stime
            self.memory = usage.ru_maxrss / 1024
            self.memory = 0 if self.memory <= own else self.memory      # what it was before it began
            self.left = processes_of(process.pid)
            self.files = sorted(os.listdir(folder))
            self.out, self.err = read(out), read(err)


def read(file):
    file.seek(0)
    return file.read()


def processes_of(session):
    """The processes of a session that are still there, though they had a second to go."""
    for _ in range(20):
        left = []
        for entry in os.listdir("/proc"):
            try:
                state = pathlib.Path("/proc", entry, "stat").read_text().rpartition(")")[2].split()
                if int(state[3]) == session and state[0] != "Z":
                    left.append(int(entry))
            except (OSError, ValueError, IndexError):
                continue
        if not left:
            break
        time.sleep(0.05)
    return left


def wanted_of(path):
    text = path.read_bytes().decode("utf-8", "replace")
    ends = re.search(r"^-- ends: (\S+)", text, re.M)
    says = re.search(r"^-- says: (.*)$", text, re.M)
    return (ends.group(1) if ends else "load-error"), (says.group(1) if says else None)


def judge(path, base):
    """Why the program did not stand it: a list of sentences."""
    ends, says = wanted_of(path)
    name = path.parent.name if path.name == "plugin.lua" else path.stem
    plugins = ["--plugin", path.parent if path.name == "plugin.lua" else path, "--plugin", WITNESS]
    faults = []
    run = Run("check", "--format", "json", *plugins, MODEL)
    runs = [run]
    try:
        answer = json.loads(run.out)
    except ValueError as problem:
        return [f"no JSON ({problem}); status {run.status}; {run.err[-300:]!r}"]
    failed = {row["plugin"]: row for row in answer["not_checked"]}
    if ends == "ok":
        if failed:
            faults.append(f"not checked: {failed}")
    elif set(failed) != {name}:
        faults.append(f"not checked: {sorted(failed)}")
    else:
        reason = failed[name]["reason"] or ""
        slow = SANITIZED and ends in ("memory-limit", "output-limit") and failed[name]["outcome"] == "time-limit"
        if failed[name]["outcome"] != ends and not slow:
            faults.append(f"ended as {failed[name]['outcome']}: {reason[:200]}")
        if says and says not in reason and not slow:
            faults.append(f"the reason is {reason[:200]!r}")
        if len(reason.encode()) > 4096:
            faults.append(f"the reason has {len(reason)} characters")
    if (run.status == 4) != (ends != "ok") or run.status not in (0, 1, 4):
        faults.append(f"status {run.status}")
    seen = [row["message"] for row in answer["diagnostics"] if row.get("plugin") == "witness"]
    if seen != [SEEN]:
        faults.append(f"the witness saw {seen}")
    forged = [row for row in answer["diagnostics"] if "after the end" in row["message"]]
    if forged:
        faults.append(f"it spoke after its end: {forged}")
    if not SANITIZED and run.seconds > base.seconds + 2 * DEADLINE + MARGIN:
        faults.append(f"{run.seconds:.1f} s of processor time")
    if not SANITIZED and run.memory > base.memory + MEMORY:
        faults.append(f"{run.memory:.0f} MiB of memory")
    if ends != "time-limit":
        runs.append(Run("check", *plugins, MODEL))
        if CONTROLS.search(runs[1].out + runs[1].err):
            faults.append("a control byte was printed")
        if MARKS.search((runs[1].out + runs[1].err).decode("utf-8", "replace")):
            faults.append("a mark that moves or hides text was printed")
        if ends != "ok" and name.encode() not in runs[1].out + runs[1].err:
            faults.append("it is not named")
        if runs[1].status != run.status:
            faults.append(f"status {runs[1].status} as text, {run.status} as JSON")
    for one in runs:
        if one.files:
            faults.append(f"files were made: {one.files}")
        if one.left:
            faults.append(f"processes are left: {one.left}")
    return faults


def say(number, what, faults):
    print(f"{'not ok' if faults else 'ok'} {number} - {what}")
    for fault in faults:
        print(f"# {fault}")


def bytecode(folder):
    """A plugin that was compiled before."""
    path = pathlib.Path(folder) / "bytecode.lua"
    program = f"io.open({str(path)!r}, 'wb'):write(string.dump(loadfile({str(WITNESS)!r})))"
    subprocess.run([os.environ.get("LUA") or "lua5.4", "-e", program], check=True)
    return path


def interrupt():
    """Ctrl-C while a check never ends: the workers go, and the program says what was not checked."""
    run = Run("check", "--plugin", HERE / "loop.lua", MODEL, interrupt_after=0.7)
    faults = []
    if run.left:
        faults.append(f"processes are left: {run.left}")
    if run.status not in (4, 130, -signal.SIGINT):
        faults.append(f"status {run.status}")
    if not SANITIZED and run.seconds > DEADLINE:
        faults.append(f"{run.seconds:.1f} s of processor time")
    return faults


def read_until(terminal, wanted, seconds):
    shown, end = b"", time.monotonic() + seconds
    while wanted not in shown and time.monotonic() < end:
        if select.select([terminal], [], [], 0.1)[0]:
            try:
                shown += os.read(terminal, 65536)
            except OSError:
                break
    return shown


def interrupt_prompt():
    """Ctrl-C at the prompt while a check never ends: it is named, and the prompt goes on."""
    with tempfile.TemporaryDirectory() as home:
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(home)
            os.execve(ALLIANCE, [ALLIANCE, "--plain", "--lang", "en", "--plugin", str(HERE / "loop.lua"), str(MODEL)],
                      {"PATH": os.environ["PATH"], "HOME": home, "LC_ALL": "C.UTF-8", "TERM": "dumb"})
        read_until(terminal, b"> ", GUARD)
        os.write(terminal, b":check\n")
        time.sleep(0.7)
        before = time.monotonic()
        os.write(terminal, b"\x03")
        shown = read_until(terminal, b"> ", GUARD)
        waited = time.monotonic() - before
        os.write(terminal, b"40 + 2\n")
        alive = read_until(terminal, b"42", 20)
        os.write(terminal, b":quit\n")
        read_until(terminal, b"never", 1)
        os.close(terminal)
        os.waitpid(process, 0)
    faults = [] if b"loop" in shown and b"42" in alive else [f"shown: {shown[-300:]!r}, then {alive[-200:]!r}"]
    return faults + ([] if waited < DEADLINE - 0.7 or SANITIZED else [f"it took {waited:.1f} s"])


def in_process():
    """--no-isolate has no walls, but its deadline, its limits and its reasons are the same; a program that was not
    built for debuggers refuses it, and runs nothing."""
    refused = Run("check", "--no-isolate", "--plugin", WITNESS, MODEL)
    if refused.status == 2:
        said = refused.err.decode()
        fine = "--no-isolate" in said and "--enable-isolate-debug" in said and refused.out == b"" and not SANITIZED
        return [] if fine else [f"status 2: {said!r}, {refused.out[-300:]!r}"]
    faults = []
    for name in ("loop", "loop-coroutine", "memory-double", "error-table", "findings-many", "table-syntax", "place-file"):
        path = HERE / f"{name}.lua"
        run = Run("check", "--no-isolate", "--format", "json", "--plugin", path, "--plugin", WITNESS, MODEL)
        failed = {row["plugin"]: row["outcome"] for row in json.loads(run.out)["not_checked"]}
        if failed != {name: wanted_of(path)[0]} or run.status != 4 or run.files:
            faults.append(f"{name}: {failed}, status {run.status}, files {run.files}")
    return faults


ENDLESS = """return {
  api = 1, kind = "check", id = "%s", category = "purpose", severity = "note",
  word = { en = "%s", fr = "%s" }, title = { en = "T", fr = "T" }, about = { en = "A.", fr = "A." },
  source = { en = "S.", fr = "S." }, messages = { a = { en = "A.", fr = "A." } },
  run = function() local t = {}
    %s
  end,
  examples = { { bad = "alliance a", good = "alliance b", expect = { "a" } } },
}
"""


def told_by_test():
    """`plugin test` says of a check that does not end that it took too long, where it was and what to look at; of one
    that takes too much memory, that."""
    faults = []
    for name, body, wanted in (("spin", "while true do end", ("took too long", "does every loop end?", "spin.lua:6")),
                               ("hoard", "while true do t[#t + 1] = {} end", ("took too much memory",))):
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / f"{name}.lua"
            path.write_text(ENDLESS % (name, name, name, body))
            run = Run("plugin", "test", path)
        said = run.out.decode()
        faults += [f"{name}: {part!r} is not in {said!r}" for part in wanted if part not in said]
        faults += [f"{name}: status {run.status}"] if run.status != 4 else []
    return faults


def many(paths):
    """All that fail, in one run: each is named, and the witness sees the whole model."""
    paths = [path for path in paths if wanted_of(path)[0] not in ("ok", "time-limit")]
    options = [option for path in paths[:60] for option in ("--plugin", path)]
    run = Run("check", "--format", "json", "--plugin", WITNESS, *options, MODEL)
    answer = json.loads(run.out)
    named = len(answer["not_checked"])
    seen = [row["message"] for row in answer["diagnostics"] if row.get("plugin") == "witness"]
    return [] if named == len(paths[:60]) and seen == [SEEN] and run.status == 4 and not run.left else [
        f"{named} of {len(paths[:60])} named, the witness saw {seen}, status {run.status}, left {run.left}"]


def twice():
    """The same bytes whatever the hashes: two runs, and one with another number of workers."""
    arguments = ["check", "--format", "json", "--plugin", WITNESS, "--plugin", HERE / "keys-nan.lua",
                 "--plugin", HERE / "place-letter.lua", MODEL]
    outs = {Run(*arguments, *more).out for more in ([], [], ["--jobs", "1"], ["--jobs", "9"])}
    return [] if len(outs) == 1 else [f"{len(outs)} different answers"]


def main():
    words = sys.argv[1:]
    paths = sorted([*HERE.glob("*.lua"), *HERE.glob("*/plugin.lua")])
    paths = [path for path in paths if path != WITNESS and (not words or any(word in str(path) for word in words))]
    base = Run("check", "--format", "json", "--plugin", WITNESS, MODEL)
    if base.status not in (0, 1):
        say(1, "the witness alone", [f"status {base.status}", base.out[-400:], base.err[-400:]])
        print("1..1")
        return 1
    failed = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(2) as pool:
        if not words:
            paths.append(bytecode(folder))
        number = 0
        for path, faults in zip(paths, pool.map(lambda path: judge(path, base), paths)):
            number += 1
            failed += bool(faults)
            name = path.parent.name if path.name == "plugin.lua" else path.stem
            say(number, f"{name} ends as {wanted_of(path)[0]}", faults)
            sys.stdout.flush()
        if not words:
            for what, test in (("Ctrl-C ends the workers", interrupt), ("Ctrl-C at the prompt", interrupt_prompt),
                               ("without a worker", in_process), ("what `plugin test` says", told_by_test), ("many at once", lambda: many(paths)),
                               ("the same bytes in every run", twice)):
                faults = test()
                number += 1
                failed += bool(faults)
                say(number, what, faults)
        if SANITIZED:
            number += 1
            print(f"ok {number} - the walls of memory and system calls # SKIP they stay down under the sanitizers")
        print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
