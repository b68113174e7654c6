"""What is wrong with a pack, said so that its writer can find and mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Finding:
    """One fault in a pack: the file, the element and the reason in one sentence."""

    file: str
    id: str
    reason: str

    def __str__(self) -> str:
        return f"{self.file}: {self.id}: {self.reason}" if self.id else f"{self.file}: {self.reason}"


class PackError(ValueError):
    """A pack cannot be used; carries all its findings."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings) or "The pack cannot be used.")
