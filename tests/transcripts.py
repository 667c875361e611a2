#!/usr/bin/env python3
"""Sessions with the program, as text: what is typed, and what must come back.

transcripts/*.txt hold them; a line there is

    # a remark
    $ alliance ARGUMENTS        a command line, in a copy of transcripts/files
    @ ARGUMENTS                 a prompt in a terminal of 100 columns, opened with these arguments
    > LINE                      what is typed at that prompt; `>` alone is an empty line

and what follows each, two blanks in, is what it says on both outputs, then `= STATUS` when it is
not 0.
`--update` writes what the program says now into the files: read the difference before you keep it.
Names of files after it choose transcripts.
"""
import difflib
import glob
import os
import shlex
import shutil
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import prompt  # noqa: E402  the terminal

TODAY = ["--today", "2024-07-01"]


def environment(folder):
    kept = {name: os.environ[name] for name in ("PATH", "ALLIANCE_STDLIB", "ASAN_OPTIONS",
                                                "LD_LIBRARY_PATH") if name in os.environ}
    return dict(kept, HOME=folder, LC_ALL="C.UTF-8", XDG_STATE_HOME=folder + "/.state",
                XDG_DATA_HOME=folder + "/.data", TMPDIR=folder)


def indented(lines):
    return [("  " + line).rstrip() for line in lines]


def shell(folder, line):
    words = shlex.split(line)
    assert words[0] == "alliance", line
    redirect = None
    if len(words) > 2 and words[-2] == "<":
        redirect = words[-1]
        words = words[:-2]
    source = open(os.path.join(folder, redirect), "rb") if redirect else subprocess.DEVNULL
    ran = subprocess.run([prompt.PROGRAM, *TODAY, *words[1:]], cwd=folder, stdin=source,
                         stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60,
                         env=environment(folder), check=False)
    if redirect:
        source.close()
    said = ran.stdout.decode("utf-8", "backslashreplace").splitlines()
    return indented(said) + (["= %d" % ran.returncode] if ran.returncode else [])


class Session:
    """A prompt that is asked line after line."""

    def __init__(self, folder, arguments):
        self.terminal = prompt.Terminal(folder, [*TODAY, *shlex.split(arguments)])
        self.has_ended = False
        self.terminal.wait("> ")
        self.opening = self.clean(self.terminal.text())[:-1]

    @staticmethod
    def clean(text):
        return [line.rstrip() for line in text.split("\n")]

    def ask(self, line):
        since = len(self.terminal.text())
        self.terminal.send(line + "\r")
        if line in (":quit", ":quitter", "quit", "quitter", "exit"):
            status = self.terminal.end()
            self.has_ended = True
            return ["= %d" % status] if status else []
        while True:
            said = self.terminal.wait("> ", since)[since:]
            lines = self.clean(said)
            if lines[-1].endswith(">") and len(lines) > 1 and self.is_prompt(lines[-1]):
                return indented(lines[1:-1])
            self.terminal.read(0.2)

    @staticmethod
    def is_prompt(line):
        return line.startswith("alliance") or line.endswith("...>")

    def close(self):
        if self.has_ended:
            return
        self.terminal.send("\x03\x04")
        self.terminal.end()


def play(lines, folder):
    """The transcript as the program would have it."""
    played, session = [], None
    for line in lines:
        if line.startswith("#") or not line:
            played.append(line)
        elif line.startswith("$ "):
            played += [line, *shell(folder, line[2:])]
        elif line.startswith("@ "):
            if session:
                session.close()
            session = Session(folder, line[2:])
            played += [line, *indented(session.opening)]
        else:
            played += [line, *session.ask(line[2:])]
    if session:
        session.close()
    return played


def asked(text):
    """What is typed in a transcript, with its remarks; blank lines stand before remarks only."""
    kept = []
    for line in text.split("\n"):
        if line.startswith(("$ ", "@ ", "> ")) or line == ">":
            kept.append(line)
        elif line.startswith("# "):
            kept += ["", line] if kept else [line]
    return kept


def main(arguments):
    update = "--update" in arguments
    chosen = [argument for argument in arguments if argument != "--update"]
    paths = sorted(glob.glob(os.path.join(HERE, "transcripts", "*.txt")))
    failed = 0
    number = 0
    for path in paths:
        name = os.path.basename(path)
        if chosen and name not in [os.path.basename(choice) for choice in chosen]:
            continue
        number += 1
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with tempfile.TemporaryDirectory() as outer:
            folder = os.path.join(outer, "files")
            shutil.copytree(os.path.join(HERE, "transcripts", "files"), folder)
            played = "\n".join(play(asked(text), folder)).replace(folder, "FOLDER") + "\n"
        if update:
            with open(path, "w", encoding="utf-8") as file:
                file.write(played)
        if played == text or update:
            print("ok %d - %s" % (number, name))
            continue
        failed += 1
        print("not ok %d - %s" % (number, name))
        for line in difflib.unified_diff(text.split("\n"), played.split("\n"), "expected", "said",
                                         lineterm="", n=1):
            print("# " + line)
    print("1..%d" % number)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
