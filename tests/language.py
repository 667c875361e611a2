"""language.py -- runs the cases of tests/language (see its README.md) and prints TAP.

A case is a file of the language with what is expected of it; nothing here knows what the
words mean.  Arguments, if any, are parts of names: only the cases that contain one are run.
"""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

SRCDIR = pathlib.Path(os.environ.get("SRCDIR") or pathlib.Path(__file__).resolve().parent.parent)
ALLIANCE = os.environ.get("ALLIANCE") or "alliance"
FOLDER = SRCDIR / "tests" / "language"
TODAY = "2026-01-15"
CORE = re.compile(r"[EWN]\d{3}$")
BLANKS = str.maketrans({c: " " for c in "\u00a0\u2007\u2009\u202f"})


class Wrong(Exception):
    """What a case shows to be wrong, as text."""


def alliance(arguments, folder, stdin=b""):
    """Runs the program in a folder: (status, standard output, standard error)."""
    try:
        done = subprocess.run([ALLIANCE, *arguments], cwd=folder, input=stdin,
                              capture_output=True, timeout=60)
    except subprocess.TimeoutExpired as late:
        raise Wrong(f"{' '.join(arguments)}: no end after 60 s") from late
    if done.returncode < 0 or done.returncode >= 70:
        raise Wrong(f"{' '.join(arguments)}: status {done.returncode}\n"
                    + done.stderr.decode("utf-8", "replace"))
    return done.returncode, done.stdout, done.stderr


# ---- The vocabulary ----------------------------------------------------------------------

def vocabulary():
    """What may be said, from the data: kind -> its properties, and the properties that every kind has."""
    kinds, common, kind = {}, [], None
    for path in sorted((SRCDIR / "stdlib" / "vocabulary").glob("*.alliance")):
        for line in path.read_text("utf-8").splitlines():
            found = re.match(r"kind ([\w-]+)", line)
            if found:
                kind = found[1]
                kinds.setdefault(kind, [])
            elif line.startswith("}"):
                kind = None
            found = re.match(r"\s*property ([\w-]+)\s*:", line)
            if found:
                (kinds[kind] if kind else common).append(found[1])
    if len(kinds) < 50 or len(common) < 5:
        raise Wrong(f"only {len(kinds)} kinds and {len(common)} common properties were found")
    return kinds, common


# ---- Cases -------------------------------------------------------------------------------

def directives(path):
    """The `#!` lines of a case: those of the side file, or the last lines of the file."""
    side = path.with_suffix(".expect")
    if side.exists():
        lines = side.read_text("utf-8").splitlines()
    else:
        lines = path.read_bytes().decode("utf-8", "replace").split("\n")
        lines = [line for line in lines if line.startswith("#! expect ")]
    return [line[3:].strip() for line in lines if line.startswith("#! ")]


class Case:
    """One case: what is expected, sorted."""

    def __init__(self, path):
        self.path = path
        self.name = str(path.relative_to(FOLDER if FOLDER in path.parents else SRCDIR).with_suffix(""))
        self.diagnostics, self.later, self.others = [], [], []
        self.verdict = None
        self.query = self.run = None
        self.today = TODAY
        self.translates = True
        for line in directives(path):
            self.read(line)

    def read(self, line):
        word, _, rest = line.partition(" ")
        if word in ("query", "run", "today"):
            setattr(self, word, rest)
            return
        if word != "expect":
            raise SystemExit(f"{self.name}: unknown directive: {line}")
        word, _, rest = rest.partition(" ")
        if word in ("ok", "quiet"):
            self.verdict = word
        elif word == "later":
            code, _, place = rest.partition(" ")
            self.later.append((code, place))
        elif CORE.match(word):
            self.diagnostics.append((word, rest))
        elif word == "no-translation":
            self.translates = False
        else:
            self.others.append((word, rest))

    @property
    def judged(self):
        return self.verdict or self.diagnostics or self.later

    @property
    def valid(self):
        return self.verdict and not any(code[0] == "E" for code, _ in self.diagnostics)


def cases(words):
    """Every case of the folder: a file that has expectations."""
    for path in sorted(FOLDER.rglob("*.alliance")):
        if directives(path):
            case = Case(path)
            if not words or any(word in case.name for word in words):
                yield case


# ---- Diagnostics -------------------------------------------------------------------------

def diagnose(case):
    """The diagnostics of the language itself: code, file, line and column of each."""
    status, out, err = alliance(["check", "--format", "json", "--today", case.today,
                                 case.path.name], case.path.parent)
    try:
        answer = json.loads(out)
    except ValueError as wrong:
        raise Wrong(f"check --format json gave no JSON (status {status}): {wrong}\n"
                    + err.decode("utf-8", "replace")) from wrong
    found = []
    for one in answer["diagnostics"]:
        if CORE.match(one["code"]):
            place = one.get("primary") or {}
            start = place.get("start") or {}
            found.append((one["code"], os.path.basename(place.get("file") or ""),
                          start.get("line"), start.get("column"), one.get("message", "")))
    errors = any(one[0][0] == "E" for one in found)
    if errors and status == 0:
        raise Wrong("there are errors, and the status is 0")
    return found


def is_at(found, code, place, main):
    """Whether a diagnostic is the one expected: [FILE:]LINE[:COLUMN]."""
    if found[0] != code:
        return False
    if not place:
        return True
    parts = place.split(":")
    name = main if parts[0].isdigit() else os.path.basename(parts.pop(0))
    numbers = [int(part) for part in parts]
    return found[1] == name and list(found[2:2 + len(numbers)]) == numbers


def compare(found, expected, strict, main):
    """What differs between found and expected diagnostics, as lines."""
    left, differences = list(found), []
    warnings = strict or any(code[0] == "W" for code, _ in expected)
    notes = any(code[0] == "N" for code, _ in expected)
    for code, place in expected:
        fits = [one for one in left if is_at(one, code, place, main)]
        if not fits:
            differences.append(f"missing: {code} {place}")
        for one in fits if not place else fits[:1]:
            left.remove(one)
    for one in left:
        if one[0][0] == "E" or one[0][0] == "W" and warnings or one[0][0] == "N" and notes:
            differences.append(f"not expected: {one[0]} {one[1]}:{one[2]}:{one[3]} {one[4]}")
    return differences


def judge_diagnostics(case):
    found = diagnose(case)
    main = case.path.name
    differences = compare(found, case.diagnostics, case.verdict == "quiet", main)
    if differences and case.later:
        if not compare(found, case.later, False, main):
            return
    if differences:
        raise Wrong("\n".join(differences))


# ---- Texts -------------------------------------------------------------------------------

def formatted(path, *options):
    status, out, err = alliance(["fmt", *options, path.name], path.parent)
    if status != 0:
        raise Wrong(f"fmt {' '.join(options)}: status {status}\n{err.decode('utf-8', 'replace')}")
    return out


def same_bytes(got, wanted, what):
    if got != wanted:
        raise Wrong(f"{what}:\n--- got\n{got.decode('utf-8', 'replace')}"
                    f"\n--- wanted\n{wanted.decode('utf-8', 'replace')}")


def tree(path):
    """The neutral tree of a file, without places."""
    status, out, err = alliance(["export", "json", "--confidential", path.name], path.parent)
    if status != 0:
        raise Wrong(f"export json: status {status}\n{err.decode('utf-8', 'replace')}")
    answer = json.loads(out)
    answer.pop("files", None)
    answer.pop("left_out", None)

    def clean(value):
        if isinstance(value, dict):
            return {key: clean(one) for key, one in value.items() if key != "at"}
        return [clean(one) for one in value] if isinstance(value, list) else value
    return clean(answer)


def other_language(path):
    match = re.search(r"^\s*(?:language|langue)\s+(\w+)", path.read_text("utf-8-sig", "replace"),
                      re.M | re.I)
    return "en" if match and match.group(1).lower() == "fr" else "fr"


def judge_form(case, work):
    """On every valid file: fmt is stable, keeps the tree, and translating goes and comes back."""
    folder = work / "form"
    shutil.copytree(case.path.parent, folder, dirs_exist_ok=True)
    copy = folder / case.path.name
    before = tree(copy)
    once = formatted(copy)
    copy.write_bytes(once)
    same_bytes(formatted(copy), once, "formatting twice")
    if tree(copy) != before:
        raise Wrong("the tree of the formatted file differs")
    if case.translates:
        to = other_language(copy)
        back = "fr" if to == "en" else "en"
        copy.write_bytes(formatted(copy, "--to", to))
        if tree(copy) != before:
            raise Wrong(f"the tree of the file in {to} differs")
        same_bytes(formatted(copy, "--to", back), once, f"to {to} and back")
    shutil.rmtree(folder)


def quoted_texts(path):
    text = path.read_text("utf-8")
    texts = re.findall(r'"""\n(.*?)\n[ \t]*"""', text, re.S)
    texts = ["\n".join(line.strip() for line in one.split("\n")) for one in texts]
    text = re.sub(r'"""\n.*?\n[ \t]*"""', "", text, flags=re.S)
    return set(texts) | {one.replace('\\"', '"') for one in re.findall(r'"((?:[^"\\\n]|\\.)*)"', text)}


def masked(path, *others):
    """The tree of a file with every text hidden that it quotes, or that the others do."""
    texts = quoted_texts(path).union(*map(quoted_texts, others))

    def hide(value):
        if isinstance(value, dict):
            return {key: "…" if key == "note" and isinstance(one, str) else hide(one)
                    for key, one in value.items()}
        if isinstance(value, list):
            return [hide(one) for one in value]
        if isinstance(value, str):
            plain = "\n".join(line.strip() for line in value.split("\n"))
            return "…" if plain in texts else re.sub(r'"(?:[^"\\]|\\.)*"', '"…"', value)
        return value
    return hide(tree(path))


def first_difference(one, two, where=""):
    if isinstance(one, dict) and isinstance(two, dict):
        for key in sorted(one.keys() | two.keys()):
            if one.get(key) != two.get(key):
                return first_difference(one.get(key), two.get(key), f"{where}/{key}")
    if isinstance(one, list) and isinstance(two, list):
        for number, (a, b) in enumerate(zip(one, two)):
            if a != b:
                return first_difference(a, b, f"{where}/{number}")
        return f"{where}: {len(one)} and {len(two)} items"
    return f"{where}: {json.dumps(one, ensure_ascii=False)} and {json.dumps(two, ensure_ascii=False)}"


# ---- The other expectations --------------------------------------------------------------

def query(case, form):
    return alliance(["query", "--format", form, "--today", case.today, case.path.name,
                     case.query], case.path.parent)


def query_rows(case):
    status, out, err = query(case, "json")
    if status not in (0, 1) or not out:
        raise Wrong(f"query: status {status}\n{err.decode('utf-8', 'replace')}")
    answer = json.loads(out)
    names = [column["id"] for column in answer["columns"]]
    key = "name" if "name" in names else names[0]
    return [row.get(key) for row in answer["rows"]]


def query_text(case):
    status, out, err = query(case, "text")
    if status != 0:
        raise Wrong(f"query: status {status}\n{err.decode('utf-8', 'replace')}")
    return out.decode("utf-8").translate(BLANKS)


def without_types(answer):
    for column in answer.get("columns", []):
        column.pop("type", None)
    return answer


def judge_other(case, word, rest):
    folder = case.path.parent
    if word in ("fmt", "fmt-fr", "fmt-en"):
        options = ["--to", word[4:]] if word != "fmt" else []
        if rest == "refused":
            status, out, err = alliance(["fmt", *options, case.path.name], folder)
            if status != 1 or out or not err:
                raise Wrong(f"{word}: status {status}, {len(out)} bytes, message: {bool(err)}")
        else:
            wanted = case.path if rest == "itself" else folder / rest
            same_bytes(formatted(case.path, *options), wanted.read_bytes(), word)
    elif word == "same-tree":
        one, two = tree(case.path), tree(folder / rest)
        if one != two:
            raise Wrong(first_difference(one, two))
    elif word == "same-shape":
        one, two = masked(case.path), masked(folder / rest)
        if one != two:
            raise Wrong(first_difference(one, two))
    elif word == "tree":
        one, two = tree(case.path), json.loads((folder / rest).read_text("utf-8"))
        if one != two:
            raise Wrong(first_difference(one, two))
    elif word == "json":
        wanted = json.loads((folder / rest).read_text("utf-8"))
        got = without_types(json.loads(query(case, "json")[1]))
        if got != without_types(wanted):
            raise Wrong(first_difference(got, wanted))
    elif word == "rows":
        got = query_rows(case)
        if got != [name.strip() for name in rest.split(",") if name.strip()]:
            raise Wrong(f"rows: {got}")
    elif word == "answer":
        if query_text(case).strip() != rest:
            raise Wrong(f"answer: {query_text(case)!r}")
    elif word == "answer-lines":
        lines = [" ".join(re.findall(r"[^\s|]+", line)) for line in query_text(case).split("\n")]
        wanted = [one.strip() for one in rest.split(",")]
        if [line for line in lines if line in wanted] != wanted:
            raise Wrong(f"lines: {lines}")
    elif word == "query-error":
        code, _, name = rest.partition(" names ")
        status, out, err = query(case, "json")
        said = (out + err).decode("utf-8", "replace")
        if code not in said or name and not re.search(rf"\b{re.escape(name)}\b", said):
            raise Wrong(f"status {status}\n{said}")
    elif word in ("status", "output-with", "output-without"):
        arguments = [case.path.name if one == "FILE" else one for one in case.run.split()]
        status, out, err = alliance(arguments, folder)
        said = (out + err).decode("utf-8", "replace")
        right = {"status": str(status) == rest, "output-with": rest in said,
                 "output-without": rest not in said}[word]
        if not right:
            raise Wrong(f"status {status}\n{said}")
    else:
        raise SystemExit(f"{case.name}: unknown expectation: {word}")


# ---- What is asked of the program, not of one file (X12 to X14) ---------------------------

def json_even_for_wrong_options(sample):
    status, out, err = alliance(["check", "--format", "json", "--no-such-option", sample.name],
                                sample.parent)
    if status != 2 or err:
        raise Wrong(f"status {status}, standard error: {err!r}")
    json.loads(out)


def json_even_for_missing_files(sample):
    status, out, err = alliance(["check", "--format", "json", "nowhere.alliance"], sample.parent)
    if status != 3 or err:
        raise Wrong(f"status {status}, standard error: {err!r}")
    json.loads(out)


def the_same_run_twice(sample):
    for arguments in (["check"], ["check", "--format", "json"], ["export", "json"], ["fmt"]):
        one, two = (alliance([*arguments, "--today", TODAY, sample.name], sample.parent)
                    for _ in range(2))
        if one != two:
            raise Wrong(f"{arguments}: two runs differ")


def every_code_is_explained(_):
    codes = set()
    for path in (SRCDIR / "stdlib" / "messages" / "en").glob("*.alliance"):
        codes.update(re.findall(r"code:\s*([EWN]\d{3})", path.read_text("utf-8")))
    if len(codes) < 60:
        raise Wrong(f"only {len(codes)} codes in the catalogue")
    missing = []
    for code in sorted(codes):
        pages = [alliance(["explain", code, "--lang", lang], FOLDER) for lang in ("en", "fr")]
        if any(status != 0 or not out for status, out, _ in pages) or pages[0] == pages[1]:
            missing.append(code)
    if missing:
        raise Wrong("no page, or not in both languages: " + " ".join(missing))


PROGRAM = {
    "X12-json-even-for-wrong-options": json_even_for_wrong_options,
    "X12-json-even-for-missing-files": json_even_for_missing_files,
    "X13-the-same-run-twice": the_same_run_twice,
    "X14-every-code-is-explained": every_code_is_explained,
}


# ---- TAP ---------------------------------------------------------------------------------

def main():
    words = sys.argv[1:]
    count = failures = 0

    def tell(name, function, *arguments):
        nonlocal count, failures
        count += 1
        try:
            function(*arguments)
        except Wrong as wrong:
            failures += 1
            print(f"not ok {count} - {name}")
            print("\n".join("# " + line for line in str(wrong).split("\n")))
        else:
            print(f"ok {count} - {name}", flush=True)

    with tempfile.TemporaryDirectory() as work:
        for case in cases(words):
            if case.judged:
                tell(case.name, judge_diagnostics, case)
            for word, rest in case.others:
                if word != "round-trip":
                    tell(f"{case.name}: {word} {rest}", judge_other, case, word, rest)
            if case.valid:
                tell(f"{case.name}: fmt keeps it", judge_form, case, pathlib.Path(work))
    sample = FOLDER / "conformance" / "X01-sample.alliance"
    for name, function in PROGRAM.items():
        if not words or any(word in name for word in words):
            tell(name, function, sample)
    print(f"1..{count}")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
