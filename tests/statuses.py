#!/usr/bin/env python3
"""The exit status of the program, every one of them, and which wins when several are due; and
what its machine formats look like.

70 over 2 over 3 over 4 over 1 over 0.  70 cannot be asked for from outside: it is a fault of the
program itself; 130 is an interruption without a terminal, as a shell counts it.
"""
import json
import os
import re
import signal
import subprocess
import sys
import tempfile
import time

PROGRAM = os.environ.get("ALLIANCE", os.path.join(os.getcwd(), "alliance"))
SOURCES = os.environ.get("SRCDIR", os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

FILES = {
    "fine.alliance": 'language en version 1\npartner a "A" { type: company\n  brings 12 EUR\n'
                     '  brings ? }\ncheck every partner has contributions\n',
    "broken.alliance": "language en version 1\npartner a { type: compani }\n",
    "failing.alliance": 'language en version 1\npartner a "A" { type: school }\n'
                        'assert every partner: type = company\n',
    "empty.alliance": "",
    "with-script/fine.alliance": 'language en version 1\npartner a "A" { type: company }\n',
    "with-script/script.alliance": "#!/usr/bin/env -S alliance run\nlanguage en version 1\n\n:load fine.alliance\n",
    "binary.alliance": b"\x00\x01\x02\xff" * 100,
    "bad.lua": 'return { type = "check", api = 1, id = "bad", word = { en = "bad", fr = "bad" },\n'
               '  title = { en = "Bad", fr = "Bad" }, run = function() error("no") end }\n',
}

CHECK = ["check", "--only", "three-questions"]
NEVER = ["check", "--fail-on", "never"]


class Tap:
    def __init__(self):
        self.number = self.failed = 0

    def ok(self, name, fine, more=""):
        self.number += 1
        self.failed += not fine
        print("%sok %d - %s" % ("" if fine else "not ", self.number, name))
        if not fine:
            for line in str(more).splitlines()[:20]:
                print("# " + line)

    def skip(self, name, why):
        self.number += 1
        print("ok %d - %s # SKIP %s" % (self.number, name, why))


def run(folder, *arguments, stdin=b"", stdout=subprocess.PIPE, unprivileged=False):
    words = [PROGRAM, "--lang", "en", "--today", "2024-07-01", *arguments]
    if unprivileged:
        words = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", *words]
    return subprocess.run(words, cwd=folder, input=stdin, stdout=stdout, stderr=subprocess.PIPE,
                          timeout=120, check=False,
                          env=dict(os.environ, HOME=folder, XDG_STATE_HOME=folder,
                                   XDG_DATA_HOME=folder, LC_ALL="C.UTF-8"))


# name, arguments, status
STATUSES = [
    ("nothing wrong", [*NEVER, "fine.alliance"], 0),
    ("version", ["version"], 0),
    ("a query that is answered", ["query", "fine.alliance", "partners"], 0),
    ("an error in the file", [*CHECK, "broken.alliance"], 1),
    ("an assert that fails", ["check", "--only", "shared-goal", "failing.alliance"], 0),
    ("an assert that fails, with all checks", ["check", "failing.alliance"], 1),
    ("a query over a file with errors", ["query", "broken.alliance", "partners"], 1),
    ("a query before its file", ["query", "partners", "fine.alliance"], 0),
    ("a query among its files", ["query", "fine.alliance", "partners", "failing.alliance"], 0),
    ("a name after its file", ["show", "fine.alliance", "a"], 0),
    ("a document after its file", ["export", "fine.alliance", "json"], 0),
    ("a view after its file", ["view", "fine.alliance", "canvas"], 0),
    ("a query and no file", ["query", "partners", "nowhere.alliance"], 3),
    ("a wrong query", ["query", "fine.alliance", "nonsense"], 1),
    ("an export of a file with errors", ["export", "canvas", "broken.alliance"], 1),
    ("a file that fmt would change", ["fmt", "--check", "fine.alliance"], 1),
    ("a statement that begins with an unknown word", ["-e", "foo bar", "fine.alliance"], 1),
    ("a command without its colon", ["-e", "list partners", "fine.alliance"], 1),
    ("a question in everyday words", ["-e", "how many partners", "fine.alliance"], 1),
    ("a binary file", [*CHECK, "binary.alliance"], 1),
    ("no such command", ["chekc"], 2),
    ("no such option", ["check", "--nothing", "fine.alliance"], 2),
    ("an option without its value", ["check", "fine.alliance", "--format"], 2),
    ("no file where one is due", ["check"], 2),
    ("a wrong choice", ["check", "--fail-on", "perhaps", "fine.alliance"], 2),
    *(("--jobs " + jobs, ["check", "--jobs", jobs, "fine.alliance"], 2)
      for jobs in ("-1", "0", "abc", "99999999999", "")),
    ("--jobs 2", [*NEVER, "--jobs", "2", "fine.alliance"], 0),
    ("a word after a command that takes none", ["version", "x"], 2),
    ("the same at the prompt", ["-e", ":version x", "fine.alliance"], 2),
    ("a document with two paths", ["-e", ":export canvas ~/x y.html", "fine.alliance"], 2),
    ("no such check", ["check", "--only", "nothing", "fine.alliance"], 2),
    ("no such document", ["export", "nothing", "fine.alliance"], 2),
    ("nothing of that name", ["show", "nobody", "fine.alliance"], 2),
    ("a folder without alliances", ["check", "nothing-here"], 2),
    ("a folder in which a script stands beside an alliance", [*NEVER, "--strict", "with-script"], 0),
    ("its alliance alone is read", ["query", "with-script", "partners"], 0),
    ("no such file", ["check", "nowhere.alliance"], 3),
    ("a folder that does not exist", ["check", "nowhere/"], 3),
    ("a document into a folder that is not", ["export", "canvas", "-o", "no/x.html",
                                              "fine.alliance"], 3),
    ("a plugin that fails", [*NEVER, "--plugin", "bad.lua", "fine.alliance"], 4),
    ("4 over 1", ["check", "--plugin", "bad.lua", "broken.alliance"], 4),
    ("3 over 1", [*CHECK, "broken.alliance", "nowhere.alliance"], 3),
    ("3 over 4", [*NEVER, "--plugin", "bad.lua", "fine.alliance", "nowhere.alliance"], 3),
    ("2 over 3", ["check", "--only", "nothing", "fine.alliance", "nowhere.alliance"], 2),
    ("2 over 1", ["show", "nobody", "broken.alliance"], 2),
    ("--fail-on never", [*NEVER, "broken.alliance"], 0),
    ("an empty file is an alliance of nothing", [*NEVER, "empty.alliance"], 0),
    ("standard input", ["check", "--fail-on", "never", "-"], 0),
]


def wrong_order(tap):
    """A file that is missing is said to be missing, whatever else is called like a question or a format."""
    with tempfile.TemporaryDirectory() as folder:
        os.mkdir(os.path.join(folder, "json"))
        for name in ("partners", "canvas"):
            with open(os.path.join(folder, name), "w", encoding="utf-8"):
                pass
        for arguments in (["export", "json", "nofile.alliance"], ["query", "nofile.alliance", "partners"],
                          ["view", "canvas", "nofile"], ["export", "json", "no/file"]):
            ran = run(folder, *arguments)
            tap.ok("%s beside such names: 3" % " ".join(arguments),
                   ran.returncode == 3 and b"there is no such file" in ran.stderr, ran)


def statements(tap, folder):
    """What is not understood is said outside the prompt, too, and what belongs in a file is refused."""
    for name, text, status, said in (
            ("an unknown word", "partners | count\n\nfoo bar\n", 1, "`foo`"),
            ("at its place", "partners | count\n\nfoo bar\n", 1, "-:3:1"),
            ("the nearest word", 'partnr x "X"\n', 1, "replace `partnr` with `partner`"),
            ("a command without its colon", "list partners\n", 1, "`:list partners`"),
            ("a declaration", 'partner x "X"\n', 2, "This belongs in the file"),
            ("a declaration in French", 'partenaire x "X"\n', 2, "This belongs in the file"),
            ("an edit", "a.type: school\n", 2, "This belongs in the file")):
        for how, ran in (("standard input", run(folder, stdin=text.encode())),
                         ("-e", run(folder, "-e", text, "fine.alliance"))):
            place = said if how != "-e" else said.replace("-:3", "-e 1:3")
            tap.ok("%s, %s: %d" % (how, name, status),
                   ran.returncode == status and place in ran.stderr.decode(), ran)


def statuses(tap, folder):
    for name, arguments, status in STATUSES:
        ran = run(folder, *arguments)
        tap.ok("%s: %d" % (name, status), ran.returncode == status,
               "%d\n%s" % (ran.returncode, ran.stderr.decode()))
        if status in (2, 3):
            tap.ok("%s: a sentence, nothing on standard output" % name,
                   ran.stderr.startswith(b"alliance: ")
                   and (not ran.stdout or "over" in name), ran.stdout.decode())


def outputs(tap, folder):
    with open("/dev/full", "wb") as full:
        ran = run(folder, "list", "kinds", stdout=full)
    tap.ok("a full disk under standard output: 3, with a sentence",
           ran.returncode == 3 and b"full" in ran.stderr, ran)
    ran = run(folder, "export", "canvas", "-o", "/dev/full", "--force", "fine.alliance")
    tap.ok("a document onto a device: 3", ran.returncode == 3, ran)
    reading, writing = os.pipe()
    os.close(reading)
    ran = run(folder, "list", "kinds", stdout=writing)
    os.close(writing)
    tap.ok("a reader that went away: 3, silently", ran.returncode == 3 and ran.stderr == b"", ran)
    for closed in ("<&-", ">&-", "2>&-", "<&- >&- 2>&-"):
        ran = subprocess.run(["sh", "-c", "exec '%s' check fine.alliance %s" % (PROGRAM, closed)],
                             cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                             check=False, timeout=60)
        tap.ok("closed: " + closed, ran.returncode in (0, 1, 3), ran.returncode)
    if os.geteuid() == 0:
        path = os.path.join(folder, "secret.alliance")
        with open(path, "w", encoding="utf-8") as file:
            file.write(FILES["fine.alliance"])
        os.chmod(path, 0o600)
        os.chmod(folder, 0o755)
        ran = run(folder, "check", "secret.alliance", unprivileged=True)
        tap.ok("a file that one may not read: 3", ran.returncode == 3 and b"permission" in ran.stderr, ran)


# What stands in the way: what to type, the status, and the sentence in English and in French.
IN_THE_WAY = [
    ("a file that is not there", ["check", "nowhere.alliance"], 3,
     "nowhere.alliance cannot be read: there is no such file",
     "nowhere.alliance ne peut pas être lu : ce fichier n'existe pas"),
    ("a file that is no text", ["check", "binary.alliance"], 1,
     "error[E101]: this is not a text file", "erreur[E101] : ce fichier n'est pas un texte"),
    ("an empty file", ["check", "empty.alliance"], 0,
     "Nothing is described here yet.", "Rien n'est encore décrit ici."),
    ("a folder without an alliance", ["check", "nothing-here"], 2,
     "the folder nothing-here holds no `.alliance` file",
     "le dossier nothing-here ne contient aucun fichier `.alliance`"),
    ("a document into a folder that is not there", ["export", "canvas", "-o", "no/x.html", "fine.alliance"], 3,
     "no/x.html cannot be written: there is no such folder",
     "no/x.html ne peut pas être écrit : ce dossier n'existe pas"),
    ("a page as what none can be", ["export", "canvas", "-o", "canvas.pdf", "fine.alliance"], 2,
     "`canvas.pdf`: no page can be written as `.pdf`; end the name with .html",
     "« canvas.pdf » : aucune page ne s'écrit en « .pdf » ; terminez le nom par .html"),
    ("a document onto one that is there", ["export", "canvas", "-o", "there.html", "fine.alliance"], 3,
     "there.html cannot be written: it exists already; `--force` replaces it",
     "there.html ne peut pas être écrit : il existe déjà ; `--force` le remplace"),
    ("a document onto a device", ["export", "canvas", "-o", "/dev/full", "--force", "fine.alliance"], 3,
     "/dev/full cannot be written: it is not an ordinary file",
     "/dev/full ne peut pas être écrit : ce n'est pas un fichier ordinaire"),
]
FULL = {"en": "alliance: the output cannot be written: the disk is full\n",
        "fr": "alliance: la sortie ne peut pas être écrite : le disque est plein\n"}
PRINTERS = [["check", "fine.alliance"], ["check", "--format", "json", "fine.alliance"], ["fine.alliance"],
            ["query", "fine.alliance", "2 + 2"], ["fmt", "fine.alliance"], ["export", "json", "fine.alliance"],
            ["export", "canvas", "fine.alliance"], ["view", "canvas", "fine.alliance"], ["show", "a", "fine.alliance"],
            ["list", "kinds"], ["explain", "E201"], ["help"], ["version"]]


def plain_blanks(data):
    return data.decode().replace("\u00a0", " ").replace("\u202f", " ")


def in_the_way(tap, folder):
    with open(os.path.join(folder, "there.html"), "w", encoding="utf-8") as file:
        file.write("kept")
    for name, arguments, status, *sentences in IN_THE_WAY:
        for language, sentence in zip(("en", "fr"), sentences):
            ran = run(folder, "--lang", language, *arguments)
            said = plain_blanks(ran.stdout + ran.stderr)
            tap.ok("%s, in %s: %d and a sentence" % (name, language, status),
                   ran.returncode == status and sentence in said, "%d\n%s" % (ran.returncode, said))
    with open(os.path.join(folder, "there.html"), encoding="utf-8") as file:
        tap.ok("what was there is still there", file.read() == "kept")
    for arguments in PRINTERS:
        for language, sentence in FULL.items():
            with open("/dev/full", "wb") as full:
                ran = run(folder, "--lang", language, *arguments, stdout=full)
            tap.ok("%s onto a full disk, in %s: 3, one sentence" % (" ".join(arguments[:3]), language),
                   ran.returncode == 3 and plain_blanks(ran.stderr).endswith(sentence)
                   and ran.stderr.count(b"alliance: ") == 1, ran)
        reading, writing = os.pipe()
        os.close(reading)
        ran = run(folder, *arguments, stdout=writing)
        os.close(writing)
        tap.ok("%s to a reader that went away: 3, no complaint" % " ".join(arguments[:3]),
               ran.returncode == 3 and b"alliance: " not in ran.stderr, ran)


def full_disk(tap, folder):
    """A file system of 64 KiB, where root may mount one."""
    disk = os.path.join(folder, "disk")
    os.mkdir(disk)
    if os.geteuid() != 0 or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=64k", "none", disk],
                                           stderr=subprocess.DEVNULL, check=False).returncode:
        tap.skip("a small disk that is full", "no file system can be mounted here")
        return
    try:
        with open(os.path.join(folder, "big.alliance"), "w", encoding="utf-8") as file:
            file.write("language en version 1\n")
            file.writelines('partner p%d "Partner number %d"\n' % (number, number) for number in range(2000))
        ran = run(folder, "export", "json", "-o", "disk/model.json", "big.alliance")
        tap.ok("a document that does not fit: 3, a sentence, and no half of it",
               ran.returncode == 3 and b"disk/model.json cannot be written: the disk is full" in ran.stderr
               and os.listdir(disk) == [], (ran, os.listdir(disk)))
        kept = b'langue fr version 1\npartenaire p "P"\n'
        with open(os.path.join(disk, "kept.alliance"), "wb") as file:
            file.write(kept)
        try:
            with open(os.path.join(disk, "filler"), "wb", buffering=0) as file:
                while True:
                    file.write(bytes(1024))
        except OSError:
            pass
        for what, arguments in (("a file laid out in place", ["fmt", "--to", "en", "-i", "disk/kept.alliance"]),
                                ("a new file", ["new", "disk/garden"])):
            ran = run(folder, *arguments)
            with open(os.path.join(disk, "kept.alliance"), "rb") as file:
                is_kept = file.read() == kept
            tap.ok("%s on a full disk: 3, a sentence, and all is as it was" % what,
                   ran.returncode == 3 and b"the disk is full" in ran.stderr and is_kept
                   and sorted(os.listdir(disk)) == ["filler", "kept.alliance"], (ran, os.listdir(disk)))
        ran = subprocess.run([PROGRAM, "--lang", "en", "plugin", "new", "check", "mine"], cwd=disk, check=False,
                             capture_output=True)
        tap.ok("a plugin to begin with, on a full disk: 3, a sentence, and no half of it",
               ran.returncode == 3 and b"the disk is full" in ran.stderr
               and sorted(os.listdir(disk)) == ["filler", "kept.alliance"], (ran, os.listdir(disk)))
    finally:
        subprocess.run(["umount", disk], check=False)


def forbidden(tap, folder):
    """What another user may not read: a file, a folder, and a folder where nothing may be written."""
    if os.geteuid() != 0:
        tap.skip("what another user may not read", "only root can become somebody else")
        return
    os.chmod(folder, 0o755)
    closed = os.path.join(folder, "closed")
    os.mkdir(closed)
    with open(os.path.join(closed, "a.alliance"), "w", encoding="utf-8") as file:
        file.write(FILES["fine.alliance"])
    os.chmod(closed, 0)
    for arguments, sentences in (
            (["check", "closed"], ("closed cannot be read: you do not have the permission",
                                   "closed ne peut pas être lu : vous n'en avez pas le droit")),
            (["check", "closed/a.alliance"], ("a.alliance cannot be read: you do not have the permission",
                                              "a.alliance ne peut pas être lu : vous n'en avez pas le droit")),
            (["export", "canvas", "-o", "closed/x.html", "fine.alliance"],
             ("x.html cannot be written: you do not have the permission",
              "x.html ne peut pas être écrit : vous n'en avez pas le droit"))):
        for language, sentence in zip(("en", "fr"), sentences):
            ran = run(folder, "--lang", language, *arguments, unprivileged=True)
            tap.ok("%s by somebody who may not, in %s: 3" % (" ".join(arguments), language),
                   ran.returncode == 3 and sentence in plain_blanks(ran.stderr), ran)
    os.chmod(closed, 0o700)


def works(process):
    """Waits until the process has computed for a tenth of a second."""
    while process.poll() is None:
        with open("/proc/%d/stat" % process.pid, encoding="ascii") as file:
            if sum(map(int, file.read().rpartition(")")[2].split()[11:13])) >= 10:
                return
        time.sleep(0.01)


def interrupted(tap, folder):
    endless = "count(partners where count(partners where count(partners where name != title) = 1) = 1)"
    with open(os.path.join(folder, "many.alliance"), "w", encoding="utf-8") as file:
        file.write("language en version 1\n")
        file.writelines("partner p%d\n" % number for number in range(2000))
        file.write("check %s = 0\n" % endless)
    for arguments in (["query", "many.alliance", endless], ["check", "many.alliance"]):
        process = subprocess.Popen([PROGRAM, *arguments], cwd=folder, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        works(process)
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate()
        tap.ok("%s, interrupted without a terminal: 130" % arguments[0],
               process.returncode in (130, -signal.SIGINT), (process.returncode, said[:300]))


D_KEYS = {"code", "severity", "id", "args", "message", "primary", "related", "help"}


def check_json(tap, folder):
    ran = run(folder, "check", "--format", "json", "fine.alliance", "broken.alliance")
    data = json.loads(ran.stdout)
    tap.ok("check json: its parts", set(data) == {"version", "today", "language", "diagnostics",
                                                  "accepted", "not_checked", "summary"}, set(data))
    tap.ok("check json: version 1, today", data["version"] == 1 and data["today"] == "2024-07-01")
    first = next(item for item in data["diagnostics"] if item["code"] == "E205")
    tap.ok("check json: a diagnostic", D_KEYS <= set(first), set(first))
    tap.ok("check json: places count bytes from 0, lines and columns from 1",
           first["primary"]["start"] == {"byte": 40, "line": 2, "column": 19}
           and first["primary"]["file"] == "broken.alliance", first["primary"])
    finding = next(item for item in data["diagnostics"] if "/" in item["code"])
    tap.ok("check json: a finding", {"plugin", "fingerprint", "objects", "values"} <= set(finding),
           set(finding))
    tap.ok("check json: the fingerprint is a SHA-256",
           re.fullmatch("[0-9a-f]{64}", finding["fingerprint"]))
    errors = sum(item["severity"] == "error" for item in data["diagnostics"])
    tap.ok("check json: the summary counts", data["summary"]["errors"] == errors
           and data["summary"]["files"] == 2, data["summary"])
    for arguments in (["check", "--format", "json", "nowhere.alliance"],
                      ["check", "--format", "json"],
                      ["check", "--format", "json", "--nothing"],
                      ["query", "--format", "json", "fine.alliance", "nonsense"],
                      ["query", "--format", "json", "nowhere.alliance", "partners"],
                      ["list", "--format", "json", "nothing"]):
        ran = run(folder, *arguments)
        data = json.loads(ran.stdout)
        tap.ok("one JSON object: " + " ".join(arguments),
               data["version"] == 1 and data["diagnostics"] and data["status"] == ran.returncode
               and not ran.stderr, ran)


def query_json(tap, folder):
    ran = run(folder, "query", "--format", "json", "fine.alliance",
              "contributions | show partner, value")
    tap.ok("query json: columns and rows (Annex B)", json.loads(ran.stdout) == {
        "version": 1,
        "columns": [{"id": "partner", "type": "ref"}, {"id": "value", "type": "amount"}],
        "rows": [{"partner": "a", "value": {"number": "12", "unit": "EUR"}},
                 {"partner": "a", "value": {"unknown": True}}]}, ran.stdout.decode())
    ran = run(folder, "query", "--format", "json", "fine.alliance", "contributions | sum value")
    tap.ok("query json: a value", json.loads(ran.stdout)["value"]
           == {"amounts": [{"number": "12", "unit": "EUR"}], "unknown": 1}, ran.stdout.decode())
    ran = run(folder, "query", "--format", "csv", "fine.alliance",
              "contributions | show partner, value")
    tap.ok("query csv: amounts in two columns, lines end as CSV wants",
           ran.stdout == b"partner,value,value_unit\r\na,12,EUR\r\na,not known,\r\n", ran.stdout)
    ran = run(folder, "list", "checks", "--format", "json")
    rows = json.loads(ran.stdout)
    tap.ok("list json: id, word, about", rows and all({"id", "word", "about"} <= set(row)
                                                      for row in rows))


def sarif(tap, folder):
    """By hand, what the schema of SARIF 2.1.0 requires of what is written."""
    ran = run(folder, "check", "--format", "sarif", "fine.alliance", "broken.alliance")
    data = json.loads(ran.stdout)
    tap.ok("sarif: version", data["version"] == "2.1.0" and "sarif" in data["$schema"])
    one = data["runs"][0]
    rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
    tap.ok("sarif: the tool has a name, rules once each",
           one["tool"]["driver"]["name"] == "alliance" and len(set(rules)) == len(rules))
    tap.ok("sarif: columns in code points", one["columnKind"] == "unicodeCodePoints")
    for result in one["results"]:
        region = result["locations"][0]["physicalLocation"]["region"]
        fine = (result["ruleId"] in rules and result["message"]["text"]
                and result["level"] in ("none", "note", "warning", "error")
                and region["startLine"] >= 1 and region["startColumn"] >= 1
                and region.get("endColumn", 1) >= 1)
        if not fine:
            break
    tap.ok("sarif: every result", one["results"] and fine, result)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in FILES.items():
            data = text if isinstance(text, bytes) else text.encode()
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            with open(os.path.join(folder, name), "wb") as file:
                file.write(data)
        os.mkdir(os.path.join(folder, "nothing-here"))
        wrong_order(tap)
        for part in (statuses, statements, outputs, in_the_way, full_disk, forbidden, interrupted, check_json, query_json, sarif):
            part(tap, folder)
    print("1..%d" % tap.number)
    return 1 if tap.failed else 0


if __name__ == "__main__":
    sys.exit(main())
