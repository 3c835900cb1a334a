"""Logs on PySpark, for real: the same JSON as by one process. Skipped where PySpark or Java is missing."""

import gzip
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT
from iis import FORMS, file_at, headed, line

from policylint.evidence.logs import LogsError, read_logs
from policylint.evidence.logs.spark import pieces

_MISSING = [
    name
    for name, there in {
        "PySpark (pip install -e '.[spark]')": importlib.util.find_spec("pyspark"),
        "Java (apt-get install default-jre-headless)": shutil.which("java") or os.environ.get("JAVA_HOME"),
    }.items()
    if not there
]
needs_spark = pytest.mark.skipif(
    bool(_MISSING) and os.environ.get("POLICYLINT_SPARK") != "required", reason=f"needs {' and '.join(_MISSING)}"
)

PROGRAM = """
import json, sys
from policylint.evidence.files import EvidenceFile
from policylint.evidence.logs import files, read_logs
files.SMALLEST, files.LARGEST = 1, 30_000
found = [EvidenceFile(path, path.rpartition("/")[0], path) for path in sys.argv[2:]]
logs = read_logs(found, jobs=2, engine=sys.argv[1])
said = {path: report.as_json() | {"runs": report.set_back, "new_fields": 0} for path, report in logs.files.items()}
print(json.dumps([logs.as_json(), said], sort_keys=True))
"""


def fleet(folder: Path) -> list[Path]:
    """Write logs of all forms: cut in ranges, with columns that change on the way, packed, twice, and broken."""
    texts: dict[str, bytes] = {}
    for number, form in enumerate(FORMS):
        lines = [
            line(
                form,
                f"2022-07-{20 + hour // 24} {hour % 24:02}:10:00",
                device=f"D{device}",
                user=f"u{device}",
                client=f"203.0.113.{device % 2}",
                server=f"192.0.2.{device % 2}",
                status=(1, 142, 144, 143)[(hour + device) % 4],
            )
            for hour in range(30)
            for device in range(number, number + 6)
        ]
        texts[f"{number}.log"] = headed(form, lines).encode()
    texts["changing.log"] = texts["0.log"] + texts["4.log"] + texts["2.log"]
    texts["packed.log.gz"] = gzip.compress(texts["1.log"])
    texts["cut.log.gz"] = gzip.compress(texts["3.log"])[:-20]
    texts["other.log"] = b"".join(texts["0.log"].splitlines(keepends=True)[4:9])
    for name, text in texts.items():
        (folder / name).write_bytes(text)
    return [folder / name for name in sorted(texts)] + [folder / "gone.log"]


def run(engine: str, paths: list[Path]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, engine, *map(str, paths)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@needs_spark
def test_spark_reads_what_one_process_reads(tmp_path: Path) -> None:
    paths = fleet(tmp_path)
    by_spark, by_one = json.loads(run("spark", paths[::-1])), json.loads(run("local", paths))
    assert by_spark[0] == by_one[0]
    assert by_spark[1] == by_one[1]
    assert len(by_one[0]["states"]) == 10
    assert by_one[1][str(tmp_path / "packed.log.gz")]["same_as"] == str(tmp_path / "1.log")


@needs_spark
def test_a_fleet_on_spark_has_the_same_json(tmp_path: Path) -> None:
    made = [
        subprocess.run(
            [sys.executable, "-m", "policylint", "fleet", "examples/fleet", "-o", "json", "--list", *options],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
        )
        for options in (("--engine", "spark", "--jobs", "2"), ("--jobs", "1"))
    ]
    assert made[0].returncode == 1, made[0].stderr
    assert made[0].stdout == made[1].stdout
    assert json.loads(made[0].stdout)["logs"]["histories"]


@pytest.mark.skipif(importlib.util.find_spec("pyspark") is not None, reason="PySpark is there")
def test_without_pyspark_an_error_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(headed("2016", []))
    with pytest.raises(LogsError, match=r"policylint\[spark\]"):
        read_logs([file_at(tmp_path / "a.log")], engine="spark")


def test_nothing_starts_spark_for_no_file() -> None:
    assert list(pieces([], 2)) == []
