"""What may not stand in the log: the tokens of links."""

from __future__ import annotations

import logging
import re

# Whatever is as long as a token and stands as one part of an address.
TOKEN = re.compile(r"(?<=/)[A-Za-z0-9_-]{32,}(?=[/?\s]|$)")


class NoTokens(logging.Filter):
    """Takes tokens out of every line before it is written."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if TOKEN.search(said):
            record.msg, record.args = TOKEN.sub("(token)", said), ()
        return True
