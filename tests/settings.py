#!/usr/bin/env python3
"""Living with findings: what is accepted, set and chosen, in the files, in alliance.conf, by the user
and on the command line, and which of these wins."""
import json
import os
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("ALLIANCE", os.path.join(os.getcwd(), "alliance"))
HEADER = "language en version 1\n"
# Two partners who bring and gain nothing, and three of whom one brings nine tenths of the time.
PAIR = HEADER + '''partner a "Alpha" { brings 1 EUR }
partner b "Beta" { brings 1 EUR }
'''
TRIO = HEADER + '''partner a "Alpha" { brings 80 h }
partner b "Beta" { brings 10 h }
partner c "Gamma" { brings 10 h }
'''

number = failed = 0


def ok(condition, what, details=None):
    global number, failed
    number += 1
    failed += not condition
    print("%sok %d - %s" % ("" if condition else "not ", number, what))
    if not condition and details is not None:
        print("\n".join("# " + line for line in str(details).split("\n")[:30]))


def same(got, wanted, what):
    ok(got == wanted, what, "wanted: %r\ngot:    %r" % (wanted, got))


class Place:
    """A folder with files, and a home of its own."""

    def __init__(self, **files):
        self.keeper = tempfile.TemporaryDirectory()
        self.path = self.keeper.name
        for name, text in files.items():
            self.write(name.replace("__", "/").replace("_conf", ".conf"), text)

    def write(self, name, text):
        path = os.path.join(self.path, name if "." in name else name + ".alliance")
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)

    def run(self, *words, locale="C.UTF-8", today="2024-07-01"):
        return subprocess.run([PROGRAM, "--today", today, *words], cwd=self.path, check=False, timeout=120,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              encoding="utf-8",
                              env=dict(os.environ, HOME=self.path, LC_ALL=locale, LANG=locale,
                                       XDG_CONFIG_HOME=self.path + "/config", XDG_STATE_HOME=self.path + "/state",
                                       XDG_DATA_HOME=self.path + "/data"))

    def check(self, *words, **more):
        return json.loads(self.run("check", "--format", "json", *words, **more).stdout)


def names(rows):
    return sorted({path for row in rows for path in row["objects"]})


def found(answer, code):
    return [row for row in answer["diagnostics"] if row["code"] == code]


# ---- accept -----------------------------------------------------------------------------------

def accept(text, only="reciprocity", **more):
    place = Place(x=PAIR + text)
    return place.check("--only", only, "x.alliance", **more)


def acceptance():
    both = accept("")
    same((names(both["diagnostics"]), both["accepted"]), (["a", "b"], []), "nothing is accepted by itself")
    one = accept('accept reciprocity for a {\n  reason: "Wanted"\n  by: "The board"\n  until: 2024-12\n}\n')
    same((names(one["accepted"]), names(one["diagnostics"])), (["a"], ["b"]), "accepted for one")
    same(one["accepted"][0]["accepted"], {"reason": "Wanted", "by": "The board", "until": "2024-12"},
         "by whom, why, until when")
    every = accept('accept reciprocity { reason: "Known" }\n')
    same((names(every["accepted"]), every["diagnostics"]), (["a", "b"], []), "accepted for all")
    two = accept('accept reciprocity for b, "Alpha" { reason: "Known" }\n')
    same(names(two["accepted"]), ["a", "b"], "by name and by exact title")
    same(accept('accept reciprocity for a { reason: "Known" }\n')["accepted"][0]["accepted"],
         {"reason": "Known", "by": None, "until": None}, "what was not said is not made up")
    author = accept('accept reciprocity for a {\n  reason: "Known"\n  by: b\n}\n')
    same(author["accepted"][0]["accepted"]["by"], "Beta", "somebody of the alliance, by title")

    text = 'accept reciprocity for a {\n  reason: "Wanted"\n  until: 2024-07-01\n}\n'
    same(names(accept(text)["accepted"]), ["a"], "the last day counts")
    later = accept(text, today="2024-07-02")
    same((later["accepted"], names(row for row in later["diagnostics"] if "objects" in row)), ([], ["a", "b"]),
         "after it the finding is back")
    same([(row["severity"], row["primary"]["start"]["line"]) for row in found(later, "W604")], [("warning", 6)],
         "and W604 says so, at the date")
    month = 'accept reciprocity for a {\n  reason: "Wanted"\n  until: 2024-07\n}\n'
    same(names(accept(month, today="2024-07-31")["accepted"]), ["a"], "until a month: its last day")

    for name, text, code in (("an unknown check", 'accept reciprocty { reason: "x" }\n', "E201"),
                             ("an unknown name", 'accept reciprocity for nobody { reason: "x" }\n', "E201"),
                             ("a known and an unknown name", 'accept reciprocity for a, nobody { reason: "x" }\n', "E201"),
                             ("no reason", "accept reciprocity { by: a }\n", "E133"),
                             ("a word of the other language", 'accept réciprocité { reason: "x" }\n', None),
                             ("no check of that name", 'accept nothing { reason: "x" }\n', "E201")):
        answer = accept(text)
        if code:
            same((len(found(answer, code)), answer["accepted"]), (1, []), name + ": %s, and nothing is accepted" % code)
        else:
            same(names(answer["accepted"]), ["a", "b"], name + " is understood, since it is ours but for accents")
    elsewhere = accept('accept acme/charter { reason: "x" }\nsettings acme/charter { enough: 3 }\n')
    same([row["code"] for row in elsewhere["diagnostics"] if "plugin" not in row], [],
         "a pack may be missing where the file is read")
    near = found(accept('accept reciprocty { reason: "x" }\n'), "E201")[0]
    same(near["help"][0]["edits"][0]["text"], "reciprocity", "the nearest check is proposed")

    french = Place(x='langue fr version 1\npartenaire a "A" { apporte 1 EUR }\n'
                     'accepter réciprocité pour a {\n  raison : "Voulu"\n  auteur : "Le bureau"\n'
                     '  jusqu\'au : 2025\n}\n')
    same(french.check("--only", "réciprocité", "x.alliance")["accepted"][0]["accepted"],
         {"reason": "Voulu", "by": "Le bureau", "until": "2025"}, "in French")
    shown = french.run("check", "--only", "réciprocité", "x.alliance").stdout
    ok("accepté par Le bureau jusqu'en 2025 : Voulu" in shown and "1 constat accepté" in shown, "shown, with its reason", shown)

    place = Place(x=PAIR + 'accept reciprocity for a {\n  reason: "Wanted"\n}\n')
    sarif = json.loads(place.run("check", "--format", "sarif", "--only", "reciprocity", "x.alliance").stdout)
    kept = [row.get("suppressions") for row in sarif["runs"][0]["results"]]
    same(kept, [[{"kind": "inSource", "justification": "Wanted"}], None], "SARIF: suppressed in source")
    same(place.run("check", "--only", "reciprocity", "--fail-on", "note", "x.alliance").returncode, 1,
         "what is not accepted counts")
    place.write("x", PAIR + 'accept reciprocity { reason: "Wanted" }\n')
    same(place.run("check", "--only", "reciprocity", "--fail-on", "note", "x.alliance").returncode, 0,
         "what is accepted does not")

    space = Place(people=HEADER + 'partner a "Alpha" { brings 1 EUR }\n',
                  x=HEADER + 'import "people.alliance" as people\naccept reciprocity for people.a { reason: "x" }\n')
    same(names(space.check("--only", "reciprocity", "x.alliance")["accepted"]), ["a"], "in a space of an import")


PACK = '''return { api = 1, kind = "check", id = "acme/charter", word = { en = "acme/charter", fr = "acme/charte" },
  title = { en = "T", fr = "T" }, about = { en = "A", fr = "A" },
  options = { enough = { type = "integer", default = 2, min = 1, max = 9 }, since = { type = "date" },
    pause = { type = "duration", default = "2 months" }, tags = { type = "list" }, loud = { type = "bool", default = false },
    most = { type = "money" } },
  messages = { seen = { en = "{enough} {since} {pause} {tags} {loud} {most}", fr = "{enough} {since} {pause} {tags} {loud} {most}" },
    open = { en = "open", fr = "open" } },
  visit = { partner = function(ctx, partner)
    local o = ctx.options
    ctx:report { at = partner, say = "seen", enough = o.enough, since = o.since or "-", pause = o.pause, tags = o.tags or "-",
      loud = o.loud, most = o.most or "-" }
    ctx:cannot_tell { at = partner, reason = "open" }
  end } }
'''


def packs():
    place = Place(x=HEADER + 'partner a "Alpha"\n')
    place.write("pack.lua", PACK)
    words = ["--plugin", "pack.lua", "--only", "acme/charter", "x.alliance"]

    def said(text, language="en"):
        place.write("x", text)
        return {row["id"]: row["message"] for row in place.check(*words)["diagnostics"] if "plugin" in row}

    same(said(HEADER + "partner a\n")["seen"], "2 - 2 months - no -", "options: what the plugin gives")
    same(said(HEADER + "partner a\nsettings acme/charter {\n  enough: 3\n  since: 2024-03\n  pause: 3 weeks\n"
              "  tags: x, y\n  loud: yes\n  most: 500 EUR\n}\n")["seen"],
         "3 March 2024 3 weeks x and y yes 500 EUR", "options of every type")
    same(said("langue fr version 1\npartenaire a\nréglages acme/charte {\n  pause : 3 semaines\n  loud : oui\n}\n")["seen"],
         "2 - 3 semaines - oui -", "in French")
    for text, code in (("enough: 10", "E310"), ("enough: 0", "E310"), ("enough: x", "E303"), ("enouh: 3", "E204"),
                       ("since: 3 EUR", "E303"), ("pause: 5 EUR", "E303"), ("loud: perhaps", "E205"), ("most: 3 h", "E303"),
                       ("enough: 1, 2", "E303")):
        place.write("x", HEADER + "partner a\nsettings acme/charter {\n  %s\n}\n" % text)
        answer = place.check(*words)
        same([(row["code"], row["primary"]["start"]["line"]) for row in answer["diagnostics"] if "plugin" not in row],
             [(code, 4)], "settings { %s }: %s at its line" % (text, code))
        ok(found(answer, "acme/charter/seen"), "and the check runs with its own", answer)
    place.write("x", HEADER + 'partner a\naccept acme/chartr { reason: "x" }\nsettings acme/chartr { enough: 3 }\n')
    same([(row["code"], row["primary"]["start"]["line"]) for row in place.check(*words)["diagnostics"] if "plugin" not in row],
         [("E201", 3), ("E201", 4)], "a pack that is here, and has no such check")
    place.write("x", HEADER + 'partner a "Alpha"\naccept acme/charter for a { reason: "x" }\n')
    answer = place.check(*words)
    same((sorted(row["id"] for row in answer["accepted"]), answer["diagnostics"]), (["open", "seen"], []),
         "a pack's findings are accepted, those that cannot be told too")


# ---- settings ---------------------------------------------------------------------------------

def share_limit(place, *words):
    """The part above which one partner carries most: found by lowering it below 80 %."""
    return bool(found(place.check("--only", "equity", *words, "x.alliance"), "equity/carries-most"))


def precedence():
    strict, loose = "settings equity { largest-share: 70 %s }\n", "settings equity { largest-share: 90 %s }\n"
    same(share_limit(Place(x=TRIO)), True, "the default: 80 % is above 60 %")
    same(share_limit(Place(x=TRIO + loose % "")), False, "the file over the default")
    same(share_limit(Place(x=TRIO, alliance_conf=HEADER + loose % "%")), False, "alliance.conf over the default")
    same(share_limit(Place(x=TRIO + strict % "%", alliance_conf=HEADER + loose % "")), True, "the file over alliance.conf")
    same(share_limit(Place(x=TRIO + loose % "", alliance_conf=HEADER + strict % "")), False, "and the other way round")
    french = "langue fr version 1\nréglages équité { largest-share : 90 % }\n"
    same(share_limit(Place(x=TRIO, alliance_conf=french)), False, "alliance.conf may be in the other language")
    below = Place(deep__er__x=TRIO, alliance_conf=HEADER + loose % "")
    same(bool(found(below.check("--only", "equity", "deep/er/x.alliance"), "equity/carries-most")), False,
         "the nearest folder upwards that has one")
    both = Place(x=TRIO + 'settings equity {\n  activities: 4\n  who: "Alpha"\n}\n')
    same([row["code"] for row in both.check("--only", "equity", "x.alliance")["diagnostics"] if "plugin" not in row], [],
         "a check and a view of one name: the options of both")
    same(both.run("view", "equity", "x.alliance").returncode, 0, "and each takes its own")
    two = Place(x=TRIO, y=TRIO + loose % "", alliance_conf=HEADER)
    answer = two.check("--only", "equity", "x.alliance", "y.alliance")
    same([row["primary"]["file"] for row in found(answer, "equity/carries-most")], ["x.alliance"],
         "each alliance has its own settings")

    def paper(place, *words):
        page = place.run("export", "canvas", *words, "x.alliance").stdout
        return "A3" if "size: A3" in page or "size:A3" in page else "A4"
    a3, a4 = "settings canvas { paper: a3 }\n", "settings canvas { paper: a4 }\n"
    same(paper(Place(x=PAIR)), "A4", "a document: the default")
    same(paper(Place(x=PAIR, alliance_conf=HEADER + a3)), "A3", "alliance.conf")
    same(paper(Place(x=PAIR + a4, alliance_conf=HEADER + a3)), "A4", "the file over alliance.conf")
    same(paper(Place(x=PAIR + a4, alliance_conf=HEADER + a4), "-O", "paper=A3"), "A3", "the command line over both")


def conf_mistakes():
    text = ("language en version 1\n" "profile: strictt\n" "settings equity { factr: 3 }\n" "settings nothing { x: 1 }\n"
            'partner p "P"\n' 'import "x.alliance"\n' "trust: yes\n" "profil : exigeant\n" "assert 1 = 2\n")
    place = Place(x=PAIR, alliance_conf=text)
    answer = place.check("--only", "equity", "x.alliance")
    same([(row["code"], row["primary"]["start"]["line"]) for row in answer["diagnostics"]
          if row.get("primary", {}).get("file") == "alliance.conf"],
         [("E205", 2), ("E204", 3), ("E201", 4), ("E112", 5), ("E112", 6), ("E204", 7), ("E105", 8), ("E112", 9)],
         "what is wrong in alliance.conf is told with its place")
    same(place.run("check", "--only", "equity", "x.alliance").returncode, 1, "and is an error")
    done = place.run("export", "json", "x.alliance")
    same((done.returncode, done.stdout, "alliance.conf:2" in done.stderr), (1, "", True), "documents are refused")
    same(place.run("query", "x.alliance", "partners | count").stdout.strip(), "2", "questions are answered")
    place.write("alliance.conf", HEADER + "profile:   strict\n")
    same(place.run("fmt", "alliance.conf").stdout, HEADER + "\nprofile: strict\n", "it is laid out")
    same(place.run("fmt", "--to", "fr", "alliance.conf").stdout, "langue fr version 1\n\nprofil : exigeant\n", "translated")
    same(place.run("check", "alliance.conf").returncode, 0, "and checked by itself")
    place.write("alliance.conf", "x")
    same(place.run("check", "--only", "equity", "x.alliance").returncode, 1, "a file that says nothing we know is told")


# ---- profiles ---------------------------------------------------------------------------------

def ran(place, *words):
    return set(json.loads(place.run("check", "--format", "json", "--timing", *words, "x.alliance").stdout)["timing"])


def profiles():
    rows = {row["id"]: row for row in json.loads(Place(x="").run("list", "checks", "--format", "json").stdout)}
    same(sorted({row["profile"] for row in rows.values()} - {"light", "standard", "strict"}), [], "each check has a profile")
    rank = {"light": 0, "standard": 1, "strict": 2}
    wanted = {name: {id for id, row in rows.items() if rank[row["profile"]] <= level} for name, level in rank.items()}
    alliance = 'alliance x "X" { profile: %s }\n'
    same(ran(Place(x=PAIR)), wanted["standard"], "standard, when nothing is said")
    for name in rank:
        same(ran(Place(x=PAIR), "--profile", name), wanted[name], "--profile " + name)
        same(ran(Place(x=PAIR + alliance % name)), wanted[name], "the alliance says " + name)
        same(ran(Place(x=PAIR, alliance_conf=HEADER + "profile: %s\n" % name)), wanted[name], "alliance.conf says " + name)
    same(ran(Place(x=PAIR + alliance % "light", alliance_conf=HEADER + "profile: strict\n")), wanted["light"],
         "the alliance over alliance.conf")
    same(ran(Place(x=PAIR + alliance % "light"), "--profile", "strict"), wanted["strict"], "the command line over all")
    same(ran(Place(x=PAIR), "--profile", "exigeant"), wanted["strict"], "its words in both languages")
    same(ran(Place(x=PAIR), "--only", "équité", "--only", "trust"), {"equity", "trust"},
         "--only, again and again, whatever the profile")


def severities():
    """success-criteria, the same gap at every status."""
    def level(status, more=""):
        text = PAIR + 'alliance x "X" {\n  territory: "T"\n%s%s}\npartner z { type: school }\n' % (
            "  status: %s\n" % status if status else "", more)
        rows = Place(x=text.replace("{ brings", "{ type: school\n  brings").replace("1 EUR }", "1 EUR\n}")).check(
            "--only", "reciprocity", "x.alliance")
        return {row["severity"] for row in rows["diagnostics"] if row["code"] == "reciprocity/receives-nothing"}
    same(level(None), {"warning"}, "no status counts as an idea: the second letter")
    same(level("idea"), {"warning"}, "an idea")
    same(level("framing"), {"error"}, "from framing on: the first letter")
    same(level("deployment"), {"error"}, "and later")
    same(level("idea", "  cooperation: cooperation\n"), {"error"}, "a cooperation is weighed as in its framing")


def choices():
    told = Place(x=HEADER + "partner a { type: ? }\ncheck every partner: type = school\n")
    same(told.run("check", "--only", "equity", "x.alliance").returncode, 0, "without it")
    same([row["code"] for row in told.check("x.alliance")["diagnostics"] if row["code"] == "W602"], ["W602"],
         "what cannot be told is W602")
    same([row["severity"] for row in found(told.check("--strict", "x.alliance"), "W602")], ["error"], "--strict: an error")
    for level, status in (("error", 0), ("warning", 1), ("note", 1), ("never", 0)):
        place = Place(x=PAIR)       # reciprocity: two warnings
        same(place.run("check", "--only", "reciprocity", "--fail-on", level, "x.alliance").returncode, status,
             "warnings with --fail-on " + level)
    same(Place(x=PAIR).run("check", "--only", "reciprocity", "--fail-on", "avertissement", "x.alliance").returncode, 1,
         "in French")
    done = Place(x=PAIR).run("check", "--only", "reciprocty", "x.alliance")
    ok(done.returncode == 2 and "`reciprocity`" in done.stderr, "--only of no check: the nearest", done.stderr)
    done = Place(x=PAIR).run("--lang", "fr", "check", "--only", "reciprocite-", "x.alliance")
    ok(done.returncode == 2 and "`réciprocité`" in done.stderr, "in French, too", done.stderr)


# ---- fingerprints -----------------------------------------------------------------------------

def fingerprints():
    late = '''
partner a "Alpha" {
  commitment "Send the list" { due: 2024-01-31 }
}
'''
    def prints(text, today):
        answer = Place(x=HEADER + text).check("--only", "kept-commitments", "x.alliance", today=today)
        return [(row["fingerprint"], row["message"]) for row in answer["diagnostics"]]
    first = prints(late, "2024-02-10")
    ok(len(first) == 1 and len(first[0][0]) == 64, "a commitment that is late", first)
    later = prints(late, "2024-05-10")
    ok(first[0][0] == later[0][0] and first[0][1] != later[0][1], "another day changes the words, not the fingerprint",
       (first, later))
    moved = prints("\n\n# a remark\n" + late, "2024-02-10")
    same(moved[0][0], first[0][0], "nor does another line")
    dated = prints(late.replace("2024-01-31", "2024-01-15"), "2024-02-10")
    same(dated[0][0], first[0][0], "nor another date in the file")
    other = prints(late.replace("partner a", "partner b"), "2024-02-10")
    ok(other[0][0] != first[0][0], "another partner does", other)


# ---- the user's own ---------------------------------------------------------------------------

def own():
    place = Place(x=PAIR)
    french = "langue fr version 1\nréglages programme {\n  language : fr\n}\n"
    place.write("config/alliance-lang/alliance.conf", french)
    ok("Une organisation" in place.run("list", "kinds").stdout, "the user's own language")
    ok("An organisation" in place.run("--lang", "en", "list", "kinds").stdout, "the command line wins")
    ok("apporte" in place.run("check", "--only", "reciprocity", "x.alliance").stdout, "over the language of the file, too")
    place.write("config/alliance-lang/alliance.conf", HEADER + "settings program {\n  color: always\n}\n")
    ok("\033[" in place.run("list", "kinds").stdout, "the user's own colours")
    ok("\033[" not in place.run("--color", "never", "list", "kinds").stdout, "the command line wins")
    ok("\033[" not in place.run("--plain", "list", "kinds").stdout, "and --plain")
    wrong = HEADER + "settings program {\n  language: de\n  colour: never\n}\nprofile: strict\nsettings equity { factor: 3 }\n"
    place.write("config/alliance-lang/alliance.conf", wrong)
    done = place.run("list", "kinds")
    same([line.split(":")[-2] for line in done.stderr.split("\n") if "-->" in line], ["3", "4", "6", "7"],
         "what is wrong there is said with its place")
    same(done.returncode, 0, "and stops nothing")
    place.write("alliance.conf", HEADER + "settings program { language: fr }\n")
    answer = place.check("--only", "equity", "x.alliance")
    same([row["code"] for row in answer["diagnostics"] if row["primary"]["file"] == "alliance.conf"], ["E201"],
         "a project does not set what is the user's")


def trust():
    """Whatever alliance.conf says, a project's plugin does not run before it is trusted."""
    for line in ("trust: yes\n", "settings program { trust: yes }\n", "settings trust { low: 1 }\n",
                 'import "plugins/bad.lua"\n', 'extension "plugins/bad.lua"\n'):
        place = Place(x=PAIR, alliance_conf=HEADER + line)
        place.write("plugins/bad.lua", PACK.replace("acme/charter", "bad").replace("acme/charte", "bad"))
        done = place.run("check", "--format", "json", "x.alliance")
        answer = json.loads(done.stdout)
        same([row["outcome"] for row in answer["not_checked"]], ["untrusted"], "untrusted, with " + line.strip())
        ok(not found(answer, "bad/seen"), "and it did not run")
    place = Place(x=PAIR + 'accept acme/charter { reason: "x" }\nsettings acme/charter { enough: 3 }\n', alliance_conf=HEADER)
    place.write("plugins/charter.lua", PACK)
    same([row["code"] for row in place.check("x.alliance")["diagnostics"] if row["severity"] == "error"], [],
         "what a file says of a plugin that nobody may read yet is no mistake")
    place.run("trust")


def main():
    for part in (acceptance, packs, precedence, conf_mistakes, profiles, severities, choices, fingerprints, own, trust):
        part()
    print("1..%d" % number)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
