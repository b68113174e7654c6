"""A huge upload does not fill the disk."""

from __future__ import annotations

import os

import pytest

from tests.documents.conftest import PDF, upload
from toetssteen.documents.models import Evidence
from toetssteen.documents.uploads import CappedUploadHandler

pytestmark = pytest.mark.django_db


def test_what_goes_beyond_the_limit_is_not_written(settings):
    settings.EVIDENCE_MAX_BYTES = 1000
    handler = CappedUploadHandler()
    handler.new_file("upload", "huge.pdf", "application/pdf", None)
    for start in range(0, 100_000, 500):
        handler.receive_data_chunk(b"x" * 500, start)
    received = handler.file_complete(100_000)
    assert received.size == 100_000
    assert os.path.getsize(received.temporary_file_path()) == 1500
    received.close()


def test_a_file_above_the_size_that_stays_in_memory_arrives_whole(cast, client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    cast.sign_in(client, "editor")
    content = PDF[:-6] + b"% " + b"x" * 5000 + b"\n%%EOF\n"
    client.post("/evidence/add/", {"title": "Long", "kind": "visit_report", "upload": upload(content)})
    assert Evidence.objects.get().size == len(content)


def test_a_file_above_the_limit_is_refused_with_its_true_size(cast, client, settings):
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000
    settings.EVIDENCE_MAX_BYTES = 1024 * 1024
    client.cookies["language"] = "en"
    cast.sign_in(client, "editor")
    answer = client.post(
        "/evidence/add/", {"title": "Huge", "kind": "visit_report", "upload": upload(PDF + b"\x00" * 3 * 1024 * 1024)}
    )
    assert "This file is 4 MB. At most 1 MB is possible." in answer.content.decode()
    assert not Evidence.objects.exists()
