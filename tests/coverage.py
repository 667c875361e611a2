"""coverage.py -- each notion of the founding documents is carried by something that exists (TAP).

doc/coverage.md has a row for each of the 305 notions: what carries it, and lines of examples where it
can be seen. Here each row is read, each thing it names is looked up in the program, and each line it
cites is parsed. What may stand in the third column, in backquotes and separated by commas:

    `need`  `need.public`  `need.chain-level: context`      a kind, a property, a word of its list
    `need loneliness`  `horizon 1 year`  `funding "Sales"`  one declaration, by name, key or title
    check `equity`  view `canvas`  topic `eras`  command `query`

Each of the first two sorts has its place in the fourth column, `FILE:LINE`, in the same order.
`--refresh` finds the lines again after examples have changed; a place may be written as `FILE` alone.

The topics of the method are looked at too: each is there in both languages, and each word that it sets in
backquotes is one of the program.
"""
import json
import pathlib
import re
import sys

sys.dont_write_bytecode = True
from language import SRCDIR, Wrong, alliance, vocabulary  # noqa: E402

PAGE = SRCDIR / "doc" / "coverage.md"
EXAMPLES = SRCDIR / "examples"
ROWS = 305
ROW = re.compile(r"^\| (\d+) \| (.*?) \| (.*?) \| (.*?) \|$")
LISTS = {"check": "checks", "view": "formats", "topic": "topics", "command": "commands"}


# ---- What stands on each line of an example ------------------------------------------------

class Line:
    """A line of an example: the kind it belongs to, and a head, or a property with its value."""

    def __init__(self, number, kind, head=None, name=None, value=None):
        self.number, self.kind, self.head, self.name, self.value = number, kind, head, name, value


def lines_of(path, kinds):
    """The declarations and properties of a formatted English file, line by line."""
    found, stack, in_text = [], [], False
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        text = line.strip()
        if in_text or text.endswith('"""'):
            in_text = in_text != text.endswith('"""')
            if not in_text:
                continue
        word = re.match(r"([\w-]+)(:?) ?(.*)$", text)
        if text == "}":
            stack.pop()
        elif not word or text.startswith("#") or in_text and stack and word[2] != ":":
            continue
        elif word[2] == ":":
            if stack:
                found.append(Line(number, stack[-1], name=word[1], value=word[3]))
        else:
            if word[1] in kinds:
                found.append(Line(number, word[1], head=word[3]))
                inside = re.search(r"\{ ([\w-]+): (.*) \}$", text)
                if inside:
                    found.append(Line(number, word[1], name=inside[1], value=inside[2]))
            if text.endswith("{"):
                stack.append(word[1])
    return found


def shows(line, token):
    """Whether a line is what a token names."""
    parts = re.match(r"([\w-]+)(?:\.([\w-]+)(?:: ([\w-]+))?| (.+))?$", token)
    kind, name, word, head = parts.groups()
    if line.kind != kind:
        return False
    if name:
        if line.name != name:
            return False
        bare = re.sub(r'"[^"]*"|\([^()]*\)', "", line.value)
        return not word or word in re.findall(r"[\w-]+", bare)
    if line.head is None:
        return False
    return not head or re.match(re.escape(head) + r"(?![\w-])", line.head) is not None \
        or head.startswith('"') and head in line.head


# ---- The page --------------------------------------------------------------------------------

def tokens_of(cell):
    """(what, name) of each thing in the third column; what is "" for a place in a file."""
    tokens, rest = [], cell
    while rest:
        found = re.match(r"(?:(check|view|topic|command) )?`([^`]+)`(?:, |$)", rest)
        if not found:
            raise Wrong(f"cannot be read: {rest}")
        tokens.append((found[1] or "", found[2]))
        rest = rest[found.end():]
    return tokens


def places_of(cell):
    return [] if cell == "–" else [place.strip("`").partition(":")[::2] for place in cell.split(", ")]


class Page:
    def __init__(self):
        self.kinds, _ = vocabulary()
        self.files = {}
        self.text = PAGE.read_text("utf-8").split("\n")
        self.known = {}
        for what, listed in LISTS.items():
            status, out, err = alliance(["list", listed, "--format", "json"], EXAMPLES)
            if status != 0:
                raise Wrong(err.decode("utf-8", "replace"))
            self.known[what] = {row["id"] for row in json.loads(out)}

    def lines(self, name):
        if name not in self.files:
            path = EXAMPLES / f"{name}.alliance"
            if not path.exists():
                raise Wrong(f"there is no examples/{name}.alliance")
            self.files[name] = lines_of(path, self.kinds)
        return self.files[name]

    def rows(self):
        for at, line in enumerate(self.text):
            found = ROW.match(line)
            if found:
                yield at, int(found[1]), found[2], found[3], found[4]

    def check_row(self, item, carriers, cited):
        tokens, places = tokens_of(carriers), places_of(cited)
        if not item or not tokens:
            raise Wrong("says nothing")
        shown = [name for what, name in tokens if not what]
        for what, name in tokens:
            if what and name not in self.known[what]:
                raise Wrong(f"there is no {what} `{name}`")
        if len(places) != len(shown):
            raise Wrong(f"{len(shown)} things to see, {len(places)} places")
        for token, (name, number) in zip(shown, places):
            if not any(str(line.number) == number and shows(line, token) for line in self.lines(name)):
                raise Wrong(f"`{token}` is not at {name}:{number}; run: python3 tests/coverage.py --refresh")

    def refresh(self):
        """Writes the page with the lines as they are; keeps a line that is still right."""
        for at, number, item, carriers, cited in list(self.rows()):
            shown = [name for what, name in tokens_of(carriers) if not what]
            places = []
            for token, (name, old) in zip(shown, places_of(cited)):
                fits = [line.number for line in self.lines(name) if shows(line, token)]
                if not fits:
                    raise Wrong(f"row {number}: `{token}` is nowhere in {name}")
                best = min(fits, key=lambda line, old=old: abs(line - int(old))) if old else fits[0]
                places.append(f"`{name}:{best}`")
            self.text[at] = f"| {number} | {item} | {carriers} | {', '.join(places) or '–'} |"
        PAGE.write_text("\n".join(self.text), "utf-8")


# ---- The topics of the method ----------------------------------------------------------------

def topic_faults():
    """What is wrong with the topics, as lines: one that is not shown, a word that says nothing."""
    faults = []
    for language in ("en", "fr"):
        status, out, _ = alliance(["--lang", language, "list", "topics", "--format", "json"], EXAMPLES)
        topics = json.loads(out)
        words = {topic["word"] for topic in topics}
        for topic in topics:
            status, out, err = alliance(["--lang", language, "help", topic["word"]], EXAMPLES)
            text = out.decode("utf-8")
            if status != 0 or len(text) < 300 or topic["about"] not in text:
                faults.append(f"{language} {topic['word']}: not shown: {err.decode('utf-8', 'replace')}")
            quoted = re.findall(r"`([^`]+)`", text)
            named = [word.split()[-1] for word in quoted if re.match(r"(help|aide) ", word)]
            faults += [f"{language} {topic['word']}: no topic `{word}`" for word in named if word not in words]
            said = [word.split()[0].rstrip(":") for word in quoted if not re.match(r"(alliance|help|aide) |\?|:", word)]
            said = [word for word in said if not (EXAMPLES / f"{word}.alliance").exists()]
            status, _, err = alliance(["--lang", language, "explain", *said], EXAMPLES) if said else (0, b"", b"")
            if status != 0:
                faults.append(f"{language} {topic['word']}: {err.decode('utf-8', 'replace').strip()}")
    return faults


def main():
    page = Page()
    if "--refresh" in sys.argv[1:]:
        page.refresh()
        return 0
    failures, numbers = [], []
    for _, number, item, carriers, cited in page.rows():
        numbers.append(number)
        try:
            page.check_row(item, carriers, cited)
        except Wrong as wrong:
            failures.append(f"row {number}: {wrong}")
    results = [("every row from 1 to 305 is there, once, in order", numbers == list(range(1, ROWS + 1)), []),
               ("what each row names exists, and stands where it says", not failures, failures)]
    faults = topic_faults()
    results.append(("each topic is shown in both languages, and speaks of words that exist", not faults, faults))
    for index, (name, fine, why) in enumerate(results, 1):
        print(f"{'ok' if fine else 'not ok'} {index} - {name}")
        for line in why:
            print("# " + line)
    print(f"1..{len(results)}")
    return 0 if all(fine for _, fine, _ in results) else 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Wrong as wrong:
        print(f"not ok 1 - the page can be read\n# {wrong}\n1..1")
        sys.exit(1)
