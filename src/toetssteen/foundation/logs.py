"""What may not stand in the log: the tokens of links."""

from __future__ import annotations

import logging
import re

# Whatever is as long as a token where a part of an address, or a value in one, begins; with what a signature carries in
# front of it. The address on a poster is shorter, and tells at whose site somebody wanted to complain.
TOKEN = re.compile(
    r"(?:(?<=[/=])|(?<=%2F)|(?<=%3D))(?:[\w.-]+(?::|%3A))*[A-Za-z0-9_-]{32,}|(?:(?<=/r/)|(?<=%2Fr%2F))[^/?%\s]+",
    re.ASCII | re.IGNORECASE,
)
MASK = "(token)"


class NoTokens(logging.Filter):
    """Takes tokens out of every line before it is written, and out of the trace of an error below it."""

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        if TOKEN.search(said):
            record.msg, record.args = TOKEN.sub(MASK, said), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = TOKEN.sub(MASK, record.exc_text)
        return True
