"""The one data converter that worker, client, tests and replayer share."""

from dataclasses import replace

from temporalio.api.failure.v1 import Failure
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import (
    DataConverter,
    DefaultFailureConverterWithEncodedAttributes,
    PayloadConverter,
)
from typing_extensions import override

from codec.keys import Keyring
from codec.marks import OPEN_REJECTION, mark_open
from codec.sealing import SealingCodec


class SealedFailureConverter(DefaultFailureConverterWithEncodedAttributes):
    """Seals messages and stack traces of failures; only a rejection stays readable to its caller.

    An agency whose `decide` is rejected holds no key for cases, yet must read which field is wrong.
    """

    @override
    def to_failure(
        self, exception: BaseException, payload_converter: PayloadConverter, failure: Failure
    ) -> None:
        super().to_failure(exception, payload_converter, failure)
        if failure.application_failure_info.type == OPEN_REJECTION:
            mark_open(failure.encoded_attributes)
            for detail in failure.application_failure_info.details.payloads:
                mark_open(detail)


def data_converter(keyring: Keyring, audience: str) -> DataConverter:
    """Pydantic JSON, sealed for one audience, failure messages too.

    Raises:
        KeyringError: the ring has no key for this audience.
    """
    return replace(
        pydantic_data_converter,
        payload_codec=SealingCodec(keyring, audience),
        failure_converter_class=SealedFailureConverter,
    )
