"""order.py -- what checks find is the same, in the same order, however many workers there are and whatever else is
looked at in the same run (TAP)."""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

ALLIANCE = os.environ.get("ALLIANCE") or "alliance"
HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = HERE.parents[1] / "examples"
# Busy for a while, and says so once.
BUSY = """
return {{
  api = 1, kind = "check", id = "busy-{0}",
  title = {{ en = "Busy", fr = "Busy" }}, about = {{ en = "A test", fr = "Un essai" }},
  messages = {{ seen = {{ en = "busy {0} was here", fr = "busy {0} est passé" }} }},
  run = function(ctx)
    local n = 0
    for i = 1, 3e7 do n = n + i % 3 end
    ctx:report {{ at = ctx.model.partners[1], say = "seen" }}
  end,
}}
"""
# Names each tie, which has no name of its own.
TIES = """
return {
  api = 1, kind = "check", id = "ties",
  title = { en = "Ties", fr = "Liens" }, about = { en = "A test", fr = "Un essai" },
  messages = { seen = { en = "seen {tie}", fr = "vu {tie}" } },
  visit = { link = function(ctx, link) ctx:report { at = link, say = "seen", tie = link } end },
}
"""
number = failed = 0


def ok(condition, what, details=None):
    global number, failed
    number += 1
    failed += not condition
    print(f"{'ok' if condition else 'not ok'} {number} - {what}")
    if not condition and details is not None:
        print("\n".join("# " + line for line in str(details)[:2000].split("\n")))


def command(*arguments):
    environment = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
    for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
        if name in os.environ:
            environment[name] = os.environ[name]
    return {"args": [ALLIANCE, *map(str, arguments)], "env": environment, "stdin": subprocess.DEVNULL,
            "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}


def check(*arguments):
    return subprocess.run(**command("check", "--today", "2026-06-30", "--profile", "strict", *arguments), timeout=240,
                          check=False).stdout


def findings(*arguments):
    return json.loads(check("--format", "json", *arguments))["diagnostics"]


def workers():
    """The same bytes in every format, whatever the number of workers."""
    files = [EXAMPLES / "tournee.en.alliance", EXAMPLES / "silver-geek.alliance", EXAMPLES / "colorama.alliance"]
    for form in ("text", "json", "sarif"):
        outs = {check("--format", form, "--jobs", jobs, *files) for jobs in (1, 2, 3, 8)}
        outs |= {check("--format", form, *files)}
        ok(len(outs) == 1 and len(outs.pop()) > 10000, f"{form}: one answer with 1, 2, 3 and 8 workers")
    rows = findings("--jobs", 3, *files)
    order = [str(path) for path in files]
    places = [(order.index(row["primary"]["file"]), row["primary"]["start"]["byte"]) for row in rows if "fingerprint" in row]
    ok(places == sorted(places), "findings stand in the order of the files, and of the places in them", places)
    ok(len({row["plugin"] for row in rows if "plugin" in row}) > 10, "many checks have something to say there")


def fingerprints():
    """A finding is known by what it says of whom, not by what stands around it."""
    with tempfile.TemporaryDirectory() as folder:
        first, second = pathlib.Path(folder) / "first.alliance", pathlib.Path(folder) / "second.alliance"
        ties = pathlib.Path(folder) / "ties.lua"
        ties.write_text(TIES)
        text = (EXAMPLES / "tournee.en.alliance").read_text() + "\nlink halte -> vigie\nlink halte -> vigie\n"
        first.write_text(text)
        second.write_text(text.replace("alliance tournée", "alliance other", 1))

        def prints(*files):
            return [(row["primary"]["file"], row["code"], row["fingerprint"]) for row in findings("--plugin", ties, *files)
                    if "fingerprint" in row]

        alone = prints(first) + prints(second)
        ok(len(alone) > 20 and len({row[2] for row in alone if row[1] == "ties/seen" and row[0] == str(first)}) >= 2,
           "there are findings, and two equal ties have two fingerprints", alone)
        ok(prints(first, second) == alone, "two alliances in one run: the fingerprints of each are those it has alone")
        ok(sorted(prints(second, first)) == sorted(alone), "in another order of the files, too")
        lines = text.split("\n")
        first.write_text("\n".join([lines[0], "", "# Moved.", ""] + lines[1:]))
        ok(prints(first) == alone[:len(alone) // 2], "lines that move change none")
        first.write_text(text + '\nlink halte -> garage "a tie of its own"\n')
        ok(set(alone[:len(alone) // 2]) - set(prints(first)) == set(), "what is added at the end changes none of the others")


def children(process):
    try:
        return pathlib.Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    except OSError:
        return []


def at_once():
    """--jobs is how many workers there are at once."""
    model = HERE / "hostile" / "model.alliance"
    with tempfile.TemporaryDirectory() as folder:
        options = []
        for i in range(4):
            path = pathlib.Path(folder) / f"busy-{i}.lua"
            path.write_text(BUSY.format(i))
            options += ["--plugin", path]
        for jobs in (1, 2, 4):
            only = [word for i in range(4) for word in ("--only", f"busy-{i}")]
            most = 0
            with tempfile.TemporaryFile() as out:
                how = command("check", "--format", "json", "--jobs", jobs, *only, *options, model)
                with subprocess.Popen(**{**how, "stdout": out}) as process:
                    while process.poll() is None:
                        most = max(most, len(children(process)))
                out.seek(0)
                seen = [row["message"] for row in json.load(out)["diagnostics"] if "plugin" in row]
            ok(seen == [f"busy {i} was here" for i in range(4)], f"--jobs {jobs}: all four have run, in order", seen)
            ok(most == jobs, f"--jobs {jobs}: as many at once", f"at most {most} were seen")


def main():
    workers()
    fingerprints()
    at_once()
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
