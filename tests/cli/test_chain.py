"""policylint chain as a user meets it."""

import json
import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import tls
from chains import HOST, ISSUING, LEAF, OTHER_ROOT, ROOT, block, made, pem, pkcs7_of
from conftest import ROOT as CHECKOUT
from lxml import etree

from policylint.report.formats import KINDS

Run = Callable[..., "subprocess.CompletedProcess[bytes]"]
AS_OF = ("--as-of", "2026-11-22")
SCHEMA = json.loads((CHECKOUT / "docs" / "schema" / "chain-1.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "leaf.pem").write_text(pem(LEAF))
    (tmp_path / "whole.pem").write_text(pem(LEAF, ISSUING))
    (tmp_path / "swapped.pem").write_text(pem(ISSUING, LEAF))
    (tmp_path / "roots.pem").write_text(pem(ROOT, OTHER_ROOT))
    return tmp_path


@pytest.fixture
def judged(run: Run, files: Path) -> Callable[..., dict[str, Any]]:
    """Run the command for JSON, which has to fit the schema."""

    def judge(*arguments: str, code: int = 1, stdin: bytes = b"") -> dict[str, Any]:
        done = run("chain", *arguments, *AS_OF, "-o", "json", stdin=stdin)
        assert done.returncode == code, done.stderr.decode()
        report: dict[str, Any] = json.loads(done.stdout)
        jsonschema.validate(report, SCHEMA, jsonschema.Draft202012Validator)
        return report

    return judge


Judged = Callable[..., dict[str, Any]]


def rules(report: dict[str, Any]) -> list[str]:
    return [finding["name"] for finding in report["findings"]]


def test_a_chain_that_lacks_its_intermediate(judged: Judged) -> None:
    report = judged("leaf.pem", "--device", "wp7", "--host", HOST)
    (chain,) = report["chains"]
    assert (chain["path"], chain["format"], chain["host"]) == ("leaf.pem", "pem", HOST)
    assert (chain["complete"], chain["missing"]) == (False, ISSUING.subject)
    assert chain["certificates"] == [
        {
            "subject": LEAF.subject,
            "issuer": ISSUING.subject,
            "not_before": "2026-08-14T00:00:00Z",
            "not_after": "2029-08-18T00:00:00Z",
            "role": "leaf",
            "names": [HOST],
        }
    ]
    finding = report["findings"][0]
    assert finding["name"] == "chain-incomplete"
    assert finding["targets"] == ["windows-phone 7.0", "windows-phone 7.5", "windows-phone 7.8"]
    assert (finding["policy"], finding["spelling"], finding["location"]["line"]) == ("leaf.pem", LEAF.subject, 1)
    for said in ("reverse proxy", "load balancer", "Exchange", "http://pki.contoso.example/issuing.crt"):
        assert said in finding["message"]
    assert "eightwone" in [source["id"] for source in finding["sources"]]


def test_what_is_complete_what_is_not_and_what_is_taken_for_it(judged: Judged) -> None:
    report = judged("leaf.pem", "whole.pem", "swapped.pem")
    assert [chain["complete"] for chain in report["chains"]] == [False, None, None]
    assert rules(report) == [
        "chain-incomplete",
        "chain-taken-for-complete",
        "chain-taken-for-complete",
        "chain-order",
    ] or (
        sorted(rules(report))
        == ["chain-incomplete", "chain-order", "chain-taken-for-complete", "chain-taken-for-complete"]
    )
    assert report["summary"] == {"errors": 1, "warnings": 1, "notes": 2, "unknown": 0, "waived": 0}
    assert [chain["complete"] for chain in judged("whole.pem", "--roots", "roots.pem", code=0)["chains"]] == [True]


def test_a_trusted_root_that_has_expired_is_told_where_it_stands(judged: Judged, files: Path) -> None:
    old = made("CN=Old Root", ca=True, days=(-900, -3))
    (files / "by-old.pem").write_text(pem(made(LEAF.subject, old.subject, names=(HOST,))))
    (files / "old.pem").write_text(pem(ROOT, old))
    report = judged("by-old.pem", "--roots", "old.pem")
    (finding,) = report["findings"]
    assert finding["name"] == "certificate-expired"
    assert finding["location"]["path"] == "old.pem"
    assert finding["location"]["line"] > 1


def test_standard_input_der_and_pkcs7(judged: Judged, files: Path) -> None:
    assert judged("-", stdin=pem(LEAF).encode())["chains"][0]["path"] == "<stdin>"
    (files / "leaf.cer").write_bytes(LEAF.der)
    (files / "all.p7b").write_bytes(pkcs7_of(ISSUING, LEAF))
    assert [chain["format"] for chain in judged("leaf.cer", "all.p7b")["chains"]] == ["der", "pkcs7"]


def test_what_cannot_be_read_does_not_hide_the_rest(run: Run, files: Path) -> None:
    (files / "broken.pem").write_text(pem(LEAF) + block(b"nothing"))
    done = run("chain", "broken.pem", "leaf.pem", "missing.pem", ".", *AS_OF, "-o", "json")
    assert done.returncode == 2
    assert [chain["path"] for chain in json.loads(done.stdout)["chains"]] == ["leaf.pem"]
    broken, missing, folder = done.stderr.decode().splitlines()
    assert broken.startswith(f"policylint: error: broken.pem:{pem(LEAF).count(chr(10)) + 1}: ")
    assert missing == "policylint: error: missing.pem: no such file or directory"
    assert folder.startswith("policylint: error: .: cannot be read")


def test_where_nothing_can_be_read_nothing_is_written(run: Run, files: Path) -> None:
    done = run("chain", "missing.pem", "-o", "json")
    assert (done.returncode, done.stdout) == (2, b"")


def test_a_private_key_is_told_and_not_shown(run: Run, files: Path) -> None:
    (files / "with-key.pem").write_text(LEAF.key_pem + pem(LEAF, ISSUING))
    secret = LEAF.key_pem.splitlines()[1].encode()
    for form in KINDS["chain"].forms:
        done = run("chain", "with-key.pem", *AS_OF, "-o", form, "--quiet")
        assert done.returncode == 0
        assert b"policylint: warning: with-key.pem:1: a private key" in done.stderr
        assert secret not in done.stdout + done.stderr


def test_what_exchange_holds_is_the_wrong_end(run: Run, files: Path) -> None:
    (files / "list.txt").write_text("Thumbprint : 0123\nServices : IIS\nSubject : CN=x\nNotAfter : 1/1/2027\n")
    done = run("chain", "list.txt")
    assert done.returncode == 2
    assert b"Get-ExchangeCertificate" in done.stderr


READ: dict[str, Callable[[bytes], object]] = {
    "json": json.loads, "sarif": json.loads, "gitlab": json.loads, "junit": etree.fromstring,
}  # fmt: skip


@pytest.mark.parametrize("form", KINDS["chain"].forms)
def test_every_form_tells_of_the_findings(form: str, run: Run, files: Path) -> None:
    done = run("chain", "leaf.pem", "--device", "wp7", *AS_OF, "-o", form)
    assert (done.returncode, done.stderr) == (1, b"")
    assert READ.get(form, bytes.decode)(done.stdout) is not None
    text = done.stdout.decode()
    for said in ("chain-incomplete", "root-not-shipped", "leaf.pem", "Contoso Issuing CA"):
        assert said in text
    assert "policy &quot;" not in text
    assert 'policy "' not in text.replace('"policy": "', "")


def test_text_shows_the_way_and_the_verdict(run: Run, files: Path) -> None:
    done = run("chain", "leaf.pem", "whole.pem", "--roots", "roots.pem", *AS_OF, "--device", "ios")
    text = done.stdout.decode()
    assert f'"leaf.pem"   incomplete       {LEAF.subject} ← ({ISSUING.subject})\n' in text
    assert f'"whole.pem"  complete         {LEAF.subject} ← {ISSUING.subject} ← {ROOT.subject}\n' in text
    assert "2 chains × " in text
    assert "not known" in text


def test_quiet_leaves_out_notes_and_totals(run: Run, files: Path) -> None:
    assert run("chain", "whole.pem", *AS_OF, "--quiet").stdout == b""
    (files / "bare.pem").write_text(pem(made(f"CN={HOST}", ISSUING.subject), ISSUING))
    loud = run("chain", "bare.pem", "--host", HOST, *AS_OF)
    assert b"policylint: note: bare.pem:" in loud.stderr
    assert b"common name" in loud.stderr
    assert run("chain", "bare.pem", "--host", HOST, *AS_OF, "-q").stderr == b""


def test_exit_codes_follow_fail_on_and_selection(run: Run, files: Path) -> None:
    assert run("chain", "swapped.pem", *AS_OF).returncode == 0
    assert run("chain", "swapped.pem", *AS_OF, "--fail-on", "warning").returncode == 1
    assert run("chain", "swapped.pem", *AS_OF, "--fail-on", "warning", "--ignore", "chain-order").returncode == 0
    assert run("chain", "leaf.pem", *AS_OF, "--fail-on", "never").returncode == 0
    assert run("chain", "leaf.pem", *AS_OF, "--select", "EAS709").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "nothing to judge"),
        (("leaf.pem", "--as-of", "22.11.2026"), "--as-of '22.11.2026' is no date"),
        (("leaf.pem", "--roots", "missing.pem"), "--roots missing.pem: no such file"),
        (("leaf.pem", "--roots", "list.txt"), "--roots list.txt: holds no certificate"),
        (("leaf.pem", "--device", "wp77"), "unknown device 'wp77'"),
        (("leaf.pem", "-o", "yaml"), "unknown format 'yaml'"),
        (("leaf.pem", "-o", "json=leaf.pem"), "would overwrite what is read"),
        (("leaf.pem", "--roots", "roots.pem", "-o", "json=roots.pem"), "would overwrite what is read"),
        (("--connect", "https://mail.contoso.example"), "is no address"),
        (("--connect", "127.0.0.1:1"), "127.0.0.1:1: cannot be reached"),
    ],
)
def test_a_slip_is_one_line(arguments: tuple[str, ...], said: str, run: Run, files: Path) -> None:
    (files / "list.txt").write_text("nothing")
    done = run("chain", *arguments)
    assert (done.returncode, done.stdout) == (2, b"")
    (line,) = done.stderr.decode().splitlines()
    assert said in line


def test_a_missing_library_is_told_with_the_way_to_install_it(run: Run, files: Path) -> None:
    (files / "cryptography.py").write_text("raise ImportError")
    path = os.pathsep.join([str(files), str(CHECKOUT)])
    done = run("chain", "leaf.pem", PYTHONPATH=path)
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert line.endswith(
        "chain needs cryptography, which comes with an extra: python -m pip install 'policylint[certificates]'"
    )
    (files / "cryptography.py").unlink()
    (files / "OpenSSL.py").write_text("raise ImportError")
    with tls.serving(tls.hang) as port:
        done = run("chain", "--connect", f"127.0.0.1:{port}", PYTHONPATH=path)
    assert done.returncode == 2
    assert b"chain needs pyOpenSSL" in done.stderr
    assert run("chain", "whole.pem", *AS_OF, PYTHONPATH=path).returncode == 0


def test_connect_shows_the_gap_and_its_end(judged: Judged, files: Path) -> None:
    with tls.serving(tls.tls(files, LEAF)) as port:
        report = judged("--connect", f"127.0.0.1:{port}", "--host", HOST, "--roots", "roots.pem")
    assert rules(report) == ["chain-incomplete"]
    assert report["chains"][0]["path"] == f"127.0.0.1:{port}"
    assert (report["chains"][0]["format"], report["chains"][0]["host"]) == ("connect", HOST)
    with tls.serving(tls.tls(files, LEAF, ISSUING)) as port:
        assert rules(judged("--connect", f"127.0.0.1:{port}", "--host", HOST, "--roots", "roots.pem", code=0)) == []
        assert rules(judged("--connect", f"127.0.0.1:{port}", "--roots", "roots.pem")) == ["certificate-name"]


CONFIG = """
devices = ["wp7"]
[severities]
root-not-shipped = "note"

[[waivers]]
rule = "chain-incomplete"
policy = "{policy}"
reason = "The proxy is replaced"
expires = 2999-12-31

[[waivers]]
rule = "chain-order"
reason = "All our phones sort"

[[waivers]]
rule = "setting-blocks-sync"
policy = "Elsewhere"
reason = "Of no concern here"
"""


@pytest.mark.parametrize("policy", ["leaf.pem", "MAIL.contoso.example"])
def test_the_configuration_holds(policy: str, run: Run, files: Path) -> None:
    (files / "policylint.toml").write_text(CONFIG.format(policy=policy))
    done = run("chain", "leaf.pem", "--host", HOST, *AS_OF)
    text = done.stdout.decode()
    assert done.returncode == 0, text
    assert "waived error EAS701" in text
    assert "waived until 2999-12-31: The proxy is replaced" in text
    assert "note EAS713" in text
    assert "EAS013 waiver-unused" in text
    assert "chain-order" not in text
    assert "1 chain × 3 targets" in text
    assert b"Elsewhere" not in done.stderr
    assert "waived warning EAS703" in run("chain", "swapped.pem", *AS_OF).stdout.decode()


def test_a_waiver_of_a_policy_says_nothing_of_chains(run: Run, files: Path, bad: str) -> None:
    (files / "policylint.toml").write_text(CONFIG.format(policy="leaf.pem"))
    done = run("check", bad)
    assert b"EAS701" not in done.stdout + done.stderr
    assert b"1 waiver names a policy not read in this run" in done.stderr
    other = run("chain", "whole.pem", *AS_OF)
    assert b"1 waiver names a chain not read in this run" in other.stderr


def test_a_waiver_of_a_chain_has_no_property(run: Run, files: Path) -> None:
    text = '[[waivers]]\nrule = "EAS701"\nproperty = "AllowCamera"\nreason = "x"\n'
    (files / "policylint.toml").write_text(text)
    done = run("chain", "leaf.pem")
    assert done.returncode == 2
    assert b"policylint.toml:3: EAS701 judges certificates" in done.stderr


def test_a_private_key_among_the_roots_is_told(run: Run, files: Path) -> None:
    (files / "roots.pem").write_text(pem(ROOT) + ROOT.key_pem)
    done = run("chain", "whole.pem", "--roots", "roots.pem", *AS_OF)
    assert done.returncode == 0
    assert b"warning: roots.pem:" in done.stderr
