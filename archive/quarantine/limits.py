from __future__ import annotations

from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """What one job may use before its child is ended.

    `memory_bytes` bounds the child's whole address space, the interpreter and preloaded libraries included.
    `result_bytes` bounds the answer, so that a child cannot fill its parent. A child whose resident memory
    stays above `keep_bytes` after a job, or that has done `jobs` of them, is replaced.
    """

    memory_bytes: int = 1024 * MIB
    cpu_seconds: int = 30
    wall_seconds: float = 60.0
    file_bytes: int = 512 * MIB
    result_bytes: int = 16 * MIB
    keep_bytes: int = 192 * MIB
    jobs: int = 200

    def __post_init__(self) -> None:
        for name in ("memory_bytes", "cpu_seconds", "wall_seconds", "file_bytes", "result_bytes", "jobs"):
            if getattr(self, name) <= 0:
                raise ValueError(f"{name} must be above zero")
