#!/usr/bin/env python3
"""The prompt in a real terminal: keys, Tab, history, Ctrl-C, paste, Ctrl-D, signals.

Each case starts the program under a pseudo terminal, types, and looks at what the screen was
sent.  Waiting is for text to appear, never for a time: a guard ends a case that hangs.
"""
import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time

PROGRAM = os.environ.get("ALLIANCE", os.path.join(os.getcwd(), "alliance"))
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
GUARD = 300         # seconds, for what would never end: no case is judged by its time

EXAMPLE = """language en version 1

alliance garden "Shared garden" {
  status: idea
}

partner macif "Fondation Macif" {
  type: foundation
  interest: ?
}

partner orange "Orange" {
  type: company
}

goal harvest "One harvest a year"

check every goal has kpis
  else "Measure each goal"
"""


class Terminal:
    """The program in a pseudo terminal of 100 columns."""

    def __init__(self, folder, arguments, state=None, lang=None, program=PROGRAM):
        self.seen = ""
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")     # a letter may come in two pieces
        environment = dict(os.environ, TERM="xterm", COLUMNS="100", LINES="30", HOME=folder,
                           XDG_STATE_HOME=state or os.path.join(folder, "state"),
                           LC_ALL=lang or "C.UTF-8")
        environment.pop("NO_COLOR", None)
        self.process, self.descriptor = pty.fork()
        if self.process == 0:
            os.chdir(folder)
            os.execve(program, [program, *arguments], environment)
        self.resize(100)

    def resize(self, columns):
        """Gives the window another width, which the program is told by a signal."""
        fcntl.ioctl(self.descriptor, termios.TIOCSWINSZ, struct.pack("HHHH", 30, columns, 0, 0))

    def is_sane(self):
        """Whether the terminal is as a shell wants it: whole lines, shown as they are typed."""
        local = termios.tcgetattr(self.descriptor)[3]
        return local & termios.ICANON and local & termios.ECHO

    def works(self):
        """Waits until the program has computed for a while since this was called."""
        def ticks():
            with open("/proc/%d/stat" % self.process, encoding="ascii") as file:
                return sum(map(int, file.read().rpartition(")")[2].split()[11:13]))
        end, start = time.monotonic() + GUARD, ticks()
        while ticks() < start + 10 and time.monotonic() < end:
            self.read(0.02)

    def read(self, seconds):
        ready, _, _ = select.select([self.descriptor], [], [], seconds)
        if not ready:
            return False
        try:
            data = os.read(self.descriptor, 65536)
        except OSError:
            return False
        self.seen += self.decoder.decode(data)
        return bool(data)

    def text(self):
        """What was sent, without the sequences that only move and colour."""
        return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\r|\x07", "", self.seen)

    def wait(self, wanted, since=0):
        end = time.monotonic() + GUARD
        while wanted not in self.text()[since:]:
            if not self.read(0.2) and time.monotonic() > end:
                raise AssertionError("waited for %r, saw %r" % (wanted, self.text()[-400:]))
        return self.text()

    def send(self, keys):
        os.write(self.descriptor, keys.encode())

    def ready(self):
        """Waits for a prompt: what is typed before it goes to the terminal, not to the editor."""
        end = time.monotonic() + GUARD
        while not self.text().endswith("> "):
            if not self.read(0.2) and time.monotonic() > end:
                raise AssertionError("no prompt, but %r" % self.text()[-400:])

    def leave(self):
        """Ctrl-D at the prompt."""
        self.ready()
        self.send("\x04")

    def ask(self, keys, wanted):
        """Types keys, and waits for what follows them."""
        since = len(self.text())
        self.send(keys)
        return self.wait(wanted, since)[since:]

    def end(self):
        """The exit status; None when the program did not leave."""
        limit = time.monotonic() + GUARD
        while time.monotonic() < limit:
            pid, status = os.waitpid(self.process, os.WNOHANG)
            if pid:
                return os.waitstatus_to_exitcode(status)
            self.read(0.05)
        os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        return None


PROMPT = "alliance (garden)> "


def start(folder, *more, **options):
    with open(os.path.join(folder, "garden.alliance"), "w", encoding="utf-8") as file:
        file.write(EXAMPLE)
    terminal = Terminal(folder, ["garden.alliance", *more], **options)
    terminal.wait(PROMPT)
    return terminal


def overview_then_prompt(folder):
    terminal = start(folder)
    text = terminal.text()
    assert "Shared garden" in text and "Measure each goal" in text, text
    terminal.leave()
    assert terminal.end() == 0


def query_is_answered(folder):
    terminal = start(folder)
    text = terminal.ask("partners where type = company\r", "(1 row)")
    assert "Orange" in text and "Fondation Macif" not in text, text
    terminal.send(":quit\r")
    assert terminal.end() == 0


def tab_completes_a_command(folder):
    terminal = start(folder)
    terminal.ask(":rel\t", ":reload ")
    terminal.ask("\r", "garden.alliance is loaded")
    terminal.leave()
    assert terminal.end() == 0


def tab_completes_a_name(folder):
    terminal = start(folder)
    terminal.ask(":show oran\t", ":show orange ")
    terminal.ask("\r", "type: company")
    terminal.leave()
    assert terminal.end() == 0


def tab_completes_properties_not_given(folder):
    terminal = start(folder)
    terminal.ask("partner new {\r", "...> ")
    terminal.ask("  expert\t", "expertise: ")
    terminal.ask("?\r", "...> ")
    terminal.ready()
    since = len(terminal.text())
    terminal.send("  expert\t\t x\x03")
    terminal.wait(PROMPT, since)
    assert "expertise" not in terminal.text()[since:], terminal.text()[since:]
    terminal.leave()
    assert terminal.end() == 0


def tab_fits_what_it_proposes_into_the_window(folder):
    terminal = start(folder)
    terminal.resize(70)
    lines = terminal.ask("partners where c\t\t", "  count").split("\n")
    assert any("…" in line for line in lines) and max(map(len, lines)) <= 70, lines
    terminal.ask("\x03", PROMPT)
    terminal.leave()
    assert terminal.end() == 0


def tab_completes_listed_words(folder):
    terminal = start(folder)
    terminal.ask("partner new { type: found\t", "foundation")
    terminal.ask("\x03", PROMPT)
    terminal.leave()
    assert terminal.end() == 0


def interrupt_drops_the_line(folder):
    terminal = start(folder)
    terminal.send("partners | nonsense")
    terminal.ask("\x03", PROMPT)
    text = terminal.ask("partners | count\r", PROMPT)
    assert "\n2\n" in text, text
    terminal.leave()
    assert terminal.end() == 0


def interrupt_on_an_empty_line_hints_once(folder):
    terminal = start(folder)
    terminal.ask("\x03", "Ctrl-D")
    since = len(terminal.text())
    terminal.ask("\x03", PROMPT)
    assert "Ctrl-D" not in terminal.text()[since:]
    terminal.leave()
    assert terminal.end() == 0


def unfinished_input_goes_on(folder):
    terminal = start(folder)
    terminal.ask("partners\r", "(2 rows)")
    terminal.ask("partners where\r", "...> ")
    terminal.ask("type = foundation\r", "Fondation Macif")
    terminal.leave()
    assert terminal.end() == 0


def empty_line_drops_unfinished_input(folder):
    terminal = start(folder)
    terminal.ask("partner x {\r", "...> ")
    terminal.ask("\r", PROMPT)
    terminal.leave()
    assert terminal.end() == 0


def end_of_file_in_a_block_drops_it(folder):
    terminal = start(folder)
    terminal.ask("partner x {\r", "...> ")
    terminal.ask("\x04", PROMPT)
    terminal.leave()
    assert terminal.end() == 0


def pasted_lines_arrive_whole(folder):
    terminal = start(folder)
    text = terminal.ask("\x1b[200~partners\n  where type = foundation\n  | show title\x1b[201~\r",
                        "(1 row)")
    assert "Fondation Macif" in text, text
    terminal.leave()
    assert terminal.end() == 0


def history_comes_back(folder):
    terminal = start(folder)
    terminal.ask("goals | count\r", PROMPT)
    terminal.leave()
    assert terminal.end() == 0
    again = start(folder)
    again.ask("\x1b[A", "goals | count")
    text = again.ask("\r", PROMPT)
    assert "\n1\n" in text, text
    again.leave()
    assert again.end() == 0
    path = os.path.join(folder, "state", "alliance-lang", "history")
    assert os.stat(path).st_mode & 0o777 == 0o600


def history_search_finds(folder):
    terminal = start(folder)
    terminal.ask("goals | count\r", PROMPT)
    terminal.ask("partners | count\r", PROMPT)
    terminal.ask("\x12goal", "goals | count")
    terminal.ask("\r", "\n1\n")
    terminal.leave()
    assert terminal.end() == 0


def a_line_with_a_blank_is_not_kept(folder):
    terminal = start(folder)
    terminal.ask(" goals | count\r", PROMPT)
    terminal.ask(":quit\r", "")
    assert terminal.end() == 0
    with open(os.path.join(folder, "state", "alliance-lang", "history"), encoding="utf-8") as file:
        assert "goals" not in file.read()


def wrong_command_names_the_nearest(folder):
    terminal = start(folder)
    terminal.ask(":relaod\r", ":reload")
    terminal.leave()
    assert terminal.end() == 0


def language_can_be_changed(folder):
    terminal = start(folder)
    terminal.ask(":lang fr\r", "Langue : fr")
    terminal.ask("partenaires | nombre\r", "\n2\n")
    terminal.ask(":aide partenaire\r", "Propri")
    terminal.ask("quitter\r", "")
    assert terminal.end() == 0


def check_then_why(folder):
    terminal = start(folder)
    terminal.ask(":check\r", "1 file")
    terminal.ask(":why 1\r", "garden.alliance:")
    terminal.leave()
    assert terminal.end() == 0


def the_hint_is_of_what_says_more(folder):
    """A check that does not hold comes first, and has neither a why nor a next step."""
    for language, text, hint in (
            ("en", 'language en version 1\nalliance a "A"\npartner macif { brings 2 h "Time" }\ncheck count(partners) >= 2\n',
             "`:why 2` says why point 2 matters"),
            ("fr", 'langue fr version 1\nalliance a "A"\npartenaire macif { apporte 2 h "Temps" }\nvérifier nombre(partenaires) >= 2\n',
             "`:pourquoi 2` dit pourquoi le point 2 compte")):
        with open(os.path.join(folder, "garden.alliance"), "w", encoding="utf-8") as file:
            file.write(text)
        terminal = Terminal(folder, ["--lang", language, "garden.alliance"])
        terminal.wait(PROMPT)
        terminal.ask(":check\r", hint)
        terminal.leave()
        assert terminal.end() == 0


def a_plugin_that_was_changed_is_read_again(folder):
    plugin = """return { api = 1, kind = "check", id = "mine", category = "partners", severity = "note",
      title = { en = "Mine", fr = "Mien" }, about = { en = "a", fr = "a" }, source = { en = "s", fr = "s" },
      messages = { m = { en = "It said %s.", fr = "f" } },
      visit = { partner = function(ctx, partner) ctx:report { at = partner, say = "m" } end } }"""

    def write(text):
        with open(os.path.join(folder, "mine.lua"), "w", encoding="utf-8") as file:
            file.write(text)
    write(plugin % "the old")
    terminal = start(folder, "--plugin", "mine.lua")
    terminal.ask(":check mine\r", "It said the old.")
    terminal.ready()
    write(plugin % "something new")
    terminal.ask(":why 1\r", "It said the old.")       # the last check is still what it is about
    terminal.ready()
    text = terminal.ask(":check mine\r", "2 notes")
    assert "It said something new." in text and "the old" not in text, text
    terminal.ready()
    write("return {")
    terminal.ask(":check mine\r", "could not be loaded")
    terminal.ready()
    write(plugin % "all is mended")
    terminal.ask(":check mine\r", "It said all is mended.")
    terminal.leave()
    assert terminal.end() == 0


def what_is_loaded_stays_when_a_load_fails(folder):
    """With its texts: names and titles are read from them after the failure."""
    terminal = start(folder)
    for attempt in (":load nowhere.alliance", ":reload"):
        if attempt == ":reload":
            os.remove(os.path.join(folder, "garden.alliance"))
        terminal.ready()
        terminal.ask(attempt + "\r", "there is no such file")
        terminal.ready()
        text = terminal.ask(":show macif\r", "Findings and questions")
        assert "partner macif  Fondation Macif  garden.alliance:7" in text, text
        terminal.ready()
        text = terminal.ask(":check\r", "1 file")
        assert "Measure each goal" in text and "what Fondation Macif brings" in text, text
    terminal.leave()
    assert terminal.end() == 0


def todo_lists_the_unknown(folder):
    terminal = start(folder)
    terminal.ask(":todo\r", "interest")
    terminal.leave()
    assert terminal.end() == 0


def termination_leaves_the_terminal_sane(folder):
    for number in (signal.SIGTERM, signal.SIGHUP):
        terminal = start(folder)
        terminal.send("partners wh")
        terminal.wait("partners wh")
        os.kill(terminal.process, number)
        assert terminal.end() == 0
        assert terminal.is_sane(), number


def leaving_leaves_the_terminal_sane(folder):
    terminal = start(folder)
    terminal.leave()
    assert terminal.end() == 0
    assert terminal.is_sane()


def keys_edit_the_line(folder):
    """Start and end of the line, arrows, backspace, deleting to either end, back from the kill ring."""
    terminal = start(folder)
    for keys in ("artners | count\x01p", "ount\x01partners | c", "partners | cunt\x1b[D\x1b[D\x1b[Do",
                 "partners | countx\x7f", "partners | count lost\x1b[D\x1b[D\x1b[D\x1b[D\x1b[D\x0b",
                 "lost\x15partners | count", "count\x15partners | \x19", "partners | couXnt\x1b[D\x1b[D\x7f",
                 "ners | count\x1b[Hpart", "partners | nt\x02\x02cou\x05", "goals\x1b\x7fpartners | count"):
        text = terminal.ask(keys + "\r", PROMPT)
        assert "\n2\n" in text, (keys, text)
        terminal.ready()
    terminal.leave()
    assert terminal.end() == 0


def end_of_file_in_a_line_deletes(folder):
    """Ctrl-D leaves on an empty line only; elsewhere it deletes the character under the cursor."""
    terminal = start(folder)
    text = terminal.ask("xpartners | count\x01\x04\r", PROMPT)
    assert "\n2\n" in text, text
    terminal.leave()
    assert terminal.end() == 0


def interrupt_stops_an_evaluation(folder):
    with open(os.path.join(folder, "garden.alliance"), "w", encoding="utf-8") as file:
        file.write('language en version 1\nalliance garden "Shared garden"\n')
        file.writelines("partner p%d\n" % number for number in range(2000))
    terminal = Terminal(folder, ["garden.alliance"])
    terminal.wait(PROMPT)
    terminal.ready()
    endless = "count(partners where count(partners where count(partners where name != title) = 1) = 1)"
    since = len(terminal.text())
    terminal.send(endless + "\r")
    terminal.works()
    terminal.send("\x03")
    text = terminal.wait("Stopped", since)[since:]
    assert "\n0\n" not in text, text
    terminal.ready()
    text = terminal.ask("partners | count\r", PROMPT)
    assert "\n2 000\n" in text.replace("\u202f", " ").replace("\xa0", " "), text
    terminal.leave()
    assert terminal.end() == 0


def a_window_of_another_width_is_used(folder):
    """What is shown next keeps to the new width, at the prompt and while a line is being typed."""
    terminal = start(folder)
    for columns in (50, 80):
        terminal.send("partners")
        terminal.wait("partners")
        terminal.resize(columns)
        terminal.send("\x15")
        text = terminal.ask(":help partner\r", "For queries")
        text = text[text.index("Properties"):]
        longest = max(len(line) for line in text.splitlines())
        assert columns - 15 <= longest <= columns, (columns, longest, text)
        terminal.ready()
    terminal.leave()
    assert terminal.end() == 0


def pasted_statements_are_all_run(folder):
    terminal = start(folder)
    terminal.send("\x1b[200~partners | count\ngoals | count\n\npartners\n  where type = company\n  | show title\n"
                  "\x1b[201~\r")
    text = terminal.wait("(1 row)")
    assert "\n2\n" in text and "\n1\n" in text and "\nOrange" in text, text
    terminal.leave()
    assert terminal.end() == 0


def no_colour_when_it_is_refused(folder):
    terminal = start(folder, "--color", "never")
    assert "\x1b[1;3" not in terminal.seen, terminal.seen
    terminal.leave()
    assert terminal.end() == 0


def french_session_speaks_french(folder):
    with open(os.path.join(folder, "jardin.alliance"), "w", encoding="utf-8") as file:
        file.write('langue fr version 1\n\nalliance jardin "Jardin partagé"\n')
    terminal = Terminal(folder, ["jardin.alliance"])
    terminal.wait("alliance (jardin)> ")
    terminal.ask(":li\t", ":lister ")
    terminal.ask("\x03", "alliance (jardin)> ")
    terminal.ask("aide\r", "Commandes")
    terminal.leave()
    assert terminal.end() == 0


def without_a_terminal_statements_are_read(folder):
    start(folder).leave()
    result = subprocess.run([PROGRAM, "-e", "partners | count", "garden.alliance"], cwd=folder,
                            capture_output=True, text=True, timeout=GUARD, check=False)
    assert result.stdout == "2\n", result
    result = subprocess.run([PROGRAM], cwd=folder, input=":load garden.alliance\ngoals | count\n",
                            capture_output=True, text=True, timeout=GUARD, check=False)
    assert result.stdout == "1\n" and result.returncode == 0, result


def lines_are_read_plainly_where_the_library_is_not_installed(folder):
    bare = os.path.join(folder, "bare")
    with open(PROGRAM, "rb") as file:
        content = file.read()
    assert b"libreadline.so" in content
    with open(bare, "wb") as file:
        file.write(content.replace(b"libreadline.so", b"libnowhere_.so"))
    os.chmod(bare, 0o700)
    result = subprocess.run([bare, "version", "--verbose"], capture_output=True, text=True,
                            timeout=GUARD, check=False)
    assert "readline no" in result.stdout, result
    sentence = "GNU readline was not found"
    terminal = start(folder, program=bare)
    assert terminal.text().count(sentence) == 1, terminal.text()
    terminal.ask("partners | count\n", "\n2\n")
    terminal.send(":quit\n")
    assert terminal.end() == 0
    terminal = start(folder, "--quiet", program=bare)
    assert sentence not in terminal.text(), terminal.text()
    terminal.send("\x04")
    assert terminal.end() == 0
    terminal = start(folder)
    assert sentence not in terminal.text(), terminal.text()
    terminal.leave()
    assert terminal.end() == 0


CASES = [value for name, value in list(globals().items())
         if callable(value) and getattr(value, "__code__", None)
         and value.__code__.co_varnames[:1] == ("folder",) and value.__code__.co_argcount == 1]


def has_readline():
    result = subprocess.run([PROGRAM, "version", "--verbose"], capture_output=True, text=True,
                            check=False)
    return "readline yes" in result.stdout


def main():
    if not has_readline():
        print("1..0 # SKIP needs a program built with readline")
        return 0
    print("1..%d" % len(CASES))
    failed = 0
    for number, case in enumerate(CASES, 1):
        name = case.__name__.replace("_", " ")
        with tempfile.TemporaryDirectory() as folder:
            try:
                case(folder)
                print("ok %d - %s" % (number, name))
            except (AssertionError, OSError, subprocess.SubprocessError) as problem:
                failed += 1
                print("not ok %d - %s" % (number, name))
                for line in str(problem).splitlines()[:20]:
                    print("# " + line)
        sys.stdout.flush()
    return failed > 0


if __name__ == "__main__":
    sys.exit(main())
