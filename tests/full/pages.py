#!/usr/bin/env python3
"""pages.py -- the pages as a browser lays them out, on screens and on paper: facts, not pixels.

The examples are exported in both languages and opened in headless Chromium. A copy of each page, whose
policy was taken out and to which a script was added, says where things stand; the page itself runs
nothing. Prints TAP. Needs the program (BUILDDIR), chromium, pdfinfo and pdftotext.
"""
import base64
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unicodedata

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
browser = shutil.which("chromium") or shutil.which("chromium-browser")
folder = tempfile.mkdtemp(prefix="pages-")
count = failed = 0

POLICY = "<meta content=\"default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;\" " \
    "http-equiv=\"Content-Security-Policy\">"
BOXES = ["partners", "activities", "resources", "offers", "relations", "channels", "beneficiaries", "costs", "funding"]

# What the copy says of itself, in place of the page that holds it.
SCRIPT = """<script>addEventListener("load", () => {
  const rect = e => { const r = e.getBoundingClientRect();
    return [r.left, r.top, r.right, r.bottom].map(v => Math.round(v * 10) / 10) };
  const boxes = {};
  document.querySelectorAll(".box").forEach(b => boxes[b.id.slice(4)] =
    { rect: rect(b), spills: b.scrollWidth > b.clientWidth + 1 || b.scrollHeight > b.clientHeight + 1 });
  const wide = [...document.querySelectorAll("body *")].filter(e => !e.closest(".scroll") && !e.closest("svg")
    && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.tagName + "." + e.className);
  const cut = [...document.querySelectorAll("svg text")].filter(t => {
    const inner = t.getBoundingClientRect(), outer = t.ownerSVGElement.getBoundingClientRect();
    return inner.left < outer.left - 1 || inner.right > outer.right + 1 || inner.top < outer.top - 1
      || inner.bottom > outer.bottom + 1 }).map(t => t.textContent);
  const headings = [...document.querySelectorAll("h1, h2, h3")].map(h => h.textContent);
  const sliding = [...document.querySelectorAll(".scroll")].filter(e => e.scrollWidth > e.clientWidth + 1)
    .map(e => e.getAttribute("aria-label") || e.textContent.slice(0, 60));
  const tiny = [...document.querySelectorAll("svg text")].filter(t => t.getClientRects().length &&
    parseFloat(getComputedStyle(t).fontSize) * Math.hypot(t.getScreenCTM().a, t.getScreenCTM().b) < 9.95).map(t => t.textContent);
  const bare = [...document.querySelectorAll(".scroll")]
    .filter(e => !getComputedStyle(e).backgroundImage.includes("gradient")).length;
  const facts = { width: innerWidth, bare, cut, sliding, tiny, headings, boxes, wide,
    scroll: document.documentElement.scrollWidth, text: document.body.innerText, paper: getComputedStyle(document.body).backgroundColor };
  parent.document.body.textContent = "FACTS" + btoa(unescape(encodeURIComponent(JSON.stringify(facts)))) + "END";
})</script>"""


def ok(condition, what, details=""):
    global count, failed
    count += 1
    print(("" if condition else "not ") + f"ok {count} - {what}", flush=True)
    if not condition:
        failed += 1
        print("\n".join("# " + line for line in str(details).splitlines()[:12]))


def skip_all(why):
    print(f"ok 1 - the pages in a browser # SKIP {why}\n1..1")
    sys.exit(0)


def chromium(*arguments):
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
               "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--no-first-run",
               "--user-data-dir=" + os.path.join(folder, "profile"), *arguments]
    return subprocess.run(command, capture_output=True, timeout=120)


def export(what, source, language, *settings):
    path = os.path.join(folder, f"{what}-{os.path.basename(source)}-{language}{len(settings)}.html")
    done = subprocess.run([program, "export", what, "--lang", language, "--force", "-o", path, *settings, source],
                          capture_output=True, text=True)
    if done.returncode:
        print("Bail out! " + done.stderr)
        sys.exit(1)
    with open(path, encoding="utf-8") as file:
        return path, file.read()


def facts_of(page, width, *more):
    """What the copy of a page says, in a frame of that width: no window is as narrow as a telephone."""
    copy = os.path.join(folder, "copy.html")
    assert POLICY in page
    inner = html.escape(page.replace(POLICY, "").replace("</head>", SCRIPT + "</head>"))
    with open(copy, "w", encoding="utf-8") as file:
        file.write("<!DOCTYPE html><meta charset=utf-8><meta name=color-scheme content='light dark'><body>"
                   f"<iframe style='border:0;width:{width}px;height:1000px' srcdoc=\"{inner}\"></iframe>")
    out = chromium(f"--window-size={width},1000", "--dump-dom", *more, "file://" + copy).stdout.decode()
    found = re.search("FACTS([A-Za-z0-9+/=]+)END", out)
    facts = json.loads(base64.b64decode(found[1])) if found else None
    assert not facts or facts["width"] == width
    return facts


def fold(text):
    text = unicodedata.normalize("NFC", text.replace("\u00a0", " ").replace("\u00ad", ""))
    return re.sub(r"\s+", " ", text).lower()


def titles_of(source, kinds):
    """The titles that the file gives, read from its own export."""
    done = subprocess.run([program, "export", "json", source], capture_output=True, text=True)
    return [entity["title"] for entity in json.loads(done.stdout)["entities"]
            if entity["kind"] in kinds and entity.get("title")]


def overlap(a, b):
    return min(a[2], b[2]) - max(a[0], b[0]) > 1.5 and min(a[3], b[3]) - max(a[1], b[1]) > 1.5


def check_screen(name, page, titles, width, is_canvas):
    facts = facts_of(page, width)
    if not facts:
        ok(False, f"{name}, {width}: the page opens")
        return
    ok(facts["scroll"] <= facts["width"] and not facts["wide"], f"{name}, {width}: nothing is wider than the screen",
       f"{facts['scroll']} in {facts['width']}: {facts['wide']}")
    boxes = facts["boxes"]
    ok(sorted(boxes) == sorted(BOXES), f"{name}, {width}: nine boxes", sorted(boxes))
    ok(not any(box["spills"] for box in boxes.values()), f"{name}, {width}: every text stays in its box")
    crossed = [(a, b) for a in boxes for b in boxes if a < b and overlap(boxes[a]["rect"], boxes[b]["rect"])]
    ok(not crossed, f"{name}, {width}: no box covers another", crossed)
    lacking = [title for title in titles if fold(title) not in fold(facts["text"])]
    ok(not lacking, f"{name}, {width}: every title is on the page", lacking)
    if width >= 1400 and is_canvas:
        left = {box: boxes[box]["rect"][0] for box in boxes}
        top = {box: boxes[box]["rect"][1] for box in boxes}
        ok(left["partners"] < left["activities"] < left["offers"] < left["relations"] < left["beneficiaries"]
           and left["resources"] == left["activities"] and left["channels"] == left["relations"]
           and top["activities"] < top["resources"] < top["costs"] and top["costs"] == top["funding"],
           f"{name}, {width}: each box is in its place", boxes)


def check_analysis(name, path, page):
    """An analysis on a telephone, on a wide screen and on paper."""
    for width in (360, 1600):
        facts = facts_of(page, width)
        if not facts:
            ok(False, f"{name}, {width}: the page opens")
            continue
        ok(facts["scroll"] <= facts["width"] and not facts["wide"], f"{name}, {width}: nothing is wider than the screen",
           f"{facts['scroll']} in {facts['width']}: {facts['wide']}")
        ok(not facts["cut"], f"{name}, {width}: no label of a picture is cut", facts["cut"])
        ok(not facts["sliding"], f"{name}, {width}: every table is seen whole", facts["sliding"])
        ok(not facts["bare"], f"{name}, {width}: tables have their ground, and the shadows of what slides")
        ok(not facts["tiny"], f"{name}, {width}: the letters of pictures can be read", facts["tiny"])
    sizes, texts = pdf_of(path)
    ok(sizes and all(is_sheet(size, 595, 842) for size in sizes), f"{name}: on A4", sizes)
    printed = " ".join(texts)
    lacking = [heading for heading in facts["headings"] if words_on(printed, [heading])] if facts else ["?"]
    ok(not lacking, f"{name}: every part is printed", lacking)


def pdf_of(path):
    pdf = os.path.join(folder, "page.pdf")
    chromium("--no-pdf-header-footer", "--print-to-pdf=" + pdf, "file://" + path)
    info = subprocess.run(["pdfinfo", "-l", "99", pdf], capture_output=True, text=True).stdout
    sizes = [tuple(float(side) for side in size) for size in re.findall(r"size:\s+([\d.]+) x ([\d.]+) pts", info)]
    texts = [fold(subprocess.run(["pdftotext", "-f", str(n + 1), "-l", str(n + 1), "-layout", pdf, "-"],
                                 capture_output=True, text=True).stdout) for n in range(len(sizes))]
    return sizes, texts


def is_sheet(size, width, height):
    return abs(size[0] - width) < 2 and abs(size[1] - height) < 2


def words_on(text, titles):
    """Titles of which a word is on no page: lines may break anywhere."""
    return [title for title in titles if any(fold(word) not in text for word in re.split(r"[\s-]+", title))]


def contrast(a, b):
    def light(colour):
        parts = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
        parts = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    high, low = sorted((light(a), light(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def check_colours(page):
    palettes = re.findall(r":root\{[^}]*\}", page)
    for name, palette in (("light", palettes[0]), ("dark", palettes[1])):
        colour = dict(re.findall(r"--([a-z]+):(#[0-9a-f]{6})", palette))
        for ink in ("ink", "muted", "accent", "good", "warn", "bad", "info"):
            for ground in ("paper", "sheet", "wash"):
                ratio = contrast(colour[ink], colour[ground])
                ok(ratio >= 4.5, f"{name}: {ink} can be read on {ground}", f"{ratio:.2f}")


if not browser:
    skip_all("needs chromium")
if not shutil.which("pdfinfo"):
    skip_all("needs pdfinfo")

IN_CANVAS = {"partner", "offer", "beneficiary", "channel", "relation", "activity", "resource", "cost", "funding"}
IN_REPORT = IN_CANVAS | {"goal", "kpi", "milestone", "phase"}
for example in ("silver-geek", "agir-ensemble", "anti-gaspi", "tournee"):
    for language, ending in (("fr", ""), ("en", ".en")):
        source = os.path.join(root, "examples", example + ending + ".alliance")
        path, page = export("canvas", source, language)
        titles = titles_of(source, IN_CANVAS)
        for width in (360, 800, 1600):
            check_screen(f"{example} {language} canvas", page, titles, width, True)
        for paper, width, height in (("a4", 842, 595), ("a3", 1191, 842)):
            path, page = export("canvas", source, language, "-O", "paper=" + paper)
            sizes, texts = pdf_of(path)
            ok(len(sizes) == 1 and is_sheet(sizes[0], width, height), f"{example} {language} canvas: one page of {paper}",
               sizes)
            ok(not words_on(texts[0], titles), f"{example} {language} canvas: all of it is on the page of {paper}",
               words_on(texts[0], titles))
        path, page = export("report", source, language)
        titles = titles_of(source, IN_REPORT)
        for width in (360, 1600):
            check_screen(f"{example} {language} report", page, titles, width, False)
        sizes, texts = pdf_of(path)
        flat = [n for n, size in enumerate(sizes) if is_sheet(size, 842, 595)]
        ok(len(flat) == 1 and not words_on(texts[flat[0]], titles_of(source, IN_CANVAS)),
           f"{example} {language} report: the canvas has a sheet of its own", sizes)
        ok(all(is_sheet(size, 595, 842) for n, size in enumerate(sizes) if n not in flat),
           f"{example} {language} report: the rest is on A4", sizes)
        ok(not words_on(" ".join(texts), titles), f"{example} {language} report: every title is printed",
           words_on(" ".join(texts), titles))

ANALYSES = ("equity", "alignment", "dependence", "stakeholders", "calendar", "funding", "agenda")
for example in ("silver-geek", "anti-gaspi", "tournee"):
    for language, ending in (("fr", ""), ("en", ".en")):
        source = os.path.join(root, "examples", example + ending + ".alliance")
        for analysis in ANALYSES:
            path, page = export(analysis, source, language)
            check_analysis(f"{example} {language} {analysis}", path, page)

check_colours(page)
light, dark = facts_of(page, 1000), facts_of(page, 1000, "--blink-settings=preferredColorScheme=0")
ok(light and dark and light["paper"] != dark["paper"], "a page follows the reader's choice of light or dark")

# The policy holds: a script put into the page, policy and all, does not run.
hostile = os.path.join(folder, "hostile.html")
with open(hostile, "w", encoding="utf-8") as file:
    file.write(page.replace("</body>", "<script>document.title = 'it ran'</script><img src='x'></body>"))
dom = chromium("--dump-dom", "file://" + hostile).stdout.decode()
ok("<title>it ran</title>" not in dom and "</html>" in dom, "the page's policy stops a script")
ok(not re.search(r"(?i)<(script|link|img|iframe|object|embed|form|base|a)\b|url\(|@import|https?://", page),
   "a page asks for nothing")

shutil.rmtree(folder, ignore_errors=True)
print(f"1..{count}")
sys.exit(failed > 0)
