"""Loading a package: read and staged, judged, merged in one transaction, or nothing at all."""

import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy.exc import DBAPIError, OperationalError

from data_access.contract import SPATIAL, TABLES, VERSION, contract
from data_access.engine import layers_path, normal_url, open_engine
from data_access.errors import ContractMismatch, DatabaseUnavailable
from data_access.failures import explained
from data_access.importing import advice
from data_access.importing.chunks import Progress, Source, silent
from data_access.importing.csv_rows import CsvFile
from data_access.importing.cycles import check_cycles
from data_access.importing.faults import FaultLog, PackageRefused, Unreadable
from data_access.importing.features import stage_layer_files, stage_spatial_table
from data_access.importing.merge import merge
from data_access.importing.package import Package, open_package
from data_access.importing.reading import read_table
from data_access.importing.relations import check_duplicates, check_references, check_root
from data_access.importing.staging import Staging
from data_access.schema import create_tables


@dataclass(frozen=True)
class Loaded:
    """What a load brought. rows: per table, in the order of the contract."""

    rows: dict[str, int]
    data_version: int
    seconds: float


def load_packages(
    packages: Iterable[Path],
    url: str,
    layers: Path | None = None,
    *,
    crs: str | None = None,
    log: FaultLog | None = None,
    progress: Progress = silent,
) -> list[Loaded]:
    """Load packages one after the other, each all or nothing, into the database at `url`; tables are made if need be.

    crs: assumed for spatial files that declare none. log: where faults and warnings go; kept by the caller.
    Raises PackageRefused at the first package with a fault, DatabaseUnavailable, ContractMismatch.
    """
    with _engine(url, layers) as engine, nullcontext(log) if log is not None else FaultLog() as kept:
        return [load_package(package, engine, crs=crs, log=kept, progress=progress) for package in packages]


def prepare(url: str, layers: Path | None = None) -> None:
    """Create the tables of the contract where they are not there yet. Raises DatabaseUnavailable."""
    with _engine(url, layers):
        pass


@contextmanager
def _engine(url: str, layers: Path | None) -> Iterator[Engine]:
    """An engine open for `load` on a database with tables."""
    is_sqlite = normal_url(url).get_backend_name() == "sqlite"
    package = layers_path(url, layers) if is_sqlite else None
    if package is not None:
        package.parent.mkdir(parents=True, exist_ok=True)
        Path(str(normal_url(url).database)).parent.mkdir(parents=True, exist_ok=True)
    engine = open_engine(url, layers, access="load")
    try:
        create_tables(engine, package)
        yield engine
    except DBAPIError as error:
        raise explained(error) from error
    finally:
        engine.dispose()


def load_package(
    source: Path, engine: Engine, *, crs: str | None = None, log: FaultLog, progress: Progress = silent
) -> Loaded:
    """Load one package. The engine must be open for `load`. Raises PackageRefused when it adds a fault to the log."""
    began, faults_before = time.monotonic(), log.faults
    with open_package(source, log) as package, engine.connect() as connection, closing(_Dropped(connection)):
        _widen_memory(connection)
        staging = Staging(connection, log, progress, crs)
        with connection.begin():
            _check_version(connection)
            _stage(staging, package)
            staging.index()
        with connection.begin() as transaction:
            _lock(connection)
            progress("references", 0, 0)
            _judge(staging)
            if log.faults > faults_before or not package.tables:
                transaction.rollback()
                raise PackageRefused(source.name, log.faults - faults_before)
            progress("merge", 0, 0)
            data_version = merge(staging)
            advice.warn_of_areas_without_boundary(staging)
        _tidy(connection, package)
    return Loaded({name: staging.rows[name] for name in package.tables}, data_version, time.monotonic() - began)


class _Dropped:
    """Ends the connection, and the temporary tables with it."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        self._connection.invalidate()


def _widen_memory(connection: Connection) -> None:
    """64 MB to sort and index millions of rows in; the defaults (2 MB, 4 MB) make it several times slower."""
    settings = {
        "sqlite": [f"PRAGMA {schema}.cache_size = -65536" for schema in ("main", "temp", "layers")],
        "postgresql": ["SET work_mem = '64MB'", "SET temp_buffers = '64MB'", "SET jit = off"],
    }
    for setting in settings[connection.dialect.name]:
        connection.exec_driver_sql(setting)
    connection.commit()


def _check_version(connection: Connection) -> None:
    version = connection.scalar(select(contract.c.version))
    if version != VERSION:
        raise ContractMismatch(f"the database follows contract version {version}, this program version {VERSION}")


def _stage(staging: Staging, package: Package) -> None:
    for name in package.tables:
        table = TABLES[name]
        try:
            if name in SPATIAL.tables:
                stage_spatial_table(staging, table, package.spatial_files[name])
            else:
                _stage_rows(staging, name, _source(package, name, staging))
        except Unreadable as error:
            staging.unread.add(name)
            staging.log.fault(_file_name(package, name), error.row, None, error.value, str(error))
    stage_layer_files(staging, package)


def _stage_rows(staging: Staging, name: str, source: Source) -> None:
    staging.open(name, source.name)
    staging.unread.add(name)
    for chunk in read_table(TABLES[name], source, staging.log):
        staging.add(name, chunk)
        staging.unread.discard(name)
    if name == contract.name and staging.rows[name] != 1:
        staging.log.fault(source.name, None, None, f"{staging.rows[name]} rows", "one row")


def _source(package: Package, name: str, staging: Staging) -> Source:
    if package.workbook is not None and name in package.sheets:
        return package.workbook.sheet(package.sheets[name], staging.progress)
    return CsvFile(package.csv_files[name], staging.log, staging.progress)


def _file_name(package: Package, name: str) -> str:
    if name in package.sheets and package.workbook is not None:
        return f"{package.workbook.path.name}[{package.sheets[name]}]"
    return (package.csv_files | package.spatial_files)[name].name


def _lock(connection: Connection) -> None:
    """The contract row is every writer's turnstile: who holds it may write, the next one waits 2 s and says so."""
    try:
        connection.execute(update(contract).values(version=contract.c.version))
    except OperationalError as error:
        raise DatabaseUnavailable("another load is writing to this database: try again when it has finished") from error


def _judge(staging: Staging) -> None:
    check_duplicates(staging)
    check_references(staging)
    check_root(staging)
    check_cycles(staging)
    advice.suspect_negative_counts(staging)
    advice.warn_of_mixed_periods(staging)


def _tidy(connection: Connection, package: Package) -> None:
    """Fresh statistics for the planner; on SQLite the write-ahead logs go back into the files, if readers let them."""
    if connection.dialect.name == "postgresql":
        statements = [f"ANALYZE {name}" for name in package.tables]
    else:
        statements = [f"PRAGMA {schema}.wal_checkpoint(TRUNCATE)" for schema in ("main", "layers")]
    for statement in statements:
        connection.exec_driver_sql(statement)
        connection.commit()
