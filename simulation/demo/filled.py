"""The parts of a form that everybody fills in alike: where it is handed in, where results go."""

import random  # noqa: TID251 - only a seeded random.Random is used

from simulation.demo.raw import Raw
from simulation.demo.timestamps import Reception


def phone(chance: random.Random) -> str:
    """A mobile number as Vietnam has them."""
    return f"0{chance.choice('35789')}{chance.randrange(10**8):08}"


def reception(
    chance: random.Random, commune: str, elsewhere: str | None, received: Reception
) -> Raw:
    """Handed in at the competent commune, or elsewhere; at a counter only while it is open."""
    channels = ("portal", "vneid", "counter") if received.at_counter else ("portal", "vneid")
    return {
        "channel": chance.choice(channels),
        "commune": elsewhere or commune,
        "received_at": received.at.isoformat() if received.is_backdated else None,
    }


def delivery(chance: random.Random, address: str, commune: str) -> Raw:
    """Mostly electronic; some want paper by post or at the counter."""
    (method,) = chance.choices(("electronic", "post", "counter"), weights=(80, 15, 5))
    return {
        "method": method,
        "address": address if method == "post" else None,
        "commune": None if method == "electronic" else commune,
    }
