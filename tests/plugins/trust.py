"""trust.py -- a folder with plugins that mean harm, opened in every way (TAP).

The plugin of the folder, if it ever runs or only shows its table, says CANARY.  Until
`alliance trust` was answered with yes at a terminal, that word must never appear, and `check`
must say that something was not checked.
"""
import json
import os
import pathlib
import pty
import select
import signal
import subprocess
import sys
import tempfile
import time

ALLIANCE = os.environ.get("ALLIANCE") or "alliance"
PLUGIN = """
local canary = "CANARY"
return { api = 1, kind = "%s", id = "%s", title = { en = canary, fr = canary }, about = { en = canary, fr = canary },
  %s }
"""
CHECK = """messages = { seen = { en = "CANARY", fr = "CANARY" } },
  run = function(ctx) ctx:report { at = ctx.alliance, say = "seen" } end"""
VIEW = 'build = function() return { { block = "paragraph", text = "CANARY" } } end'
EXPORT = 'run = function(_, out) out:write("CANARY") end'
FILES = {
    "alliance.conf": "language en version 1\n",
    "trap.alliance": 'language en version 1\n\nalliance trap "Trap"\n\npartner macif "Macif"\n',
    "plugins/trap.lua": PLUGIN % ("check", "trap", CHECK),
    "plugins/equity.lua": PLUGIN % ("check", "equity", CHECK),
    "plugins/canvas.lua": PLUGIN % ("view", "canvas", VIEW),
    "plugins/json.lua": PLUGIN % ("export", "json", EXPORT),
    "plugins/pack/plugin.lua": PLUGIN % ("check", "pack/trap", CHECK),
    "plugins/trusted": "everything\n",
}
COMMANDS = (["check", "F"], ["check", "--format", "json", "F"], ["check", "--format", "sarif", "F"], ["check", "."],
            ["F"], ["query", "F", "partners"], ["show", "macif", "F"], ["export", "json", "F"], ["export", "canvas", "F"],
            ["view", "canvas", "F"], ["canvas", "F"], ["fmt", "F"], ["list", "plugins", "F"], ["list", "plugins"],
            ["list", "checks"], ["list", "formats"], ["explain", "trap"], ["explain", "equity"], ["explain", "canvas"],
            ["api"], ["api", "trap"], ["plugin", "test"], ["complete", "check tr"], ["version"], ["help"], ["todo", "F"],
            ["trust"], ["trust", "."])
number = failed = 0


def ok(condition, what, details=None):
    global number, failed
    number += 1
    failed += not condition
    print(f"{'ok' if condition else 'not ok'} {number} - {what}")
    if not condition and details is not None:
        print("\n".join("# " + line for line in str(details).split("\n")))


class Place:
    """A project and a home of its own."""

    def __enter__(self):
        self.keeper = tempfile.TemporaryDirectory()
        root = pathlib.Path(self.keeper.name)
        self.home, self.project = root / "home", root / "project"
        self.home.mkdir()
        for name, text in FILES.items():
            path = self.project / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        self.environment = {"PATH": os.environ["PATH"], "HOME": str(self.home), "LC_ALL": "C.UTF-8", "TERM": "dumb",
                            "ALLIANCE_PLUGIN_PATH": "plugins", "LUA_PATH": "plugins/?.lua", "LUA_INIT": "print('CANARY')"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.environment[name] = os.environ[name]
        return self

    def __exit__(self, *_):
        self.keeper.cleanup()

    def run(self, *arguments):
        words = ["trap.alliance" if word == "F" else word for word in arguments]
        return subprocess.run([ALLIANCE, *words], cwd=self.project, env=self.environment, capture_output=True,
                              stdin=subprocess.DEVNULL, timeout=120, check=False)

    def store(self):
        path = self.home / ".local/state/alliance-lang/trusted"
        return path.read_bytes() if path.exists() else None

    def trust(self, answer):
        """`alliance trust` at a terminal; the answer is typed when the question stands there."""
        process, terminal = pty.fork()
        if process == 0:
            os.chdir(self.project)
            os.execve(ALLIANCE, [ALLIANCE, "trust", "--lang", "en"], self.environment)
        shown, is_answered, deadline = b"", False, time.monotonic() + 60
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 0.2)[0]:
                if shown.rstrip().endswith((b"]", b"?", b")")) and not is_answered:
                    os.write(terminal, answer)
                    is_answered = True
                continue
            try:
                piece = os.read(terminal, 4096)
            except OSError:
                break
            if not piece:
                break
            shown += piece
        os.close(terminal)
        if time.monotonic() >= deadline:
            os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        return os.waitstatus_to_exitcode(status), shown


def never_runs():
    with Place() as place:
        for command in COMMANDS:
            done = place.run(*command)
            ok(b"CANARY" not in done.stdout + done.stderr and done.returncode >= 0, "nothing of it runs: " + " ".join(command),
               (done.returncode, done.stdout[-500:], done.stderr[-500:]))
        done = place.run("check", "--format", "json", "F")
        answer = json.loads(done.stdout)
        rows = sorted((row["plugin"], row["outcome"]) for row in answer["not_checked"])
        ok([row for row in rows if row[1] == "untrusted"] == [(name, "untrusted") for name in
                                                            ("canvas", "equity", "json", "pack", "trap")],
           "each file is named as not checked", rows)
        ok(done.returncode == 4, "the status says so", done.returncode)
        codes = [row["code"] for row in answer["diagnostics"]]
        ok(any(code.startswith("equity/") for code in codes), "a stranger's equity does not switch off the one that ships", codes)
        text = place.run("check", "F")
        ok(b"alliance trust" in text.stdout + text.stderr, "the command that would trust them is said", text.stdout)
        ok(place.store() is None, "nothing was recorded")


def answers():
    for answer, what in ((b"n\n", "no"), (b"\n", "an empty line"), (b"\x04", "the end of input"), (b"\x03", "Ctrl-C"),
                         (b"maybe yes\n", "something else")):
        with Place() as place:
            status, shown = place.trust(answer)
            ok(status != 0 and place.store() is None, f"answered with {what}: nothing is recorded", (status, shown))
            ok(b"CANARY" not in place.run("check", "F").stdout, f"answered with {what}: nothing runs")
    with Place() as place:
        status, shown = place.trust(b"y\n")
        ok(status == 0 and place.store(), "answered with yes: it is recorded", (status, shown))
        ok(all(name.encode() in shown for name in ("trap.lua", "pack/plugin.lua", "trusted")), "each file was shown", shown)
        ok(b"CANARY" in place.run("check", "F").stdout, "then it runs")
        (place.project / "plugins/more.lua").write_text("return 1\n")
        done = place.run("check", "F")
        ok(b"CANARY" not in done.stdout and done.returncode == 4, "a file more, and it runs no more", done.stdout)


def said_for_once():
    with Place() as place:
        done = place.run("check", "--trust-project", "F")
        ok(b"CANARY" in done.stdout, "--trust-project runs it", done.stderr)
        ok(place.store() is None and b"CANARY" not in place.run("check", "F").stdout, "and records nothing")


def main():
    for part in (never_runs, answers, said_for_once):
        part()
    print(f"1..{number}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
