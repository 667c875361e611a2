"""examples.py -- the examples are right, well formed, the same in both languages, and run; one of them
uses the whole vocabulary (TAP)."""
import json
import re
import sys

import language
from language import SRCDIR, Wrong, alliance, vocabulary

EXAMPLES = SRCDIR / "examples"
SCRIPTS = EXAMPLES / "scripts"
EVERYTHING = EXAMPLES / "tournee.en.alliance"


def nothing_is_wrong(path):
    """No error and no warning of the language itself, but failed checks, which are shown."""
    case = language.Case(path)
    found = [one for one in language.diagnose(case) if one[0][0] in "EW" and one[0] not in ("W601", "W602")]
    if found:
        raise Wrong("\n".join(f"{one[0]} {one[2]}:{one[3]} {one[4]}" for one in found))


def it_has_the_one_form(path):
    language.same_bytes(language.formatted(path), path.read_bytes(), "fmt")


def translated_there_and_back_it_is_itself(path):
    own, other = ("en", "fr") if path.name.endswith(".en.alliance") else ("fr", "en")
    there = alliance(["fmt", "--to", other, path.name], EXAMPLES)[1]
    language.same_bytes(alliance(["fmt", "--to", own, "-"], EXAMPLES, there)[1], path.read_bytes(), f"fmt --to {own}")


def both_languages_say_the_same(path):
    other = path.with_name(path.name.replace(".alliance", ".en.alliance"))
    one, two = language.masked(path, other), language.masked(other, path)
    if one != two:
        raise Wrong(language.first_difference(one, two))


def every_fact_has_a_source(path):
    """An entity of the file says where it comes from, or holds a `?`, or says that it is assumed."""
    text = path.read_text("utf-8")
    if text.count("source") < 5:
        raise Wrong("hardly any source is named")
    if "@" in text:
        raise Wrong("there is an address in it")


def it_uses_each_kind_and_property(path):
    status, out, err = alliance(["export", "json", "--confidential", path.name], EXAMPLES)
    if status != 0:
        raise Wrong(err.decode("utf-8", "replace"))
    used, anywhere = {}, set()
    for one in json.loads(out)["entities"]:
        said = set(one.get("properties", {})) | set(one.get("notes", {}))
        used.setdefault(one["kind"], set()).update(said)
        anywhere |= said
    kinds, common = vocabulary()
    missing = [kind for kind in kinds if kind not in used]
    missing += [f"{kind}.{name}" for kind in kinds for name in kinds[kind] if name not in used.get(kind, ())]
    missing += [name for name in common if name not in anywhere]
    if missing:
        raise Wrong("not used yet: " + ", ".join(missing))


def it_uses_each_statement_and_value(path):
    """The statements that are evaluated, the remarks, and the ways to say how much is known."""
    text = re.sub(r'"[^"\n]*"', '""', path.read_text("utf-8"))
    shapes = [r"^%s\b" % word for word in ("assert", "check", "query", "show", "settings", "accept")]
    shapes += [r"\(%s\b" % word for word in ("assumption", "confidential", "source", "ask")]
    shapes += [r": \? \(ask", r", \?$", r": none \"", r"^ *## ", r"^  x-[\w-]+:", r'"""$', r"\.\.", r"/month\b"]
    shapes += [r"target: %s" % bound for bound in ("<= ", ">= ", "< ", "> ", r"\d[\d ]* \w+$", r"\d+\.\.\d+ % by")]
    shapes += [r"reading %s" % date for date in (r"\d{4}:", r"\d{4}-\d\d:", r"\d{4}-\d\d-\d\d:")]
    missing = [shape for shape in shapes if not re.search(shape, text, re.M)]
    if missing:
        raise Wrong("nothing matches: " + "  ".join(missing))


# What the large example leaves to be found, as its lines "On purpose:" say; each once or more.
ON_PURPOSE = {
    "beneficiary-value/not-answered",                       # nothing for seasonal workers
    "single-carrier/stops", "equity/carries-most",          # the Halte carries most
    "kept-commitments/late",                                # promised for January, still open
    "decision-times/late",                                  # six shelters, four months to decide
    "equity/felt-not-counted",                              # the growers feel it as unfair
    "trust/low", "trust/one-way",                           # the booking software is not trusted
    "divergence/opposed", "divergence/own-goal",            # the coaches are against
    "funding-dependence/ends-before",                       # the shed is lent until 2027
    "funding-balance/waiting",                              # 2028 is only requested
    "missing-stakeholders/against",                         # nobody goes to see the taxis
    "support-actors/not-contacted",                         # spotted, never contacted
}


def it_has_the_faults_that_it_announces(path):
    for name, mark in ((path.name, "On purpose:"), (path.name.replace(".en.", "."), "Exprès :")):
        status, out, err = alliance(["check", "--format", "json", "--today", "2026-06-30", name], EXAMPLES)
        answer = json.loads(out)
        found = {one["code"] for one in answer["diagnostics"] if not one.get("question")}
        if found != ON_PURPOSE:
            raise Wrong(f"{name}: not announced: {sorted(found - ON_PURPOSE)}; "
                        f"not found: {sorted(ON_PURPOSE - found)}")
        if not answer["accepted"]:
            raise Wrong(f"{name}: nothing is accepted")
        lines = (EXAMPLES / name).read_text("utf-8").splitlines()
        announced = sum(line.lstrip().startswith("# " + mark) for line in lines)
        if announced != 11:
            raise Wrong(f"{name}: {announced} faults are announced")


def it_says_that_it_is_invented(path):
    for name, word in ((path.name, "invented"), (path.name.replace(".en.", "."), "invent")):
        text = (EXAMPLES / name).read_text("utf-8")
        opening, note = text.split("\n", 5)[2:5], re.search(r"^  note ?: (.*?)^  \w", text, re.M | re.S)
        if word not in " ".join(opening) or not note or word not in note[1]:
            raise Wrong(f"{name}: it should be said in the first lines, and in the note of the alliance")


def it_runs(path):
    status, out, err = alliance(["run", "--today", language.TODAY, str(path)], EXAMPLES)
    if status != 0:
        raise Wrong(f"status {status}\n{err.decode('utf-8', 'replace')}")
    if len(out.splitlines()) < 20:
        raise Wrong(f"only {len(out.splitlines())} lines are shown")


def both_scripts_show_as_much(path):
    """The French script and the English one ask the same questions: as many lines, as many columns."""
    other = path.with_name(path.name.replace(".alliance", ".en.alliance"))
    answers = [alliance(["run", "--today", language.TODAY, str(one)], EXAMPLES)[1].splitlines() for one in (path, other)]
    if len(answers[0]) != len(answers[1]):
        raise Wrong(f"{len(answers[0])} lines in French, {len(answers[1])} in English")


def main():
    tests = []
    for path in sorted(EXAMPLES.glob("*.alliance")):
        tests += [(path, nothing_is_wrong), (path, it_has_the_one_form), (path, every_fact_has_a_source),
                  (path, translated_there_and_back_it_is_itself)]
        if not path.name.endswith(".en.alliance"):
            tests.append((path, both_languages_say_the_same))
    tests += [(EVERYTHING, it_uses_each_kind_and_property), (EVERYTHING, it_uses_each_statement_and_value),
              (EVERYTHING, it_says_that_it_is_invented), (EVERYTHING, it_has_the_faults_that_it_announces)]
    for path in sorted(SCRIPTS.glob("*.alliance")):
        tests += [(path, it_has_the_one_form), (path, it_runs)]
        if not path.name.endswith(".en.alliance"):
            tests.append((path, both_scripts_show_as_much))
    failures = 0
    for number, (path, function) in enumerate(tests, 1):
        name = f"{path.relative_to(EXAMPLES)}: {function.__name__.replace('_', ' ')}"
        try:
            function(path)
        except Wrong as wrong:
            failures += 1
            print(f"not ok {number} - {name}")
            print("\n".join("# " + line for line in str(wrong).split("\n")))
        else:
            print(f"ok {number} - {name}", flush=True)
    print(f"1..{len(tests)}")
    return 1 if failures else 0


sys.exit(main())
