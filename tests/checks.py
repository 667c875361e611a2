#!/usr/bin/env python3
"""checks.py -- the checks that ship, on their own examples: each bad file has what it says, its repaired
twin has nothing and is still the same alliance, every message has such a pair, and no message is left
unfinished in either language. And on other files: what is not known breaks no check, a first file is not
flooded, figures are those that a person works out, and a limit without a source says it is a convention.

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


def run(source, check, language="en", *more):
    """What the check says of a text: the object of `check --format json`."""
    with tempfile.NamedTemporaryFile("w", suffix=".alliance", delete=False) as file:
        file.write("language en version 1\n" + source)
    try:
        done = subprocess.run([program, "check", "--only", check, "--format", "json", "--lang", language, *more,
                               file.name],
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


def with_values(source, value):
    """The text with every value of a property or a keyed thing replaced."""
    return "\n".join(line if line.startswith("settings") else re.sub(r"(: )(?:\S.*?)(?=( \}|$))", r"\g<1>" + value, line)
                     for line in source.split("\n"))


def check_half_known(plugin):
    """Whatever is `?`, or said not to apply, the check runs to its end."""
    for value in ("?", 'none "why"'):
        broken = []
        for example in plugin["examples"]:
            for source in (example["bad"], example["good"]):
                broken += run(with_values(source, value), plugin["id"])["not_checked"]
        ok(not broken, f"{plugin['id']}: nothing breaks when every value is {value}", broken)


def check_conventions(plugin):
    """A limit that no source gives says so where it is set, and where the check is explained or shown."""
    conventions = [name for name, option in plugin.get("options", {}).items() if option.get("convention")]
    for language in ("en", "fr"):
        page = subprocess.run([program, "--lang", language, "explain", plugin["id"]], capture_output=True, text=True,
                              check=True).stdout
        _, _, after = page.partition("\nOptions\n")
        options = " ".join(after.split("\n\n")[0].split())
        for name in conventions:
            ok(re.search(rf"\b{name} = \S+( %)? [^()]*\((A|Une) convention", options),
               f"{plugin['id']}: {name} is said to be a convention ({language})", options)
    if conventions:
        for language in ("en", "fr"):
            shown = [plugin["about"][language]] + [message.get("why", {}).get(language, "")
                                                   for message in plugin["messages"].values()]
            ok(any("onvention" in text for text in shown), f"{plugin['id']}: so does what is shown ({language})", shown)


# A first file: a name, a goal, and twelve partners of whom nothing is said.
FIRST = 'alliance street "Our street"\ngoal garden "A garden for all"\n' + \
    "".join(f'partner p{number} "Partner {number}"\n' for number in range(12))


def check_first_file(plugin):
    answer = run(FIRST, plugin["id"])
    findings = answer["diagnostics"]
    ok(len(findings) <= 4 and all(finding["severity"] != "error" for finding in findings),
       f"{plugin['id']}: a first file is told little, and nothing grave", [finding["message"] for finding in findings])


def messages(answer, check):
    return [finding["message"] for finding in answer["diagnostics"] if finding["code"].startswith(check + "/")]


def check_worked(what, check, source, wanted, *more):
    """The messages of a check, word for word, worked out by hand."""
    got = messages(run(source, check, "en", *more), check)
    ok(got == wanted, f"{check}: {what}", f"wanted {wanted}\ngot    {got}")


def check_published():
    """Where a check rests on a published method, the example that came with it."""
    with open(os.path.join(root, "tests/data/oracles.json"), encoding="utf-8") as file:
        oracles = {row["name"]: row for row in json.load(file)}

    # Who diverges more than it converges, by the matrices of the priorities.
    positions, wanted = oracles["mactor_4x5"]["inputs"]["MAO2"], oracles["mactor_4x5"]["expected"]
    source = "".join(f'goal o{k} "O{k}"\n' for k in range(5)) + "".join(
        f'partner a{i} "A{i}" {{\n' + "".join(f"  position o{k}: {value:+d}\n" for k, value in enumerate(row)) + "}\n"
        for i, row in enumerate(positions))
    pairs = {f"A{i} and A{j}" for i in range(4) for j in range(i + 1, 4)
             if wanted["DAA2"][i][j] > wanted["CAA2"][i][j]}
    got = messages(run(source, "divergence"), "divergence")
    ok({text.split(" disagree")[0] for text in got if " disagree on " in text} == pairs,
       "divergence: the pairs of the published matrices", f"wanted {pairs}\ngot    {got}")
    ok("The shared goal “O4” meets at least as much opposition (2) as support (2). Against it: A2 (−2)." in got
       and "A1 (−1) and A2 (−2) are against the shared goal “O1” (positions added up: 5 for, 3 against)." in got,
       "divergence: so are the goals that are opposed", got)

    # Who cannot be spared between the families of Florence, by their marriages.
    edges, wanted = oracles["florentine_families"]["inputs"]["edges"], oracles["florentine_families"]["expected"]
    families = sorted({family for edge in edges for family in edge})
    source = "".join(f'partner {family.lower()} "{family}"\n' for family in families) + "".join(
        f'link {a.lower()} -> {b.lower()} "married"\n' for a, b in edges)
    got = messages(run(source, "single-carrier"), "single-carrier")
    ok([text[3:].split(" stops")[0] for text in got] == wanted["articulation_points"],
       "single-carrier: the families that hold the others together", got)

    # Two partners can leave before half of the goals are nobody's: it rests on more than one.
    supporters = oracles["truck_factor"]["inputs"]["goal_supporters"]
    ok(oracles["truck_factor"]["expected"]["truck_factor"] == 2, "the published case rests on two")
    source = 'partner a "A"\npartner b "B"\npartner c "C"\n' + "".join(
        f'goal {goal} "{goal}" {{\n  carried-by: {", ".join(names).lower()}\n}}\n' for goal, names in supporters.items())
    check_worked("a published case that rests on two", "single-carrier", source, [])
    check_worked("the same without B rests on one", "single-carrier",
                 source.replace("carried-by: b", "carried-by: a").replace(", b", ""),
                 ["If A stops: nobody works for “g1”, “g2”, “g3” and “g4” any more (2 of 6 goals keep somebody). And no "
                  "deputy is named there. Who could take over?"])


check_published()
# 31 May less three months: February has 29 days in 2024. Ten days before that to pay: 31 May, 21 May, 21 February.
DELAYS = """partner town "Town" {
  decision-time: 3 months
  payment-time: 10 days
  brings 300 EUR "Gift" { for: opening }
  brings ? "Hall" { for: opening }
}
activity opening "Opening" { period: 2024-05-31..2024-06-30 }
"""
LATE = ["Town takes 3 months to decide and 10 days to pay: for “Opening”, on 31 May 2024, it had to be asked by 21 "
        "February 2024. Still open: “Gift”.",
        "Town takes 3 months to decide: for “Opening”, on 31 May 2024, it had to be asked by 29 February 2024. Still "
        "open: “Hall”."]
check_worked("the last days to ask are past", "decision-times", DELAYS, LATE, "--today", "2024-03-01")
check_worked("one of them is today", "decision-times", DELAYS, [LATE[0], LATE[1].replace("it had to be asked by", "ask by")
             .replace("2024. Still", "2024, that is today. Still")], "--today", "2024-02-29")
check_worked("both are to come", "decision-times", DELAYS, [], "--today", "2024-01-20")
check_worked("a studied alliance is not told", "decision-times", "alliance a { mode: analysis }\n" + DELAYS, [],
             "--today", "2024-03-01")

# What only thousands of partners bring about: tests/large.py.
LARGE = {"divergence": {"too-many"}}

files = 0
for path in sorted(glob.glob(os.path.join(root, "plugins/checks/*.lua"))):
    plugin = table_of(path)
    raised = set()
    for index, example in enumerate(plugin["examples"]):
        check_example(plugin, index, example, raised)
        files += 2
    ok(raised | LARGE.get(plugin["id"], set()) == set(plugin["messages"]), f"{plugin['id']}: a bad file and a good one for every message",
       sorted(set(plugin["messages"]) - raised))
    options = plugin.get("options") or {}
    limits = {option for option, row in options.items() if row["type"] in ("integer", "number", "percent")
              and option != "together"}       # how many are named in one finding is no judgement
    conventions = {option for option, row in options.items() if row.get("convention")}
    ok(limits == conventions, f"{plugin['id']}: a limit without a published source is declared a convention",
       limits ^ conventions)
    shown = [[message[language] + (message.get("why") or {}).get(language, "") for message in plugin["messages"].values()]
             for language in ("en", "fr")]
    ok(not conventions or all("convention" in " ".join(texts) for texts in shown),
       f"{plugin['id']}: and said to be one where it is shown")
    ok(codes(run("", plugin["id"])) == [], f"{plugin['id']}: an empty file is not blamed")
    check_half_known(plugin)
    check_conventions(plugin)
    check_first_file(plugin)

ok(files >= 70, f"{files} small files, half of them with a fault and half repaired")
print(f"1..{count}")
sys.exit(failed > 0)
