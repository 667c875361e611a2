#!/usr/bin/env python3
"""What is confidential is checked and shown on the terminal, with its mark, and is in no document but for
whom it belongs to: no exporter and no view, in no form, says one of the secret words below."""
import json
import os
import pty
import re
import subprocess
import sys
import tempfile

PROGRAM = os.environ.get("ALLIANCE", os.path.join(os.getcwd(), "alliance"))

# Every confidential thing holds a word of its own that begins with "secret"; its number says whose it is.
MODEL = '''language en version 1

alliance garden "Garden" {
  purpose: "Vegetables"
  status: framing
  territory: "Lyon"
  exit: "secretnobody0" (confidential)

  success "secretnobody1" (confidential)
}

partner macif "Macif" {
  type: foundation
  interest: "secretmacif0" (confidential, source "secretmacif1")
  role: ? (confidential, ask "secretmacif2")

  brings 40 000 EUR "secretmacif3" (confidential)
  brings 10 h "Help" {
    note: "secretmacif4" (confidential)
  }
  position harvest: -3
  opinion shadow: "They pay late"
  commitment "secretmacif5" (confidential) { due: 2024-01-01 }
}

partner orange "Orange" {
  type: company

  brings 30 h "Time"
  receives "secretorange0" (confidential)
  trusts shadow: 2
}

## secretshadow0
partner shadow "secretshadow1" (confidential) {
  type: foundation
  x-register: "secretshadow2"

  brings 5 000 EUR "secretshadow3" (source "secretshadow4")
}

need bread "secretmacif6" (confidential) { partner: macif }
beneficiary eaters "Eaters" {
  partner: orange
  note: "secretorange1" (confidential)
}
risk away "secretnobody2" (confidential) { owner: orange }
goal harvest "One harvest" { owner: shadow }
goal quiet "secretnobody3" (confidential)
kpi growth "Growth" {
  goal: quiet
  target: 10 EUR

  reading 2024-01-01: 5 EUR (source "secretnobody4", confidential)
}
activity plots "Plots" { with: macif, shadow }
agreement "Contract" { between: orange, shadow }
link shadow -> orange "pays"
funding 20 EUR "secretnobody5" (confidential) { from: macif }

check every partner: name != shadow
  else "secretshadow5 must not be first"
assert count(partners) > 1
query hidden = goals where title = "secretnobody3"
accept equity for shadow { reason: "secretshadow6" }
accept reciprocity for "secretshadow1" { reason: "secretshadow7" }
scenario gone "secretshadow8" { remove partner shadow }
settings equity { activities: 4 }
'''
ITEMS = 15          # confidential things, each with all in its block, and values, counted by hand
SECRET = re.compile(r"secret[a-z]+\d")
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


def run(folder, *words):
    return subprocess.run([PROGRAM, "--today", "2024-07-01", *words], cwd=folder, check=False, timeout=120,
                          stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
                          env=dict(os.environ, HOME=folder, LC_ALL="C.UTF-8"))


def terminal(folder, *words):
    """What the program shows when its output is a terminal."""
    pid, master = pty.fork()
    if pid == 0:
        os.chdir(folder)
        os.environ.update(HOME=folder, LC_ALL="C.UTF-8", TERM="dumb", COLUMNS="100")
        os.execv(PROGRAM, [PROGRAM, "--today", "2024-07-01", *words])
    text = b""
    while True:
        try:
            piece = os.read(master, 65536)
        except OSError:
            break
        if not piece:
            break
        text += piece
    os.close(master)
    os.waitpid(pid, 0)
    return text.decode("utf-8", "replace").replace("\r", "")


def secrets(text):
    return sorted(set(SECRET.findall(text)))


def of(*owners):
    return sorted(word for word in set(SECRET.findall(MODEL)) if any(owner in word for owner in owners))


def documents(folder):
    rows = json.loads(run(folder, "list", "plugins", "--format", "json").stdout)
    for row in rows:
        if row["about"].startswith("export"):
            yield row["id"], ("export", row["id"])
        elif row["about"].startswith("view"):
            for form in ("text", "markdown", "html", "svg", "json"):
                yield "%s as %s" % (row["id"], form), ("export", row["id"], "-O", "format=" + form)
            yield row["id"] + " into a pipe", ("view", row["id"])


def in_no_document(folder):
    for name, words in documents(folder):
        done = run(folder, *words, "a.alliance")
        same((done.returncode, secrets(done.stdout)), (0, []), name + ": nothing confidential is in it")
        ok(re.search(r"\b%d confidential items are left out|\"left_?out\": ?%d\b" % (ITEMS, ITEMS), done.stdout)
           or "-O" in words and "svg" in words[-1], name + ": it says how many were left out", done.stdout[-300:])
        ok("Left out: %d confidential items" % ITEMS in done.stderr, name + ": and so does the program", done.stderr)
        same(secrets(done.stderr), [], name + ": without naming them")
    done = run(folder, "export", "json", "-o", "out.json", "a.alliance")
    ok("Left out: %d confidential" % ITEMS in done.stderr, "a file, too", done.stderr)
    same(run(folder, "-q", "export", "json", "a.alliance").stderr, "", "not with --quiet")


def for_whom(folder):
    def said(*words):
        return secrets(run(folder, "export", "json", *words, "a.alliance").stdout)
    same(said("--confidential"), of(""), "--confidential: everything")
    same(said("--for", "macif"), of("macif"), "for a partner: what stands in its block, and what names it as `partner`")
    same(said("--for", "Orange"), of("orange"), "by title, too; not what it only owns")
    same(said("--for", "shadow"), of("shadow"), "a confidential partner sees itself")
    for name, words in documents(folder):
        found = set(secrets(run(folder, *words, "--for", "macif", "a.alliance").stdout))
        ok(found <= set(of("macif")), name + " for macif: no secret of others", found)
    whole = json.loads(run(folder, "export", "json", "--for", "macif", "a.alliance").stdout)
    same(whole["left_out"], ITEMS - 6, "what was left out is counted")
    done = run(folder, "export", "json", "--for", "macif", "a.alliance")
    ok("It holds 6 confidential items" in done.stderr, "and what it holds is said", done.stderr)
    page = run(folder, "export", "report", "--confidential", "a.alliance").stdout
    ok("It holds %d confidential items" % ITEMS in page, "on its last line", page[-500:])
    for name, wanted in (("nobody", "no partner is called"), ("harvest", "is no partner")):
        done = run(folder, "export", "json", "--for", name, "a.alliance")
        ok(done.returncode == 2 and wanted in done.stderr and not done.stdout, "--for %s: wrong use" % name, done.stderr)
    with open(os.path.join(folder, "b.alliance"), "w", encoding="utf-8") as file:
        file.write('language en version 1\nalliance b "B"\npartner macif "Macif" { interest: "secretmacif9" (confidential) }\n'
                   'partner orange "Orange" { interest: "secretorange9" (confidential) }\n')
    both = secrets(run(folder, "export", "json", "--for", "macif", "a.alliance", "b.alliance").stdout)
    same(both, sorted(of("macif") + ["secretmacif9"]), "in a portfolio, in every alliance that knows the partner")
    os.remove(os.path.join(folder, "b.alliance"))


def on_the_terminal(folder):
    for words in (("query", "a.alliance", "partners | show title, interest"), ("show", "shadow", "a.alliance"),
                  ("show", "macif", "a.alliance"), ("check", "--only", "reciprocity", "a.alliance")):
        done = run(folder, *words)
        ok(secrets(done.stdout) and "(confidential)" in done.stdout, " ".join(words) + ": shown, with its mark", done.stdout)
    rows = run(folder, "query", "a.alliance", "partners | show name, interest").stdout.split("\n")
    same([line.split("  ")[0].strip() for line in rows if "(confidential)" in line],
         ["macif", "shadow (confidential)"], "the values, and the things")
    for view in ("report", "equity"):
        shown = terminal(folder, "view", view, "a.alliance")
        ok("It holds %d confidential items" % ITEMS in shown and secrets(shown), "view %s on a terminal" % view, shown[-500:])
    shown = terminal(folder, "export", "json", "a.alliance")
    same(secrets(shown), [], "an export is a document, even on a terminal")
    findings = json.loads(run(folder, "check", "--format", "json", "--only", "reciprocity", "a.alliance").stdout)
    marked = {row["objects"][0]: row.get("confidential", False) for row in findings["diagnostics"] + findings["accepted"]
              if "objects" in row}
    same((marked.get("shadow"), marked.get("orange", False)), (True, False), "findings of confidential things say so")


def main():
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, "a.alliance"), "w", encoding="utf-8") as file:
            file.write(MODEL)
        found = json.loads(run(folder, "check", "--format", "json", "--only", "equity", "a.alliance").stdout)
        same([row["code"] for row in found["diagnostics"] if row["severity"] == "error"], [], "the file is right")
        for part in (in_no_document, for_whom, on_the_terminal):
            part(folder)
    print("1..%d" % number)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
