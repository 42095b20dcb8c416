"""Running every check over one consistent look at the database."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, select

from data_access.checking import boundaries, jumps, structure, values, works
from data_access.checking.findings import Finding
from data_access.contract import contract
from data_access.importing.chunks import Progress, silent
from data_access.long_reading import whole_database

Check = Callable[[Connection], Iterator[Finding]]

CHECKS: tuple[Check, ...] = (
    structure.check_references,
    structure.check_trees,
    structure.check_statuses,
    boundaries.check_boundaries,
    boundaries.check_points,
    values.check_gaps,
    values.check_lengths,
    values.check_plausibility,
    values.check_weights,
    values.check_references,
    jumps.check_jumps,
    works.check_duplicate_problems,
    works.check_project_dates,
    works.check_progress,
    works.check_amounts,
)
"""What is asked of a database whose files and tables are sound."""


@dataclass(frozen=True)
class Diagnosis:
    """Everything found, errors first within each check."""

    contract_version: str | None
    data_version: int | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> int:
        return sum(finding.severity == "error" for finding in self.findings)

    @property
    def warnings(self) -> int:
        return len(self.findings) - self.errors


def check_database(url: str, layers: Path | None = None, progress: Progress = silent) -> Diagnosis:
    """Ask every check. Raises DatabaseUnavailable, or ContractMismatch where there are no tables at all."""
    with whole_database(url, layers) as connection:
        if damage := list(structure.check_file(connection)):
            return Diagnosis(None, None, tuple(damage))
        findings = list(structure.check_tables(connection))
        row = connection.execute(select(contract.c.version, contract.c.data_version)).first()
        if not findings:
            findings = _run(connection, progress)
    return Diagnosis(row.version if row else None, row.data_version if row else None, tuple(findings))


def _run(connection: Connection, progress: Progress) -> list[Finding]:
    findings: list[Finding] = []
    for number, check in enumerate(CHECKS):
        progress(check.__name__.removeprefix("check_").replace("_", " "), number, len(CHECKS))
        findings.extend(check(connection))
    return findings
