"""Provinces and communes as they are since 01/7/2025, by the codes declarations use."""

import json
from functools import cache
from typing import NamedTuple

from vietnam_provinces import NESTED_DIVISIONS_JSON_PATH


class Commune(NamedTuple):
    """A commune, ward or special zone with its province."""

    code: str
    name: str
    province: str
    province_name: str


@cache
def communes() -> dict[str, Commune]:
    """Every commune of the country by its 5-digit code; read once."""
    provinces = json.loads(NESTED_DIVISIONS_JSON_PATH.read_text("utf-8"))
    return {
        f"{ward['code']:05}": Commune(
            code=f"{ward['code']:05}",
            name=ward["name"],
            province=f"{province['code']:02}",
            province_name=province["name"],
        )
        for province in provinces
        for ward in province["wards"]
    }


def province_of(commune: str) -> str | None:
    """The 2-digit code of the province a commune lies in; None where there is no such commune."""
    found = communes().get(commune)
    return found.province if found else None
