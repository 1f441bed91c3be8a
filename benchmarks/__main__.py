"""Every benchmark, one after the other: `python -m benchmarks`; or one: `… duels --duels 50`."""

import sys

from benchmarks import duels, many, picture, press, quiz, start, store

BENCHES = {
    "press": press,
    "start": start,
    "store": store,
    "many": many,
    "picture": picture,
    "duels": duels,
    "quiz": quiz,
}


def main() -> int:
    """Run them all, or the one that is named; 1 if any demand was missed."""
    named, options = sys.argv[1:2], sys.argv[2:]
    missed = 0
    for name in named or BENCHES:
        print(f"\n{name}")
        sys.argv = [name, *options]
        missed |= BENCHES[name].main()
    return missed


if __name__ == "__main__":
    sys.exit(main())
