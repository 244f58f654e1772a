"""Commands of ours, said to a running stack."""

import asyncio

from typer.testing import CliRunner, Result

from workers.cli.app import build

from harness.country import Country


async def lienthong(country: Country, *words: str) -> Result:
    """What one command says; in a thread, for it has an event loop of its own."""
    settings = {"LIENTHONG_STATE": str(country.settings.state)}
    return await asyncio.to_thread(
        lambda: CliRunner().invoke(build(words[0]), [*words], env=settings)
    )
