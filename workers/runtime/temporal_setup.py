"""Reaching the Temporal server in force, and giving it the search attributes of a case."""

import asyncio
import time
from collections.abc import Iterable, Mapping
from typing import Any

from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import (
    AddSearchAttributesRequest,
    ListSearchAttributesRequest,
)
from temporalio.client import Client
from temporalio.common import SearchAttributeKey
from temporalio.envconfig import ClientConfig, ClientConnectConfig
from temporalio.service import RPCError, RPCStatusCode

from codec.converter import data_converter
from codec.keys import Keyring
from codec.marks import CASES
from models.kernel.errors import BackendUnavailableError, SettingsError
from workers.runtime.settings import Settings, names_a_temporal_server
from workflows.runtime.attributes import ALL

VISIBLE_WITHIN = 15.0
"""Seconds a server with several nodes may take to show what was registered."""

AnyKey = SearchAttributeKey[Any]  # Any: registering looks at the kind, not at values
Types = Mapping[str, IndexedValueType.ValueType]


async def connect(settings: Settings) -> Client:
    """Connect to the server in force, everything sealed for the audience of cases.

    Raises:
        BackendUnavailableError: nobody answers there.
        KeyringError: the key file is missing or unreadable.
    """
    converter = data_converter(Keyring.load(settings.key_file), CASES)
    config = connect_config(settings)
    try:
        return await Client.connect(**config, data_converter=converter)
    except RuntimeError as error:  # what the SDK raises where the first connection fails
        raise BackendUnavailableError(
            f"Không kết nối được máy chủ Temporal ở {config['target_host']}: "
            "chạy `lienthong up`, hoặc kiểm tra TEMPORAL_ADDRESS."
        ) from error


def connect_config(settings: Settings) -> ClientConnectConfig:
    """Where and how to connect: Temporal's own configuration first, then what `up` wrote down.

    Temporal's configuration file counts only where the environment names a server or a profile,
    so that a file left over from other work never takes cases elsewhere.
    """
    config = ClientConfig.load_client_connect_config(disable_file=not names_a_temporal_server())
    config.setdefault("target_host", settings.addresses().temporal)
    return config


async def ensure_search_attributes(client: Client) -> None:
    """Register what is missing, then compare every type; doing it again changes nothing.

    The comparison is ours because a server answers OK to a second registration of another type.

    Raises:
        SettingsError: an attribute has another type there; the message names both types.
    """
    known = await registered_types(client)
    missing = [key for key in ALL if key.name not in known]
    if missing:
        await _register(client, missing)
        known = await _until_visible(client, missing)
    wrong = wrong_types(known)
    if wrong:
        raise SettingsError(
            "Máy chủ Temporal có thuộc tính tìm kiếm sai kiểu: "
            f"{'; '.join(wrong)}. Xoá thuộc tính đó trên máy chủ hoặc dùng namespace khác."
        )


async def registered_types(client: Client) -> Types:
    """The custom attributes the server knows, with their types."""
    answer = await client.operator_service.list_search_attributes(
        ListSearchAttributesRequest(namespace=client.namespace)
    )
    return answer.custom_attributes


def wrong_types(known: Types) -> list[str]:
    """A phrase for each attribute that is missing or has another type than ours."""
    return [
        f"{key.name} là {_type_name(known.get(key.name))}, cần {_type_name(_type_of(key))}"
        for key in ALL
        if known.get(key.name) != _type_of(key)
    ]


async def _register(client: Client, keys: Iterable[AnyKey]) -> None:
    request = AddSearchAttributesRequest(
        namespace=client.namespace,
        search_attributes={key.name: _type_of(key) for key in keys},
    )
    try:
        await client.operator_service.add_search_attributes(request)
    except RPCError as error:
        if error.status is not RPCStatusCode.ALREADY_EXISTS:  # another worker was faster
            raise SettingsError(
                f"Máy chủ Temporal không cho đăng ký thuộc tính tìm kiếm ({error.status.name}): "
                "cần quyền quản trị namespace, hoặc đăng ký trước bằng công cụ của máy chủ."
            ) from error


async def _until_visible(client: Client, keys: Iterable[AnyKey]) -> Types:
    names = {key.name for key in keys}
    give_up = time.monotonic() + VISIBLE_WITHIN
    while True:
        known = await registered_types(client)
        if names <= set(known) or time.monotonic() > give_up:
            return known
        await asyncio.sleep(0.05)


def _type_of(key: AnyKey) -> IndexedValueType.ValueType:
    return IndexedValueType.ValueType(key.indexed_value_type.value)


def _type_name(type_: IndexedValueType.ValueType | None) -> str:
    if type_ is None:
        return "chưa có"
    return IndexedValueType.Name(type_).removeprefix("INDEXED_VALUE_TYPE_").lower()
