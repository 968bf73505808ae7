"""The disk under the program fills, takes no writing, is slow, or does not say that what was written is on it.

Whatever was acknowledged is there, what was not is told with 503 and given back to who typed it, reading goes on where
it needs no writing, and the program goes on by itself once the disk does. `SEED=1 ROUNDS=20 make torture` repeats it.
"""

from __future__ import annotations

import subprocess
import time
from pathlib import Path

import pytest
from harness.program import BINARY, ROOT, serve_command
from torture.disk import SYNC, WRITE, disk, injected, needs_injection, until
from torture.settings import ROUNDS, SHORT, chance, only_long
from torture.trouble import siege
from torture.world import folder_world, told


def test_a_full_disk_loses_nothing_and_is_over_when_there_is_room(tmp_path: Path):
    with (
        disk(tmp_path / "disk", 160) as small,
        folder_world(small.place / "data") as world,
        siege("full", world) as work,
    ):
        for turn in range(1, ROUNDS + 1):
            dice = chance("full", turn)
            work.goes_on(dice.randrange(4, 10))
            small.fill(dice.choice([0, 10_000, 300_000]))
            given_back = work.form_is_given_back("disk.full")
            work.read_on()
            time.sleep(dice.random())
            if dice.random() < 0.3:
                # Also for who is killed while it is full.
                world.node.kill()
                small.make_room()
                world.node.start()
                work.visitor.leave()
            small.make_room()
            work.is_sent_again(given_back)
            work.goes_on()
            work.settle()
        told("disk, full", {**work.end(), "rounds": ROUNDS})
        assert work.codes["disk.full"] > 0


# What is put into the running program: calls of the system, what they meet, and the codes that people may see.
FAULTS = {
    # Whether a start after a crash would find it in the log is not known, until the log was emptied.
    "failing fsync": (SYNC, "error=EIO", ("disk.failed", "store.uncertain")),
    "fsync on a full disk": (SYNC, "error=ENOSPC", ("disk.failed", "store.uncertain")),
    "failing write": (WRITE, "error=EIO", ("disk.failed",)),
    "no room": (WRITE, "error=ENOSPC", ("disk.full",)),
    "no writing": (f"{WRITE},ftruncate", "error=EROFS", ("disk.failed",)),
}


@pytest.mark.parametrize("kind", ["failing fsync"] if SHORT else list(FAULTS))
def test_a_failing_disk_is_never_taken_for_a_good_one(kind: str, tmp_path: Path):
    needs_injection()
    calls, what, codes = FAULTS[kind]
    with folder_world(tmp_path / "data") as world, siege(kind, world) as work:
        hits = 0
        for turn in range(1, ROUNDS + 1):
            dice = chance(kind, turn)
            work.goes_on(dice.randrange(3, 8))
            # Everything from now on; or one call alone, somewhere in the midst of the work.
            if turn % 3 != 2:
                with injected(world.node.process.pid, calls, what, tmp_path / "strace") as fault:
                    until("the fault was met", lambda fault=fault: fault.hits > 0)
                    # What was under way when it began may still come through.
                    time.sleep(0.3)
                    before = work.load.ledger.acts
                    work.form_is_given_back(*codes, patience=30)
                    work.read_on()
                    time.sleep(dice.random())
                    assert work.load.ledger.acts == before, work.say("acknowledged what is not on the disk")
                    if dice.random() < 0.3:
                        world.node.kill()
                    hits += fault.hits
                if not world.node.is_up:
                    world.node.start()
            else:
                when = f"{what}:when={dice.randrange(1, 12)}"
                with injected(world.node.process.pid, calls, when, tmp_path / "strace") as fault:
                    until("the fault was met", lambda fault=fault: fault.hits > 0)
                    hits += fault.hits
            work.goes_on()
            work.settle()
        told(f"disk, {kind}", {**work.end(), "rounds": ROUNDS, "hits": hits})


@only_long
def test_a_slow_disk_keeps_writers_waiting_and_readers_not(tmp_path: Path):
    needs_injection()
    with folder_world(tmp_path / "data") as world, siege("slow", world) as work:
        for turn in range(1, ROUNDS + 1):
            dice = chance("slow", turn)
            delay = dice.choice([50_000, 300_000, 1_000_000])
            with injected(world.node.process.pid, SYNC, f"delay_enter={delay}", tmp_path / "strace") as slow:
                work.goes_on(dice.randrange(3, 6))
                work.read_on()
                assert slow.hits > 0
            work.settle()
        told("disk, slow", {**work.end(), "rounds": ROUNDS})
        assert work.codes.total() == 0, "who waits is not refused"


@only_long
def test_a_disk_that_the_system_closes_is_told_and_after_a_new_start_all_is_there(tmp_path: Path):
    with (
        disk(tmp_path / "disk", 160, tmp_path / "disk.img") as real,
        folder_world(real.place / "data") as world,
        siege("closed", world) as work,
    ):
        real.flush()
        for turn in range(1, min(ROUNDS, 5) + 1):
            dice = chance("closed", turn)
            work.goes_on(dice.randrange(4, 10))
            real.break_off()
            work.form_is_given_back("disk.failed", "disk.read-only")
            work.read_on()
            # A file system that was closed is opened anew by whoever keeps the machine; the program ends first.
            work.load.pause()
            work.judge()
            world.node.end()
            real.unmount()
            real.mount()
            world.node.start()
            work.load.go()
            work.goes_on()
            work.settle()
        told("disk, closed by the system", work.end())


def test_a_program_that_is_started_on_a_disk_that_takes_no_writing_says_so(tmp_path: Path):
    with disk(tmp_path / "disk", 160) as small, folder_world(small.place / "data") as world:
        subprocess.run(["mount", "-o", "remount,ro", str(small.place)], check=True)
        start = subprocess.run(
            serve_command(world.folder, world.node.port), cwd=ROOT, capture_output=True, text=True, timeout=60
        )
        assert start.returncode == 70
        assert "disk.read-only" in start.stderr, start.stderr
        subprocess.run(["mount", "-o", "remount,rw", str(small.place)], check=True)
        small.fill(0)
        start = subprocess.Popen(
            serve_command(world.folder, world.node.port),
            cwd=ROOT,
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        # It starts, or says why it does not.
        until("it starts or ends", lambda: start.poll() is not None or answers(world.node.port), 60)
        if start.poll() is not None:
            assert start.returncode == 70
            assert "disk.full" in start.stderr.read()
        else:
            start.terminate()
            assert start.wait(30) == 0
        start.stderr.close()
        small.make_room()
        world.node.start()
        world.node.end()


def test_an_installation_that_does_not_fit_leaves_nothing_behind_and_is_made_once_there_is_room(tmp_path: Path):
    with disk(tmp_path / "disk", 40) as small:
        folder = small.place / "data"
        names = ("--admin-name", "An", "--admin-email", "an@example.org")
        command = [str(BINARY), "init", str(folder), "--plan", "plans/spow", *names]
        # Room for part of the plan, of a key, of the databases, and of what is written in them.
        for room in (8_000, 300_000, 1_200_000, 1_500_000, 2_000_000, 2_300_000):
            small.fill(room)
            made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
            if made.returncode == 0:
                break
            assert made.returncode == 70
            assert "disk.full" in made.stderr, made.stderr
            assert [one.name for one in small.place.iterdir()] == ["ballast"]
            small.make_room()
        else:
            made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert made.returncode == 0, made.stderr
        assert room > 300_000, "it fails where there is too little room"


def answers(port: int) -> bool:
    import http.client

    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/aanmelden")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()
