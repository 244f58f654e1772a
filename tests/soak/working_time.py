"""`make soak`: a million random questions about working time, module against oracle."""

import argparse
import os
import sys
import time
from multiprocessing import Pool

from harness.working_time_cases import World, mismatch, worlds

CHUNK = 5_000
SHOWN = 10
_worlds: tuple[World, ...] = ()


def main() -> int:
    """Ask, print count, seed and rate; exit 1 where the two disagree, naming the questions."""
    options = _options()
    _say(f"seed {options.seed}, {options.cases} cases, {options.workers} processes")
    begun, wrong, asked = time.monotonic(), [], 0
    chunks = [
        (options.seed, first, min(first + CHUNK, options.cases))
        for first in range(0, options.cases, CHUNK)
    ]
    with Pool(options.workers, initializer=_prepare) as pool:
        for count, found in pool.imap_unordered(_ask, chunks):
            asked += count
            wrong += found
            if len(wrong) >= SHOWN:
                break
    taken = time.monotonic() - begun
    for line in wrong[:SHOWN]:
        _say(line)
    _say(
        f"{asked} cases with seed {options.seed} in {taken:.0f} s ({asked / taken:,.0f}/s):"
        f" {len(wrong) or 'no'} differences"
    )
    return 1 if wrong else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _prepare() -> None:
    global _worlds  # noqa: PLW0603 - one table of minutes for each process, made once
    _worlds = worlds()


def _ask(chunk: tuple[int, int, int]) -> tuple[int, list[str]]:
    seed, first, end = chunk
    found = (mismatch(_worlds, seed, number) for number in range(first, end))
    return end - first, [line for line in found if line]


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=time.time_ns() // 1_000_000_000)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
