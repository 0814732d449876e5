"""The command line: one JSON record a line, one sentence a failure."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from lib.__main__ import main
from tests.filings.documents import form4


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """A good filing, a bad one, and one that is not there."""
    (tmp_path / "good.xml").write_bytes(form4())
    (tmp_path / "bad.pdf").write_bytes(b"nothing")
    return [str(tmp_path / name) for name in ("good.xml", "bad.pdf", "missing.xml")]


def test_read_prints_records_and_failures(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Good files give a line each on standard output, bad ones a sentence each on standard error, status 1."""
    assert main(["read", *files]) == 1
    said = capsys.readouterr()
    assert [json.loads(line)["document_type"] for line in said.out.splitlines()] == ["4"]
    assert [line.split(":")[0] for line in said.err.splitlines()] == ["bad.pdf", "missing.xml"]


def test_read_writes_a_file_for_each_filing(files: list[str], tmp_path: Path) -> None:
    """With --out each record is DIR/STEM.json, and all done is status 0."""
    out = tmp_path / "records"
    assert main(["read", files[0], "--out", str(out)]) == 0
    assert json.loads((out / "good.json").read_text())["issuer"]["symbol"] == "ACME"


def test_no_record_overwrites_another(tmp_path: Path) -> None:
    """Files that share a stem each have a record of their own."""
    for name in ("a.xml", "a-2.xml", "a.txt"):
        (tmp_path / name).write_bytes(form4())
    out = tmp_path / "records"
    assert (
        main(["read", *(str(tmp_path / name) for name in ("a.xml", "a.txt", "a-2.xml")), "--out", str(out)])
        == 0
    )
    assert sorted(path.name for path in out.iterdir()) == ["a-2-2.json", "a-2.json", "a.json"]


def test_a_folder_that_is_a_file_is_told(files: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing can be written into a file; that is a sentence and status 1."""
    assert main(["read", files[0], "--out", files[1]]) == 1
    assert "cannot be written" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [[], ["read"], ["fly", "x"]])
def test_wrong_usage_is_status_2(arguments: list[str]) -> None:
    """A call that makes no sense ends with status 2."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2


def test_who_reads_may_stop_reading(root: Path) -> None:
    """Standard output that is closed early, as by head, ends the command without a traceback."""
    sample = root / "sample_filings" / "cho-2023-07-11-form4.xml"
    command = f"{sys.executable} -m lib read {' '.join([str(sample)] * 40)} | head -c 10"
    done = subprocess.run(["bash", "-c", command], cwd=root, capture_output=True, timeout=60, check=False)
    assert done.stdout == b'{"schema_v'
    assert done.stderr == b""
