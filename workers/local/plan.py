"""What a local run serves itself and what the settings have standing elsewhere."""

from dataclasses import dataclass

from workers.local.ports import HOST, Ports
from workers.runtime.settings import Addresses, Settings, names_a_temporal_server
from workers.runtime.temporal_setup import connect_config


@dataclass(frozen=True)
class RunPlan:
    """Settings and ports, and what follows from them."""

    settings: Settings
    ports: Ports

    @property
    def serves_database(self) -> bool:
        """Without `DATABASE_URL` the embedded PostgreSQL is ours to start."""
        return self.settings.database_url is None

    @property
    def serves_temporal(self) -> bool:
        """Unless Temporal's own configuration names a server."""
        return not names_a_temporal_server()

    @property
    def serves_codec(self) -> bool:
        """Unless the settings name a codec server."""
        return self.settings.codec_server is None

    @property
    def serves_agencies(self) -> bool:
        """Unless the settings name every agency."""
        return not set(self.ports.agencies) <= set(self.settings.agencies)

    @property
    def serves_something(self) -> bool:
        """Whether any server is ours to start."""
        return any(
            (self.serves_database, self.serves_temporal, self.serves_codec, self.serves_agencies)
        )

    def addresses(self) -> Addresses:
        """Where everything will be; the database's address joins once it is up."""
        ports, settings = self.ports, self.settings
        named = {id: _url(port) for id, port in ports.agencies.items()}
        return Addresses(
            database_url=settings.database_url,
            temporal=self._temporal(),
            temporal_ui=_url(ports.temporal_ui) if self.serves_temporal else None,
            codec_server=settings.codec_server or _url(ports.codec_server),
            switchboard=settings.switchboard or _url(ports.switchboard),
            agencies=named | settings.agencies,
        )

    def wanted_ports(self) -> list[tuple[str, int]]:
        """Every port we are going to listen on, with a name for people."""
        ports = self.ports
        wanted = [
            (self.serves_temporal, "Temporal", ports.temporal),
            (self.serves_temporal, "giao diện Temporal", ports.temporal_ui),
            (self.serves_codec, "máy chủ giải mã", ports.codec_server),
            (self.serves_agencies, "bảng điều khiển cơ quan", ports.switchboard),
            *((self.serves_agencies, f"cơ quan {id}", at) for id, at in ports.agencies.items()),
        ]
        return [(name, port) for ours, name, port in wanted if ours]

    def _temporal(self) -> str:
        if self.serves_temporal:
            return f"{HOST}:{self.ports.temporal}"
        return connect_config(self.settings).get("target_host", "")


def _url(port: int) -> str:
    return f"http://{HOST}:{port}"
