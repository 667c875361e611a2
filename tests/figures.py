#!/usr/bin/env python3
"""figures.py -- what stdlib/lua/figures.lua makes of small alliances, against what a person works out.

The figures beside each wanted value show the working; fractions are computed here a second time. Prints TAP.
Needs the program (BUILDDIR).
"""
import json
import os
import subprocess
import sys
import tempfile
from fractions import Fraction

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
count = failed = 0

MEADOW = """language en version 1
alliance meadow "Meadow" { workday: 7 h }
valuation volunteering: 10 EUR/h
valuation expertise: 40 EUR/h
partner farm "Farm" {
  brings 30 h "Harvest" { nature: volunteering }
  brings 2 person-days "Training" { nature: expertise }
  receives 500 EUR "Sales" { felt: 2 }
  position eat: +4
  position price: +2
  position waste: +4
  influences town: 1
  influences fund: 0
}
partner town "Town" {
  brings 1 000 EUR "Grant"
  receives "Calm" { felt: 4 }
  position eat: +3
  position price: -1
  position waste: +2
  influences farm: 3
  influences fund: 2
}
partner fund "Fund" {
  brings 140 EUR "Gift"
  receives "A story" { felt: 4 }
  position eat: +1
  position price: +4
  influences farm: 2
  influences town: 1
}
goal eat "Eat fresh" { carried-by: farm, town, fund
  worth: 900 EUR }
goal price "Fair price" { carried-by: town
  worth: 100 EUR }
goal waste "No waste" { carried-by: farm
  worth: 50 h }
kpi baskets "Baskets" { goal: eat
  target: >= 600 baskets
  threshold: 300 baskets
  worst: 0 baskets
  reading 2026-01-01: 420 baskets }
kpi gap "Gap" { goal: price
  target: <= 100 %
  threshold: 120 %
  worst: 130 %
  reading 2026-01-01: 125 % }
goal soil "Good soil" { affects waste: 50 % }
kpi worms "Worms" { goal: soil
  target: >= 10 worms
  threshold: 5 worms
  worst: 0 worms
  reading 2026-01-01: 9 worms }
goal song "Song"
kpi birds "Birds" { goal: song
  target: >= 10 birds
  reading 2026-01-01: 9 birds }
funding 15 000 EUR "Grant" { from: town
  status: secured }
funding 30 000 EUR "Patronage" { from: fund
  status: secured }
funding 99 000 EUR "Region" { from: "Region"
  status: requested }
resource shed "Shed" { from: farm }
activity grow "Grow" { goals: eat
  owner: farm
  with: town
  duration: 3 days }
activity carry "Carry" { owner: farm
  with: fund
  duration: 4 days
  after: grow }
activity cook "Cook" { owner: town, farm
  duration: 2 weeks }
activity feast "Feast" { owner: ?
  duration: 1 day
  after: carry, cook }
body board "Board" { members: farm, town, fund }
ritual board-meeting "Board meeting" { with: board
  frequency: 2 months
  start: 2025-03-05 }
ritual coffee "Coffee" { with: farm, town
  frequency: 2 weeks
  start: 2026-10-01 }
ritual picnic "Picnic" { with: fund
  frequency: 1 year }
"""

# Four partners, of whom the second ties the first and the third together; much is not known.
STREAM = """language en version 1
partner a "A" { brings ? "Boat"
  feels: ?
  role: ? }
partner b "B" {
  brings 10 EUR "Oil"
  brings 10 USD "Rope"
  interest: ? (ask "B, the skipper")
}
partner c "C" { brings 5 EUR "Map" { worth: 5 EUR } }
partner d "D"
goal one "One" { carried-by: b }
goal two "Two" { carried-by: a, b }
goal three "Three" { carried-by: c
  horizon: ? }
goal four "Four" { owner: ? (ask "The partners, together") }
agreement pact { between: a, b }
link b -> c "sails"
activity sail "Sail" { owner: b
  cost: ? (ask "The harbour") }
funding 7 EUR "Old" { status: secured
  from: ? }
funding ? "Late" { status: secured
  from: c }
milestone tide "Tide" { after: sail }
"""

EMPTY = "language en version 1\n"


def ok(condition, what, details=""):
    global count, failed
    count += 1
    print(("" if condition else "not ") + f"ok {count} - {what}")
    if not condition:
        failed += 1
        print("\n".join("# " + line for line in str(details).splitlines()[:12]))


def facts_of(source, *more):
    with tempfile.NamedTemporaryFile("w", suffix=".alliance", delete=False) as file:
        file.write(source)
    done = subprocess.run([program, "export", "figured", "--today", "2026-10-10", "--plugin",
                           os.path.join(root, "tests/lua/figured.lua"), *more, file.name], capture_output=True, text=True)
    os.unlink(file.name)
    if done.returncode:
        print("Bail out! " + done.stderr + done.stdout)
        sys.exit(1)
    return json.loads(done.stdout)


def near(got, wanted):
    if isinstance(wanted, (Fraction, float)):
        return isinstance(got, (int, float)) and abs(got - float(wanted)) < 1e-9
    if isinstance(wanted, list):
        return isinstance(got, list) and len(got) == len(wanted) and all(map(near, got, wanted))
    if isinstance(wanted, dict):
        return isinstance(got, dict) and got.keys() == wanted.keys() and all(near(got[key], wanted[key]) for key in wanted)
    return got == wanted


def look(facts, name, wanted, what):
    ok(near(facts.get(name), wanted), what, f"wanted {wanted}\ngot    {facts.get(name)}")


def ranks(scores):
    """Middle ranks, ties sharing."""
    return [Fraction(sum(other < score for other in scores) * 2 + sum(other == score for other in scores) + 1, 2)
            for score in scores]


def kendall(rows):
    m, n = len(rows), len(rows[0])
    ranked = [ranks(row) for row in rows]
    sums = [sum(row[i] for row in ranked) for i in range(n)]
    mean = Fraction(m * (n + 1), 2)
    ties = sum(row.count(value) ** 3 - row.count(value) for row in rows for value in set(row))
    return 12 * sum((each - mean) ** 2 for each in sums) / (m * m * (n ** 3 - n) - m * ties)


def power(influence):
    """Balance of power of MACTOR, the diagonal kept in the totals."""
    n = len(influence)
    total = [[influence[i][j] + sum(min(influence[i][k], influence[k][j]) for k in range(n) if k not in (i, j))
              for j in range(n)] for i in range(n)]
    rows, columns = [sum(row) for row in total], [sum(total[i][j] for i in range(n)) for j in range(n)]
    r = [Fraction((rows[i] - total[i][i]) * rows[i], sum(rows) * (rows[i] + columns[i])) for i in range(n)]
    return rows, columns, [each * n / sum(r) for each in r]


meadow = facts_of(MEADOW)
# 30 h at 10 EUR and 14 h at 40 EUR are 860 EUR; 860 + 1 000 + 140 = 2 000. Felt: 2 + 4 + 4 = 10.
ratio = [Fraction(20, 43), Fraction(4, 5), Fraction(40, 7)]
look(meadow, "proportions", {
    "given": [Fraction(43, 100), Fraction(1, 2), Fraction(7, 100)], "got": [Fraction(1, 5), Fraction(2, 5), Fraction(2, 5)],
    "ratio": ratio, "sides": ["even", "even", "more"], "basis": "felt", "unit": "EUR",
    "jain": sum(ratio) ** 2 / (3 * sum(each * each for each in ratio)), "min_over_max": Fraction(7, 86)},
    "contributions by their worth against benefits as felt; 40/7 is more than twice the next, 4/5")
look(meadow, "one_way", {}, "everybody gives and receives")
look(meadow, "net", {"unit": "EUR", "without": 2, "farm": -360}, "500 EUR received less 860 EUR brought; two have no figures")
look(meadow, "possible", {"EUR": {"farm": 300, "town": 400, "fund": 300}, "hour": {"farm": 50}},
     "900 EUR are made possible by three together, 100 EUR by one, 50 h by one; units stay apart")
look(meadow, "payers", {"total": 45000, "nobody": 0, "uncounted": [], "currencies": ["EUR"], "town": 15000, "fund": 30000},
     "who pays what is secured")
look(meadow, "hhi", Fraction(10000 * 5, 9), "a third and two thirds: (1 + 4) / 9")
look(meadow, "effective", Fraction(9, 5), "as if 1.8 payers shared equally")
look(meadow, "in_kind", {"EUR": {"total": 860, "farm": 860}}, "what is not money, valued")
look(meadow, "unvalued", [], "nothing in kind is without a value")
look(meadow, "meetings", ["coffee 2026-10-15 2", "board-meeting 2026-11-05 3", "picnic no-start 1"],
     "two weeks after the first of October; twenty months after 5 March 2025; one that has no start comes last")
# grow 3 and carry 4, beside cook 14, then feast 1: 15 days, and 7 to spare for grow and carry.
look(meadow, "path", {"duration": 15, "critical": ["cook", "feast"],
                      "slack": {"grow": 7, "carry": 7, "cook": 0, "feast": 0}}, "what waits for what")
look(meadow, "ranking", {"W": kendall([[4, 2, 4], [3, 1, 2]]), "raters": 2, "items": 3, "left_out": ["fund"]},
     "W over those who stand somewhere on every goal")
rows, columns, weights = power([[0, 1, 0], [3, 0, 2], [2, 1, 0]])
look(meadow, "influence", {"I": rows, "D": columns, "power": weights}, "influence and balance of power")
# 420 is 40 % of the way from 300 to 600; 125 is half of the way from 120 to 130; 9 is 80 % from 5 to 10, and half of that
# goes on to waste; birds have neither threshold nor worst.
look(meadow, "satisfaction", {"eat": {"value": 40}, "price": {"value": -50}, "waste": {"value": 40}, "soil": {"value": 80},
                              "song": {"lacks": ["threshold", "worst"]}}, "how far goals are reached")
# farm: (100 x 40 + 50 x -50 + 100 x 40) / 250 = 22; town: (75 x 40 + 50 x 40) / 125 = 40, the goal it opposes left out;
# fund: (25 x 40 + 100 x -50) / 125 = -32.
look(meadow, "satisfied", {"farm": 22, "town": 40, "fund": -32}, "how satisfied partners are with what they support")
look(meadow, "cohesion", {"density": Fraction(2, 3), "points": ["farm"], "bridges": ["farm-town", "farm-fund"],
                          "parts": ["farm+town+fund"]}, "ties by two activities; the farm holds the two others together")
look(meadow, "leaving", {
    "farm": {"activities": ["grow", "carry"], "goals": ["waste"], "lends": ["shed"], "cut": ["town", "fund"]},
    "town": {"activities": [], "goals": ["price"], "lends": ["Grant"]},
    "fund": {"activities": [], "goals": [], "lends": ["Patronage"]}}, "what is lost with each; cook has another owner")

stream = facts_of(STREAM)
look(stream, "proportions", {"reason": "not-valued", "missing": 1}, "no shares while something has no value")
look(stream, "one_way", {"a": "incoming", "b": "incoming", "c": "incoming", "d": "both"}, "who receives nothing, who does nothing")
look(stream, "net", None, "no net value without both sides")
look(stream, "payers", {"total": 7, "nobody": 1, "uncounted": ["Late"], "currencies": ["EUR"], "": 7},
     "a payer that nobody knows, and an amount")
look(stream, "in_kind", {}, "money is not in kind")
look(stream, "unvalued", ["Boat"], "a thing without a value is named")
look(stream, "ranking", {"reason": "too-few-raters"}, "no ranking without positions")
look(stream, "influence", {"reason": "not-written", "missing": 12, "all": 12}, "all influences are missing, and are not 0")
look(stream, "satisfaction", {"one": {}, "two": {}, "three": {}, "four": {}}, "goals that nothing tells of have no value")
look(stream, "satisfied", {}, "nobody supports a goal by a position")
look(stream, "path", {"reason": "missing-duration", "missing": ["sail"]}, "no path without durations; a milestone lasts no time")
look(stream, "cohesion", {"density": Fraction(2, 6), "points": ["b"], "bridges": ["a-b", "b-c"], "parts": ["a+b+c", "d"]},
     "who ties whom")
# b works for two of four goals; without it two and three keep somebody, which is half: then a, and one is left.
look(stream, "truck", {"factor": 2, "order": ["b", "a"], "single": {"one": "b", "three": "c"}, "nobody": ["four"]},
     "how many can leave")
look(stream, "leaving", {
    "a": {"activities": [], "goals": [], "lends": []},
    "b": {"activities": ["sail"], "goals": ["one"], "lends": [], "cut": ["a", "c"]},
    "c": {"activities": [], "goals": ["three"], "lends": ["Late"]},
    "d": {"activities": [], "goals": [], "lends": []}}, "what is lost with each; who was apart before is not cut off")
look(stream, "questions", [
    "a: a feels", "a: a role", 'a: a/brings/"Boat" head', "b: b interest", "c: three horizon",
    "The partners, together: four owner", "The harbour: sail cost", '-: funding/"Old" from', 'c: funding/"Late" head'],
    "whom a question goes to: who is named, else whose it is, else who alone carries it")
look(stream, "meeting_of", {"A": "", "B": "", "C": "", "The partners, together": "", "The harbour": "outside", "-": ""},
     "without a ritual there is one meeting; who is no partner is asked outside")

empty = facts_of(EMPTY)
for name, wanted, what in (
        ("proportions", {"reason": "one-partner", "missing": 0}, "fairness"), ("one_way", None, "reciprocity"),
        ("possible", {}, "what goals are worth"), ("meetings", [], "meetings"), ("questions", [], "questions"),
        ("path", {"reason": "no-order", "missing": []}, "path"), ("truck", {"reason": "no-goal", "nobody": []}, "truck factor"),
        ("ranking", {"reason": "too-few-raters"}, "ranking"), ("influence", {"reason": "one-actor"}, "influence")):
    got = empty.get(name)
    ok(got == wanted or got in ([], {}) and wanted in ([], {}), "an empty file: " + what, f"wanted {wanted}\ngot    {got}")
print(f"1..{count}")
sys.exit(failed > 0)
