#!/usr/bin/env python3
"""First files of people who do not program: each of their mistakes gives one message, at its place, in the
language of the file, and doing what the messages say repairs the file.

trials/NAME.alliance is the file as it was typed; trials/NAME.repairs says in its first lines how it is read.
All mistakes are told in one run. After each repair the messages that are left are those of the mistakes that
are left, and after the last there is no error.
"""
import glob
import os
import re
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("ALLIANCE", os.path.join(os.getcwd(), "alliance"))
HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "trials")
HEAD = re.compile(r"^(?:error|erreur)\[(\w+)\] ?: ")

number = failed = 0


def ok(condition, what, details=""):
    global number, failed
    number += 1
    failed += not condition
    print("%sok %d - %s" % ("" if condition else "not ", number, what))
    if not condition:
        print("\n".join("# " + line for line in str(details).split("\n")[:40]))


class Repair:
    """A mistake: its code and place, what is said of it, and the lines before and after."""

    def __init__(self, paragraph):
        head, *rest = paragraph.split("\n")
        self.code, self.place = head.split(" ")
        self.said = [line[2:] for line in rest if line.startswith("  ")]
        self.old = [line[2:] for line in rest if line.startswith("- ")]
        self.new = [line[2:] for line in rest if line.startswith("+ ")]

    def mend(self, lines):
        assert len(self.old) == 1 and lines.count(self.old[0]) == 1, self.old
        at = lines.index(self.old[0])
        return lines[:at] + self.new + lines[at + 1:]


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def check(folder, lines):
    path = os.path.join(folder, "trial.alliance")
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
    ran = subprocess.run([PROGRAM, "--today", "2026-01-15", "check", "trial.alliance"], cwd=folder,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, timeout=60,
                         encoding="utf-8", env=dict(os.environ, LC_ALL="C.UTF-8", HOME=folder), check=False)
    return ran.returncode, ran.stdout.replace("\u00a0", " ").replace("\u202f", " ")


def errors_of(said):
    """The errors among what is said, each as (code, its lines)."""
    errors = []
    for block in said.split("\n\n"):
        head = HEAD.match(block)
        if head:
            errors.append((head.group(1), block))
    return errors


def place_of(block):
    found = re.search(r"--> trial\.alliance:(\d+:\d+)", block)
    return found.group(1) if found else ""


def trial(path):
    name = os.path.basename(path)
    repairs = [Repair(paragraph.strip("\n")) for paragraph in read(path[:-9] + ".repairs").split("\n\n")
               if re.match(r"^\n*[EW]\d", paragraph)]
    lines = read(path).split("\n")
    language = "en" if lines[0].startswith("language") else "fr"
    foreign = "= aide" if language == "en" else "= help"
    ok(len(repairs) >= 10, "%s: ten mistakes or more" % name)
    with tempfile.TemporaryDirectory() as folder:
        status, said = check(folder, lines)
        errors = errors_of(said)
        ok([(code, place_of(block)) for code, block in errors] == [(r.code, r.place) for r in repairs],
           "%s: each mistake has one message, all in one run" % name,
           "wanted: %s\ngot: %s" % ([(r.code, r.place) for r in repairs],
                                    [(code, place_of(block)) for code, block in errors]))
        ok(status == 1, "%s: status 1" % name, status)
        for repair, (code, block) in zip(repairs, errors):
            flat = re.sub(r"\n +(?![|=]|-->)", " ", block)
            ok("^" in block and foreign not in block and all(text in flat for text in repair.said),
               "%s: %s at %s says what is wrong and what to write" % (name, code, repair.place),
               "wanted: %s\n%s" % (repair.said, block))
        for index, repair in enumerate(repairs):
            lines = repair.mend(lines)
            status, said = check(folder, lines)
            left = [code for code, _ in errors_of(said)]
            ok(left == [r.code for r in repairs[index + 1:]],
               "%s: the repair of %s at %s leaves the other mistakes" % (name, repair.code, repair.place),
               "wanted: %s\n%s" % ([r.code for r in repairs[index + 1:]], said))
        ok(status == 0 and not errors_of(said), "%s: repaired, the file is right" % name, said)


for trial_path in sorted(glob.glob(HERE + "/*.alliance")):
    trial(trial_path)
print("1..%d" % number)
sys.exit(1 if failed else 0)
