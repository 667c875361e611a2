"""run.py -- runs the program on every input of the hostile corpus and judges it (TAP).

    python3 run.py FOLDER [PART-OF-A-NAME...]      FOLDER was filled by make.py

Whatever the input: the status is one of those that are documented, no signal ends the program, it
comes to an end and stays within its memory, it prints no control byte but line ends and tabs, and
when it fails it says something.  What is wrong must not pass, and what lies outside must not show.

That it comes to an end is judged by the time of the processor, which does not depend on who else
uses the machine; PATIENCE is only for a program that waits for what never comes.
"""
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor

ALLIANCE = os.environ.get("ALLIANCE") or "alliance"
SECONDS = 120
PATIENCE = 900
MEMORY = 3 << 30
STATUSES = (0, 1, 2, 3, 4)
COLOURS = re.compile(rb"\x1b\[[0-9;]*m")
CONTROLS = re.compile(rb"[\x00-\x08\x0b-\x1f\x7f]")
C1 = re.compile("[\x80-\x9f]")
DIRECTIONS = re.compile("[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\U000e0000-\U000e007f]")
COMMANDS = (("check",), ("fmt",), ("query", "partners | count"), ("export", "json"))


def environment_of(row):
    """The environment of a run: a small one of our own, changed as the row says."""
    home = os.path.join(row["folder"], row["home"]) if row.get("home") else row["folder"]
    plain = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": home, "LC_ALL": "C", "TERM": "dumb"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LLVM_PROFILE_FILE", "ALLIANCE_STDLIB"):
        if name in os.environ:
            plain[name] = os.environ[name]
    change = row.get("environment") or {}
    if change == "empty":
        return {}
    plain.update(change)
    return {name: value for name, value in plain.items() if value is not None}


def limits_of(row, memory):
    def set_them():
        if memory:
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
        if row.get("stack"):
            resource.setrlimit(resource.RLIMIT_STACK, (row["stack"], row["stack"]))
        if row.get("gone"):
            place = tempfile.mkdtemp()
            os.chdir(place)
            os.rmdir(place)
        for descriptor in row.get("closed") or ():
            os.close(descriptor)
        if row.get("descriptors"):
            resource.setrlimit(resource.RLIMIT_NOFILE, (row["descriptors"],) * 2)
    return set_them


def arguments_of(row, command):
    file = os.path.join(row["folder"], row["file"]) if row.get("gone") else row["file"]
    if row.get("file_bytes"):
        file = os.fsdecode(bytes.fromhex(row["file_bytes"]))
    files = row.get("arguments") or [file]
    name, *rest = command
    options = list(row.get("options") or ())
    return [name, *options, *files, *rest] if name == "query" else [name, *options, *rest, *files]


def run(row, command, memory, environment=None):
    """Runs one command on one input: (status, standard output, standard error), or a text."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        target = open(row["output"], "wb") if row.get("output") else out
        try:
            done = subprocess.run([ALLIANCE, *arguments_of(row, command)], cwd=row["folder"], stdin=subprocess.DEVNULL,
                                  stdout=target, stderr=err, timeout=PATIENCE, env=environment or environment_of(row),
                                  preexec_fn=limits_of(row, memory), check=False)
        except subprocess.TimeoutExpired:
            return f"{command[0]}: it waits for something, and there is nothing to wait for"
        finally:
            if target is not out:
                target.close()
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read())
        return done.returncode, *texts


def faults_of_text(command, name, text):
    """What is wrong with the bytes that a command printed."""
    found = CONTROLS.search(text)
    if found:
        yield f"{command[0]}: control byte {found.group()!r} on {name}, at {found.start()}"
        return
    try:
        shown = text.decode("utf-8")
    except UnicodeDecodeError as wrong:
        yield f"{command[0]}: {name} is not UTF-8: {wrong}"
        return
    found = C1.search(shown) or (DIRECTIONS.search(shown) if command[0] in ("check", "query") else None)
    if found:
        yield f"{command[0]}: U+{ord(found.group()):04X} on {name}"


def faults_of_run(row, command, memory):
    answer = run(row, command, memory)
    if isinstance(answer, str):
        yield answer
        return
    status, out, err = answer
    if row.get("colours"):      # asked for: they may be there, and nothing else may change
        if command[0] == "check" and not COLOURS.search(out):
            yield "check: no colours, though they are asked for"
        out, err = COLOURS.sub(b"", out), COLOURS.sub(b"", err)
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        yield f"{command[0]}: it does not end: {SECONDS} s of the processor"
        return
    if status < 0:
        yield f"{command[0]}: ended by signal {-status}\n{err[-2000:].decode('utf-8', 'replace')}"
        return
    if status not in STATUSES:
        yield f"{command[0]}: status {status}\n{err[-2000:].decode('utf-8', 'replace')}"
    for name, text in (("standard output", out), ("standard error", err)):
        yield from faults_of_text(command, name, text)
        if row.get("secret") and row["secret"].encode() in text:
            yield f"{command[0]}: {name} shows what lies outside"
    if status and not row.get("closed") and not (out.strip() or err.strip()):
        yield f"{command[0]}: status {status}, and not a word"
    if command[0] == "check" and row.get("wrong") and status == 0:
        yield "check: the input is wrong, and the status is 0"
    if command[0] == "check" and row.get("code") and row["code"].encode() not in out + err:
        yield f"check: {row['code']} is not reported"
    if command[0] == "check" and status != row.get("status", status):
        yield f"check: the status is {status}, {row['status']} was expected"
    if row.get("output") == "/dev/full" and status == 0:
        yield f"{command[0]}: nothing could be written, and the status is 0"
    if row.get("same"):
        plain = run(dict(row, home=None), command, memory, dict(environment_of({"folder": "/"}), LC_ALL=row["same"]))
        if (status, out) != plain[:2]:
            yield f"{command[0]}: another answer than in a plain environment: {status}, {out[:300]!r}"


def faults_while_swapped(row, memory):
    """Two files change places while they are read: the answer always comes from one of them."""
    place = pathlib.Path(row["folder"])
    ends = threading.Event()

    def swap():
        number = 0
        while not ends.is_set():
            number += 1
            copy = place / f"copy{number % 2}"
            shutil.copy(place / ("one.alliance", "two.alliance")[number % 2], copy)
            os.replace(copy, place / row["file"])

    shutil.copy(place / "one.alliance", place / row["file"])
    thread = threading.Thread(target=swap)
    thread.start()
    try:
        for _ in range(30):
            answer = run(row, ("query", "partners"), memory)
            if isinstance(answer, str) or answer[0] != 0 or (b"one" in answer[1]) == (b"two" in answer[1]):
                yield f"query: {answer!r}"
                return
    finally:
        ends.set()
        thread.join()


def judge(row, memory):
    if row.get("swap"):
        return list(faults_while_swapped(row, memory))
    return [fault for command in COMMANDS for fault in faults_of_run(row, command, memory)]


def memory_can_be_bound():
    """Not under a sanitizer, which reserves far more than it uses (and would report this question)."""
    alone = {name: value for name, value in environment_of({"folder": "/"}).items() if not name.endswith("SAN_OPTIONS")}
    answer = run({"folder": "/", "file": "", "arguments": []}, ("help",), True, alone)
    return not isinstance(answer, str) and answer[0] in STATUSES


def main():
    folder, *words = sys.argv[1:]
    rows = [json.loads(line) for line in (pathlib.Path(folder) / "manifest").read_text("utf-8").splitlines()]
    rows = [row for row in rows if not words or any(word in f"{row['class']} {row['name']}" for word in words)]
    memory = memory_can_be_bound()
    if not memory:
        print("# memory is not bound here (a sanitizer is at work)")
    failures = 0
    with ThreadPoolExecutor(2) as pool:
        for number, (row, faults) in enumerate(zip(rows, pool.map(lambda row: judge(row, memory), rows)), 1):
            print(f"{'not ' if faults else ''}ok {number} - {row['class']} {row['name']}", flush=True)
            for fault in faults:
                print("\n".join("# " + line for line in fault.split("\n")))
            failures += bool(faults)
    print(f"1..{len(rows)}")
    return 1 if failures else 0


sys.exit(main())
