#!/usr/bin/env python3
"""analyses.py -- the analyses as a person reads them: every one, on files that say much, little and nothing, in
both languages, in every medium, on narrow and wide terminals. Prints TAP. Needs the program (BUILDDIR).
"""
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
import unicodedata

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
count = failed = 0

VIEWS = {"equity": "équité", "alignment": "alignement", "dependence": "dépendance", "stakeholders": "parties-prenantes",
         "calendar": "calendrier", "funding": "financements", "agenda": "ordre-du-jour"}
TODAY = ["--today", "2026-10-10"]

UNKNOWN = """language en version 1
alliance a "Fog" { status: ?
  start: ?
  end: ? }
partner p "Left Bank" { role: ?
  feels: ?
  contact: ?
  brings ?
  receives ?
  position g: ?
  influences q: ?
  trusts q: ?
}
partner q "Right Bank" { brings ? "Boats" { nature: equipment
    worth: ? }
  receives ? "Calm" { felt: ? }
}
goal g "Ferry" { owner: ?
  carried-by: ?
  worth: ? }
kpi k "Crossings" { goal: g
  target: ?
  threshold: ?
  worst: ? }
activity y "Sail" { owner: ?
  period: ?
  duration: ?
  after: m
  cost: ? }
milestone m "Tide" { date: ?
  duration: ? }
ritual r "Tea" { frequency: ?
  start: ?
  with: ? }
stakeholder s "Harbour" { power: ?
  interest: ?
  legitimacy: ?
  urgency: ? }
cost ? "Wood"
funding ? "Gift" { from: ?
  status: ?
  period: ? }
commitment-holder
""".replace("commitment-holder\n", "")

MIXED = """language en version 1
alliance a "Market" { start: 2026-01 }
valuation volunteering: 10 EUR/h
partner p "Stall" { brings 100 EUR "Coins"
  receives "Trade" { felt: 3 } }
partner q "Cart" { brings 50 USD "Bills"
  brings 40 h "Hands" { nature: volunteering }
  receives "Trade" { felt: 3 } }
cost 100 EUR "Awning" { period: 2026 }
cost 50 USD "Wheels" { period: 2026 }
funding 100 EUR "First" { status: secured
  from: p
  period: 2026 }
funding 50 USD "Second" { status: secured
  from: q
  period: 2026 }
"""

ALONE = """language en version 1
valuation volunteering: 10 EUR/h
partner p "Hermit" { brings 3 h "Prayer" { nature: volunteering }
  receives "Peace" { felt: 4 }
  position g: +2
  feels: 4 }
goal g "Silence" { carried-by: p }
"""

# One of everything, and nothing said of it.
BARE = """language en version 1
partner p "Lone"
goal g "Aim"
kpi k "Count"
activity y "Act"
milestone m "Day"
stakeholder s "Town"
cost ? "Bill"
funding ? "Gift"
"""

SECRET = """language en version 1
alliance a "Vault" { start: 2026-01-01 }
partner p "Guard" { interest: "Xylophone" (confidential)
  feels: 1 (confidential)
  brings 500 EUR "Zither" { confidential: yes }
  position g: -3 }
partner q "Bank"
goal g "Quokka" { confidential: yes }
goal h "Open doors" { carried-by: q }
stakeholder t "Tapir" { power: 4
  confidential: yes }
milestone m "Mandrill" { date: 2026-11-01
  confidential: yes }
funding 70 EUR "Wombat" { from: p
  status: secured
  confidential: yes }
"""
WORDS = ["Xylophone", "Zither", "Quokka", "Tapir", "Mandrill", "Wombat", "500", "70"]

WIDE = """language en version 1
partner p "東京の会社と仲間たち" { brings 3 h "作業"
  receives "名声" { felt: 2 }
  position g: +2 }
partner q "Ürgüp Şirketi — équipe" { brings 9 h "Travail"
  position g: -2 }
goal g "水を守る" { carried-by: p }
milestone m "開始" { date: 2026-11-01 }
activity y "泳ぐ" { owner: p
  with: q
  period: 2026-10-01..2026-12-01 }
stakeholder s "町の人々" { power: 3
  interest: 3 }
"""


def ok(condition, what, details=""):
    global count, failed
    count += 1
    print(("" if condition else "not ") + f"ok {count} - {what}")
    if not condition:
        failed += 1
        print("\n".join("# " + line for line in str(details).splitlines()[:12]))


folder = tempfile.mkdtemp(prefix="analyses-")


def write(name, source):
    path = os.path.join(folder, name + ".alliance")
    with open(path, "w", encoding="utf-8") as file:
        file.write(source)
    return path


def run(*arguments):
    return subprocess.run([program, *TODAY, *arguments], capture_output=True, text=True, cwd=folder)


def columns(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def on_terminal(width, *arguments):
    """What is printed on a terminal that is so wide."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 50, width, 0, 0))
    process = subprocess.Popen([program, *TODAY, *arguments], stdin=side, stdout=side, stderr=side, cwd=folder,
                               env=dict(os.environ, TERM="xterm-256color", LC_ALL="C.UTF-8"))
    os.close(side)
    shown = b""
    while True:
        try:
            piece = os.read(main, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    os.close(main)
    process.wait()
    return process.returncode, shown.decode().replace("\r", "")


def without_colours(drawn):
    return re.sub(r"\x1b\[(0|1|2|31|32|33|36)m", "", drawn)


LOOKS = {"block", "tone", "id", "align", "layout", "unit", "file", "files", "hash", "version", "from", "to", "date"}


def texts_in(value):
    """Every text of blocks, but for what says how a block looks."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from texts_in(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            if key not in LOOKS:
                yield from texts_in(item)


SAME = {"Convergence / divergence"}         # the same words in both languages


def words_of_ours(text, source):
    """A text without what the file says."""
    for quoted in sorted(re.findall(r'"([^"\n]+)"', source), key=len, reverse=True):
        text = text.replace(quoted, "")
    return text


def blocks_of(view, path, language, *more):
    done = run("view", view, "--lang", language, "-O", "format=json", *more, path)
    ok(done.returncode == 0, f"{view} {os.path.basename(path)} {language}: made", done.stderr)
    return json.loads(done.stdout)["blocks"] if done.returncode == 0 else []


def example(name):
    return os.path.join(root, "examples", name + ".alliance")


# ---- Every analysis, on files of every sort -----------------------------------------------------------

paths = {name: write(name, source) for name, source in (
    ("unknown", UNKNOWN), ("mixed", MIXED), ("alone", ALONE), ("secret", SECRET), ("wide", WIDE),
    ("bare", BARE), ("empty", "language en version 1\n"))}
paths["silver-geek"], paths["anti-gaspi"] = example("silver-geek.en"), example("anti-gaspi.en")

for view, word in VIEWS.items():
    for name, path in paths.items():
        with open(path, encoding="utf-8") as file:
            source = file.read()
        made = {language: blocks_of(view, path, language) for language in ("en", "fr")}
        both = set(texts_in(made["en"])) & set(texts_in(made["fr"]))
        shared = [text for text in both - SAME if len(re.findall("[A-Za-z]{4,}", words_of_ours(text, source))) > 1]
        ok(not shared, f"{view} {name}: nothing is left in the other language", shared)
        left = [text for language in made for text in texts_in(made[language]) if re.search(r"\{\w+[:}]", text)
                and text not in source]
        ok(not left, f"{view} {name}: no placeholder is left", left)
        levels = [block.get("level", 2) if block["block"] == "heading" else 9 for block in made["en"]] + [0]
        hollow = [block for block, level, next_level in zip(made["en"], levels, levels[1:]) if next_level <= level < 9]
        ok(not hollow, f"{view} {name}: under each heading there is something", hollow)
        headings = [block.get("text") for block in made["en"] if block["block"] == "heading"]
        if view != "agenda":
            ok(headings[:1] == ["What the file says"], f"{view} {name}: what the file says comes first", headings)
        for width in (40, 60, 80, 120):
            status, drawn = on_terminal(width, word, path)
            shown = without_colours(drawn)
            wide = [line for line in shown.split("\n") if columns(line) > width]
            ok(status == 0 and not wide, f"{view} {name}: fits {width} columns", wide or shown[-300:])
            ok(shown != drawn and "\x1b" not in shown and "{1B}" not in shown,
               f"{view} {name}: in colours, and in no other way than colours, {width} columns", drawn[:300])
        plain = run(view, "--plain", path).stdout
        ok(plain and not re.search("[\u2500-\u259f]", plain), f"{view} {name}: --plain draws nothing", plain[:400])
        for medium in ("html", "markdown", "svg", "text"):
            done = run("export", view, "-O", "format=" + medium, path)
            ok(done.returncode == 0 and len(done.stdout) > 100, f"{view} {name}: as {medium}", done.stderr)

# ---- What is not known, and what cannot be added ---------------------------------------------------------

for view in VIEWS:
    shown = run(view, paths["unknown"]).stdout
    zero = [line for line in shown.split("\n") if re.search(r"(^|[^\d.,/(−-])0( |\u00a0)?(EUR|%|h|$)", line)]
    ok(not zero, f"{view}: what is not known is never 0", zero)
    if view != "agenda":
        ok("?" in shown or "Cannot tell" in shown, f"{view}: what is not known is shown", shown)
    shown = run(view, paths["mixed"]).stdout
    ok("150" not in shown, f"{view}: currencies are never added", shown)


def flat(view, name):
    return " ".join(run(view, paths[name]).stdout.replace("▌", "").split())


for view, name, wanted in (
        ("equity", "mixed", "in several currencies, which are never added"), ("funding", "mixed", "EUR and USD"),
        ("dependence", "mixed", "EUR and USD"), ("equity", "alone", "fewer than two"),
        ("alignment", "alone", "only one has taken a position"), ("dependence", "alone", "fewer than two")):
    ok(wanted in flat(view, name), f"{view} {name}: says why it cannot tell", flat(view, name))

# ---- What a first reader stumbles over -----------------------------------------------------------------------

# 3 h a week over 125 days: 125 / 7 * 3 = 53.571… hours.
paths["reader"] = write("reader", """language en version 1
partner p "Left" { brings 3 h/week "Hands" { nature: volunteering
    period: 2026-03-01..2026-07-03 } }
partner q "Right" { brings 3 h/week "Feet" { nature: volunteering
    period: 2026-03-01..2026-07-03 } }
partner r "Apart"
goal g "Garden" { carried-by: p, q }
pilot t "Trial" { period: 2026-03-01..2026-07-03 }
activity y "Dig" { owner: p
  with: q
  period: 2026-03-01..2026-07-03 }
activity z "Water" { owner: q
  with: p
  period: 2026-03-01..2026-07-03 }
""")
shown = flat("equity", "reader")
ok("53.57 h" in shown, "what is computed has two decimals", shown)
ok(not re.search(r"\d[.,]\d{3}", shown), "and no more than two", shown)
shown = flat("dependence", "reader")
said = shown[shown.index("What it means"):]
ok("2 groups without a tie" in said, "the conclusion takes up what is marked above it", said)
ok("depends" not in said.split("How it is computed")[0], "and does not say that all is well", said)
french = without_colours(on_terminal(100, "--lang", "fr", "calendrier", paths["reader"])[1])
ok("Expérimentation" in french, "a word is not cut where there is room for it", french)
paths["carried"] = write("carried", """language en version 1
partner p "Left"
partner q "Right"
goal g "Garden" { carried-by: p, q }
""")
shown = flat("alignment", "carried")
ok("2 positions are not said" in shown and "has said where it stands" not in shown,
   "who carries a goal is not said to have told how much it matters", shown)

# ---- What only some may see ----------------------------------------------------------------------------------

# Who leads an activity and works in it is named once.
ferry = write("ferry", """language en version 1
partner p "Left Bank"
partner q "Right Bank"
activity y "Sail the ferry" { owner: p
  with: p, q
  period: 2026-11-01..2026-12-30 }
""")
rows = next(block for block in blocks_of("calendar", ferry, "en") if block["block"] == "table")["rows"]
ok(rows[0][3] in ("Left Bank and Right Bank", {"text": "Left Bank and Right Bank"}), "who leads is named once", rows)

for view in [*VIEWS, "report", "canvas"]:
    for medium in ("html", "markdown", "svg", "json", "text"):
        made = run("export", view, "-O", "format=" + medium, paths["secret"]).stdout
        body = made[made.index("<body"):] if medium == "html" else made[made.index("class=\"paper\""):] \
            if medium == "svg" else made
        body = re.sub(r"SHA-256 \w+|\"(version|hash|date|today|from|to)\": ?\"?[\w.-]+|width:[\d.]+%|[xyd]\d?=\"[^\"]*\"|"
                      r"(height|width|cx|cy)=\"[^\"]*\"", "", body)
        leaks = [word for word in WORDS if re.search(r"(?<![\d.])" + word + r"(?![\d.])", body)]
        ok(not leaks, f"{view} as {medium}: nothing confidential", leaks)
ok("Quokka" in on_terminal(100, "alignment", paths["secret"])[1], "on the screen, everything is there")
ok("Quokka" not in run("alignment", paths["secret"]).stdout, "into a pipe it is a document, that leaves it out")
ok("Quokka" in run("alignment", "--confidential", paths["secret"]).stdout, "unless it is asked for")
shown = run("export", "equity", "-O", "format=text", paths["secret"]).stdout
ok("not shown" in shown and "How fair" not in run("export", "agenda", "-O", "format=text", paths["secret"]).stdout,
   "what is left out of a document is neither a `?` nor a question", shown)

# ---- The agenda: every question once, to the right person ---------------------------------------------------

blocks = blocks_of("agenda", paths["silver-geek"], "en")
asked = sorted(text for block in blocks if block["block"] == "list" and block.get("tick") and not block.get("ordered")
               for text in texts_in(block["items"]) if isinstance(text, str) and text.endswith("?"))
twice = [text for i, text in enumerate(asked) if text in asked[:i]]
ok(asked and not twice, "no question is put twice", twice)
entities = json.loads(run("export", "json", paths["silver-geek"]).stdout)["entities"]


def is_open(value):
    return isinstance(value, dict) and value.get("unknown") is True


page = " ".join(text for text in texts_in(blocks))
lacking = [entity["title"] for entity in entities if entity.get("title") and entity["title"] not in page
           and any(is_open(value) for value in [entity.get("amount"), *entity.get("properties", {}).values()])]
ok(not lacking, "everything with a question mark is on the agenda", lacking)
heads = [block["text"] for block in blocks if block["block"] == "heading"]
ok({"To ask: Orange", "To ask: Unis-Cité", "Begin with", "Who will find out?"} <= set(heads), "people and parts", heads)
first = next(block for block in blocks if block["block"] == "list" and block.get("ordered"))
ok(len(first["items"]) <= 5, "it begins with five points at most")
ok(len(next(block for block in blocks_of("agenda", paths["silver-geek"], "en", "-O", "first=2")
            if block.get("ordered"))["items"]) == 2, "or as many as one wishes")
heads = [block["text"] for block in blocks_of("agenda", paths["silver-geek"], "en", "-O", "who=orange")
         if block["block"] == "heading"]
ok("To ask: Orange" in heads and "To ask: Unis-Cité" not in heads, "one partner's agenda", heads)

# ---- Options --------------------------------------------------------------------------------------------------

for view in ("equity", "alignment", "dependence", "calendar", "agenda"):
    done = run(view, "-O", "who=nobody", paths["silver-geek"])
    ok(done.returncode == 2 and "Orange" in done.stderr and not done.stdout, f"{view}: a partner that is not there",
       done.stderr)
    done = run(view, "-O", "who=Unis-cite", "--plain", paths["silver-geek"])
    ok(done.returncode == 0, f"{view}: a partner by its title, accents optional", done.stderr)
done = run("calendar", "-O", "from=2014", "-O", "to=2014-06", "-O", "format=json", paths["silver-geek"])
items = [item["label"] for block in json.loads(done.stdout)["blocks"] if block["block"] == "timeline"
         for item in block["items"]]
ok(len(items) == 1 and "structures are selected" in items[0], "only the dates that were asked for", items)
done = run("funding", "-O", "to=2025-12", "-O", "format=text", paths["mixed"])
ok("Awning" not in done.stdout and done.returncode == 0, "only the periods that were asked for", done.stdout)
for setting, wanted in (("from=2024-13", "takes a date"), ("from=soon", "takes a date"), ("form=2024", "the nearest is")):
    done = run("calendar", "-O", setting, paths["silver-geek"])
    ok(done.returncode == 2 and wanted in done.stderr, f"calendar {setting}: refused with a way out", done.stderr)

# ---- As print writes it ----------------------------------------------------------------------------------------

paths["comma"] = write("comma", """language fr version 1
alliance a "Halte" { début : 2026-01-01
  fin : 2027-12-31 }
partenaire p "Régie" { reçoit "Repos" { ressenti : 2 } }
partenaire q "Cars" { position g : +2 }
partenaire r "Lycée" { rôle : "Forme" }
objectif g "Trajets" { porteur : p }
indicateur k "Par mois" { objectif : g
  cible : >= 1200 trajets pour 2028-06-30 }
activité x "Répondre, et relier" { porteur : p
  période : 2026-06-12 .. 2026-11-30 }
activité y "Tenir l'ensemble" { porteur : p
  période : 2026-06 .. 2027-02 }
""")
page = blocks_of("calendar", paths["comma"], "fr")
ok(any("Tenir l'ensemble\u00a0; Répondre, et relier" in value or "Répondre, et relier\u00a0; Tenir l'ensemble" in value
       for value in texts_in(page)), "names with commas are not listed with commas", page)
page = run("export", "calendar", "--lang", "fr", "-O", "format=html", *TODAY, paths["comma"]).stdout
ok("12\u00a0juin\u00a02026 – 30\u00a0novembre\u00a02026" in page, "a page breaks no date", page)
lines = [line.strip() for line in on_terminal(60, "calendar", "--lang", "fr", *TODAY, paths["comma"])[1].splitlines()]
ok(not any(re.search(r"(\d|juin|novembre) *│?$", line.split("│")[0]) and not re.search(r"20\d\d", line.split("│")[0])
           for line in lines), "nor does a narrow terminal", "\n".join(lines))
ok("12 juin 2026" in "\n".join(lines), "where dates have plain blanks, to be searched for")
page = run("export", "report", "--lang", "fr", "-O", "format=html", *TODAY, paths["comma"]).stdout
ok("1\u00a0200\u00a0trajets pour\u00a0le\u00a030\u00a0juin\u00a02028" in page, "a target as one says it", page)
matrix = run("export", "alignment", "-O", "format=markdown", paths["comma"]).stdout
ok("| Lycée | · |" in matrix and "| Cars | ✓ +2 |" in matrix, "a dot stands for what is not said", matrix)

tournee = os.path.abspath(os.path.join(root, "examples/tournee.alliance"))
drawn = without_colours(on_terminal(80, "alignment", "--lang", "fr", tournee)[1])
ok(re.search(r"^A. La Halte merlonnaise +│ · │ 3 │ 4 │", drawn, re.M), "what twelve say of twelve is a table on 80 columns")
ok(re.search(r"^La Halte merlonnaise +│ ✓ \+4 │", drawn, re.M) and "A  Un aller-retour par jour" in drawn.replace("\u00a0", " "),
   "and long heads are letters, said under it", drawn[:2000])
drawn = without_colours(on_terminal(40, "alignment", "--lang", "fr", tournee)[1])
ok("Coopérative des maraîchers de la" in drawn and not re.search(r"^  [A-L].?: ·", drawn, re.M),
   "where no table fits, only what is said is listed, with its names")
long = "Anticonstitutionnellement" * 4
paths["word"] = write("word", f'language fr version 1\nalliance a "Mot" {{ }}\npartenaire p "{long}" {{ rôle : "Tient" }}\n')
page = run("export", "report", "-O", "format=html", paths["word"]).stdout
ok(long not in re.sub(r"<style>.*?</style>", "", page, flags=re.S).split("<h1>")[1] and long in page.replace("<wbr>", ""),
   "a word that no language has may break in a page")

paths["name"] = write("name", 'language fr version 1\nalliance a "Rien encore" { }\n')
page = run("export", "report", "-O", "format=text", paths["name"]).stdout
ok("ne dit encore rien du territoire" in page and "Rien.\n" not in page, "a report of nothing says what it could say", page)
paths["twice"] = write("twice", """language en version 1
alliance a "Twice" { }
partner p "Left" { brings "Boats" { for: y }
  brings "Oars" { for: y } }
activity y "Sail" { owner: p
  with: p }
""")
drawn = [line for line in run("export", "dot", paths["twice"]).stdout.splitlines() if " -> " in line]
ok(len(drawn) == 2 and "answers for" in "".join(drawn) and "contributes to" in "".join(drawn),
   "the network has each relation of two things once", drawn)

print(f"1..{count}")
sys.exit(failed > 0)
