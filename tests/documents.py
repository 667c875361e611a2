#!/usr/bin/env python3
"""documents.py -- texts that try to get out of their place, read back by independent readers.

Every text goes through every encoder and, in every field of every block, through every renderer of
stdlib/lua; python's own readers of HTML, XML, JSON and CSV then say what a program would see: the same
text, and nothing that acts. Prints TAP.
"""
import csv
import html.parser
import io
import json
import os
import re
import shutil
import subprocess
import sys
import unicodedata
import xml.etree.ElementTree as xml

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(__file__), ".."))
lua = os.environ.get("LUA", "lua5.4")

PAYLOADS = [
    b"plain words", "accents : é à ç « ».".encode(), b"5 < 6 & 7 > 4", b'"quoted" and \'quoted\'',
    b"<script>alert(1)</script>", b"</script><script>alert(1)</script>", b"</style><img src=x onerror=alert(1)>",
    b"</title><svg onload=alert(1)>", b'" onmouseover="alert(1)', b"' onfocus='alert(1)' autofocus='",
    b"javascript:alert(1)", b"JaVaScRiPt:alert(1)", b"data:text/html,<script>alert(1)</script>",
    b"&lt;b&gt;", b"&amp;amp;", b"&#60;script&#62;", b"<!-- open", b"--> closed", b"]]>", b"<![CDATA[x]]>",
    b"<?php echo 1 ?>", b"{{7*7}}", b"${7*7}", b"%{7*7}", b"`rm -rf /`", b"$(reboot)", b"| a | b |",
    b"# a heading", b"- an item", b"1. an item", b"> a quote", b"---", b"***", b"===", b"```", b"~~~",
    b"[a](javascript:alert(1))", b"![a](http://example.org/x.png)", b"<http://example.org>", b"http://example.org/x",
    b"www.example.org", b"someone@example.org", b"*strong* _weak_ `code` ~~gone~~", b"a\\", b"\\\" \\n \\N \\G",
    b"a\\\nb", b"two\nlines", b"a\ttab", b"\r\nline", b"a\x00b", b"a\x07b\x1b[31mred\x1b[0m", b"a\x7fb",
    "a\u0085b\u009bc".encode(), "\u202eabc\u202c".encode(), "\u2066abc\u2069".encode(), "\u200fabc".encode(),
    "\ufeffabc".encode(), "a\u2028b\u2029c".encode(), b"\xff\xfe", b"\xc3(", b"\xed\xa0\x80", b"\xf4\x90\x80\x80",
    "\ufffe\uffff".encode(), "e\u0301 日本語 العربية".encode(), "👩‍👩‍👧 🏳️‍🌈".encode(),
    b"=1+1", b"+1+1", b"-1+1", b"@SUM(A1)", b"\t=1+1", b"=cmd|'/C calc'!A0", b" =1", b"|x", b"a,b", b"a;b", b'a"b',
    b" blanks around ", b"x" * 3000, b"word " * 500, b"a-" * 300, b"<" * 200, b"?", b"%s%n%d", b"%1 %0 %%", b"\\u{41}",
    b"__proto__", b"constructor", b"-- comment", b"'; DROP TABLE x; --",
]

count = failed = 0


def ok(condition, what, details=""):
    global count, failed
    count += 1
    print(("" if condition else "not ") + f"ok {count} - {what}")
    if not condition:
        failed += 1
        print("\n".join("# " + line for line in str(details).splitlines()[:12]))


def skip(what, why):
    global count
    count += 1
    print(f"ok {count} - {what} # SKIP {why}")


def draw(texts):
    lines = "".join(text.hex() + "\n" for text in texts)
    done = subprocess.run([lua, os.path.join(root, "tests/lua/draw.lua")], input=lines.encode(), capture_output=True)
    if done.returncode:
        print("Bail out! " + done.stderr.decode(errors="replace"))
        sys.exit(1)
    return [{name: bytes.fromhex(digits) for name, digits in made.items()} for made in json.loads(done.stdout)]


def squeeze(text):
    """What a reader sees: blanks as one, none at the ends."""
    return re.sub(r"\s+", " ", text).strip()


class Page(html.parser.HTMLParser):
    def __init__(self, markup):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.texts, self.stack, self.problems = [], [], [], [], []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in ("meta", "br", "wbr", "hr"):
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if not self.stack or self.stack.pop() != tag:
            self.problems.append("</" + tag + ">")

    def handle_comment(self, data):
        self.problems.append("comment " + data)

    def handle_pi(self, data):
        self.problems.append("instruction " + data)

    def handle_data(self, data):
        if self.stack and self.stack[-1] != "style":
            self.texts.append(data)


SAFE_ATTRIBUTES = {
    "lang", "charset", "http-equiv", "content", "name", "class", "id", "scope", "style", "role", "title", "viewbox",
    "width", "height", "aria-label", "aria-hidden", "tabindex", "x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "d",
    "font-size", "text-anchor", "stroke-width", "transform",
}


def drawn_once(tags):
    """Elements without the lines of pictures and the breaks of words, of which a long text takes more, and without code
    between backquotes."""
    return [tag for tag in tags if tag not in ("text", "code", "wbr")]


def check_html(name, made, plain_tags):
    page = Page(made["page_html"].decode())
    clean = squeeze(made["clean"].decode())
    ok(not page.problems and not page.stack, f"{name}: the page is well nested", page.problems + page.stack)
    ok(drawn_once(page.tags) == drawn_once(plain_tags), f"{name}: the page has the elements of any other text")
    bad = [a for a in page.attributes if a[1] not in SAFE_ATTRIBUTES]
    styles = [a for a in page.attributes if a[1] == "style" and not re.fullmatch(
        r"(--print|width|left|right):[0-9.]+(%|mm)(;width:[0-9.]+%)?", a[2])]
    ok(not bad and not styles, f"{name}: no attribute but ours", bad + styles)
    seen = squeeze("".join(page.texts))
    ok(clean in seen, f"{name}: the text stands in the page", clean)


def check_encoders(name, payload, made):
    clean = made["clean"].decode()
    try:
        whole = payload.decode()
    except UnicodeDecodeError:
        whole = clean
    page = Page(made["html"].decode())
    ok(page.texts == ([clean] if clean else []) or "".join(page.texts) == clean, f"{name}: html, inside", made["html"])
    ok(page.attributes == [("p", "title", clean)], f"{name}: html, attribute", page.attributes)
    element = xml.fromstring(made["svg"].decode())
    ok((element.text or "") == clean, f"{name}: svg", made["svg"])
    ok(json.loads(made["json"].decode()) == whole, f"{name}: json loses nothing", made["json"])
    rows = list(csv.reader(io.StringIO(made["csv"].decode(), newline="")))
    value = rows[0][0]
    ok(len(rows) == 1 and len(rows[0]) == 3 and value in (clean, "'" + clean), f"{name}: csv", rows)
    ok(not re.match(r"\s*[=+@|\-]", value), f"{name}: csv, no formula", value)
    ok(re.fullmatch(r"[A-Za-z][A-Za-z0-9-]*", made["id"].decode()) is not None, f"{name}: id", made["id"])
    address = made["address"].decode()
    ok(address == "" or not re.match(r"(?!https?:)[a-zA-Z][a-zA-Z0-9+.-]*:", address), f"{name}: address", address)


def check_markdown(name, made):
    for form in ("markdown", "cell"):
        shown = made[form].decode()
        bare = re.sub(r"\\.", "", shown)
        ok(not re.search(r"[`*_\[\]<>|~$]|&[#a-zA-Z]|://|www\.|@", bare), f"{name}: {form}, no mark is active", shown)
        ok(not re.match(r"\s*([#+=:!]|-|\d+[.)])", shown), f"{name}: {form}, no mark begins the line", shown)
        back = re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", shown)
        ok(squeeze(back) == squeeze(made["clean"].decode()), f"{name}: {form}, the text is the same", shown)


def check_terminal(name, made):
    shown = made["page_terminal"].decode()
    bad = [c for c in shown if unicodedata.category(c) == "Cc" and c != "\n" or c in "\u202e\u202a\u2066\u2067\u200f"]
    ok(not bad, f"{name}: the terminal gets no control character", bad)
    for medium, width in (("terminal", 80), ("narrow", 40), ("plain", 60)):
        wide = [line for line in made["page_" + medium].decode().splitlines() if len(line) > width and "x" not in line]
        ok(not wide, f"{name}: {medium}, no line is wider than {width} columns", wide)
    plain = made["page_plain"].decode()
    drawn = [c for c in plain if "\u2500" <= c <= "\u259f" and c not in made["clean"].decode()]
    ok(not drawn, f"{name}: plain, nothing is drawn", drawn)
    ok(squeeze(made["clean"].decode()).replace(" ", "")[:60] in squeeze(plain).replace(" ", ""),
       f"{name}: plain, the text is there")


def check_picture(name, made):
    tree = xml.fromstring(made["page_svg"].decode())
    tags = {element.tag.split("}")[1] for element in tree.iter()}
    ok(tags <= {"svg", "title", "style", "rect", "text", "g", "circle", "path", "line"}, f"{name}: picture", tags)
    bad = [key for element in tree.iter() for key in element.attrib if key.startswith("on") or "href" in key]
    ok(not bad, f"{name}: nothing acts in the picture", bad)


def unescape(label):
    """What Graphviz draws for a label."""
    return re.sub(r"\\(.)", lambda mark: "\n" if mark[1] == "n" else mark[1], label)


def check_dot(made_list):
    if not shutil.which("dot"):
        skip("dot: every text comes back as one node", "needs dot")
        return
    wrong = []
    for index, made in enumerate(made_list):
        if len(made["clean"]) > 2000:
            continue
        done = subprocess.run(["dot", "-Tjson0"], input=made["dot"], capture_output=True)
        try:
            objects = json.loads(done.stdout)["objects"]
        except (ValueError, KeyError):
            wrong.append((index, done.stderr))
            continue
        if len(objects) != 1 or unescape(objects[0]["label"]) != made["clean"].decode():
            wrong.append((index, objects))
    ok(not wrong, "dot: every text comes back as one node", wrong)


made_list = draw(PAYLOADS)

by_lines = {lines: Page(draw([b"\n".join([b"plain words"] * (lines + 1))])[0]["page_html"].decode()).tags
            for lines in {made["clean"].decode().count("\n") for made in made_list}}


def tags_of(made):
    """The elements of the page of a harmless text with as many lines."""
    lines = made["clean"].decode().count("\n")
    return by_lines[lines]


for index, (payload, made) in enumerate(zip(PAYLOADS, made_list)):
    name = f"{index} {ascii(payload[:24])}"
    check_html(name, made, tags_of(made))
    check_encoders(name, payload, made)
    check_markdown(name, made)
    check_terminal(name, made)
    check_picture(name, made)
    ok(json.loads(made["page_json"].decode())["version"] == 1, f"{name}: blocks as JSON")
check_dot(made_list)

first = made_list[0]["page_html"].decode()
ok('content="default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;"' in first, "a page forbids scripts and requests")
ok(not re.search(r"(?i)<(script|link|img|iframe|object|embed|form|base|a)\b|url\(|@import|https?://", first),
   "a page asks for nothing")
ok(all(made == again for made, again in zip(made_list, draw(PAYLOADS[:20]))),
   "the same texts give the same bytes")
print(f"1..{count}")
sys.exit(failed > 0)
