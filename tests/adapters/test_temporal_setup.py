"""The search attributes are registered, compared, and looked for on the right server."""

from datetime import timedelta
from pathlib import Path

import pytest
from temporalio.api.enums.v1 import IndexedValueType
from temporalio.api.operatorservice.v1 import AddSearchAttributesRequest
from temporalio.api.workflowservice.v1 import RegisterNamespaceRequest
from temporalio.client import Client

from codec.errors import KeyringError
from codec.keys import Keyring
from codec.marks import CASES
from models.kernel.errors import BackendUnavailableError, SettingsError
from workers.local.ports import free_ports
from workers.runtime.settings import Addresses, Settings
from workers.runtime.temporal_setup import (
    connect,
    connect_config,
    ensure_search_attributes,
    registered_types,
    wrong_types,
)
from workflows.runtime.attributes import ALL


async def namespace(dev_server: str, name: str) -> Client:
    client = await Client.connect(dev_server, namespace=name)
    request = RegisterNamespaceRequest(namespace=name)
    request.workflow_execution_retention_period.FromTimedelta(timedelta(days=1))
    await client.workflow_service.register_namespace(request)
    return client


async def test_every_attribute_is_registered_with_its_type_once_and_again(dev_server: str) -> None:
    client = await namespace(dev_server, "fresh")

    for _ in range(2):
        await ensure_search_attributes(client)

    known = await registered_types(client)
    assert {key.name for key in ALL} <= set(known)
    assert wrong_types(known) == []


async def test_an_attribute_of_another_type_is_named_with_both_types(dev_server: str) -> None:
    client = await namespace(dev_server, "wrong")
    await client.operator_service.add_search_attributes(
        AddSearchAttributesRequest(
            namespace="wrong",
            search_attributes={"DueAt": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD},
        )
    )

    with pytest.raises(SettingsError, match="DueAt là keyword, cần datetime"):
        await ensure_search_attributes(client)


async def test_a_missing_attribute_is_named_as_missing() -> None:
    known = {"CaseCode": IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD}

    assert "DueAt là chưa có, cần datetime" in wrong_types(known)
    assert not any("CaseCode" in phrase for phrase in wrong_types(known))


def settings_in(state: Path, address: str) -> Settings:
    settings = Settings(state=state)
    settings.address_file.parent.mkdir(parents=True)
    settings.address_file.write_text(Addresses(temporal=address).model_dump_json(), "utf-8")
    return settings


async def test_the_address_file_leads_to_the_server(dev_server: str, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, dev_server)
    Keyring.create(settings.key_file, (CASES,))

    client = await connect(settings)

    assert client.service_client.config.target_host == dev_server
    assert (await client.count_workflows("WorkflowId = 'nobody'")).count == 0


async def test_without_keys_nothing_is_connected(dev_server: str, tmp_path: Path) -> None:
    with pytest.raises(KeyringError):
        await connect(settings_in(tmp_path, dev_server))


async def test_a_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    address = f"127.0.0.1:{free_ports(1)[0]}"
    settings = settings_in(tmp_path, address)
    Keyring.create(settings.key_file, (CASES,))

    with pytest.raises(BackendUnavailableError, match=address):
        await connect(settings)


def test_the_environment_beats_the_address_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEMPORAL_ADDRESS", "temporal.example:7233")
    monkeypatch.setenv("TEMPORAL_NAMESPACE", "births")

    config = connect_config(settings_in(tmp_path, "127.0.0.1:1"))

    assert config["target_host"] == "temporal.example:7233"
    assert config["namespace"] == "births"


def test_a_configuration_file_alone_takes_nothing_elsewhere(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "temporal.toml"
    file.write_text('[profile.default]\naddress = "other.example:7233"\n', "utf-8")
    monkeypatch.setenv("TEMPORAL_CONFIG_FILE", str(file))

    config = connect_config(settings_in(tmp_path, "127.0.0.1:1"))

    assert config["target_host"] == "127.0.0.1:1"
