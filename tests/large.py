#!/usr/bin/env python3
"""large.py -- an alliance of three thousand partners: every check ends and every page is made, and what they say of
positions, ties and who works for what is what a second count from the definitions says. Prints TAP. Needs the
program (BUILDDIR).
"""
import json
import os
import random
import subprocess
import sys
import tempfile

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
PARTNERS, GOALS, ACTIVITIES = 3000, 150, 1500
VIEWS = ["agenda", "alignment", "calendar", "canvas", "dependence", "equity", "funding", "report", "stakeholders"]
random.seed(20240607)
count = failed = 0


def ok(condition, what, details=""):
    global count, failed
    count += 1
    failed += not condition
    print(f"{'' if condition else 'not '}ok {count} - {what}")
    if not condition:
        print("# " + str(details)[:400].replace("\n", "\n# "))


def run(*arguments):
    done = subprocess.run([program, *arguments], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


# ---- The alliance, as data and as text ----------------------------------------------------------

positions = [{random.randrange(GOALS): random.randint(-4, 4) for _ in range(3)} for _ in range(PARTNERS)]
carriers = [random.randrange(PARTNERS) for _ in range(GOALS)]
activities = [[random.randrange(PARTNERS) for _ in range(3)] for _ in range(ACTIVITIES)]
worked_for = [random.randrange(GOALS) for _ in range(ACTIVITIES)]
brought_for = [random.randrange(GOALS) for _ in range(PARTNERS)]


def source(extra=""):
    """The alliance in the language."""
    lines = ['language en version 1\nalliance big "Many" {\n  status: idea\n}']
    for k, carrier in enumerate(carriers):
        lines.append(f'goal g{k} "Goal {k}" {{ carried-by: p{carrier} }}')
    for i, own in enumerate(positions):
        lines.append(f'partner p{i} "Partner {i}" {{')
        lines += [f"  position g{k}: {value:+d}" for k, value in own.items()]
        lines.append(f'  brings {10 + i} EUR "Gift {i}" {{ for: g{brought_for[i]} }}\n'
                     f'  receives "Thing {i}" {{ felt: {i % 5} }}\n  coordination: {1 + i % 9} h/month\n}}')
    for a, (owner, *others) in enumerate(activities):
        lines.append(f'activity a{a} "Activity {a}" {{\n  owner: p{owner}\n  with: {", ".join(f"p{i}" for i in others)}\n'
                     f'  goals: g{worked_for[a]}\n}}')
    return "\n".join(lines) + "\n" + extra


# ---- What must be found, from the definitions ---------------------------------------------------

def divergent_pairs(told):
    """How many pairs disagree more than they agree, without those parted by one goal of `told` alone."""
    on = {}
    for i, own in enumerate(positions):
        for k, value in own.items():
            if value:
                on.setdefault(k, []).append(i)
    pairs = {}
    for k, actors in on.items():
        for place, i in enumerate(actors):
            for j in actors[place + 1:]:
                a, b = positions[i][k], positions[j][k]
                pair = pairs.setdefault((i, j), [0, 0, []])
                pair[a * b < 0] += abs(a) + abs(b)
                if a * b < 0:
                    pair[2].append(k)
    return sum(1 for together, apart, goals in pairs.values()
               if apart > together and not (len(goals) == 1 and goals[0] in told))


def cutting():
    """The partners without whom two of those they work with no longer reach each other."""
    tied = [set() for _ in range(PARTNERS)]
    for members in activities:
        for i in members:
            tied[i].update(j for j in members if j != i)
    found = set()
    for gone in range(PARTNERS):
        others = list(tied[gone])
        reached, waiting = {gone, *others[:1]}, others[:1]
        while waiting:
            fresh = tied[waiting.pop()] - reached
            reached |= fresh
            waiting += fresh
        if not reached.issuperset(others):
            found.add(gone)
    return found


# ---- The checks ---------------------------------------------------------------------------------

folder = tempfile.TemporaryDirectory()
plain, charter = (os.path.join(folder.name, name) for name in ("plain.alliance", "charter.alliance"))
with open(plain, "w") as file:
    file.write(source())
with open(charter, "w") as file:
    file.write(source("agreement c \"Charter\" { between: " + ", ".join(f"p{i}" for i in range(PARTNERS)) + " }\n"))

status, out, err = run("check", "--format", "json", "--today", "2024-07-01", plain)
report = json.loads(out)
ok(report["not_checked"] == [] and report["summary"]["errors"] == 0, "every check is run to its end",
   (report["not_checked"], report["summary"], err))
by_code = {}
for one in report["diagnostics"]:
    by_code.setdefault(one["code"], []).append(one)

opposed = {k for k in range(GOALS) if any(own.get(k, 0) < 0 for own in positions)}
said = len(by_code.get("divergence/opposed", [])) + len(by_code.get("divergence/contested", []))
ok(said == len(opposed), "each shared goal that somebody opposes is said once", (said, len(opposed)))
wanted = divergent_pairs(opposed)
many = by_code.get("divergence/many-pairs", [{}])
ok(len(many) == 1 and many[0].get("message", "").startswith(f"{wanted} pairs of partners disagree"),
   "the pairs that disagree more than they agree are counted", (wanted, many[0].get("message", "")[:100]))

lines = source().split("\n")
told = {lines[one["primary"]["start"]["line"] - 1].split()[1] for code in ("stops", "stops-no-deputy")
        for one in by_code.get("single-carrier/" + code, [])}
wanted = {f"p{i}" for i in cutting()}
ok(told == wanted and wanted, "whoever alone ties others together is said, and nobody else",
   (len(told), len(wanted), sorted(told ^ wanted)[:5]))

status, out, err = run("check", "--only", "single-carrier", "--format", "json", charter)
report = json.loads(out)
ok(report["not_checked"] == [] and report["diagnostics"] == [], "with one charter signed by all, nobody is alone",
   (report["not_checked"], len(report["diagnostics"])))

crowd = os.path.join(folder.name, "crowd.alliance")
with open(crowd, "w") as file:
    file.write("language en version 1\ngoal g \"Goal\"\n"
               + "".join(f"partner p{i} {{ position g: +{1 + i % 4} }}\n" for i in range(PARTNERS)))
for view in ("check", "alignment"):
    status, out, err = run(view, "--format", "json", *(["--only", "divergence"] if view == "check" else []), crowd)
    ok(status == 0 and ("divergence/too-many" in out if view == "check" else "two by two" in out),
       f"{view}: of pairs that are too many to compare, it is said that they are not compared", (status, err, out[:200]))

# ---- The pages ----------------------------------------------------------------------------------

for view in VIEWS:
    page = os.path.join(folder.name, view + ".json")
    status, out, err = run(view, "--format", "json", "--output", page, plain)
    ok(status == 0 and os.path.exists(page) and os.path.getsize(page) > 200, f"the page {view} is made", (status, err))

print(f"1..{count}")
sys.exit(1 if failed else 0)
