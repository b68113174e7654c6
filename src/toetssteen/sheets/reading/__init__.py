"""Reading a spreadsheet of a company: from a file of any kind to chains and the questions about them."""

from __future__ import annotations

from .reader import read, understand_row

__all__ = ["read", "understand_row"]
