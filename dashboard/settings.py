"""Settings of an installation: environment variables `CITYVITALS_…`, overruled by command-line options."""

from datetime import date
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that differs between two installations; the defaults are those of `make demo`."""

    model_config = SettingsConfigDict(env_prefix="CITYVITALS_", env_file=None)

    database_url: str = "sqlite:///.data/cityvitals.sqlite"
    layers: Path | None = None
    """The GeoPackage beside a SQLite database; default: same name, `.gpkg`."""
    redis_url: str | None = None
    """Shared cache; without it the workers of one machine share files."""
    host: str = "127.0.0.1"
    port: int = 8050
    workers: int = 2
    threads: int = 8
    language: str = "zh_CN"
    basemap_url: str | None = None
    """Optional XYZ template of a tile service inside the network; none by default."""
    layer_networks: str = ""
    """Networks that services of the layer catalogue may lie in, such as `10.0.0.0/8, 192.168.7.20`; none by default."""
    layer_tokens: dict[str, str] = {}
    """Access tokens by host suffix, as JSON: `{"tianditu.gov.cn": "tk=…"}`. They stay on the server."""
    timezone: str = "Asia/Shanghai"
    refresh_s: float = Field(default=15, gt=0, le=30)
    """How often an open page asks whether there is something new, in seconds."""
    scoring: Path | None = None
    """The city's own intervals, bounds and weights of scores; default: those of docs/guides/scoring.md."""
    opinions: bool = True
    """Whether experts may pin opinions; the database user then needs the right to insert into `opinion`."""
    user_header: str | None = None
    """The request header in which a trusted proxy names the signed-in person: the author of what they write.

    Only for an installation that nobody reaches except through that proxy, which must remove the header from outside.
    """
    today: date | None = None
    """The day lateness is measured against, for data that end on a past day; default: the clock in `timezone`."""
    font: Path | None = None
    """A font file with Chinese letters for PDF notices; default: one that the machine has."""
    suggestion_rules: Path | None = None
    """The city's own rules for suggested projects; default: those of docs/guides/suggestion-rules.md."""
