"""formats.py -- what the program writes for other programs, judged by schemas (TAP).

SARIF by the schema of its standard (data/README.md says where it comes from), our own JSON by the one
of the reference: over every example, every case of the language, right or wrong, and every kind of
answer.  A document with a fault put into it must be refused, or the schema judges nothing.
"""
import copy
import json
import os
import re
import subprocess
import sys
import tempfile
import warnings

try:
    import jsonschema
except ImportError:
    # Debian's package is for Debian's Python, which need not be the first of the PATH.
    if os.environ.get("FORMATS_TRIED") or not os.path.exists("/usr/bin/python3"):
        print("1..0 # SKIP needs python3-jsonschema")
        sys.exit(0)
    os.execve("/usr/bin/python3", ["python3", "-B", *sys.argv], dict(os.environ, FORMATS_TRIED="1"))

PROGRAM = os.environ.get("ALLIANCE", os.path.join(os.getcwd(), "alliance"))
SOURCES = os.environ.get("SRCDIR", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
TODAY = "2026-01-15"

# A file with every kind of value, notes, and what a check finds and a file accepts.
EVERYTHING = """language en version 1

alliance "Everything" {
  status: experiment
  purpose: "A place" (assumption, source "a study")
  territory: "Here"
  horizon 6 months: "Soon"
}

partner a "A" {
  type: company
  role: ? (ask "Which one?")
  expertise: "x" (confidential)
  tags: one, two
  since: 2020
  brings 12 500.00 EUR/month "Money" { period: 2024-01-01..2024-06-30 }
  brings ? "Something"
  receives 15 % "A part"
  position g: +2
}

partner b "B" { type: none "not one of them" }

goal g "A goal" {
  carried-by: a, ?
}

kpi l "Another" {
  goal: g
  target: 80..100 % by 2024-06-30
}

kpi k "A number" {
  goal: g
  target: >= 1 000 seniors by 2024-12
  baseline: 12 seniors
  reading 2024-01-15: 300 seniors
}

phase p "A phase" { period: 2024-10-01..? }
link a -> b "A tie"
activity w "Work" {
  cost: 300 EUR
  with: a, b
  for: seniors
}

beneficiary seniors "Older people"
query mine = partners where type = company
check every partner has contributions else "Nothing is brought"
assert count(partners) = 2
accept three-questions {
  reason: "told later"
  by: "the board"
}
"""

QUESTIONS = [
    "partners", "partners | show name, type, role, since, expertise", "contributions | show partner, value, period",
    "contributions | sum value", "contributions | sum total", "kpis | show target, latest, baseline, progress",
    "goals | show carried-by", "count(partners)", "count(partners) / 3", "k.target", "a.since", "p.period",
    "b.type", "a.role", "a.total", "partners | count per type", "partners where role = \"x\"", "today", "1 + 1 = 2",
    "links", "phases | show period", "partners where name = \"nobody\"", "1.5 h + 2 h",
    "a.deputy", "partners | show feels", "a.expertise",
]


class Tap:
    def __init__(self):
        self.number = self.failed = 0

    def ok(self, what, faults):
        faults = list(faults)
        self.number += 1
        self.failed += bool(faults)
        print(f"{'not ' if faults else ''}ok {self.number} - {what}")
        for fault in faults[:5]:
            print("\n".join("# " + line for line in fault.split("\n")[:12]))


def read(*path):
    with open(os.path.join(SOURCES, *path), encoding="utf-8") as file:
        return json.load(file)


def without_repeats(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) != len(keys):
        raise ValueError(f"a key stands twice in {keys}")
    return dict(pairs)


def no_constant(name):
    raise ValueError(f"{name} is no JSON")


def parsed(text):
    return json.loads(text.decode("utf-8"), object_pairs_hook=without_repeats, parse_constant=no_constant)


class Judge:
    """What a schema has to say about documents."""

    def __init__(self, schema, part=None):
        kind = jsonschema.validators.validator_for(schema)
        kind.check_schema(schema)
        if part:
            schema = dict({"$ref": f"#/$defs/{part}"}, **{key: schema[key] for key in ("$schema", "$defs")})
        self.validator = kind(schema)

    def faults(self, document):
        for error in self.validator.iter_errors(document):
            for deepest in [error, *sorted(error.context or (), key=lambda one: -len(one.absolute_path))[:2]]:
                place = "/".join(map(str, deepest.absolute_path))
                yield f"/{place}: {deepest.message[:300]}"


class Runs:
    def __init__(self, folder):
        self.folder = folder
        ours = read("doc", "reference", "alliance.schema.json")
        self.ours = {part: Judge(ours, part) for part in
                     ("check", "answer", "failure", "model", "list", "document")}
        self.whole = Judge(ours)
        self.sarif = Judge(read("tests", "data", "sarif-2.1.0.schema.json"))

    def run(self, *arguments):
        environment = dict(os.environ, HOME=self.folder, XDG_STATE_HOME=self.folder, XDG_DATA_HOME=self.folder,
                           LC_ALL="C.UTF-8")
        return subprocess.run([PROGRAM, *arguments, "--today", TODAY], cwd=self.folder, env=environment, check=False,
                              stdin=subprocess.DEVNULL, capture_output=True)

    def output(self, *arguments):
        """(the document that was printed, what is wrong with the run)"""
        ran = self.run(*arguments)
        try:
            return parsed(ran.stdout), [] if ran.returncode in (0, 1, 2, 3, 4) else [f"status {ran.returncode}"]
        except (ValueError, UnicodeDecodeError) as wrong:
            return None, [f"{wrong}\n{ran.stdout[:300]!r}\n{ran.stderr[:300]!r}"]

    def faults(self, part, *arguments):
        document, faults = self.output(*arguments)
        yield from faults
        if not faults:
            yield from (self.sarif if part == "sarif" else self.ours[part]).faults(document)
            yield from BESIDES.get(part, lambda document: ())(document)


def faults_of_check(document):
    """What no schema can say: the summary counts what is listed."""
    for severity in ("error", "warning", "note"):
        found = sum(one["severity"] == severity for one in document["diagnostics"])
        if document["summary"][severity + "s"] != found:
            yield f"the summary counts {document['summary'][severity + 's']} of severity {severity}, there are {found}"
    if document["summary"]["not_checked"] != len(document["not_checked"]):
        yield "the summary counts what was not checked wrongly"


def faults_of_answer(document):
    columns = [column["id"] for column in document.get("columns", ())]
    if any(list(row) != columns for row in document.get("rows", ())):
        yield f"a row has other columns than {columns}"


def faults_of_sarif(document):
    run = document["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    if len(set(rules)) != len(rules):
        yield f"a rule stands twice in {rules}"
    used = {result["ruleId"] for result in run["results"]}
    if used != set(rules):
        yield f"rules that are not those of the results: {used ^ set(rules)}"


BESIDES = {"check": faults_of_check, "answer": faults_of_answer, "sarif": faults_of_sarif}


def examples(tap, runs):
    folder = os.path.join(SOURCES, "examples")
    names = sorted(name for name in os.listdir(folder) if name.endswith(".alliance"))
    for name in names:
        path = os.path.join(folder, name)
        for language in ("en", "fr"):
            say = f"{name}, in {language}"
            tap.ok(f"check json: {say}", runs.faults("check", "check", "--format", "json", "--lang", language, path))
            tap.ok(f"check sarif: {say}", runs.faults("sarif", "check", "--format", "sarif", "--lang", language, path))
        tap.ok(f"export json: {name}", runs.faults("model", "export", "json", path))
        tap.ok(f"export json, everything: {name}", runs.faults("model", "export", "json", "--confidential", path))
        tap.ok(f"view json: {name}", runs.faults("document", "canvas", "--format", "json", path))
    paths = [os.path.join(folder, name) for name in names]
    tap.ok("check json: all of them at once", runs.faults("check", "check", "--format", "json", "--timing", *paths))
    tap.ok("check sarif: all of them at once", runs.faults("sarif", "check", "--format", "sarif", *paths))


def cases(tap, runs):
    """The cases of the language hold every diagnostic there is."""
    root = os.path.join(SOURCES, "tests", "language")
    found = {}
    for folder, _, names in sorted(os.walk(root)):
        for name in sorted(names):
            if name.endswith(".alliance"):
                path = os.path.join(folder, name)
                found.setdefault(os.path.relpath(path, root).split(os.sep)[0], []).append(path)
    for group, paths in found.items():
        for part, form in (("check", "json"), ("sarif", "sarif")):
            faults = []
            for path in paths:
                faults += [f"{os.path.relpath(path, root)}: {fault}" for fault in
                           runs.faults(part, "check", "--only", "three-questions", "--format", form,
                                       path)]
            tap.ok(f"check {form}: {len(paths)} cases of {group}", faults)


def answers(tap, runs):
    with open(os.path.join(runs.folder, "everything.alliance"), "w", encoding="utf-8") as file:
        file.write(EVERYTHING)
    tap.ok("check json: everything", runs.faults("check", "check", "--format", "json", "everything.alliance"))
    tap.ok("check sarif: everything", runs.faults("sarif", "check", "--format", "sarif", "everything.alliance"))
    tap.ok("export json: everything", runs.faults("model", "export", "json", "--confidential", "everything.alliance"))
    accepted, faults = runs.output("check", "--format", "json", "everything.alliance")
    tap.ok("and something is accepted", faults or ([] if accepted["accepted"] else ["nothing is"]))
    for question in QUESTIONS:
        tap.ok(f"query json: {question}",
               runs.faults("answer", "query", "--format", "json", "everything.alliance", question))
    for what in ("kinds", "checks", "formats", "plugins", "words", "commands", "codes", "examples"):
        tap.ok(f"list json: {what}", runs.faults("list", "list", what, "--format", "json"))


def failures(tap, runs):
    with open(os.path.join(runs.folder, "bad.lua"), "w", encoding="utf-8") as file:
        file.write('return { type = "check", api = 1, id = "bad", word = { en = "bad", fr = "bad" },\n'
                   '  title = { en = "Bad", fr = "Bad" }, run = function() error("no") end }\n')
    for arguments in (["check", "--format", "json", "nowhere.alliance"], ["check", "--format", "json"],
                      ["check", "--format", "json", "--nothing"], ["list", "--format", "json", "nothing"],
                      ["query", "--format", "json", "everything.alliance", "nonsense"],
                      ["query", "--format", "json", "nowhere.alliance", "partners"]):
        tap.ok("json: " + " ".join(arguments), runs.faults("failure", *arguments))
    part = ["check", "--plugin", "bad.lua", "everything.alliance", "nowhere.alliance", "--format"]
    tap.ok("json: a file and a check that fail", runs.faults("check", *part, "json"))
    document, faults = runs.output(*part, "json")
    tap.ok("which are both named", faults or [f"{document}"] * (
        [one["plugin"] for one in document["not_checked"]] != ["bad"]
        or not any(one["code"] == "file" for one in document["diagnostics"])))
    for arguments in ([*part, "sarif"], ["check", "--format", "sarif", "nowhere.alliance"],
                      ["check", "--format", "sarif", "--nothing"]):
        say = " ".join(arguments)
        tap.ok("sarif: " + say, runs.faults("sarif", *arguments))
        document, faults = runs.output(*arguments)
        tap.ok("which did not succeed: " + say, faults or [f"{document}"] * (
            document["runs"][0]["invocations"][0]["executionSuccessful"] is not False
            or not document["runs"][0]["invocations"][0]["toolExecutionNotifications"]))


def faulty(document):
    """Documents with one fault each: a key gone, a key too many, a value of another type."""
    def at(path):
        place = document
        for step in path:
            place = place[step]
        return place

    def places(node, path=()):
        if isinstance(node, dict):
            yield path
            for key, value in node.items():
                yield from places(value, (*path, key))
        elif isinstance(node, list):
            for number, value in enumerate(node[:4]):
                yield from places(value, (*path, number))

    for path in list(places(document)):
        for change in ("more", "less", "other"):
            damaged = copy.deepcopy(document)
            place = damaged
            for step in path:
                place = place[step]
            if change == "more":
                place["surplus"] = 1
            elif not place:
                continue
            elif change == "less":
                place.pop(next(iter(place)))
            else:
                place[next(iter(place))] = {"what": [1]}
            yield f"{change} at /{'/'.join(map(str, path))}", damaged, at(path)


def the_schemas_refuse(tap, runs):
    """Not every fault can be seen by a schema (a key that may be absent, a bag of properties)."""
    for part, arguments in (("check", ["check", "--format", "json"]), ("model", ["export", "json"]),
                            ("sarif", ["check", "--format", "sarif"])):
        document, _ = runs.output(*arguments, "everything.alliance")
        judge = runs.sarif if part == "sarif" else runs.ours[part]
        seen = refused = 0
        for _, damaged, _ in faulty(document):
            seen += 1
            refused += not judge.validator.is_valid(damaged)
        tap.ok(f"{part}: {refused} of {seen} documents with a fault are refused",
               [] if seen > 40 and refused > seen * 0.6 else ["the schema judges too little"])
    for part, document in (
            ("answer", {"version": 1, "value": {"number": 12, "unit": "EUR"}}),
            ("answer", {"version": 1, "value": {"number": "0012", "unit": "EUR"}}),
            ("answer", {"version": 2, "value": 1}), ("answer", {"version": 1}),
            ("answer", {"version": 1, "value": {"unknown": False}}),
            ("answer", {"version": 1, "value": 1, "columns": [], "rows": []}),
            ("failure", {"version": 1, "diagnostics": [], "status": 2}),
            ("failure", {"version": 1, "diagnostics": [{"code": "file", "severity": "error", "message": "x"}], "status": 0}),
            ("list", [{"id": "", "word": "x", "about": "x"}])):
        tap.ok(f"refused: {json.dumps(document)}", [] if list(runs.ours[part].faults(document)) else ["it is accepted"])


def the_reference_says_so(tap, runs):
    """The object that doc/reference/program.md shows is one."""
    with open(os.path.join(SOURCES, "doc", "reference", "program.md"), encoding="utf-8") as file:
        samples = re.findall(r"```json\n(.*?)```", file.read(), re.S)
    tap.ok("the reference shows JSON", [] if samples else ["it has no sample"])
    for number, sample in enumerate(samples, 1):
        tap.ok(f"sample {number} of the reference", runs.whole.faults(json.loads(sample)))


def main():
    warnings.simplefilter("ignore")
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        runs = Runs(folder)
        for part in (examples, cases, answers, failures, the_schemas_refuse, the_reference_says_so):
            part(tap, runs)
    print(f"1..{tap.number}")
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
