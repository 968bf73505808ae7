"""Disks that fill, take no writing, are slow and fail: small mounts, and errors put into a running program."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

# What SQLite and the files of documents ask of the disk, as strace names it.
SYNC = "fsync,fdatasync"
WRITE = "pwrite64"


def run(*command: str) -> str:
    """What a command says; throws with its own words when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise OSError(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


class Disk:
    """A file system of its own, in memory or in a file, that the program does not share with anybody."""

    def __init__(self, place: Path, megabytes: int, kept: Path | None = None) -> None:
        """In the file `kept` as ext4, with what a real disk does; else in memory."""
        self.place = place
        place.mkdir(parents=True, exist_ok=True)
        self._ballast = place / "ballast"
        self._what = ["-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs"]
        if kept is not None:
            with kept.open("wb") as file:
                file.truncate(megabytes * 1_000_000)
            run("mkfs.ext4", "-q", "-F", "-m", "0", str(kept))
            self._what = ["-o", "loop", str(kept)]
        self.mount()

    def mount(self) -> None:
        run("mount", *self._what, str(self.place))

    def unmount(self) -> None:
        run("umount", str(self.place))

    def flush(self) -> None:
        """Brings to the disk what was copied there: what the program itself did not write is no loss of it."""
        run("sync", "--file-system", str(self.place))

    def fill(self, room: int) -> None:
        """Takes all the room but so many bytes."""
        piece = b"\0" * 4096
        with contextlib.suppress(OSError), self._ballast.open("ab", buffering=0) as file:
            while True:
                free = os.statvfs(self.place)
                size = free.f_bavail * free.f_frsize - room
                # To the last byte: the others take and give room meanwhile.
                file.write(piece * max(1, size // len(piece)))
                if room > 0 and size <= len(piece):
                    return

    def make_room(self) -> None:
        self._ballast.unlink(missing_ok=True)

    def break_off(self) -> None:
        """Ends all writing at once, as the system itself does with a disk that fails."""
        run("mount", "-o", "remount,abort", str(self.place))

    def close(self) -> None:
        if os.path.ismount(self.place):
            run("umount", "--lazy", str(self.place))


@contextlib.contextmanager
def disk(place: Path, megabytes: int, kept: Path | None = None) -> Iterator[Disk]:
    """A disk of so many megabytes; the test is skipped where nothing may be mounted."""
    if os.getuid() != 0:
        pytest.skip("only root mounts a disk")
    try:
        made = Disk(place, megabytes, kept)
    except OSError as refused:
        pytest.skip(f"no disk can be mounted here: {refused}")
    try:
        yield made
    finally:
        made.close()


class Injection:
    """An error, or a delay, that a running process meets at each of some calls of the system until it is taken away."""

    def __init__(self, process: int, calls: str, what: str, log: Path) -> None:
        """`what` as strace takes it: `error=EIO`, `delay_enter=200000`, `error=EIO:when=3`."""
        self.log = log
        log.unlink(missing_ok=True)
        command = ["strace", "-f", "-p", str(process), "-o", str(log), "-e", f"trace={calls}"]
        self._strace = subprocess.Popen(
            [*command, "-e", f"inject={calls}:{what}"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
        )
        # It says of each thread that it has it; from the first word on there is no call that it misses for long.
        self.said = self._strace.stderr.readline()
        if "attached" not in self.said:
            self.end()
            raise OSError(self.said or "strace said nothing")

    @property
    def hits(self) -> int:
        """How many calls met it."""
        return len(re.findall(r"\((?:INJECTED|DELAYED)\)", self.log.read_text("utf8", "replace")))

    def end(self) -> None:
        if self._strace.poll() is None:
            self._strace.send_signal(signal.SIGINT)
        # It lets go of every thread first.
        self._strace.communicate(timeout=30)


@contextlib.contextmanager
def injected(process: int, calls: str, what: str, log: Path) -> Iterator[Injection]:
    made = Injection(process, calls, what, log)
    try:
        yield made
    finally:
        made.end()


def needs_injection() -> None:
    """Skips the test where errors cannot be put into a program: no strace, or no right to trace another process."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    sleeper = subprocess.Popen(["sleep", "30"])
    try:
        Injection(sleeper.pid, SYNC, "error=EIO", Path(f"/tmp/sentrum-strace-{sleeper.pid}")).end()
    except OSError as refused:
        pytest.skip(f"no process can be traced here: {refused}")
    finally:
        sleeper.kill()
        sleeper.wait()
        Path(f"/tmp/sentrum-strace-{sleeper.pid}").unlink(missing_ok=True)


def until(what: str, condition, patience: float = 60) -> None:
    """Waits until something is so."""
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {patience} s: {what}")
        time.sleep(0.02)
