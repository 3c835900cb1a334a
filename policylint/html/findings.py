"""Findings as a page shows them: in words, with the line of the export, what to paste, and where it is known from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from policylint.html.harmless import Whole
from policylint.judging.findings import Finding
from policylint.knowledge import Source
from policylint.report.excerpt import excerpt
from policylint.report.words import gate_text, instead, reasons, waiver_text
from policylint.writing.style import Style

_PLAIN = Style(False)
_WIDEST = 96


@dataclass(frozen=True, slots=True)
class Shown:
    """One finding: see `judging.findings`. `mask` are the targets it is about, as hexadecimal digits."""

    id: str
    severity: str
    rule: str
    name: str
    headline: str
    clients: str
    mask: str
    evidence: str | None
    place: str
    excerpt: Whole | None
    reasons: tuple[str, ...]
    gate: str
    answer: str | None
    fix: Whole | None
    instead: tuple[str, ...]
    sources: tuple[Source, ...]
    waived: str | None


def shown(finding: Finding, name: str, *, quoted: bool = True, with_fix: bool = True) -> Shown:
    """Return a finding in words; `name` is its id on the page. With `quoted`, the line of the export is shown."""
    place, ruling = finding.place, finding.ruling
    about = finding.about.place(finding.gate_mark) if finding.gate_mark is not None else None
    return Shown(
        name,
        finding.rule.severity,
        finding.rule.id,
        finding.rule.name,
        capital(finding.headline),
        ruling.targets.fold(ruling.mask),
        f"{ruling.mask:x}",
        ruling.evidence,
        place.at,
        _quoted(finding) if quoted else None,
        tuple(reasons(ruling)),
        gate_text(finding, about.line) if about else "",
        ruling.answer,
        Whole(finding.fix) if with_fix and finding.fix else None,
        tuple(instead(ruling)),
        ruling.sources,
        waiver_text(finding.waived) if finding.waived else None,
    )


def cite(findings: Iterable[Finding], cited: dict[str, Source]) -> Mapping[str, Source]:
    """Add the sources of some findings to those a page names."""
    for finding in findings:
        cited.update({source.id: source for source in finding.ruling.sources})
    return cited


def capital(text: str) -> str:
    """Begin a text as a sentence begins."""
    return text[:1].upper() + text[1:]


def _quoted(finding: Finding) -> Whole:
    quote, carets = excerpt(finding.document.line(finding.place.line), finding.place, _PLAIN, _WIDEST)
    return Whole(f"{quote}{carets}".partition("\n")[2])
