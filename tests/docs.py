"""docs.py -- every sample of the documentation does what its page says (TAP).

Fenced blocks of README*.md, CONTRIBUTING.md, doc/reference/*.md and doc/guide/*/*.md are run by the word after the
fence:

  alliance                 a whole file: no error, and in the one form of the formatter
  alliance fragment [fr]   the same, below a header of its own
  alliance file NAME       stands beside the next whole file, which imports it
  alliance into NAME       statements put into the file NAME of a guide, each in place of the one of its kind and name; the
                           file then has no error, and is in the one form
  alliance wrong CODE ...  a whole file that gives exactly these codes of errors, in this order
  alliance gives CODE      a file that gives this code, among others perhaps
  alliance without CODE    a file without errors, that does not give this code
  alliance queries [fr]    a query a line, on the example Silver Geek
  alliance script          a script, run beside the examples
  alliance conf, own       an alliance.conf, of a project or of a user: in the one form, and without mistakes
  lua file PATH            written to PATH below the home of the page, for its console blocks; text file PATH too
  console [CODE]           commands after `$ `, then what they print (`...` or an ellipsis alone on a line: any lines; an
                           ellipsis after a colon: the rest of that line);
                           CODE is the exit status of the last, 0 if not given.  `./dev run` is the program.
  json                     must be JSON

Other fences (text, ebnf, sh, c, lua) are not run.  Besides: every relative link leads somewhere, every file of the
sources has its line in CONTRIBUTING.md, and the page of messages has every code.  The pages of a guide are one book: they
share a home, where their commands run, on one and the same day.
Arguments, if any, are parts of names: only those tests are run.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from language import ALLIANCE, SRCDIR, TODAY, Wrong, alliance

PAGES = sorted(SRCDIR.glob("README*.md")) + [SRCDIR / "CONTRIBUTING.md"] \
    + sorted((SRCDIR / "doc" / "reference").glob("*.md")) \
    + sorted((SRCDIR / "doc" / "guide").glob("*/*.md"))
FENCE = re.compile(r"^```(\w+)([^\n]*)\n(.*?)^```[ \t]*$", re.M | re.S)
HEADERS = {"en": "language en version 1\n\n", "fr": "langue fr version 1\n\n"}
EXAMPLES = {"en": "examples/silver-geek.en.alliance", "fr": "examples/silver-geek.alliance"}


class Page:
    """One page, with a folder of its own, or of its guide: a copy of the examples, and a home."""

    def __init__(self, path, work):
        self.path = path
        self.text = path.read_text("utf-8")
        self.is_guide = path.parent.parent.name == "guide"
        self.folder = pathlib.Path(work) / (f"guide-{path.parent.name}" if self.is_guide else path.stem)
        self.home = self.folder / "home"
        self.place = self.home if self.is_guide else self.folder
        self.beside = {}

    def prepare(self):
        if self.folder.exists():
            return
        self.home.mkdir(parents=True)
        shutil.copytree(SRCDIR / "examples", self.folder / "examples")
        bin_folder = self.folder / "bin"
        bin_folder.mkdir()
        program = pathlib.Path(ALLIANCE).resolve()
        if self.is_guide:
            for file in self.path.parent.glob("*.alliance"):
                shutil.copy(file, self.home)
            started = bin_folder / "alliance"
            started.write_text(f'#!/bin/sh\nexec "{program}" --today {TODAY} "$@"\n', "utf-8")
            started.chmod(0o755)
        else:
            (bin_folder / "alliance").symlink_to(program)

    def blocks(self):
        for match in FENCE.finditer(self.text):
            line = self.text.count("\n", 0, match.start()) + 1
            yield line, match[1], match[2].split(), match[3]


# ---- Samples of the language -------------------------------------------------------------

def spoken(err):
    return err.decode("utf-8", "replace").strip()


def written(page, line, text):
    """The sample as a file, with the files that stand beside it."""
    folder = page.folder / f"{page.path.stem}-line-{line}"
    folder.mkdir()
    for name, beside in page.beside.items():
        (folder / name).write_text(beside, "utf-8")
    path = folder / "sample.alliance"
    path.write_text(text, "utf-8")
    return path


def diagnostics(path):
    """What the language itself says, in order: code, severity and message of each."""
    _, out, err = alliance(["check", "--format", "json", "--today", TODAY, path.name], path.parent)
    try:
        found = json.loads(out)["diagnostics"]
    except (ValueError, KeyError) as wrong:
        raise Wrong(f"no JSON: {wrong}\n{spoken(err)}") from wrong
    return [(one["code"], one["severity"], one["message"]) for one in found
            if re.fullmatch(r"[EWN]\d{3}", one["code"])]


def codes_of(path):
    """The codes of the language's own errors, in order, with their messages."""
    return [(code, message) for code, severity, message in diagnostics(path) if severity == "error"]


def whole(page, line, text):
    path = written(page, line, text)
    found = codes_of(path)
    if found:
        raise Wrong("\n".join(f"{code} {message}" for code, message in found))
    status, out, err = alliance(["fmt", path.name], path.parent)
    if status != 0:
        raise Wrong(f"fmt: status {status}\n{spoken(err)}")
    formed = out.decode("utf-8").splitlines()
    for number, (is_so, due) in enumerate(zip(text.splitlines() + [""], formed + [""]), 1):
        if is_so != due:
            raise Wrong(f"not in the one form, at its line {number}:\n  is   {is_so}\n  form {due}")


def wrong_sample(page, line, text, codes):
    found = [code for code, _ in codes_of(written(page, line, text))]
    if found != codes:
        raise Wrong(f"gives {' '.join(found) or 'nothing'}, not {' '.join(codes)}")


def page_sample(page, line, text, mark, code):
    found = diagnostics(written(page, line, text))
    has_it = code in [one[0] for one in found]
    errors = [one[0] for one in found if one[1] == "error"]
    if mark == "gives" and not has_it or mark == "without" and (has_it or errors):
        raise Wrong("\n".join(f"{one[0]} {one[2]}" for one in found) or "nothing is said")


def queries(page, text, language):
    for query in filter(str.strip, text.splitlines()):
        status, out, err = alliance(["query", "--today", TODAY, EXAMPLES[language], query], page.folder)
        if status != 0 or not out.strip():
            raise Wrong(f"{query}: status {status}\n{spoken(err)}")


def conf(page, line, text, is_own):
    """alliance.conf of a project, or the user's own: in the one form, and without mistakes."""
    folder = page.folder / f"conf-{line}"
    place = folder / "config" / "alliance-lang" if is_own else folder
    place.mkdir(parents=True)
    (place / "alliance.conf").write_text(text, "utf-8")
    status, out, err = alliance(["fmt", "alliance.conf"], place)
    if status != 0 or out.decode("utf-8") != text:
        raise Wrong(f"not in the one form:\n{out.decode('utf-8')}\n{spoken(err)}")
    done = subprocess.run([ALLIANCE, "version"] if is_own else [ALLIANCE, "check", "alliance.conf"], cwd=folder,
                          env={**os.environ, "XDG_CONFIG_HOME": str(folder / "config")}, capture_output=True, check=False)
    if done.returncode != 0 or done.stderr:
        raise Wrong(f"status {done.returncode}\n{spoken(done.stdout + done.stderr)}")


def script(page, line, text):
    path = page.folder / "examples" / f"line-{line}.alliance"
    path.write_text(text, "utf-8")
    status, _, err = alliance(["run", "--today", TODAY, path.name], path.parent)
    if status != 0:
        raise Wrong(f"status {status}\n{spoken(err)}")


def language_sample(page, line, words, text):
    what = words[0] if words else ""
    language = "fr" if "fr" in words else "en"
    if what == "file":
        page.beside[words[1]] = text
    elif what == "into":
        into(page, line, words[1], text)
    elif what == "fragment":
        whole(page, line, HEADERS[language] + text)
    elif what == "wrong":
        wrong_sample(page, line, text, words[1:])
    elif what in ("gives", "without"):
        page_sample(page, line, text, what, words[1])
    elif what == "queries":
        queries(page, text, language)
    elif what == "script":
        script(page, line, text)
    elif what in ("conf", "own"):
        conf(page, line, text, what == "own")
    elif what:
        raise Wrong(f"no such mark: {what}")
    else:
        whole(page, line, text)
        page.beside.clear()


# ---- The file that a guide builds ----------------------------------------------------------

def statements(text):
    """The statements of a file in order, by their first two words."""
    found, start = {}, None
    for line in text.splitlines(keepends=True):
        if line[:1].isalpha():
            start = " ".join(re.findall(r'"[^"]*"|\S+', line)[:2])
            found[start] = ""
        if start is not None:
            found[start] += line
    return {name: body.rstrip("\n") + "\n" for name, body in found.items()}


def into(page, line, name, text):
    path = page.home / name
    now = statements(path.read_text("utf-8")) if path.exists() else {}
    now.update(statements(text))
    path.write_text("\n".join(now.values()), "utf-8")
    whole(page, line, path.read_text("utf-8"))


# ---- Consoles ----------------------------------------------------------------------------

def same_line(found, expected):
    return found == expected or expected.endswith(":\u2026") and found.startswith(expected[:-1])


def same_lines(found, expected):
    """Whether the lines are those expected, where an ellipsis stands for any lines."""
    if not expected:
        return not found
    if expected[0].strip() in ("...", "\u2026"):
        return any(same_lines(found[start:], expected[1:]) for start in range(len(found) + 1))
    return bool(found) and same_line(found[0].rstrip(), expected[0].rstrip()) and same_lines(found[1:], expected[1:])


def commands_of(text):
    """Each command of a console block, with the lines below it."""
    commands = []
    for line in text.splitlines():
        if line.startswith("$ "):
            commands.append((line[2:], []))
        elif commands:
            commands[-1][1].append(line)
        else:
            raise Wrong("a console block starts with a line `$ ...`")
    return commands


def console(page, words, text):
    locale = "fr_FR.UTF-8" if page.is_guide and page.path.parent.name == "fr" else "C.UTF-8"
    environment = {**os.environ, "HOME": str(page.home), "PATH": f"{page.folder}/bin:{os.environ['PATH']}",
                   "LC_ALL": locale, "COLUMNS": "100", "NO_COLOR": "1"}
    commands = commands_of(text)
    for number, (command, expected) in enumerate(commands, 1):
        line = command.replace("./dev run", "alliance")
        done = subprocess.run(["sh", "-c", line], cwd=page.place, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False)
        found = done.stdout.decode("utf-8", "replace").splitlines()
        due = int(words[0]) if words and number == len(commands) else 0
        if done.returncode != due:
            raise Wrong(f"{command}: status {done.returncode}, not {due}\n" + "\n".join(found))
        if not same_lines(found, expected):
            raise Wrong(f"{command} prints\n" + "\n".join(found))


def file_at_home(page, name, text):
    path = page.home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


# ---- Links and lists ---------------------------------------------------------------------

def anchor(heading):
    """The anchor of a heading, as pages of sources are shown."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors(path):
    text = FENCE.sub("", path.read_text("utf-8"))
    return {anchor(heading) for heading in re.findall(r"^#+ +(.*)$", text, re.M)}


def links_lead_somewhere(path):
    text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", path.read_text("utf-8")))
    for target in re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r"src=\"([^\"]+)\"", text):
        if re.match(r"[a-z]+:", target):
            continue
        name, _, part = target.partition("#")
        file = path.parent / name if name else path
        if not file.exists():
            raise Wrong(f"{target}: no such file")
        if part and part not in anchors(file):
            raise Wrong(f"{target}: no such heading")


def every_source_has_its_line():
    if not (SRCDIR / ".git").exists():
        return
    done = subprocess.run([os.environ.get("LUA") or "lua5.4", str(SRCDIR / "doc" / "map.lua"), "--check"],
                          capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Wrong(done.stdout + done.stderr)


def messages_are_fresh():
    status, out, err = alliance(["list", "codes", "--lang", "en"], SRCDIR)
    if status != 0:
        raise Wrong(f"list codes: status {status}\n{spoken(err)}")
    page = (SRCDIR / "doc" / "reference" / "messages.md").read_text("utf-8")
    listed = set(re.findall(r"^\| `([EWN]\d{3})` \|", page, re.M))
    known = set(re.findall(r"\b[EWN]\d{3}\b", out.decode("utf-8")))
    if listed != known:
        raise Wrong(f"only listed: {sorted(listed - known)}\nnot listed: {sorted(known - listed)}")


# ---- All of them -------------------------------------------------------------------------

def run_block(page, line, kind, words, text):
    if kind == "alliance":
        language_sample(page, line, words, text)
    elif kind == "console":
        console(page, words, text)
    elif kind == "json":
        try:
            json.loads(text)
        except ValueError as wrong:
            raise Wrong(str(wrong)) from wrong
    else:
        file_at_home(page, words[1], text)


def is_run(kind, words):
    return kind in ("alliance", "console", "json") or words[:1] == ["file"]


def main():
    wanted, count, failures = sys.argv[1:], 0, 0

    def tell(name, function, *arguments):
        nonlocal count, failures
        if wanted and not any(word in name for word in wanted):
            return
        count += 1
        try:
            function(*arguments)
        except Wrong as wrong:
            failures += 1
            print(f"not ok {count} - {name}")
            print("\n".join("# " + line for line in str(wrong).split("\n")), flush=True)
        else:
            print(f"ok {count} - {name}", flush=True)

    with tempfile.TemporaryDirectory() as work:
        for path in PAGES:
            name = str(path.relative_to(SRCDIR))
            page = Page(path, work)
            page.prepare()
            for line, kind, words, text in page.blocks():
                if is_run(kind, words):
                    tell(f"{name}:{line}: {' '.join([kind, *words])}", run_block, page, line, kind, words, text)
            tell(f"{name}: links lead somewhere", links_lead_somewhere, path)
    tell("CONTRIBUTING.md: every source has its line", every_source_has_its_line)
    tell("doc/reference/messages.md: every code", messages_are_fresh)
    print(f"1..{count}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
