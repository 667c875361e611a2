"""make.py -- writes the hostile corpus into a folder, with a manifest of what each input is.

    python3 make.py FOLDER

Every run writes the same bytes.  An input belongs to a class of threat (T01 to T23, those of what
comes in); the manifest has one JSON object a line: name, class, arguments, and what else the run
needs (environment, closed descriptors) or must show.
"""
import json
import os
import pathlib
import random
import shutil
import socket
import sys

HERE = pathlib.Path(__file__).resolve().parent
HEAD = b"language en version 1\n"

# What `check` has to say of an input: by class, then by name where it is something else; "": it is
# fine, or what is wrong with it is not told by a code.  A number is the status of what was never read.
CODES = {
    "T01": {"": "E101", "two-marks": "E102", "mark-inside": "E102", "only-a-mark": ""},
    "T02": {"": "E102", "carriage-returns": "E202", "ends-of-line-in-a-text": "E109", "escaped-controls": "E201",
            "a-program": "E101", "every-end-of-line": ""},
    "T03": {"escape-beyond-everything": "E117", "take-too-much": "E153", "take-almost-too-much": "E153", "version": "E153",
            "take-nothing": "E141", "limits-as-settings": "E153"},
    "T04": {"braces": "E122", "closing-braces": "E121", "blocks": "E130", "blocks-closed": "E151", "parentheses-open": "E151",
            "parentheses-closing": "E120", "not": "E151", "plus": "E151", "minus": "E133", "quotes": "E118",
            "brackets": "E115", "notes": "E120", "every-in-every": "E123", "parentheses-65": "E151",
            "parentheses-66": "E151"},
    "T05": {"text-1m": "E152", "line-2m": "E152", "comment-2m": "E152", "errors-20000": "E122",
            "lexical-errors-20000": "E111", "question-marks": "E120"},
    "T06": {"bases-that-double": "E207"},
    "T07": {"one-name-for-all": "E202", "unknown-names": "E201", "one-unknown-name": "E201", "close-names": "E201",
            "one-title-for-all": "E208", "properties-twice": "E203", "text-not-closed-on-every-line": "E109",
            "long-texts-not-closed": "E109"},
    # A base is not read yet: not by itself either, and it is said.
    "T08": {"": "E401", "base-itself": "N900", "query-of-itself": "E201", "queries-in-a-ring": "E201",
            "phases-after-each-other": "E206", "many-paths-to-one-file": "", "goals-that-affect-themselves": ""},
    "T09": {"": "E403", "device-name": "E402", "percent": "E402", "nul-inside": "E117", "line-end-inside": "E402",
            "slash-at-the-end": "E402", "blank": "E402", "star": "E402", "shell": "E402", "pipe": "E402",
            "parent-by-base": "N900"},
    "T10": {"": 3, "folder-root": 2, "fifo-imported": "E402", "folder-imported": "E402", "dangling-link": "E402",
            "links-in-a-ring": "E403", "kernel-file": "E122"},
    # What is too large to compute, or divided by nothing, cannot be told: it is neither true nor a number.
    "T12": {"sum-of-the-greatest": "W602", "product-of-the-greatest": "W602", "eighteen-digits": "E153",
            "least-by-minus-one": "E153", "divided-by-nought": "W602", "divided-by-almost-nought": "W602",
            "percent": "W602"},
    "T13": {"not-numbers": "E201", "exponents": "E106", "hexadecimal": "E106", "points-alone": "E133"},
    "T15": {"impossible": "E108", "period-backwards": "E307", "time-of-day": "E108", "beyond-the-end": "W602",
            **{f"today-{number}": 2 for number in range(7)}},
    "T17": {name: "E101" for name in ("zip", "pdf", "gzip", "png", "sqlite")},
    "T18": {"": "E102"},
    "T19": {"": "E202", "latin-and-cyrillic": "", "full-width": "", "many-scripts": "", "thousand-marks": "E152"},
    # A pattern that takes too long is no pattern that does not match.
    "T20": {"nested-plus": "W602", "alternatives": "W602", "recursion": "W602", "verbs": "W602", "backreferences": "W602",
            "many-tough-ones": "W602", "slashes": "E120",
            **{name: "E139" for name in ("groups", "repeats", "repeats-too-big", "long", "one-byte", "verb-no-utf",
                                         "look-behind", "not-closed", "conditions", "bad-class")}},
    "T21": {"": "E201", "name-that-begins-with-a-dash": "", "import-of-a-strange-name": ""},
}
SECRET = "4815162342-stays-outside"


class Corpus:
    """The inputs, as they are written."""

    def __init__(self, folder):
        self.folder = folder
        self.rows = []

    def add(self, kind, name, content=None, files=(), **more):
        """One input: a folder of its own with main.alliance and other files."""
        place = self.folder / kind / name
        place.mkdir(parents=True)
        if content is not None:
            (place / "main.alliance").write_bytes(as_bytes(content))
        for path, bytes_ in dict(files).items():
            (place / path).parent.mkdir(parents=True, exist_ok=True)
            (place / path).write_bytes(as_bytes(bytes_))
        row = {"class": kind, "name": name, "folder": str(place), "file": "main.alliance"}
        row.update(more)
        codes = CODES.get(kind, {})
        expected = codes.get(name, codes.get("", ""))
        if expected:
            row.setdefault("status" if isinstance(expected, int) else "code", expected)
        self.rows.append(row)
        return place

    def en(self, kind, name, content, **more):
        return self.add(kind, name, HEAD + as_bytes(content), **more)

    def finish(self):
        lines = [json.dumps(row, sort_keys=True) for row in self.rows]
        (self.folder / "manifest").write_text("\n".join(lines) + "\n", "utf-8")
        return len(lines)


def as_bytes(content):
    return content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")


# ---- T01, T02, T18, T19: characters -------------------------------------------------------

def wrong_encodings(corpus):
    wrong = {
        "continuation-alone": b"\x80", "overlong-2": b"\xc0\xaf", "overlong-3": b"\xe0\x80\xaf",
        "overlong-4": b"\xf0\x80\x80\xaf", "overlong-nul": b"\xc0\x80",
        "surrogate-high": b"\xed\xa0\x80", "surrogate-low": b"\xed\xbf\xbf",
        "cesu-8": b"\xed\xa0\xbd\xed\xb8\x80", "above-the-last": b"\xf4\x90\x80\x80",
        "five-bytes": b"\xf8\x88\x80\x80\x80", "six-bytes": b"\xfc\x84\x80\x80\x80\x80",
        "fe-ff": b"\xfe\xff", "truncated-2": b"\xc3", "truncated-3": b"\xe2\x82",
        "truncated-4": b"\xf0\x9f\x98", "latin-1": "é".encode("latin-1"),
    }
    for name, bad in wrong.items():
        corpus.en("T01", name, b'partner a "' + bad + b'"\npartner b' + bad + b"\n# " + bad + b"\n",
                  wrong=True)
    for name in ("truncated-2", "truncated-3", "truncated-4"):
        corpus.en("T01", name + "-at-the-end", b"partner a" + wrong[name], wrong=True)
    text = 'language en version 1\npartner a "Orange"\n'
    corpus.add("T01", "utf-16-le", b"\xff\xfe" + text.encode("utf-16-le"), wrong=True)
    corpus.add("T01", "utf-16-be", b"\xfe\xff" + text.encode("utf-16-be"), wrong=True)
    corpus.add("T01", "utf-32", text.encode("utf-32"), wrong=True)
    corpus.add("T01", "only-a-mark", b"\xef\xbb\xbf")
    corpus.add("T01", "two-marks", b"\xef\xbb\xbf\xef\xbb\xbf" + text.encode(), wrong=True)
    corpus.en("T01", "mark-inside", "partner a\ufeffb\n", wrong=True)
    corpus.en("T01", "in-a-long-text", b'goal g {\n  description: """\n    a\xff\xfe\n    """\n}\n',
              wrong=True)
    for seed in (1, 2, 3):
        corpus.add("T01", f"noise-{seed}", random.Random(seed).randbytes(4096), wrong=True)


def controls(corpus):
    corpus.add("T02", "only-nul", b"\0", wrong=True)
    corpus.add("T02", "many-nul", b"\0" * 65536, wrong=True)
    corpus.en("T02", "nul-in-a-name", b"partner a\0b\n", wrong=True)
    corpus.en("T02", "nul-in-a-text", b'partner a "x\0y"\n', wrong=True)
    corpus.en("T02", "nul-in-a-comment", b"# x\0y\n", wrong=True)
    corpus.en("T02", "nul-at-the-end", b"partner a\n\0", wrong=True)
    every = bytes(c for c in range(1, 32) if c not in (9, 10, 11, 13))
    corpus.en("T02", "every-control", b'partner a "' + every + b'\x7f"\n', wrong=True)
    corpus.en("T02", "escape-sequences", b'partner a "\x1b[31mred\x1b]0;title\x07\x1b[2J"\n', wrong=True)
    corpus.en("T02", "escape-sequence-in-a-name", b"partner \x1b[31ma\n", wrong=True)
    corpus.en("T02", "c1", 'partner a "\u009b31m\u0090\u009c"\n', wrong=True)
    corpus.en("T02", "carriage-returns", b"partner a\rpartner b\r\rpartner b\r", wrong=True)
    corpus.en("T02", "every-end-of-line",
              "partner a\u2028partner b\u2029partner c\u0085partner d\u000bpartner e\r\n")
    corpus.en("T02", "ends-of-line-in-a-text", 'partner a "x\u2028y"\npartner b "x\u0085y"\n', wrong=True)
    corpus.en("T02", "escaped-controls",
              'partner a "\\u{1b}[31m\\u{7}\\u{202e}\\u{9b}"\npartner b "\\n\\nerror: forged"\nlink a -> c\n',
              wrong=True)
    corpus.add("T02", "a-program", b"\x7fELF\x02\x01\x01" + bytes(range(256)) * 16, wrong=True)


def invisible(corpus):
    marks = [*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C, 0x180E,
             0x00AD, 0x200B, 0x2060, 0xE0001, 0xE0041]
    for mark in marks:
        c = chr(mark)
        corpus.en("T18", f"u{mark:04x}", f'partner a{c}b\npartner c "x{c}y"\n# x{c}y\nassert 1 {c}= 1\n',
                  wrong=True)
    corpus.en("T18", "comment-that-looks-like-code",
              'partner a { type: company } #\u202e\u2066 } ynapmoc :epyt {\n', wrong=True)


def twins(corpus):
    corpus.en("T19", "latin-and-cyrillic", "partner orange\npartner оrange\nlink orange -> оrange\n")
    corpus.en("T19", "composed-and-decomposed", "partner é\npartner e\u0301\n", wrong=True)
    corpus.en("T19", "capitals", "partner straße\npartner STRASSE\n", wrong=True)
    corpus.en("T19", "turkish-i", "partner istanbul\npartner İstanbul\npartner ıstanbul\n")
    corpus.en("T19", "compatibility", "partner ﬁn\npartner fin\npartner Ω\npartner Ω\npartner Å\npartner Å\n")
    corpus.en("T19", "full-width", "partner ａｂｃ\npartner abc\n")
    corpus.en("T19", "thousand-marks", "partner a" + "\u0301" * 1000 + "\n")
    corpus.en("T19", "marks-out-of-order", "partner a\u0323\u0307\npartner a\u0307\u0323\n", wrong=True)
    corpus.en("T19", "hangul", "partner 각\npartner \u1100\u1161\u11a8\n", wrong=True)
    corpus.en("T19", "many-scripts", "partner мир\npartner 平和\npartner سلام\npartner שלום\npartner ไทย\n")


# ---- T03 to T07: sizes and shapes ---------------------------------------------------------

def sizes(corpus):
    big = "9" * 30
    corpus.en("T03", "escape-beyond-everything", 'partner a "\\u{FFFFFFFFFFFFFFFFFFFF}"\n', wrong=True)
    corpus.en("T03", "take-too-much", f"show partners | take {big}\n", wrong=True)
    corpus.en("T03", "take-almost-too-much", "show partners | take 9223372036854775807\n")
    corpus.en("T03", "take-nothing", "show partners | take 0\nshow partners | take -1\n")
    corpus.add("T03", "version", f"language en version {big}\npartner a\n", wrong=True)
    corpus.en("T03", "limits-as-settings", f"settings equity {{ tolerance: {big} % }}\n", wrong=True)
    corpus.en("T03", "million-digits", "activity a { cost: " + "9" * 1_000_000 + " EUR }\n", wrong=True, code="E153")
    corpus.en("T03", "million-decimals", "activity a { cost: 0." + "1" * 1_000_000 + " EUR }\n", wrong=True, code="E153")


def nesting(corpus):
    deep = 100_000
    corpus.en("T04", "braces", "{" * deep, wrong=True)
    corpus.en("T04", "closing-braces", "}" * deep, wrong=True)
    corpus.en("T04", "blocks", "partner a {\n" * deep, wrong=True)
    corpus.en("T04", "blocks-closed", "partner a {\n" * deep + "}\n" * deep, wrong=True)
    corpus.en("T04", "parentheses", "assert " + "(" * deep + "1" + ")" * deep + " = 1\n", wrong=True, code="E151")
    corpus.en("T04", "parentheses-open", "assert " + "(" * deep, wrong=True)
    corpus.en("T04", "parentheses-closing", "assert 1 " + ")" * deep + "\n", wrong=True)
    corpus.en("T04", "not", "assert " + "not " * deep + "1 = 1\n", wrong=True)
    corpus.en("T04", "plus", "assert " + "1 + " * 10_000 + "1 = 1\n")
    corpus.en("T04", "minus", "assert 1 " + "- " * deep + "1 = 1\n", wrong=True)
    corpus.en("T04", "and", "assert 1 = 1" + " and 1 = 1" * 10_000 + "\n")
    corpus.en("T04", "path", "partner a\nshow a" + ".a" * deep + "\n", wrong=True)
    corpus.en("T04", "guillemets", "partner a " + "«" * deep + "»" * deep + "\n")
    corpus.en("T04", "quotes", '"' * deep + "\n", wrong=True)
    corpus.en("T04", "brackets", "partner a { tags: " + "[" * deep + "]" * deep + " }\n", wrong=True)
    corpus.en("T04", "steps", "show partners" + " | take 1" * 10_000 + "\n")
    corpus.en("T04", "notes", "partner a { role: \"x\" " + "(assumption) " * 10_000 + "}\n", wrong=True)
    corpus.en("T04", "every-in-every", "check " + "every partner: " * 1000 + "name = 1\n", wrong=True)
    for depth in (63, 64, 65, 66):
        corpus.en("T04", f"parentheses-{depth}", "assert " + "(" * depth + "1" + ")" * depth + " = 1\n")


def lengths(corpus):
    corpus.en("T05", "name-1m", "partner " + "n" * (1 << 20) + "\n", wrong=True, code="E152")
    corpus.en("T05", "text-1m", 'partner a "' + "t" * (1 << 20) + '"\n')
    corpus.en("T05", "text-2m", 'partner a "' + "t" * (1 << 21) + '"\n', wrong=True, code="E152")
    corpus.en("T05", "line-2m", "assert 1 = 1 " + " " * (1 << 21) + "\n")
    corpus.en("T05", "comment-2m", "#" * (1 << 21) + "\n")
    corpus.en("T05", "no-line-end", "partner a" + " " * (1 << 20))
    corpus.en("T05", "list-100001",
              "partner a\nactivity w { with: " + ", ".join(["a"] * 100_001) + " }\n", wrong=True, code="E154")
    corpus.en("T05", "errors-20000", "partnr a\n" * 20_000, wrong=True)
    corpus.en("T05", "lexical-errors-20000", "partner a ;;;;\n" * 20_000, wrong=True)
    corpus.en("T05", "blank-lines", "\n" * 500_000)
    corpus.en("T05", "comment-lines", "# x\n" * 200_000)
    corpus.en("T05", "question-marks", "partner a { role: " + "?" * 100_000 + " }\n", wrong=True)
    corpus.en("T05", "partners-20000", "".join(f"partner p{i}\n" for i in range(20_000)))
    corpus.en("T05", "long-text-of-many-lines",
              'goal g {\n  description: """\n' + "    line\n" * 50_000 + '    """\n}\n')
    corpus.en("T05", "continuations", "assert 1 = 1\n" + "  and 1 = 1\n" * 20_000)


def expansions(corpus):
    files = {}
    for level in range(20):
        lines = [f'import "level{level + 1}{side}.alliance"' for side in "ab"]
        for side in "ab":
            files[f"level{level}{side}.alliance"] = HEAD.decode() + "\n".join(lines * 2) + "\n"
    for side in "ab":
        files[f"level20{side}.alliance"] = HEAD.decode() + f"partner last-{side}\n"
    corpus.en("T06", "imports-that-double", 'import "level0a.alliance"\nimport "level0b.alliance"\n',
              files=files)
    queries = "query q0 = partners\n" + "".join(
        f"query q{i} = q{i - 1} where count(q{i - 1}) = count(q{i - 1})\n" for i in range(1, 40))
    corpus.en("T06", "queries-that-double", "partner a\n" + queries + "assert count(q39) = 1\n")
    corpus.en("T06", "every-against-every", "".join(f"partner p{i}\n" for i in range(300))
              + "check every partner: count(partners where count(partners where title = name) = 1) = 0\n")
    corpus.en("T06", "bases-that-double", 'base "b1.alliance"\nbase "b2.alliance"\n',
              files={"b1.alliance": HEAD + b'base "b2.alliance"\nalliance x\n',
                     "b2.alliance": HEAD + b'base "b1.alliance"\nalliance y\n'}, wrong=True)
    corpus.en("T06", "chain-of-imports", 'import "c0.alliance"\n', wrong=True, code="E406",
              files={f"c{i}.alliance": HEAD.decode() + f'import "c{i + 1}.alliance"\n' for i in range(200)})


def growth(corpus):
    many = 5_000
    corpus.en("T07", "one-name-for-all", "partner a\n" * many, wrong=True)
    corpus.en("T07", "unknown-names", "partner a\n" + "".join(f"link a -> x{i}\n" for i in range(many)),
              wrong=True)
    corpus.en("T07", "one-unknown-name", "partner a\n" + "link a -> x\n" * many, wrong=True)
    corpus.en("T07", "close-names", "".join(f"partner {'a' * 60}{i}\n" for i in range(2000))
              + "".join(f"link {'a' * 60}x{i} -> {'a' * 60}1\n" for i in range(200)), wrong=True)
    corpus.en("T07", "one-title-for-all",
              "".join(f'partner p{i} "Orange"\n' for i in range(many)) + 'link "Orange" -> p1\n', wrong=True)
    corpus.en("T07", "properties-twice", "partner a {\n" + '  role: "x"\n' * many + "}\n", wrong=True)
    corpus.en("T07", "imports-of-one-file", 'import "a.alliance"\n' * 2000,
              files={"a.alliance": HEAD + b"partner a\n"})
    corpus.en("T07", "text-not-closed-on-every-line", 'partner a "x {\n' * many, wrong=True)
    corpus.en("T07", "long-texts-not-closed", 'goal g { description: """\n' * 2000, wrong=True)


# ---- T08 to T11: files --------------------------------------------------------------------

def circles(corpus):
    corpus.en("T08", "itself", 'import "main.alliance"\n', wrong=True)
    corpus.en("T08", "two", 'import "b.alliance"\n', wrong=True,
              files={"b.alliance": HEAD + b'import "main.alliance"\n'})
    ring = {f"r{i}.alliance": HEAD.decode() + f'import "r{(i + 1) % 20}.alliance"\n' for i in range(20)}
    corpus.en("T08", "ring-of-20", 'import "r0.alliance"\n', files=ring, wrong=True)
    corpus.en("T08", "base-itself", 'base "main.alliance"\n')
    corpus.en("T08", "many-paths-to-one-file",
              'import "a.alliance"\nimport "./a.alliance"\nimport "x/../a.alliance"\nimport ".//a.alliance"\n',
              files={"a.alliance": HEAD + b"partner a\n", "x/y.alliance": HEAD})
    place = corpus.en("T08", "symbolic-link-to-itself", 'import "link.alliance"\n', wrong=True)
    os.symlink("main.alliance", place / "link.alliance")
    place = corpus.en("T08", "hard-link-to-itself", 'import "link.alliance"\n', wrong=True)
    os.link(place / "main.alliance", place / "link.alliance")
    corpus.en("T08", "query-of-itself", "query q = q | take 1\nshow q\nassert count(q) = 0\n", wrong=True)
    corpus.en("T08", "queries-in-a-ring", "query a = b\nquery b = c\nquery c = a\nassert count(a) = 0\n",
              wrong=True)
    corpus.en("T08", "phases-after-each-other",
              "phase a { after: b }\nphase b { after: c }\nphase c { after: a }\ngroup g { members: g }\n")
    corpus.en("T08", "goals-that-affect-themselves",
              "goal a { affects a: +100 % }\ngoal b { affects c: +100 % }\ngoal c { affects b: +100 % }\n")


def ways_out(corpus):
    outside = corpus.folder / "T09" / "outside.alliance"
    paths = {
        "parent": "../outside.alliance", "parent-twice": "x/../../outside.alliance",
        "absolute": str(outside), "home": "~/outside.alliance", "url": "https://example.org/a.alliance",
        "file-url": "file:///etc/passwd", "passwd": "/etc/passwd", "environment": "/proc/self/environ",
        "memory": "/proc/self/mem", "double-slash": "//etc/passwd", "backslash": "..\\\\outside.alliance",
        "drive": "C:/windows/win.ini", "device-name": "CON", "percent": "%2e%2e/outside.alliance",
        "nul-inside": "a.alliance\\u{0}", "line-end-inside": "a\\n.alliance", "dot": ".", "dots": "..",
        "slash-at-the-end": "x/", "very-long": "a/" * 3000 + "b.alliance",
        "very-long-name": "a" * 5000 + ".alliance", "blank": " x.alliance", "star": "*.alliance",
        "shell": "$(touch pwned).alliance", "pipe": "| touch pwned",
    }
    for name, path in paths.items():
        corpus.en("T09", name, f'import "{path}"\npartner a\n', files={"x/in.alliance": HEAD}, wrong=True,
                  secret=SECRET)
    for name, word in (("base", "base"), ("extension", "extension")):
        corpus.en("T09", f"parent-by-{name}", f'{word} "../outside.alliance"\npartner a\n',
                  wrong=word == "extension", secret=SECRET)
    outside.write_text(f"language en version 1\npartner {SECRET} \"{SECRET}\"\n", "utf-8")
    for name, target in (("link-out", "../outside.alliance"), ("absolute-link-out", str(outside)),
                         ("link-to-passwd", "/etc/passwd")):
        place = corpus.en("T09", name, 'import "link.alliance"\npartner a\n', wrong=True, secret=SECRET)
        os.symlink(target, place / "link.alliance")
    place = corpus.en("T09", "folder-link-out", 'import "sub/outside.alliance"\n', wrong=True, secret=SECRET)
    os.symlink("..", place / "sub")


def strange_files(corpus):
    def told(name, arguments, **more):
        corpus.add("T10", name, HEAD, arguments=arguments, wrong=True, **more)

    for name, path in (("device-zero", "/dev/zero"), ("device-full", "/dev/full"),
                       ("device-null", "/dev/null"), ("device-terminal", "/dev/tty"),
                       ("process-memory", "/proc/self/mem"), ("folder-root", "/proc/1"),
                       ("missing", "nowhere.alliance"), ("no-name", ""), ("under-a-file", "main.alliance/x"),
                       ("long-path", "a/" * 3000 + "x"), ("long-name", "x" * 300)):
        told(name, [path])
    place = corpus.en("T10", "fifo", "", arguments=["fifo"], wrong=True)
    os.mkfifo(place / "fifo")
    place = corpus.en("T10", "fifo-imported", 'import "fifo"\n', wrong=True)
    os.mkfifo(place / "fifo")
    place = corpus.en("T10", "socket", "", arguments=["socket"], wrong=True)
    here = os.getcwd()
    os.chdir(place)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind("socket")
    os.chdir(here)
    place = corpus.en("T10", "folder-imported", 'import "x.alliance"\n', wrong=True)
    (place / "x.alliance").mkdir()
    place = corpus.en("T10", "dangling-link", 'import "link.alliance"\n', wrong=True)
    os.symlink("nowhere", place / "link.alliance")
    place = corpus.en("T10", "links-in-a-ring", 'import "one.alliance"\n', wrong=True)
    os.symlink("two.alliance", place / "one.alliance")
    os.symlink("one.alliance", place / "two.alliance")
    place = corpus.en("T10", "sparse", "", arguments=["sparse.alliance"], wrong=True)
    with open(place / "sparse.alliance", "wb") as file:
        file.truncate(300 << 20)
    corpus.add("T10", "kernel-file", HEAD + b"partner a\n", arguments=["/proc/version"], wrong=True)
    corpus.add("T11", "swapped-while-it-is-read", None, swap=True, file="swap.alliance",
               files={"one.alliance": HEAD + b"partner one\n" * 1 + b"# 1\n" * 2000,
                      "two.alliance": HEAD + b"partner two\n" * 1 + b"# 2\n" * 2000})


# ---- T12 to T15: numbers and dates --------------------------------------------------------

def numbers(corpus):
    top = "999 999 999 999 999"
    corpus.en("T12", "sum-of-the-greatest",
              "partner a {\n" + f"  brings {top}.99 EUR\n" * 2000 + "}\nassert sum(value of contributions) > 0 EUR\n")
    corpus.en("T12", "product-of-the-greatest", f"assert {top} * {top} * {top} > 0\n")
    corpus.en("T12", "difference", f"assert 0 - {top} - {top} - {top} < 0\n")
    corpus.en("T12", "eighteen-digits", "assert 999999999999999999 + 1 > 0\nassert 9223372036854775807 > 0\n")
    corpus.en("T12", "least-by-minus-one", "assert (0 - 9223372036854775807 - 1) / (0 - 1) > 0\n")
    corpus.en("T12", "divided-by-nought", "assert 1 / 0 = 1\nassert 0 / 0 = 0\nassert 1 / (2 - 2) = 0\n")
    corpus.en("T12", "divided-by-almost-nought", f"assert {top} / 0.00000001 > 0\n")
    corpus.en("T12", "percent", f"assert {top} % * {top} % > 0 %\n")
    corpus.en("T12", "average", "partner a {\n" + f"  brings {top} EUR\n" * 3
              + "}\nassert average(value of contributions) > 0 EUR\n")
    corpus.en("T12", "conversions", f"alliance x {{ workday: {top} h }}\nassert {top} person-days > 1 h\n"
              f"assert {top} weeks > 1 day\nassert {top} years > 1 month\n")
    corpus.en("T12", "rate-over-a-period", "partner a {\n  brings 999 999 999 999 999 EUR/month {\n"
              "    period: 0001-01-01..9999-12-31\n  }\n}\nassert a.total > 0 EUR\n")
    corpus.en("T13", "not-numbers", "assert nan = nan\nassert inf > 0\nassert infinity > 0\n", wrong=True)
    corpus.en("T13", "exponents", "assert 1e400 > 0\nassert 1e5 = 100000\n", wrong=True)
    corpus.en("T13", "hexadecimal", "assert 0x10 = 16\nassert 0b1 = 1\n", wrong=True)
    corpus.en("T13", "minus-nought", "assert 0 - 0 = 0\nassert 0 * (0 - 1) = 0\n")
    corpus.en("T13", "points-alone", "assert .5 = 0.5\nassert 5. = 5\nassert . = .\n", wrong=True)
    corpus.en("T13", "eight-decimals", "assert 0.00000001 * 0.00000001 = 0\nassert 0.1 + 0.2 = 0.3\n")
    for locale in ("C", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_EG.UTF-8", "ja_JP.EUC-JP", "no-such-locale"):
        corpus.en("T14", f"locale-{locale}", 'partner İIıi "TITLE"\nactivity a { cost: 1 234.50 EUR }\n'
                  "assert a.cost = 1 234.5 EUR\n", environment={"LC_ALL": locale, "LANG": locale}, same="C")


def dates(corpus):
    corpus.en("T15", "impossible", "".join(f"milestone m{i} {{ date: {d} }}\n" for i, d in enumerate(
        ("0000-01-01", "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-01-00", "2024-04-31",
         "10000-01-01", "-001-01-01", "2024-1-1", "99-99-9999"))), wrong=True)
    corpus.en("T15", "ends-of-time", "milestone a { date: 0001-01-01 }\nmilestone b { date: 9999-12-31 }\n"
              "assert b.date - a.date > 1 day\n")
    corpus.en("T15", "beyond-the-end", "assert 9999-12-31 + 1 day > 2024-01-01\n"
              "assert 0001-01-01 - 1 day < 2024-01-01\nassert 2024-01-31 + 999 999 999 months > 2024-01-01\n"
              "assert 2024-01-01 + 999 999 999 999 999 days > 2024-01-01\n")
    corpus.en("T15", "leap-days", "assert 2000-02-29 + 1 year = 2001-02-28\nassert 2024-02-29 - 1 month = 2024-01-29\n")
    corpus.en("T15", "period-backwards", "phase p { period: 9999-12-31..0001-01-01 }\n", wrong=True)
    corpus.en("T15", "time-of-day", "milestone a { date: 2024-06-30T25:61:61+99:99 }\n", wrong=True)
    for i, today in enumerate(("", "x", "2026-13-01", "0000-00-00", "99999-01-01", "2026-01-15junk", "\u0660")):
        corpus.en("T15", f"today-{i}", "assert today > 2000-01-01\n", options=["--today", today], wrong=True)
    for zone in ("Pacific/Kiritimati", "America/St_Johns", "../../etc/passwd", ":", "x" * 5000):
        corpus.en("T15", f"zone-{zone[:20].replace('/', '-')}", "assert 2024-02-28 + 2 days = 2024-03-01\n",
                  environment={"TZ": zone}, same="C")


# ---- T16, T17: other formats taken for ours -------------------------------------------------

def foreign_formats(corpus):
    rows = {
        "csv": "name;type;amount\norange;company;12,5\n\"a\nb\";;\n", "csv-ragged": "a,b,c\n1,2\n1,2,3,4\n\"",
        "csv-formulas": "=cmd|'/c calc'!A1,+1,-1,@x\n", "csv-wide": "," * 200_000 + "\n",
        "csv-mark": "\ufeffa,b\n1,2\n", "tsv": "a\tb\n1\t2\n",
    }
    for name, text in rows.items():
        corpus.add("T16", name, text, wrong=True)
    objects = {
        "json": '{"name": "orange", "name": "orange", "deep": [[[[]]]]}\n', "json-deep": "[" * 100_000,
        "json-lone-surrogate": '{"a": "\\ud800"}\n', "json-numbers": "[1e999, -0, 1.0000000000000000001]\n",
        "json-two": "{}{}\n", "xml": '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "&x;&x;">]><a>&x;</a>\n',
        "html": "<script>alert(1)</script>\n", "markdown": "# Title\n\n* [link](javascript:x)\n",
        "yaml": "a: &a [*a, *a]\n---\n!!python/object:os.system x\n",
    }
    for name, text in objects.items():
        corpus.add("T17", name, text, wrong=name != "markdown")
    archives = {"zip": b"PK\x03\x04\x14\x00", "pdf": b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "gzip": b"\x1f\x8b\x08\x00",
                "png": b"\x89PNG\r\n\x1a\n", "sqlite": b"SQLite format 3\x00"}
    for name, start in archives.items():
        corpus.add("T17", name, start + random.Random(7).randbytes(512), wrong=True)


# ---- T20: patterns --------------------------------------------------------------------------

def patterns(corpus):
    tough = {
        "nested-plus": r"^(a+)+$", "alternatives": r"^(a|a|aa)+$", "dots": r"(.*)(.*)(.*)(.*)(.*)(.*)(.*)(.*)z",
        "recursion": r"^(?R)?a|^a(?R)$", "groups": "(" * 400 + "a" + ")" * 400,
        "repeats": r"((a{1,200}){1,200}){1,200}", "repeats-too-big": r"a{65536}",
        "long": "a" * 3000, "one-byte": r"\C", "callout": r"(?C1)a", "verbs": r"(*LIMIT_MATCH=4000000000)^(a+)+$",
        "verb-no-utf": r"(*NO_UTF_CHECK)a", "backreferences": r"^(a*)*\1$", "look-behind": r"(?<=a+)b",
        "keep-out": r"\K\Ka", "empty": r"", "empty-repeat": r"(){100}", "not-closed": r"(a[b",
        "conditions": r"(?(1)a|b)(?(R)x|y)", "unicode": r"\p{Lu}\X\R\N{U+1F600}", "bad-class": r"[z-a]",
        "quotes-not-closed": r"\Qabc",
    }
    title = "a" * 5000 + "!"
    for name, pattern in tough.items():
        text = f'partner a "{title}"\npartner b "{title}"\ncheck no partners where title matches /{pattern}/\n'
        corpus.en("T20", name, text)
    corpus.en("T20", "many-tough-ones", f'partner a "{title}"\n'
              + "check no partners where title matches /^(a+)+$/\n" * 200)
    corpus.en("T20", "slashes", "check no partners where title matches " + "/" * 10_000 + "\n", wrong=True)


# ---- T21 to T23: names, settings, environment -----------------------------------------------

def file_names(corpus):
    names = ["a\nerror[E201]: forged.alliance", "a\x1b[31mred.alliance", "a\u202egnp.alliance", "-x.alliance",
             "--format.alliance", "a b.alliance", "a'b\".alliance", "$(touch pwned).alliance", ";touch pwned.alliance",
             "%s%n%x.alliance", "é.alliance", "x" * 240 + ".alliance", "*.alliance", "~.alliance", "a:b.alliance"]
    for number, name in enumerate(names):
        place = corpus.add("T21", f"name-{number}", None, file="./" + name if name[0] == "-" else name)
        (place / name).write_bytes(HEAD + b"partner a\nlink a -> b\n")
    place = corpus.add("T21", "name-not-utf-8", None, file_bytes=os.fsencode("a\udcff.alliance").hex())
    (place / os.fsdecode(b"a\xff.alliance")).write_bytes(HEAD + b"partner a\nlink a -> b\n")
    place = corpus.add("T21", "name-that-begins-with-a-dash", None, file="-x.alliance", arguments=["--", "-x.alliance"])
    (place / "-x.alliance").write_bytes(HEAD + b"partner a\n")
    place = corpus.en("T21", "import-of-a-strange-name", 'import "a\\u{1b}[31m.alliance"\n')
    (place / "a\x1b[31m.alliance").write_bytes(HEAD + b"partner b\n")


def settings(corpus):
    noise = random.Random(11).randbytes(2048)
    broken = {"noise": noise, "nul": b"\0" * 4096, "empty": b"", "long-line": b"a" * 100_000,
              "length-that-lies": b"4294967295 00000000 x\n", "escape": b"\x1b]0;x\x07 :quit\n"}
    for name, content in broken.items():
        home = {f"home/.local/state/alliance-lang/{file}": content
                for file in ("history", "trust", "journal", "settings")}
        home.update({f"home/.config/alliance-lang/{file}": content for file in ("alliance.conf", "config")})
        corpus.en("T22", f"state-{name}", "partner a\n", files=home, home="home", same="C")
    for name, content in (("noise", noise), ("nul", b"\0"), ("wrong", b"partnr a\n"),
                          ("not-settings", HEAD + b"partner a\n:quit\n"), ("circle", HEAD + b'import "main.alliance"\n')):
        corpus.en("T22", f"project-settings-{name}", "partner a\n", files={"alliance.conf": content})
    place = corpus.en("T22", "project-settings-are-a-folder", "partner a\n")
    (place / "alliance.conf").mkdir()
    place = corpus.en("T22", "project-settings-are-a-fifo", "partner a\n")
    os.mkfifo(place / "alliance.conf")
    corpus.en("T22", "plugins-beside-the-file", "partner a\n", secret="plugin-ran-without-trust",
              files={"plugins/x.lua": b'error("plugin-ran-without-trust")\n',
                     "plugins/check/x.lua": b'print("plugin-ran-without-trust")\n'})


def environments(corpus):
    text = "partner a { type: company }\nassert count(partners) = 1\n"
    kinds = {
        "no-home": {"HOME": None}, "home-missing": {"HOME": "/nowhere"}, "home-empty": {"HOME": ""},
        "home-relative": {"HOME": "../.."}, "no-terminal-type": {"TERM": None}, "terminal-dumb": {"TERM": "dumb"},
        "terminal-path": {"TERM": "../../../etc/passwd"}, "terminal-long": {"TERM": "x" * 100_000},
        "columns-0": {"COLUMNS": "0"}, "columns-negative": {"COLUMNS": "-1"}, "columns-huge": {"COLUMNS": "9" * 20},
        "columns-text": {"COLUMNS": "%n%s"}, "no-path": {"PATH": None}, "path-here": {"PATH": "."},
        "lua-init": {"LUA_INIT": "os.exit(66)", "LUA_INIT_5_4": "os.exit(66)"},
        "lua-path": {"LUA_PATH": "./?.lua", "LUA_CPATH": "./?.so"}, "input-settings": {"INPUTRC": "/dev/zero"},
        "no-colour": {"NO_COLOR": "1"}, "every-colour": {"CLICOLOR": "1", "FORCE_COLOR": "3"},
        "language-list": {"LANGUAGE": "xx:../../etc", "LC_MESSAGES": "\udcff"}, "nothing": "empty",
        "state-elsewhere": {"XDG_STATE_HOME": "/dev/null", "XDG_CONFIG_HOME": "/dev/null", "XDG_DATA_HOME": ":"},
        "temporary-missing": {"TMPDIR": "/nowhere"},
    }
    for name, environment in kinds.items():
        corpus.en("T23", name, text, environment=environment, same="C")
    corpus.en("T23", "colours-forced", text, environment={"CLICOLOR_FORCE": "1"}, same="C", colours=True)
    for closed in ([0], [1], [2], [0, 1], [0, 2], [1, 2], [0, 1, 2]):
        corpus.en("T23", "closed-" + "-".join(map(str, closed)), text, closed=closed)
    corpus.en("T23", "full-device", text, output="/dev/full")
    corpus.en("T23", "folder-gone", text, gone=True)
    corpus.en("T23", "no-descriptors", text, descriptors=4)
    corpus.en("T23", "small-stack", "assert " + "(" * 64 + "1" + ")" * 64 + " = 1\n", stack=256 << 10)
    for number, arguments in enumerate((["--"], ["-"], ["--format"], ["--format", "x"], ["-" * 1000], ["--lang", "../x"],
                                        ["--limit", "depth=-1"], ["--plugin", "/dev/zero"], ["--jobs", "9" * 20],
                                        ["--color", "\x1b[31m"], ["x" * 100_000])):
        corpus.en("T23", f"arguments-{number}", text, options=arguments)


def main():
    folder = pathlib.Path(sys.argv[1]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    corpus = Corpus(folder)
    for part in (wrong_encodings, controls, invisible, twins, sizes, nesting, lengths, expansions, growth, circles,
                 ways_out, strange_files, numbers, dates, foreign_formats, patterns, file_names, settings,
                 environments):
        part(corpus)
    for path in sorted((HERE / "files").glob("*.alliance")):
        place = corpus.add("files", path.stem, None)
        shutil.copy(path, place / "main.alliance")
    print(corpus.finish())


main()
