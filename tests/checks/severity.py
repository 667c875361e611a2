#!/usr/bin/env python3
"""severity.py -- how grave a finding is follows the status of the alliance, and its kind of cooperation, as the
method has it: the graver of two from the framing on, or for a cooperation; the lighter one before.

Prints TAP. Needs the program (BUILDDIR).
"""
import json
import os
import subprocess
import sys
import tempfile

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
count = 0
failed = 0

# The severities of the method for what has two: (from the framing on, before).
PAIRS = {
    "shared-goal/no-goal": ("error", "warning"), "reciprocity/neither": ("error", "warning"),
    "three-questions/direction": ("error", "warning"), "measurable-goal/no-kpi": ("warning", "note"),
    "phases-in-order/no-phase": ("warning", "note"), "governance/nobody-decides": ("warning", "note"),
    "canvas-complete/empty-many": ("warning", "note"), "funding-balance/gap": ("warning", "note"),
    "local-need/not-observed": ("warning", "note"), "missing-stakeholders/none": ("warning", "note"),
}
# A file in which all of them are found, whatever its status.
SOURCE = """language en version 1
alliance a {
  territory: "The town"
%s}
partner p { type: school }
partner q { type: company }
goal g "Be better known" {
  own: yes
  partner: p
}
need n "Older people eat alone"
cost 100 EUR "Printing"
"""
CASES = [
    ("without a status", "", False), ("idea", "  status: idea\n", False), ("meeting", "  status: meeting\n", False),
    ("framing", "  status: framing\n", True), ("experiment", "  status: experiment\n", True),
    ("a status that is not known", "  status: ?\n", False),
    ("a collaboration", "  cooperation: collaboration\n", False), ("a cooperation", "  cooperation: cooperation\n", True),
    ("a cooperation at its first meeting", "  status: meeting\n  cooperation: cooperation\n", True),
    ("a collaboration in its framing", "  status: framing\n  cooperation: collaboration\n", True),
]

for title, lines, is_grave in CASES:
    with tempfile.NamedTemporaryFile("w", suffix=".alliance", delete=False) as file:
        file.write(SOURCE % lines)
    done = subprocess.run([program, "check", "--format", "json", "--today", "2024-07-01", file.name], capture_output=True,
                          text=True)
    os.unlink(file.name)
    got = {one["code"]: one["severity"] for one in json.loads(done.stdout)["diagnostics"]}
    for code, pair in PAIRS.items():
        wanted = pair[0] if is_grave else pair[1]
        count += 1
        fine = got.get(code) == wanted
        failed += not fine
        print(("" if fine else "not ") + f"ok {count} - {title}: {code} is {wanted}")
        if not fine:
            print(f"# got {got.get(code)}")

print(f"1..{count}")
sys.exit(failed > 0)
