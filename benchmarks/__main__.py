"""Every benchmark, one after the other: `python -m benchmarks`."""

import sys

from benchmarks import many, press, start, store


def main() -> int:
    """Run them all; 1 if any demand was missed."""
    missed = 0
    for bench in (press, start, store, many):
        print(f"\n{bench.__name__}")
        missed |= bench.main()
    return missed


if __name__ == "__main__":
    sys.exit(main())
