#!/usr/bin/env python3
"""Files to begin with: a first file, copies of examples, a plugin; nothing is ever written over."""
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("ALLIANCE", os.path.join(os.getcwd(), "alliance"))
SOURCES = os.environ.get("SRCDIR", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
number = failed = 0


def ok(condition, what, details=None):
    global number, failed
    number += 1
    failed += not condition
    print("%sok %d - %s" % ("" if condition else "not ", number, what))
    if not condition and details is not None:
        print("\n".join("# " + line for line in str(details).split("\n")[:20]))


def same(got, wanted, what):
    ok(got == wanted, what, "wanted: %r\ngot:    %r" % (wanted, got))


def run(folder, *words, locale="C.UTF-8"):
    return subprocess.run([PROGRAM, "--today", "2024-07-01", *words], cwd=folder, check=False, timeout=120,
                          stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                          env=dict(os.environ, HOME=folder, LC_ALL=locale, LANG=locale))


def text_of(folder, name):
    with open(os.path.join(folder, name), encoding="utf-8") as file:
        return file.read()


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def first_files(folder):
    for language, name, title, called in (
            ("en", "our-garden", "Our garden", "our-garden "), ("fr", "notre-potager", "Notre potager", "notre-potager "),
            ("fr", "Café d'été", "Café d'été", "café-d'été "), ("en", "2030", "2030", "alliance-2030 "), ("fr", "où", "Où", "alliance-où "), ("en", "a--b", "A  b", "")):
        done = run(folder, "--lang", language, "new", name)
        path = name + ".alliance"
        ok(done.returncode == 0 and path in done.stdout, "new %s in %s" % (name, language), done)
        text = text_of(folder, path)
        ok('alliance %s"%s" {' % (called, title) in text and text.startswith(("language en", "langue fr")[language == "fr"]),
           "its title, its language", text)
        same(run(folder, "fmt", path).stdout, text, "in the one form")
        answer = json.loads(run(folder, "check", "--format", "json", path).stdout)
        same((answer["summary"]["errors"], answer["summary"]["warnings"], answer["not_checked"]), (0, 0, []),
             "it passes: neither errors nor warnings")
        ok(sum(bool(row.get("question")) for row in answer["diagnostics"]) >= 9, "and asks its questions", answer["summary"])
        boxes = [line.split()[1] for line in text.split("\n") if line.startswith(("  box ", "  case "))]
        wanted = {"en": "partners offers beneficiaries channels relations activities resources costs funding",
                  "fr": "partenaires propositions bénéficiaires canaux relations activités ressources coûts financements"}
        same(boxes, [word.rstrip(":") for word in wanted[language].split()] if language == "fr"
             else [word + ":" for word in wanted[language].split()], "the nine boxes, in the order of the method")
        asked = [line for line in text.split("\n") if line.startswith("  # ") and line.rstrip().endswith("?")]
        same(len(asked), 13, "each with its question")
    same(run(folder, "fmt", "--to", "fr", "our-garden.alliance").returncode, 0, "it can be translated")


def in_the_language_of_the_command(folder):
    for words, language in ((("créer", "as-typed"), "fr"), (("nouveau", "as-typed-too"), "fr"), (("new", "as-typed-3"), "en"),
                            (("--lang", "en", "créer", "as-asked"), "en")):
        run(folder, *words)
        same(text_of(folder, words[-1] + ".alliance").split()[1], language, " ".join(words) + ": a file in its language")
    same(run(folder, "plugin", "créer", "vérification", "as-typed").returncode, 0, "plugin créer vérification")
    same(run(folder, "plugin", "tester", "as-typed").returncode, 0, "plugin tester")


def nothing_is_written_over(folder):
    before = text_of(folder, "our-garden.alliance")
    for words in (("new", "our-garden"), ("new", "our-garden.alliance"), ("new", "our-garden", "--from", "arche")):
        done = run(folder, *words)
        ok(done.returncode == 3 and "exists already" in done.stderr and not done.stdout, " ".join(words) + ": refused", done)
        same(text_of(folder, "our-garden.alliance"), before, "and left as it was")
    done = run(folder, "--lang", "fr", "new", "our-garden")
    ok("existe déjà" in done.stderr, "in French", done.stderr)


def examples(folder):
    for language in ("en", "fr"):
        rows = json.loads(run(folder, "--lang", language, "list", "examples", "--format", "json").stdout)
        names = sorted(name.split(".")[0] for name in os.listdir(os.path.join(SOURCES, "examples"))
                       if name.endswith(".en.alliance"))
        same([row["id"] for row in rows], names, "list examples in %s: all that there are" % language)
        ok(all(row["about"].endswith(".") and len(row["about"]) > 20 for row in rows), "each with its sentence", rows)
        for name in names:
            copy = "%s-%s" % (name, language)
            done = run(folder, "--lang", language, "new", copy, "--from", name)
            source = os.path.join(SOURCES, "examples", name + (".en" if language == "en" else "") + ".alliance")
            ok(done.returncode == 0 and text_of(folder, copy + ".alliance") == open(source, encoding="utf-8").read(),
               "new --from %s: a copy" % name, done)
    done = run(folder, "new", "x", "--from", "silver-gek")
    ok(done.returncode == 2 and "`silver-geek`" in done.stderr, "the nearest example", done.stderr)
    ok(not os.path.exists(os.path.join(folder, "x.alliance")), "and nothing is written")


def plugins_are_listed(folder):
    with open(os.path.join(folder, "equity.lua"), "w", encoding="utf-8") as file:
        file.write('return { api = 1, kind = "check", id = "equity", title = { en = "T", fr = "T" }, about = { en = "A", fr = "A" },\n'
                   'messages = { m = { en = "M", fr = "M" } }, run = function() end }\n')
    for language, words in (("en", ("check, by --plugin: equity.lua; runs instead of ", "check, with the program", "view, with the program")),
                            ("fr", ("vérification, par --plugin : equity.lua ; tourne à la place de ", "vérification, avec le programme",
                                    "vue, avec le programme"))):
        rows = run(folder, "--lang", language, "list", "plugins", "--plugin", "equity.lua").stdout
        ok(all(word in rows for word in words), "list plugins in %s" % language, rows)


def wrong_use(folder):
    for words, status in ((("new",), 2), (("new", "a", "b"), 2), (("new", ""), 2), (("new", ".hidden"), 2),
                          (("new", "a/"), 2), (("new", "?"), 2), (("new", "_"), 2), (("--lang", "fr", "new", "?!"), 2), (("new", "-- ."), 2),
                          (("new", 'a"b'), 2), (("new", "a$b"), 2), (("--lang", "fr", "new", "a`b"), 2), (("new", "d/-?.alliance"), 2),
                          (("new", "a\nb"), 2), (("new", "nowhere/a"), 3),
                          (("check", "--from", "arche", "our-garden.alliance"), 2)):
        done = run(folder, *words)
        ok(done.returncode == status and done.stderr.startswith("alliance: ") and not done.stdout,
           "%r: status %d, with a sentence" % (words, status), done)
    for language, name in (("en", "the school's"), ("fr", "l'été (bis)")):
        done = run(folder, "--lang", language, "new", name)
        advised = [line for line in done.stdout.split("`") if line.startswith("alliance ")]
        ok(advised and all(shlex.split(line)[-1] == name + ".alliance" for line in advised), "a shell takes what is advised", done)
    os.mkdir(os.path.join(folder, "deep"))
    same(run(folder, "new", "deep/down").returncode, 0, "into a folder")
    ok('alliance down "Down"' in text_of(folder, "deep/down.alliance"), "called by its last part")


def plugins(folder):
    for language, name in (("en", "acme/charter"), ("fr", "suppleant")):
        place = name.split("/")[-1]
        done = run(folder, "--lang", language, "plugin", "new", "check", name)
        ok(done.returncode == 0 and place in done.stdout, "plugin new check %s in %s" % (name, language), done)
        tested = run(folder, "--lang", language, "plugin", "test", place)
        ok(tested.returncode == 0 and ("5 passed, 0 failed", "5 tests réussis, 0 en échec")[language == "fr"] in tested.stdout, "it passes its tests, those of spec/ too",
           tested)
        found = run(folder, "--lang", language, "--plugin", place, "check", "--only", name, "--fail-on", "never",
                    "silver-geek-en.alliance")
        ok(name in found.stdout or "?" in found.stdout, "and shows something at once", found)
        ok("{{" not in text_of(folder, place + "/plugin.lua") + text_of(folder, place + "/README.md"), "nothing is left unfilled")
        for line in text_of(folder, place + "/README.md").split("\n"):
            if line.startswith("alliance "):
                words = line.split("#")[0].replace("FILE", "our-garden.alliance").replace("FICHIER", "our-garden.alliance")
                done = run(folder, "--lang", language, *words.split()[1:])
                ok(done.returncode in (0, 1), "its README: " + words.strip(), done)
        again = run(folder, "--lang", language, "plugin", "new", "check", name)
        same(again.returncode, 3, "a second time: refused")
    write(folder, "charter/spec/more.lua",
          'return { { bad = \'partner a { contact: "X" }\', expect = { "missing" } } }\n')
    tested = run(folder, "plugin", "test", "charter")
    ok(tested.returncode == 4 and "5 passed, 1 failed" in tested.stdout, "an example of spec/ that fails", tested)
    for text in ("return 3\n", "x x\n", "error('no')\n"):
        write(folder, "charter/spec/more.lua", text)
        tested = run(folder, "plugin", "test", "charter")
        ok(tested.returncode == 4 and "1 failed" in tested.stdout and "more" in tested.stdout,
           "a spec that is none, %r: told" % text, tested)
    write(folder, "deep.lua", """local inequality = require "alliance.inequality"
local function inner(values) return inequality.shares(values).nothing.at end
local function outer(values)
  local found = inner(values)
  return found
end
return { api = 1, kind = "check", id = "deep", title = { en = "Deep", fr = "Profond" }, about = { en = "a", fr = "a" }, source = { en = "s", fr = "s" },
  category = "fairness", severity = "note",
  messages = { m = { en = "m", fr = "m" } },
  visit = { partner = function(ctx)
    calls = outer { 1, 2 }
  end } }
""")
    done = run(folder, "plugin", "test", "deep.lua")
    ok(done.returncode == 4 and "not ok deep: its examples" in done.stdout
       and "# deep: no example shows the message 'm'\n" in done.stdout, "a check without examples: told", done)
    write(folder, "half.lua", text_of(folder, "charter/plugin.lua").replace("  messages = {", """  messages = {
    never = { en = "Nobody says so", fr = "Personne ne le dit" },""").replace("good = ", "-- good = "))
    done = run(folder, "plugin", "test", "half.lua")
    ok("no example shows the message 'never'" in done.stdout and "'missing'" not in done.stdout
       and "a check shows at least one bad and one good example" in done.stdout,
       "a message that no example shows, and no file that is right: told", done)
    done = run(folder, "plugin", "run", "deep.lua", "silver-geek-en.alliance")
    at = [done.stdout.find(line) for line in ("deep.lua:2: attempt", "\n  deep.lua:2: inner\n", "\n  deep.lua:4: outer\n",
                                              "\n  deep.lua:11")]
    ok(done.returncode == 4 and -1 not in at and at == sorted(at), "plugin run: who called whom", done)
    done = run(folder, "--plugin", "deep.lua", "check", "--only", "deep", "silver-geek-en.alliance")
    ok("deep.lua:2: attempt" in done.stdout and "outer" not in done.stdout, "without it, only where", done)
    done = run(folder, "plugin", "run", "charter", "silver-geek-en.alliance")
    ok(done.returncode == 0 and done.stdout.count("   ? ") == 2 and "note[" not in done.stdout
       and re.search(r"^`acme/charter` took \d+ ms, and at most \d+ KiB of memory$", done.stderr, re.M),
       "plugin run: what it alone finds, and what it took", done)
    done = run(folder, "--lang", "fr", "plugin", "run", "équité", "silver-geek-en.alliance")
    ok("Kio" in done.stderr and "equity/" in done.stdout, "plugin run: one that ships, by its French name", done)
    for words in (("plugin", "run"), ("plugin", "run", "charter"), ("plugin", "run", "equty", "silver-geek-en.alliance")):
        done = run(folder, *words)
        ok(done.returncode == 2 and not done.stdout, " ".join(words) + ": wrong use", done)
    ok("`equity`" in done.stderr, "the nearest plugin", done)
    for words in (("plugin", "new"), ("plugin", "new", "check"), ("plugin", "new", "view", "x"), ("plugin", "new", "check", "Big"),
                  ("plugin", "new", "check", "a/b/c"), ("plugin", "new", "check", "../x")):
        done = run(folder, *words)
        ok(done.returncode == 2 and not done.stdout, " ".join(words) + ": wrong use", done)


def main():
    with tempfile.TemporaryDirectory() as folder:
        for part in (first_files, in_the_language_of_the_command, nothing_is_written_over, examples, plugins_are_listed, wrong_use, plugins):
            part(folder)
    print("1..%d" % number)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
