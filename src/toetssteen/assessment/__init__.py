"""The secretariat assesses: points, reasons, key questions, decision, extension, talks."""
