"""Settings of an installation: environment variables `CITYVITALS_…`, overruled by command-line options."""

import sys
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, FilePath, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict, SettingsError

from data_access.layers.remote.networks import read_networks
from layouts.texts import DEFAULT_LANGUAGE, Language

WRONG_USAGE = 2
_PREFIX = "CITYVITALS_"


class Settings(BaseSettings):
    """Everything that differs between two installations; the defaults are those of `make demo`."""

    model_config = SettingsConfigDict(env_prefix=_PREFIX, env_file=None)

    database_url: str = "sqlite:///.data/cityvitals.sqlite"
    layers: Path | None = None
    """The GeoPackage beside a SQLite database; default: same name, `.gpkg`."""
    redis_url: str | None = None
    """Shared cache; without it the workers of one machine share files."""
    host: str = "127.0.0.1"
    port: int = Field(default=8050, ge=1, le=65535)
    workers: int = Field(default=2, ge=1)
    threads: int = Field(default=8, ge=1)
    language: Language = DEFAULT_LANGUAGE
    """Of a first visit; whoever switches it sends it along in every link."""
    basemap_url: str | None = None
    """Optional XYZ template of a tile service inside the network; none by default."""
    layer_networks: str = ""
    """Networks that services of the layer catalogue may lie in, such as `10.0.0.0/8, 192.168.7.20`; none by default."""
    layer_tokens: dict[str, str] = {}
    """Access tokens by host suffix, as JSON: `{"tianditu.gov.cn": "tk=…"}`. They stay on the server."""
    timezone: str = "Asia/Shanghai"
    refresh_s: float = Field(default=15, gt=0, le=30)
    """How often an open page asks whether there is something new, in seconds."""
    scoring: FilePath | None = None
    """The city's own intervals, bounds and weights of scores; default: those of docs/guides/scoring.md."""
    opinions: bool = True
    """Whether experts may pin opinions; the database user then needs the right to insert into `opinion`."""
    user_header: str | None = None
    """The request header in which a trusted proxy names the signed-in person: the author of what they write.

    Only for an installation that nobody reaches except through that proxy, which must remove the header from outside.
    """
    today: date | None = None
    """The day lateness is measured against, for data that end on a past day; default: the clock in `timezone`."""
    font: FilePath | None = None
    """A font file with Chinese letters for PDF notices; default: one that the machine has."""
    suggestion_rules: FilePath | None = None
    """The city's own rules for suggested projects; default: those of docs/guides/suggestion-rules.md."""

    @field_validator("timezone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError("no time zone of this name, such as Asia/Shanghai") from error
        return name

    @field_validator("layer_networks")
    @classmethod
    def _are_networks(cls, written: str) -> str:
        read_networks(written)
        return written


def read_settings(**options: Any) -> Settings:
    """The installation's settings, overruled by the options; ends the program with one sentence per faulty one."""
    try:
        return Settings(**options)
    except ValidationError as faults:
        said = [f"{_PREFIX}{str(fault['loc'][0]).upper()}: {fault['msg']}" for fault in faults.errors()]
    except SettingsError as fault:
        said = [str(fault)]
    sys.stderr.write("\n".join(said) + "\n")
    raise SystemExit(WRONG_USAGE)
