#!/usr/bin/env python3
"""perfect.py -- the invented alliance in which nothing is missing: no check finds anything in it, and each
check does as soon as the one thing is changed that it looks at.

Prints TAP. Needs the program (BUILDDIR, ALLIANCE).
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

FOLDER = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parent))
sys.dont_write_bytecode = True
import language  # noqa: E402  the tree of a file

TODAY = "2024-07-01"
LATER = "2027-07-01"
CHECKS = sorted(path.stem for path in (language.SRCDIR / "plugins" / "checks").glob("*.lua"))

# What is changed in the English file, and what the check then says: (old, new, message). A pattern is a
# regular expression that must occur; `new` takes its place wherever it does.
EDITS = {
    "shared-goal": (r"position (\S+): \+1", r"position \1: -1", "not-shared"),
    "reciprocity": (r"(?s)  receives \"What was learnt.*?\n  }\n  receives \"An example.*?\n  }\n", "", "receives-nothing"),
    "equity": (r"feels: 3", "feels: 1", "felt-not-counted"),
    "measurable-goal": (r"  means: \"Scales of the shop\"\n", "", "incomplete"),
    "three-questions": (r"  interest: \"Real guests for its pupils\"\n", "", "interest"),
    "success-criteria": (r"  success \"Ten pupils a year choose the trade\"\n", "", "no-own"),
    "kept-commitments": (r"    status: kept\n    done: 2024-02-20\n", "", "late"),
    "go-no-go": (r"  if-no-go: \"The lunches stop.*\n", "", "incomplete"),
    "phases-in-order": (r"period: 2023-04-01\.\.2023-09-30", "period: 2023-06-01..2023-09-30", "hole"),
    "roles": (r"  deputy: \"Bursar\"\n", "", "no-deputy"),
    "governance": (r"  decides: yes\n", "", "nobody-decides"),
    "canvas-complete": (r"(?s)channel visiteurs.*?\n}\n\nchannel classe.*?\n}\n", "", "empty"),
    "beneficiary-value": (r"  for: aînés, collégiens\n}\n\nchannel", "  for: aînés\n}\n\nchannel", "not-served"),
    "canvas-consistent": (r"  to: collégiens\n", "", "channel"),
    "funding-balance": (r"cost 9 000 EUR", "cost 9 500 EUR", "gap"),
    "funding-dependence": (r"funding don-fondation 4 000", "funding don-fondation 40 000", "one-payer-until"),
    "divergence": (r"position moins-jeter: \+1", "position moins-jeter: -3", "opposed"),
    "single-carrier": (r"  owner: (collège|mairie|primeurs)\n  with", "  owner: voisins\n  with", "stops"),
    "decision-times": (r"    status: confirmed\n    chain-level: support", "    status: promised\n    chain-level: support",
                       "late"),
    "pilot-first": (r"  result: \"Guests come back.*\n", "", "no-result"),
    "local-need": (r"  evidence: \"Of 210.*\n", "", "not-observed"),
    "missing-stakeholders": (r"  engaged-by: collège\n", "", "counts"),
    "support-actors": (r"(?s)support labo .*?\n}\n", "", "missing"),
    "scale-up-ready": (r"  outcome: positive\n", "  outcome: negative\n", "not-positive"),
    "exit-plan": (r"  renewal: .*\n", "", "no-renewal"),
    "posture": (r"  with: .*\n  for", "  for", "side-by-side"),
    "three-impacts": (r"(?s)scale-up .*?(?=testimony)|  evidence: \"Register of the canteen, 2024\"\n", "", "not-shown"),
    "too-many-kpis": (r"kpi convives", "".join(f"kpi k{n} {{ goal: moins-jeter }}\n\n" for n in range(6)) + "kpi convives",
                      "crowded"),
    "levers": (r"nature: (staff|skills-sponsorship)\n    for", "nature: volunteering\n    for", "one-kind"),
    "coopetition": (r'sector: "Philanthropy"', 'sector: "Education"', "same-sector"),
    "complementarity": (r"    nature: \w[\w-]*\n(?=    (worth|for|felt)| *)", "    nature: skills\n", "all-the-same"),
    "trust": (r"trusts voisins: 3", "trusts voisins: 1", "one-way"),
    "uncovered-need": (r"  needs: cantine-vide\n", "", "blocker"),
    "figure-sources": (r" \(source \"Register of the school, 2023\"\)", "", "no-source"),
    "inertia": (None, LATER, "nothing-since"),
}

# Units that are counted have a word of their own in each language.
UNITS = {"personnes": "people", "élèves": "pupils", "partenaires": "partners"}
count = failed = 0


def ok(condition, what, details=""):
    global count, failed
    count += 1
    print(("" if condition else "not ") + f"ok {count} - {what}")
    if not condition:
        failed += 1
        print("\n".join("# " + line for line in str(details).splitlines()[:14]))


def check(path, *arguments, today=TODAY):
    done = subprocess.run([language.ALLIANCE, "check", "--format", "json", "--today", today, *arguments, str(path)],
                          capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except ValueError:
        return {"diagnostics": [{"code": "nothing readable", "message": done.stderr}], "not_checked": []}


def codes(answer):
    return sorted({one["code"] for one in answer["diagnostics"]})


def in_english_units(value):
    if isinstance(value, dict):
        return {key: in_english_units(one) for key, one in value.items()}
    if isinstance(value, list):
        return [in_english_units(one) for one in value]
    return UNITS.get(value, value) if isinstance(value, str) else value


def nothing_is_found(path):
    text = path.read_text("utf-8")
    ok(re.search(r"^  profile?l?\S* ?: (strict|exigeant)$", text, re.M), f"{path.name}: asks for all that checks know")
    ok(re.search(r"^# (Everything in it is invented|Tout y est inventé)", text, re.M), f"{path.name}: says that it is invented")
    for language_id in ("en", "fr"):
        answer = check(path, "--lang", language_id)
        ok(answer["diagnostics"] == [] and answer["not_checked"] == [] and answer.get("accepted") == [],
           f"{path.name}: no finding, no open question, nothing that cannot be told ({language_id})",
           f"{answer['diagnostics']} {answer['not_checked']}")


def each_check_sees(source):
    for name in filter(EDITS.get, CHECKS):      # one without an edit was told above
        old, new, message = EDITS[name]
        text, today = source, TODAY
        if old is None:
            today = new
        else:
            text, times = re.subn(old, new, source)
            if times == 0:
                ok(False, f"{name}: what is changed is in the file", old)
                continue
        with tempfile.NamedTemporaryFile("w", suffix=".alliance", delete=False) as file:
            file.write(text)
        found = codes(check(file.name, "--only", name, today=today))
        os.unlink(file.name)
        ok(f"{name}/{message}" in found, f"{name} sees what is changed", f"wanted {message}, got {found}")


def main():
    french, english = FOLDER / "perfect.alliance", FOLDER / "perfect.en.alliance"
    nothing_is_found(french)
    nothing_is_found(english)
    one = in_english_units(language.masked(french, english))
    two = language.masked(english, french)
    ok(one == two, "both languages say the same", one == two or language.first_difference(one, two))
    ok(sorted(EDITS) == CHECKS, "there is an edit for each check that ships", set(EDITS) ^ set(CHECKS))
    each_check_sees(english.read_text("utf-8"))
    print(f"1..{count}")
    return failed > 0


sys.exit(main())
