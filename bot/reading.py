"""`bot/resources.yaml` -> the library."""

from pathlib import Path

import yaml
from pydantic import TypeAdapter

from bot.domain.resource import Resource

FILE = Path(__file__).with_name("resources.yaml")
_RESOURCES = TypeAdapter(tuple[Resource, ...])


def load_resources(path: Path = FILE) -> tuple[Resource, ...]:
    """Every resource of the file.

    Raises:
        ValueError: something in it is not as it must be.
    """
    found = _RESOURCES.validate_python(yaml.safe_load(path.read_text("utf-8")))
    ids = [resource.id for resource in found]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise ValueError(f"ids used twice: {', '.join(twice)}")
    return found
