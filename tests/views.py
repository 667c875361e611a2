#!/usr/bin/env python3
"""views.py -- what stdlib/lua/views.lua derives from small alliances, against what a person works out.

Prints TAP. Needs the program (BUILDDIR).
"""
import datetime
import json
import os
import subprocess
import sys
import tempfile

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
count = failed = 0

SOURCE = """language en version 1
alliance town {
  workday: 7 h
  start: ? (ask "The mayor")
  purpose: "What only the partners know" (confidential)
  box costs: ?
  box channels: none "Nobody has to be reached"
  box resources: "A van, one day"
}
partner school "School" {
  brings 100 h "Lessons" { nature: volunteering }
  brings 2 person-days "Survey" { nature: expertise }
  brings 30 min "A talk"
  receives "Visits" { from: firm }
  position reading: +3
  position sport: -1
}
partner firm "Firm" {
  brings 1 000 EUR "Gift"
  brings 200 EUR/month "Rent" { period: 2024-01..2024-12 }
  brings 50 USD "Stamps"
  brings ? "Van" {
    nature: equipment
    for: club
  }
  receives ?
  position reading: ?
}
partner club "Club" {
  brings ?
}
group all "All" { members: school, firm, club }
goal reading "Reading" { need: books }
goal sport "Sport" { carried-by: all }
goal secret "Own" { own: yes }
activity reads "Reading hour" {
  goals: reading
  owner: school
  with: firm, ?
  cost: 300 EUR
  period: 2024-03-01..2024-03-31
}
agreement pact { between: school, firm, club }
link school -> club "meets"
need books "Books to borrow"
need lift "A lift to the match" { partner: club }
need shade "Shade in summer"
opportunity trees "Trees of the town" { answers: shade }
resource van "Van" {
  from: firm
  for: reads
}
cost 500 EUR "Books" { period: 2024 }
cost ? "Food"
funding grant 400 EUR "Grant" {
  status: secured
  period: 2023-12..2024-01
  from: club
}
funding lost 900 EUR "Lost" {
  status: refused
  from: school
}
phase first "First" {
  type: meeting
  period: 2024-01-10..2024-02-01
}
phase second "Second" { type: framing }
milestone gate "Gate" { date: 2023-11-05 }
"""


def day(text):
    return (datetime.date.fromisoformat(text) - datetime.date(1970, 1, 1)).days


WANTED = {
    "boxes, partners": (("boxes", "partners"), ["school", "firm", "club"]),
    "boxes, activities": (("boxes", "activities"), ["reads"]),
    "boxes, offers": (("boxes", "offers"), []),
    "a box with things is filled, whatever is said of it": (("states", "costs"), "filled"),
    "a box said not to apply": (("states", "channels"), "none"),
    "a box with nothing": (("states", "relations"), "empty"),
    "ledger of the school": (("ledger", "school"),
                             {"gives": 3, "gives_open": 0, "receives": 1, "receives_open": 0, "lends": []}),
    "ledger of the firm": (("ledger", "firm"),
                           {"gives": 4, "gives_open": 0, "receives": 0, "receives_open": 1, "lends": ["van"]}),
    "ledger of the club": (("ledger", "club"),
                           {"gives": 0, "gives_open": 1, "receives": 0, "receives_open": 0, "lends": ["grant"]}),
    # 100 h, 2 days of 7 h, half an hour.
    "hours, with days of work and minutes": (("time", "hour"), {"by": {"school": 114.5}, "total": 114.5, "shown": "114.5 h"}),
    "time that cannot be counted: only what the club brings": (("time", "missing"), 1),
    # 1 000 and twelve months at 200.
    "euros, with a rent over its period": (("money", "EUR"), {"by": {"firm": 3400}, "total": 3400, "shown": "3 400 EUR"}),
    "dollars stay apart": (("money", "USD"), {"by": {"firm": 50}, "total": 50, "shown": "50 USD"}),
    "support of reading": (("support", "reading"),
                           {"favourable": ["school"], "against": [], "unknown": ["firm"], "silent": ["club"], "count": 1}),
    "support of sport, carried by all but refused by one": (
        ("support", "sport"), {"favourable": ["firm", "club"], "against": ["school"], "unknown": [], "silent": [],
                               "count": 0}),
    "one's own goal is not a shared one": (("support", "secret"), None),
    "without a date": (("undated",), ["second"]),
    "calendar": (("calendar",), [
        f"gate {day('2023-11-05')} {day('2023-11-05')}", f"first {day('2024-01-10')} {day('2024-02-01')}",
        f"reads {day('2024-03-01')} {day('2024-03-31')}"]),
    # 500 and 300 of costs; the grant touches two years; what was refused is not secured, and of no year.
    "funding": (("funding", "EUR"), {"costs": 800, "secured": 400, "requested": 0, "years": {
        "2024": {"costs": 800, "secured": 0}, "several": {"costs": 0, "secured": 400}}}),
    "money not known": (("funding_open",), 1),
    "ties: an activity, an agreement, a benefit; an agreement and a link; an agreement": (
        ("ties",), ["firm school 3", "club school 2", "club firm 1"]),
    "edges of the network": (("edges",), [
        "school owner reads", "firm with reads", "reads goals reading", "school carried-by sport",
        "firm carried-by sport", "club carried-by sport", "firm brings club"]),
    # The van is for an activity, the activity for a goal, the goal for a need.
    "a need that is served in the end": (("answers", "books"), {
        "offers": [], "means": ["van"], "work": ["reads"], "opportunities": []}),
    "what is brought for a partner serves its need": (("answers", "lift"), {
        "offers": [], "means": ['firm/brings/"Van"'], "work": [], "opportunities": []}),
    "a need for which others are looked for": (("answers", "shade"), {
        "offers": [], "means": [], "work": [], "opportunities": ["trees"]}),
    # Three contributions of the school, three of the firm, one of the club, and the grant.
    "what serves no need": (("loose",), 8),
}
AGENDA = ["town start The mayor", "town/box/costs head", "firm/brings/Van head", "firm/receives/not known head",
          "firm/position/reading head", "club/brings/not known head", "reads with more", "cost/Food head"]

# Who decides what and when, and who stands around; read on 10 March 2024.
AROUND = """language en version 1
partner school "School" {
  position sport: -2
  position reading: +3
}
partner club "Club" {
  decision-time: 3 months
  payment-time: 10 days
  position sport: +4
  position reading: +1
  brings 40 h "Help" {
    nature: volunteering
    for: first, reading
  }
  brings 100 EUR "Prize" {
    for: gate
    status: confirmed
  }
  brings 300 EUR "Gift" {
    for: walk, later
    status: promised
  }
  brings 2 days "Survey"
}
partner bank "Bank" {
  decision-time: 48 h
  position sport: ?
}
partner shop "Shop" {
  brings 1 EUR { for: walk }
}
goal reading "Reading" {
  owner: school
  workstream: teaching
}
goal sport "Sport"
goal secret "Own" {
  partner: shop
  carried-by: shop
}
workstream teaching "Teaching" { contributes: club, mayor }
activity walk "Walk" {
  goals: sport
  with: shop, club
  period: 2024-05-31..2024-06
}
phase first "First" { period: 2024-04..2024-06 }
milestone gate "Gate" { date: 2024-02-01 }
milestone later "Later" { date: 2024-03 }
milestone latest "Latest" { date: 2024-05-01 }
funding loan 1 000 EUR "Loan" {
  status: requested
  from: bank, club
  for: walk
}
funding lost 900 EUR "Lost" {
  status: refused
  from: club
}
stakeholder mayor "Mayor" {
  power: 4
  interest: 2
  legitimacy: 3
  urgency: 1
}
stakeholder press "Press" {
  power: 1
  interest: ?
  engaged-by: walk
}
stakeholder paper "Paper"
ritual talk "Talk" { with: paper }
tension "Noise" { between: mayor, school }
"""
WANTED_AROUND = {
    "who works for reading: it, and its workstream": (("carriers", "reading"), ["school", "club"]),
    "who works for sport: those of its activity": (("carriers", "sport"), ["shop", "club"]),
    "nobody is asked about somebody's own goal": (("carriers", "secret"), None),
    # Reading: (3 + 1) / 2 on one side; sport: (2 + 4) / 2 on two.
    "how far two agree": (("convergence",), {
        "partners": ["school", "club"], "silent": ["bank", "shop"], "goals": ["reading", "sport"],
        "pairs": [["school", "club", 2, 3, ["reading"], ["sport"]]]}),
    "power and interest, the middle being high": (("standing", "mayor"), {
        "quadrant": "key-player", "class": "dominant", "open": "", "engaged": True}),
    "a figure that is not known": (("standing", "press"), {
        "open": "interest legitimacy urgency", "engaged": True}),
    "nothing is known, but it is met": (("standing", "paper"), {
        "open": "power interest legitimacy urgency", "engaged": True}),
    "the next milestone: a month that is not over": (("next_milestone",), "later"),
    "what is still to be decided": (("requests",), [
        # 1 April less three months.
        'club/brings/"Help" club first 2024-01-01',
        # March ends on the 31st: ten days earlier the 21st, three months earlier 21 December.
        'club/brings/"Gift" club later 2023-12-21',
        'club/brings/"Survey" club - no-date',
        'shop/brings/1 EUR shop walk no-time',
        # Hours are no days.
        'loan bank walk no-days',
        # 31 May less ten days less three months.
        'loan club walk 2024-02-21']),
}


def ok(condition, what, details=""):
    global count, failed
    count += 1
    print(("" if condition else "not ") + f"ok {count} - {what}")
    if not condition:
        failed += 1
        print("\n".join("# " + line for line in str(details).splitlines()[:12]))


def facts_of(source):
    with tempfile.NamedTemporaryFile("w", suffix=".alliance", delete=False) as file:
        file.write(source)
    done = subprocess.run([program, "export", "facts", "--today", "2024-03-10", "--plugin",
                           os.path.join(root, "tests/lua/facts.lua"), file.name], capture_output=True, text=True)
    os.unlink(file.name)
    if done.returncode:
        print("Bail out! " + done.stderr + done.stdout)
        sys.exit(1)
    return json.loads(done.stdout)


def compare(facts, wanted):
    for what, (path, value) in wanted.items():
        got = facts
        for key in path:
            got = got.get(key) if isinstance(got, dict) else None
        ok(got == value, what, f"wanted {value}\ngot    {got}")


facts = facts_of(SOURCE)
compare(facts, WANTED)
compare(facts_of(AROUND), WANTED_AROUND)
ok(len(facts["agenda"]) == len(AGENDA), "agenda: as many questions as there are question marks",
   "\n".join(facts["agenda"]))
for wanted, got in zip(AGENDA, facts["agenda"]):
    ok(got.split()[1:] == wanted.split()[1:] and got.split("/")[0] == wanted.split("/")[0],
       f"agenda: {wanted}", got)
print(f"1..{count}")
sys.exit(failed > 0)
