"""What the child may ask of the kernel: to read, to reckon and to tell, and nothing that does harm.

A filter of system calls (Linux's seccomp, in the machine language of its ``linux/filter.h``) that
holds until the process ends: no network, no other program, no other process, and no file made,
changed or removed. It holds inside containers too, where namespaces of one's own often do not.
"""

from __future__ import annotations

import ctypes
import os
from typing import Final, NamedTuple

_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2  # linux/prctl.h, linux/seccomp.h
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050001  # the latter answers EPERM
_LOAD, _IS, _AT_LEAST, _ANY_OF, _END = 0x20, 0x15, 0x35, 0x45, 0x06
# Where struct seccomp_data has the number, the machine, and the second and third argument.
_NUMBER, _MACHINE, _SECOND, _THIRD = 0, 4, 24, 32
# O_WRONLY, O_RDWR and O_TRUNC.
_TO_WRITE: Final = 0x203
# Numbers of another kind of call (x32) begin here.
_OTHER_KIND: Final = 0x40000000


class _Machine(NamedTuple):
    """How one kind of machine is known, and its numbers of calls."""

    name: int
    refused: tuple[int, ...]
    opens: dict[int, int]


# As in asm/unistd_64.h and asm-generic/unistd.h: sockets, programs and processes, other processes'
# memory; then making, changing, renaming and removing files.
_MACHINES: Final = {
    "x86_64": _Machine(
        0xC000003E,
        (
            *(41, 42, 49, 53, 425, 56, 435, 57, 58, 59, 322, 62, 101, 310, 311),
            *(76, 77, 82, 83, 84, 85, 86, 87, 88, 90, 91, 92, 93, 94, 132, 133, 235, 258, 259, 260),
            *(261, 263, 264, 265, 266, 268, 280, 316, 437),
        ),
        {2: _SECOND, 257: _THIRD},
    ),
    "aarch64": _Machine(
        0xC00000B7,
        (
            *(198, 199, 200, 203, 425, 220, 435, 221, 281, 129, 117, 270, 271),
            *(33, 34, 35, 36, 37, 38, 45, 46, 52, 53, 54, 55, 88, 276, 437),
        ),
        {56: _THIRD},
    ),
}


class _Step(ctypes.Structure):
    _fields_ = (
        ("code", ctypes.c_uint16),
        ("yes", ctypes.c_uint8),
        ("no", ctypes.c_uint8),
        ("value", ctypes.c_uint32),
    )


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step)))


def allow_reading_alone() -> bool:
    """Hold this process to reading for good; return whether this system could."""
    machine = _MACHINES.get(os.uname().machine)
    if machine is None:
        return False
    steps = _steps(machine)
    program = _Program(len(steps), (_Step * len(steps))(*(_Step(*step) for step in steps)))
    libc = ctypes.CDLL(None, use_errno=True)
    return bool(
        libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        and libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0) == 0
    )


def _steps(machine: _Machine) -> list[tuple[int, int, int, int]]:
    """Return the program; a step that leads on says how many steps it passes over."""
    asked = [(_IS, number) for number in machine.refused]
    # Behind the questions: allow, then two steps for each way of opening, then allow and refuse.
    last = 3 + 1 + len(asked) + len(machine.opens) + 1 + 2 * len(machine.opens) + 1
    steps = [(_LOAD, 0, 0, _MACHINE), (_IS, 0, last - 2, machine.name), (_LOAD, 0, 0, _NUMBER)]
    for code, value in [(_AT_LEAST, _OTHER_KIND), *asked]:
        steps.append((code, last - len(steps) - 1, 0, value))
    looks = 3 + 1 + len(asked) + len(machine.opens) + 1
    for place, number in enumerate(machine.opens):
        steps.append((_IS, looks + 2 * place - len(steps) - 1, 0, number))
    steps.append((_END, 0, 0, _ALLOW))
    for argument in machine.opens.values():
        steps.append((_LOAD, 0, 0, argument))
        steps.append((_ANY_OF, last - len(steps) - 1, last - 1 - len(steps) - 1, _TO_WRITE))
    return [*steps, (_END, 0, 0, _ALLOW), (_END, 0, 0, _REFUSE)]
