#!/usr/bin/env python3
"""saving.py -- a file that is written is the old one or the new one, whole: killed, interrupted or short of room on the
way; links and modes stay what they were. Prints TAP. Needs the program (BUILDDIR).

A case waits until the program has written a megabyte, never for a time.
"""
import glob
import os
import resource
import signal
import subprocess
import sys
import tempfile

root = os.environ.get("SRCDIR", os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
program = os.path.join(os.environ.get("BUILDDIR", os.path.join(root, "build")), "alliance")
PARTNERS = 60000
OLD = "the old one\n" * 50
count = failed = 0


def ok(condition, what, details=""):
    global count, failed
    count += 1
    failed += not condition
    print(f"{'' if condition else 'not '}ok {count} - {what}")
    if not condition:
        print("# " + str(details)[:400].replace("\n", "\n# "))


def content(path):
    if not os.path.lexists(path):
        return None
    with open(path, encoding="utf-8") as file:
        return file.read()


def write(path, text, mode=0o644):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    os.chmod(path, mode)


def beside(place):
    """What stands beside a place while it is written."""
    folder, name = os.path.split(place)
    return glob.glob(os.path.join(glob.escape(folder), "." + glob.escape(name) + ".*"))


def written_by(process, folder):
    """How many bytes a process has written to a file of a folder that is not in its place yet."""
    most = 0
    for descriptor in glob.glob(f"/proc/{process}/fd/*"):
        try:
            name, size = os.readlink(descriptor), os.stat(descriptor).st_size
        except OSError:
            continue
        if name.startswith(folder + "/") and not name.endswith((".alliance", ".json")):
            most = max(most, size)
    return most


def has_nameless(folder):
    """Whether the file system has files without a name (O_TMPFILE)."""
    try:
        os.close(os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600))
        return True
    except OSError:
        return False


def stopped(number, place, *options):
    """Exports to a place, and sends a signal once a megabyte is written; the exit status, and whether it was in time."""
    process = subprocess.Popen([program, "export", "json", "--output", place, *options, large], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    is_caught = False
    while process.poll() is None and not is_caught:
        is_caught = written_by(process.pid, os.path.dirname(place)) > 1 << 20
    if is_caught:
        process.send_signal(number)
    status = process.wait()
    return status, is_caught and status != 0


with tempfile.TemporaryDirectory() as folder:
    large = os.path.join(folder, "large.alliance")
    write(large, "language en version 1\n" + "".join(
        f'partner p{i} "Partner number {i}" {{\n  type: association\n  brings {i} EUR "Gift of the year {i}"\n}}\n'
        for i in range(PARTNERS)))
    reference = os.path.join(folder, "reference.json")
    done = subprocess.run([program, "export", "json", "--output", reference, large], capture_output=True, text=True)
    ok(done.returncode == 0 and os.path.getsize(reference) > 5 << 20, "the export is several megabytes", done.stderr)
    whole = content(reference)

    # ---- Killed ---------------------------------------------------------------------------------
    for what, before, options in (("what was there", OLD, ["--force"]), ("nothing", None, [])):
        place = os.path.join(folder, f"killed-{len(options)}.json")
        in_time, left = 0, []
        for _ in range(40):
            if os.path.lexists(place):
                os.unlink(place)
            if before:
                write(place, before)
            status, was_in_time = stopped(signal.SIGKILL, place, *options)
            now = content(place)
            if now not in (before, whole):
                ok(False, f"killed half way, {what} is there", (status, len(now or "")))
                break
            in_time += was_in_time and now == before
            left += beside(place)
            if in_time == 5:
                break
        ok(in_time == 5, f"killed half way five times, {what} is there", in_time)
        # A file system that has no files without a name keeps what was begun.
        ok(left == [] or not has_nameless(folder), f"and nothing else, {what}", left)

    # ---- Interrupted, or ended ------------------------------------------------------------------
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        place = os.path.join(folder, f"{number.name}.json")
        for _ in range(40):
            write(place, OLD)
            status, was_in_time = stopped(number, place, "--force")
            if was_in_time:
                break
        ok(was_in_time and content(place) == OLD, f"{number.name}: what was there is there", (status, was_in_time))
        ok(beside(place) == [] or not has_nameless(folder), f"{number.name}: nothing is left beside it", beside(place))

    # ---- No room --------------------------------------------------------------------------------
    place = os.path.join(folder, "small.json")
    write(place, OLD)
    done = subprocess.run([program, "export", "json", "--output", place, "--force", large], capture_output=True, text=True,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 20, 1 << 20)))
    ok(done.returncode == 3 and "small.json" in done.stderr, "without room, the place and the reason are said",
       (done.returncode, done.stderr))
    ok(content(place) == OLD and beside(place) == [], "and what was there is there, alone", beside(place))

    # ---- Links and modes ------------------------------------------------------------------------
    target, link = os.path.join(folder, "target.json"), os.path.join(folder, "link.json")
    write(target, OLD, 0o640)
    os.symlink("target.json", link)
    done = subprocess.run([program, "export", "json", "--output", link, large], capture_output=True, text=True)
    ok(done.returncode != 0 and content(target) == OLD, "through a link, nothing is replaced unasked", done.stderr)
    done = subprocess.run([program, "export", "json", "--output", link, "--force", large], capture_output=True, text=True)
    ok(done.returncode == 0 and os.path.islink(link) and os.readlink(link) == "target.json", "the link stays a link",
       done.stderr)
    ok(content(target) == whole, "what it leads to is the new one")
    ok(os.stat(target).st_mode & 0o7777 == 0o640, "with the mode it had", oct(os.stat(target).st_mode))

    fresh = os.path.join(folder, "fresh.json")
    done = subprocess.run([program, "export", "json", "--output", fresh, large], capture_output=True, text=True,
                          preexec_fn=lambda: os.umask(0o027))
    ok(done.returncode == 0 and os.stat(fresh).st_mode & 0o7777 == 0o640, "a new file has the mode that others get",
       (done.stderr, oct(os.stat(fresh).st_mode)))

    dangling = os.path.join(folder, "dangling.json")
    os.symlink("nowhere/else.json", dangling)
    done = subprocess.run([program, "export", "json", "--output", dangling, large], capture_output=True, text=True)
    ok(done.returncode != 0 and os.path.islink(dangling), "a link that leads nowhere is not replaced unasked",
       (done.returncode, done.stderr))

    # The same for a file that is laid out again.
    source, other = os.path.join(folder, "source.alliance"), os.path.join(folder, "other.alliance")
    write(source, "language en version 1\npartner   p    {type:school}\n", 0o600)
    os.symlink("source.alliance", other)
    done = subprocess.run([program, "fmt", "--write", other], capture_output=True, text=True)
    ok(done.returncode == 0 and os.path.islink(other), "laid out through a link, the link stays", done.stderr)
    ok("type: school" in content(source) and os.stat(source).st_mode & 0o7777 == 0o600,
       "what it leads to is laid out, with its mode", (content(source), oct(os.stat(source).st_mode)))
    ok(beside(source) + beside(other) == [], "and nothing is left beside them")

print(f"1..{count}")
sys.exit(1 if failed else 0)
