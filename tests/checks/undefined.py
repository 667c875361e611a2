#!/usr/bin/env python3
"""undefined.py -- files from which something cannot be told: all checks that ship run on each, none breaks
down, none makes a figure out of nothing, and where an answer is due it is "cannot tell", with the reason.
Then the perfect alliance, with each property in turn said to be unknown, not to apply, or left out.

Prints TAP. Needs the program (BUILDDIR, ALLIANCE).
"""
import json
import os
import re
import subprocess
import sys
import tempfile

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
TODAY = "2024-07-01"
count = failed = 0

# Two partners of whom everything is said that a check could ask, but what a case leaves open.
PARTNERS = "partner p\npartner q\n"
TIES = """goal g "Visits"
partner p {
  position g: 0
  brings 100 EUR "A gift"
  receives "Contacts" { felt: 2 }
}
partner q {
  position g: 0
  brings 100 EUR "Another"
  receives "Contacts" { felt: 2 }
}
"""

# Each case: what it is; the file; what must be said that cannot be told; what must not be said at all.
CASES = [
    ("an empty file", "", [], ["*"]),
    ("only a comment", "# nothing yet\n", [], ["*"]),
    ("only `alliance`", "alliance a\n", ["shared-goal/too-few", "equity/too-few"], ["reciprocity/*", "divergence/*"]),
    ("an alliance that is all `?`", "alliance a {\n  purpose: ?\n  status: ?\n  territory: ?\n  contract: ?\n  stance: ?\n"
     "  start: ?\n  end: ?\n  renewal: ?\n  exit: ?\n  review: ?\n  preserve: ?\n}\n", [],
     ["posture/side-by-side", "posture/two-postures", "three-questions/direction", "exit-plan/over"]),
    ("one partner", "partner p\n", ["shared-goal/too-few", "equity/too-few"],
     ["divergence/*", "single-carrier/*", "complementarity/*", "coopetition/*", "trust/*"]),
    ("partners, and nothing of them", "alliance a\n" + PARTNERS, [],
     ["equity/*", "complementarity/*", "divergence/*", "levers/*", "trust/*", "uncovered-need/*", "inertia/*"]),
    ("no position", 'goal g "Visits"\n' + PARTNERS, ["shared-goal/no-position"],
     ["shared-goal/not-shared", "divergence/*"]),
    ("no position, but all carry the goal", 'goal g "Visits" { carried-by: p, q }\n' + PARTNERS, ["divergence/no-position"],
     ["shared-goal/*", "divergence/pair", "divergence/opposed"]),
    ("positions that are all `?`", 'goal g "Visits"\npartner p { position g: ? }\npartner q { position g: ? }\n', [],
     ["shared-goal/not-shared", "shared-goal/not-said", "divergence/*"]),
    ("all ties: positions, contributions and benefits are equal", TIES, [],
     ["equity/*", "divergence/*", "funding-*"]),
    ("only contributions of nothing", "partner p {\n  brings 0 EUR\n  receives \"Contacts\" { felt: 2 }\n}\npartner q {\n"
     "  brings 0 EUR\n  receives \"Contacts\" { felt: 2 }\n}\n", ["equity/nothing-brought"], ["equity/carries-most",
                                                                                         "equity/gains-*"]),
    ("benefits without a worth", 'partner p {\n  brings 10 EUR\n  receives "Contacts" { felt: 0 }\n}\npartner q {\n'
     '  brings 10 EUR\n  receives "Contacts" { felt: 0 }\n}\n', ["equity/nothing-gained"], ["equity/gains-*"]),
    ("an amount below zero", "partner p {\n  brings -10 EUR\n  receives \"Contacts\" { felt: 2 }\n}\npartner q {\n"
     "  brings 10 EUR\n  receives \"Contacts\" { felt: 2 }\n}\n", ["equity/below-zero"], ["equity/gains-*"]),
    ("contributions that are all `?`", "partner p {\n  brings ?\n  receives ?\n}\npartner q {\n  brings ?\n  receives ?\n}\n",
     ["equity/not-valued"], ["reciprocity/neither", "complementarity/*", "levers/*", "equity/gains-*"]),
    ("a rate without a period", "partner p {\n  brings 200 EUR/month\n  receives \"Contacts\" { felt: 2 }\n}\npartner q {\n"
     "  brings 10 EUR\n  receives \"Contacts\" { felt: 2 }\n}\n", ["equity/not-valued"], ["equity/gains-*"]),
    ("mixed currencies", 'partner p {\n  brings 100 EUR\n  receives "Contacts" { felt: 2 }\n}\npartner q {\n  brings 100 USD\n'
     '  receives "Contacts" { felt: 2 }\n}\ncost 100 EUR "Rent" { period: 2024 }\nfunding 50 USD "Grant" {\n  from: p\n'
     '  status: secured\n  period: 2024\n}\nfunding 50 EUR "Gift" {\n  from: q\n  status: secured\n  period: 2024\n}\n',
     ["equity/mixed", "funding-balance/mixed", "funding-dependence/mixed"],
     ["funding-balance/gap", "funding-dependence/one-*", "equity/gains-*"]),
    ("costs that nobody knows", 'activity a { cost: ? }\ncost ? "Rent"\nfunding ? "Grant" { status: secured }\n',
     ["funding-balance/not-known", "funding-dependence/not-known"], ["funding-balance/gap", "funding-dependence/one-*"]),
    ("only money that was refused", 'funding 500 EUR "Grant" {\n  from: "The region"\n  status: refused\n}\n', [],
     ["funding-dependence/one-*", "funding-balance/gap"]),
    ("natures that are not said", 'partner p { brings 10 EUR }\npartner q { brings 20 EUR }\npartner r { brings "Help" }\n',
     ["complementarity/not-said"], ["complementarity/all-the-same"]),
    ("activities that nobody is said to do", "alliance a { contract: alliance }\npartner p\nactivity v \"Visits\"\n",
     ["posture/not-said"], ["posture/side-by-side", "single-carrier/carries-most"]),
    ("a need, and contributions for nothing in particular", 'partner p { brings "Drivers" }\nneed n "A van" { partner: p }\n',
     ["uncovered-need/not-said"], ["uncovered-need/uncovered"]),
    ("a circle of things that wait", "activity x { after: y }\nactivity y { after: z }\nactivity z { after: x }\n"
     'milestone m "The opening" {\n  date: 2025-01-01\n  after: x\n}\n', [], ["phases-in-order/late"]),
    ("a circle of goals that help one another", "goal s { own: yes\n  affects t: 50 % }\ngoal t { affects u: 50 % }\n"
     "goal u { affects t: 50 % }\n"
     + PARTNERS, ["divergence/in-a-circle"], ["divergence/own-goal"]),
    ("nothing has a date, in the framing", "alliance a {\n  status: framing\n  territory: ?\n}\nphase f \"Framing\" { type: framing }\n"
     'milestone m "Go on?" { type: go-no-go }\npartner p {\n  type: ?\n  commitment "Ask the mayor"\n}\n', ["inertia/no-date"],
     ["inertia/nothing-since", "phases-in-order/hole", "phases-in-order/nothing-after", "kept-commitments/late"]),
    ("dates that are all `?`", "alliance a { start: ? }\nphase f { period: ? }\nmilestone m { date: ? }\n"
     "partner p { commitment \"Ask\" { due: ? } }\nactivity x { period: 2024-08-01..? }\n", [],
     ["kept-commitments/late", "phases-in-order/hole", "inertia/nothing-since", "decision-times/late"]),
    ("a partner of whom nobody knows how long it takes", "alliance a { start: 2024-01-01 }\npartner p {\n  decision-time: ?\n"
     "  brings 10 EUR \"A gift\" {\n    for: x\n    status: promised\n  }\n}\nactivity x { period: 2024-08-01..2024-09-01 }\n", [],
     ["decision-times/late"]),
    ("an indicator without figures", 'goal g "Visits"\nkpi k "Visits in a month" {\n  goal: g\n  baseline: ?\n  target: ?\n'
     "  reading 2024: ?\n}\n", [], ["measurable-goal/no-change", "measurable-goal/threshold", "figure-sources/*"]),
    ("a decision whose figures are not known", 'goal g "Visits"\nkpi k "Visits" {\n  goal: g\n  target: ?\n}\n'
     'milestone m "Go on?" {\n  type: go-no-go\n  date: 2024-01-01\n  decision: go\n  criterion "Enough" { kpi: k }\n}\n', [],
     ["go-no-go/unmet"]),
    ("a stakeholder of whom nothing is known", 'partner p\nstakeholder s "The county" {\n  power: ?\n  interest: ?\n}\n', [],
     ["missing-stakeholders/counts"]),
    ("trust that is not known", "partner p {\n  trusts q: ?\n}\npartner q {\n  trusts p: ?\n}\n", [], ["trust/low", "trust/one-way"]),
    ("an evaluation without a conclusion", 'alliance a\nscale-up s "Elsewhere" { route: kit }\nevaluation "First year" { date: 2024-01-01 }\n',
     ["scale-up-ready/no-outcome"], ["scale-up-ready/not-positive"]),
    ("impacts that are `?`", 'impact "They meet" {\n  type: ?\n  evidence: ?\n}\n', [], ["three-impacts/missing",
                                                                                     "three-impacts/not-shown"]),
    ("competitors that are `?`", 'partner p { sector: "Retail" }\npartner q { sector: "Retail" }\n'
     'competition "Shops" {\n  between: ?\n  safeguard: ?\n}\n', [], ["coopetition/same-sector", "coopetition/no-safeguard"]),
    ("what does not apply", 'alliance a { purpose: none "Studied only" }\npartner p {\n  expertise: none "Learns"\n'
     '  interest: none "Curious"\n}\n', [], ["three-questions/*"]),
]


def ok(condition, what, details=""):
    global count, failed
    count += 1
    print(("" if condition else "not ") + f"ok {count} - {what}")
    if not condition:
        failed += 1
        print("\n".join("# " + line for line in str(details).splitlines()[:14]))


def check(path, language):
    done = subprocess.run([program, "check", "--profile", "strict", "--today", TODAY, "--lang", language,
                           "--format", "json", path], capture_output=True, text=True)
    try:
        return done.returncode, json.loads(done.stdout)
    except ValueError:
        return done.returncode, {"diagnostics": [{"code": "nothing readable", "message": done.stderr}], "not_checked": ["?"]}


def allowed_numbers(source):
    """Figures that a sentence may show: those of the file, counts of its lines, limits of checks."""
    numbers = set(re.findall(r"\d+", source)) | {str(n) for n in range(source.count("\n") + 2)}
    # Boxes of the canvas, families of support, and two limits that are conventions.
    return numbers | set("123456789") | {"60", "26"}


def invented(text, source):
    """What in a sentence could be a figure made of nothing."""
    found = re.findall(r"(?<![\w.,])(?:nan|inf|nil|-nan)(?![\w.])|\d+\s*%", text.replace("\u00a0", " "))
    found = [one for one in found if not one.startswith("60")]
    plain = re.sub(r"`[^`]*`", "", text)
    return found + [number for number in re.findall(r"\d+", plain) if number not in allowed_numbers(source)]


def matches(code, pattern):
    return pattern == "*" or code == pattern or pattern.endswith("*") and code.startswith(pattern[:-1])


def tell(title, source, due, absent):
    with tempfile.NamedTemporaryFile("w", suffix=".alliance", delete=False) as file:
        file.write("language en version 1\n" + source)
    for language in ("en", "fr"):
        status, answer = check(file.name, language)
        found = [one for one in answer["diagnostics"] if "/" in one["code"]]
        broken = [one["code"] for one in answer["diagnostics"] if re.fullmatch(r"E\d{3}|nothing readable", one["code"])]
        ok(status in (0, 1) and not answer["not_checked"] and not broken, f"{title}: all checks run ({language})",
           f"status {status}, {broken}, {answer['not_checked']}")
        told = {one["code"] for one in found if one.get("cannot_tell")}
        ok(set(due) <= told, f"{title}: what cannot be told is said ({language})", f"wanted {due}\ngot {sorted(told)}")
        said = {one["code"] for one in found if not one.get("cannot_tell")} if due else {one["code"] for one in found}
        wrong = sorted(code for code in said if code not in due for pattern in absent if matches(code, pattern)
                       and not re.search(r"/ask", code))
        ok(not wrong, f"{title}: nothing is said that cannot be known ({language})", wrong)
        figures = {one["code"]: invented(one["message"], source) for one in found if invented(one["message"], source)}
        ok(not figures, f"{title}: no figure made of nothing ({language})", figures)
        reasons = [one for one in found if one.get("cannot_tell") and len(one["message"]) < 20]
        ok(not reasons, f"{title}: each reason is a sentence ({language})", reasons)
    os.unlink(file.name)


def perfect(text):
    """What breaks down on a variant of the perfect alliance: checks that do not end, errors of the text."""
    with tempfile.NamedTemporaryFile("w", suffix=".alliance", delete=False) as file:
        file.write(text)
    status, answer = check(file.name, "en")
    os.unlink(file.name)
    return answer["not_checked"] + [one for one in answer["diagnostics"]
                                    if re.fullmatch(r"E\d{3}|nothing readable", one["code"])]


def each_property_in_turn():
    with open(os.path.join(root, "tests/checks/perfect.en.alliance"), encoding="utf-8") as file:
        source = file.read()
    line = r"^( *%s(?: [^\s:\"{]+)?(?: [a-z]+)?): .*$"
    for name in sorted({found[1] for found in re.findall(line % "([a-z-]+)", source, re.M)}):
        wrong = []
        for value in ("?", 'none "why"'):
            wrong += perfect(re.sub(line % name, rf"\1: {value}", source, flags=re.M))
        wrong += perfect(re.sub((line % name) + "\n", "", source, flags=re.M))
        ok(not wrong, f"{name}: unknown, not applicable or left out, all checks run to the end", wrong)


for case in CASES:
    tell(*case)
each_property_in_turn()
print(f"1..{count}")
sys.exit(failed > 0)
