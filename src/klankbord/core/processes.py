"""Child processes that never outlive their parent, and locks on files that say who is alive."""

import ctypes
import fcntl
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def ends_with_parent(signal_number: int = signal.SIGTERM) -> Callable[[], None]:
    """A ``preexec_fn``: the kernel sends *signal_number* to the child when the thread that started it is gone.

    That holds for ``kill -9`` too, when no code of ours gets a turn. Start such children from the main thread only.
    """
    parent = os.getpid()

    def ask_kernel() -> None:
        _libc.prctl(PR_SET_PDEATHSIG, signal_number)
        # The parent may have died between the fork and the line above; then nobody would send the signal.
        if os.getppid() != parent:
            os._exit(1)

    return ask_kernel


class FileLock:
    """An advisory lock that lives as long as a process keeps the file open, and so cannot go stale.

    A child that inherits :meth:`fileno` keeps the lock taken after its parent has died.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._descriptor: int | None = None

    def acquire(self, timeout: float) -> bool:
        """Take the lock, trying for at most *timeout* seconds. False when somebody else keeps it."""
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        deadline = time.monotonic() + timeout
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= deadline:
                    os.close(descriptor)
                    return False
                time.sleep(0.02)
            else:
                self._descriptor = descriptor
                return True

    def fileno(self) -> int:
        """The open file, to hand down to a child. Raises ``RuntimeError`` when the lock is not ours."""
        if self._descriptor is None:
            raise RuntimeError(f"{self.path} is not locked by this process")
        return self._descriptor

    def release(self) -> None:
        """Let go. Closing is enough: a child that inherited the file goes on holding it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


@dataclass(frozen=True)
class Child:
    """A named part of the application in a process, and a process group, of its own."""

    name: str
    process: subprocess.Popen[bytes]

    @classmethod
    def start(
        cls,
        name: str,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        orphaned: int = signal.SIGTERM,
    ) -> Self:
        """Start *command*. Ctrl-C does not reach it: its parent decides when it stops, and in which order.

        *orphaned* is what it is sent when the parent is gone without having decided anything.
        """
        process = subprocess.Popen(
            command,
            env=environment,
            stdin=subprocess.DEVNULL,
            process_group=0,
            preexec_fn=ends_with_parent(orphaned),  # noqa: PLW1509 - one C call, no lock
        )
        return cls(name, process)

    def send(self, signal_number: int) -> None:
        """Signal the child and whatever it started itself."""
        try:
            os.killpg(self.process.pid, signal_number)
        except ProcessLookupError:
            pass


def stop_together(children: Iterable[Child], patience: float) -> None:
    """Ask all to finish at the same time; after *patience* seconds take what is left away."""
    children = list(children)
    for child in children:
        child.process.send_signal(signal.SIGTERM)
    deadline = time.monotonic() + patience
    for child in children:
        try:
            child.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            pass
    for child in children:
        # Also when it ended in time: it may have left processes of its own behind.
        child.send(signal.SIGKILL)
        child.process.wait()
