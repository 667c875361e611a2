"""examples.py -- the examples are right, well formed, the same in both languages, and run (TAP)."""
import sys

import language
from language import SRCDIR, Wrong, alliance

EXAMPLES = SRCDIR / "examples"
SCRIPTS = EXAMPLES / "scripts"


def nothing_is_wrong(path):
    """No error and no warning of the language itself, but failed checks, which are shown."""
    case = language.Case(path)
    found = [one for one in language.diagnose(case) if one[0][0] in "EW" and one[0] not in ("W601", "W602")]
    if found:
        raise Wrong("\n".join(f"{one[0]} {one[2]}:{one[3]} {one[4]}" for one in found))


def it_has_the_one_form(path):
    language.same_bytes(language.formatted(path), path.read_bytes(), "fmt")


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
        tests += [(path, nothing_is_wrong), (path, it_has_the_one_form), (path, every_fact_has_a_source)]
        if not path.name.endswith(".en.alliance"):
            tests.append((path, both_languages_say_the_same))
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
