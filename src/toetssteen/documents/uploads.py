"""How an upload is received: what goes beyond the limit is not written to disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Keeps at most one block more than a file may have, and remembers its true size, so that it is refused."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        if start > settings.EVIDENCE_MAX_BYTES:
            return None
        return super().receive_data_chunk(raw_data, start)
