#!/usr/bin/env python3
"""checks.py -- the checks that ship, on their own examples: each bad file has what it says, its repaired
twin has nothing and is still the same alliance, every message has such a pair, and no message is left
unfinished in either language.

Prints TAP. Needs the program (BUILDDIR).
"""
import glob
import json
import os
import re
import subprocess
import sys
import tempfile

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
lua = os.environ.get("LUA", "lua5.4")
count = failed = 0


def ok(condition, what, details=""):
    global count, failed
    count += 1
    print(("" if condition else "not ") + f"ok {count} - {what}")
    if not condition:
        failed += 1
        print("\n".join("# " + line for line in str(details).splitlines()[:14]))


def table_of(path):
    done = subprocess.run([lua, os.path.join(root, "tests/lua/table.lua"), path], capture_output=True, text=True)
    if done.returncode:
        print("Bail out! " + done.stderr)
        sys.exit(1)
    return json.loads(done.stdout)


def run(source, check, language="en"):
    """What the check says of a text: the object of `check --format json`."""
    with tempfile.NamedTemporaryFile("w", suffix=".alliance", delete=False) as file:
        file.write("language en version 1\n" + source)
    try:
        done = subprocess.run([program, "check", "--only", check, "--format", "json", "--lang", language, file.name],
                              capture_output=True, text=True)
        return json.loads(done.stdout)
    except ValueError:
        return {"diagnostics": [{"code": "nothing readable", "text": done.stderr}], "not_checked": []}
    finally:
        os.unlink(file.name)


def codes(answer):
    """What the check found, and the errors of the text itself; not what a status requires."""
    return sorted({diagnostic["code"] for diagnostic in answer["diagnostics"]
                   if not re.fullmatch("W6[0-9][0-9]", diagnostic["code"])})


def sentences(diagnostic):
    for key in ("message", "text", "why"):
        if isinstance(diagnostic.get(key), str):
            yield diagnostic[key]
    for step in diagnostic.get("next", []):
        yield step


KINDS = {row["id"] for row in json.loads(subprocess.run([program, "list", "kinds", "--format", "json"],
                                                        capture_output=True, text=True).stdout)}


def things(source):
    """What a file declares: pairs of the kind, and the name, key or title."""
    found = set()
    for kind, rest in re.findall(r"^\s*([a-z-]+) ([^\n]+)$", source, re.M):
        name = re.match(r"([^\W\d][\w-]*)", rest)
        title = re.search(r'"([^"]*)"', rest)
        if kind in KINDS and (name or title):
            found.add((kind, name.group(1) if name else title.group(1)))
    return found


def check_example(plugin, index, example, raised):
    name = f"{plugin['id']}, example {index + 1}"
    wanted = sorted(f"{plugin['id']}/{message}" for message in example["expect"])
    answer = run(example["bad"], plugin["id"])
    ok(codes(answer) == wanted and not answer["not_checked"], f"{name}: the bad file has what it says",
       f"wanted {wanted}\ngot {codes(answer)} {answer['not_checked']}")
    raised.update(example["expect"])
    answer = run(example["good"], plugin["id"])
    ok(codes(answer) == [] and not answer["not_checked"], f"{name}: the good file has nothing", codes(answer))
    # A repair may take away the one thing that was too much; what else was there stays.
    lost = things(example["bad"]) - things(example["good"])
    ok(len(lost) <= 1, f"{name}: the good file is the bad one, repaired", lost)
    for language in ("en", "fr"):
        answer = run(example["bad"], plugin["id"], language)
        left = [text for diagnostic in answer["diagnostics"] for text in sentences(diagnostic)
                if re.search(r"\{[a-z]|\bnil\b|table: 0x|userdata", text)]
        ok(not left, f"{name}: the messages are finished ({language})", left)


files = 0
for path in sorted(glob.glob(os.path.join(root, "plugins/checks/*.lua"))):
    plugin = table_of(path)
    raised = set()
    for index, example in enumerate(plugin["examples"]):
        check_example(plugin, index, example, raised)
        files += 2
    ok(raised == set(plugin["messages"]), f"{plugin['id']}: a bad file and a good one for every message",
       sorted(set(plugin["messages"]) - raised))
    ok(codes(run("", plugin["id"])) == [], f"{plugin['id']}: an empty file is not blamed")

ok(files >= 70, f"{files} small files, half of them with a fault and half repaired")
print(f"1..{count}")
sys.exit(failed > 0)
