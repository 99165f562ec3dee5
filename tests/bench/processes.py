"""Processes that a benchmark starts: what they cost, and that they end."""

import os
import pathlib
import signal
import subprocess
import time

TICKS_A_SECOND = os.sysconf("SC_CLK_TCK")
STOP_SECONDS = 5


class Process:
    """A program and all that it starts; a context manager that ends them."""

    def __init__(self, command, **options):
        self.command = [str(word) for word in command]
        self.options = options

    def __enter__(self):
        self.popen = subprocess.Popen(self.command, start_new_session=True, **self.options)
        self.pid = self.popen.pid
        return self

    def __exit__(self, *_):
        self.signal(signal.SIGTERM)
        end = time.monotonic() + STOP_SECONDS
        while self.members() and time.monotonic() < end:
            time.sleep(0.01)
        self.signal(signal.SIGKILL)
        self.popen.wait()
        for stream in (self.popen.stdin, self.popen.stdout):
            if stream is not None:
                stream.close()

    def signal(self, number):
        for pid in self.members():
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                pass

    def members(self):
        """Ids of what runs in its session; it is a session of its own."""
        return [pid for pid, fields in _stats() if fields[3] == str(self.pid) and fields[0] != "Z"]

    def cpu_seconds(self):
        """User and system time of all its processes."""
        ticks = sum(int(fields[11]) + int(fields[12]) for _, fields in _stats()
                    if fields[3] == str(self.pid))
        return ticks / TICKS_A_SECOND

    def resident_kib(self):
        """VmRSS of all its processes."""
        return sum(_resident_kib(pid) for pid in self.members())

    def proportional_kib(self):
        """Pss of all its processes: what they share counts once."""
        return sum(_proportional_kib(pid) for pid in self.members())

    def descriptor_count(self):
        return len(os.listdir(f"/proc/{self.pid}/fd"))


def run(command, seconds_max=600):
    """What the program prints. It is ended, too, when this process is told to end."""
    with Process(command, stdout=subprocess.PIPE, text=True) as process:
        output, _ = process.popen.communicate(timeout=seconds_max)
        if process.popen.returncode != 0:
            raise RuntimeError(f"{command[0]} ended with {process.popen.returncode}")
        return output


def _stats():
    """(id, fields of /proc/ID/stat behind the name, from the state on) of each process."""
    for folder in pathlib.Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                text = (folder / "stat").read_text()
            except OSError:
                continue
            yield int(folder.name), text[text.rindex(")") + 2:].split()


def _resident_kib(pid):
    for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0


def _proportional_kib(pid):
    try:
        lines = pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # It has just ended.
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
