"""The data converter seals values and failures; only a rejection stays readable to its caller."""

import pytest
from temporalio.api.common.v1 import Payload
from temporalio.api.failure.v1 import Failure
from temporalio.exceptions import ApplicationError

from codec.converter import data_converter
from codec.errors import KeyringError
from codec.keys import Keyring
from codec.marks import OPEN_REJECTION, open_answer
from models.contracts.dossiers import Acknowledgement

RING = Keyring.fresh(["cases", "insurance"])
CASES = data_converter(RING, "cases")
INSURANCE = data_converter(RING.for_audience("insurance"), "insurance")


async def failure_of(error: BaseException) -> Failure:
    failure = Failure()
    await CASES.encode_failure(error, failure)
    return failure


async def test_a_model_comes_back_as_it_was() -> None:
    model = Acknowledgement.model_validate(
        {"acknowledged": True, "at": "2026-11-20T08:00:00+07:00"}
    )

    payloads = await CASES.encode([model])

    assert payloads[0].metadata["encoding"] == b"binary/encrypted"
    assert await CASES.decode(payloads, [Acknowledgement]) == [model]


async def test_a_case_reads_what_an_agency_sealed_and_not_the_other_way_round() -> None:
    decision = await INSURANCE.encode([{"outcome": "granted"}])
    declaration = await CASES.encode([{"full_name": "Nguyễn Gia An"}])

    assert await CASES.decode(decision) == [{"outcome": "granted"}]
    with pytest.raises(KeyError, match="binary/encrypted"):
        await INSURANCE.decode(declaration)


async def test_an_open_answer_is_read_by_an_agency() -> None:
    payloads = await CASES.encode([open_answer({"accepted": True})])

    assert await INSURANCE.decode(payloads) == [{"accepted": True}]


@pytest.mark.parametrize("error", [ValueError("Nguyễn"), ApplicationError("Nguyễn", "Gia An")])
async def test_a_failure_shows_neither_message_nor_details(error: Exception) -> None:
    failure = await failure_of(error)

    assert failure.message == "Encoded failure"
    assert "Nguyễn".encode() not in failure.SerializeToString()
    assert b"Gia An" not in failure.SerializeToString()


async def test_a_failure_is_read_by_who_holds_the_key() -> None:
    failure = await failure_of(ApplicationError("agency unreachable", {"tries": 3}))

    error = await CASES.decode_failure(failure)

    assert isinstance(error, ApplicationError)
    assert (error.message, error.details) == ("agency unreachable", ({"tries": 3},))


async def test_an_agency_reads_why_its_update_was_rejected() -> None:
    errors = [{"field": "round", "rule": "current_round", "message": "Không phải vòng hiện tại"}]
    failure = await failure_of(ApplicationError("refused", errors, type=OPEN_REJECTION))

    error = await INSURANCE.decode_failure(failure)

    assert isinstance(error, ApplicationError)
    assert (error.message, error.details) == ("refused", (errors,))


async def test_the_cause_of_a_rejection_stays_sealed() -> None:
    rejection = ApplicationError("refused", type=OPEN_REJECTION)
    rejection.__cause__ = ValueError("Nguyễn")

    failure = await failure_of(rejection)

    assert "Nguyễn".encode() not in failure.SerializeToString()


async def test_a_null_is_sealed_too() -> None:
    (payload,) = await CASES.encode([None])

    assert payload.metadata["encoding"] == b"binary/encrypted"
    assert isinstance(payload, Payload)


def test_a_converter_needs_a_key_to_seal_with() -> None:
    with pytest.raises(KeyringError, match="cases"):
        data_converter(RING.for_audience("insurance"), "cases")
