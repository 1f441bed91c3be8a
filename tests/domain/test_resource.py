"""What to read: the file as it is, and how it is searched."""

from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from bot.domain.question import Topic
from bot.domain.resource import Library, Medium, Resource
from bot.reading import load_resources

LIBRARY = Library(load_resources)
GOOD = {
    "id": "a-page", "title": "A page", "by": "Somebody", "medium": "paper",
    "link": "https://example.org/page", "topics": ["data"], "about": "A page.",
}  # fmt: skip


def ids(found: list[Resource]) -> list[str]:
    return [resource.id for resource in found]


@pytest.mark.parametrize("topic", Topic)
def test_every_topic_has_something(topic: Topic):
    found = LIBRARY.on(topic, 2)
    assert len(found) == 2
    assert all(topic in resource.topics for resource in found)


def test_the_courses_and_sites_of_the_sources_are_there():
    courses = [r.title for r in LIBRARY.resources if r.medium is Medium.COURSE]
    assert "Structuring Machine Learning Projects" in courses
    assert len(courses) >= 6
    assert {"leetcode", "stratascratch", "scikit-learn-guide", "rules-of-ml"} <= set(
        ids(list(LIBRARY.resources))
    )


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("ridge", "ml-regression"),
        ("Ridg regresion", "ml-regression"),
        ("clusterring", "cluster-analysis-in-python"),
        ("rag", "retrieval-augmented-generation"),
        ("xgbost", "xgboost-paper"),
        ("system design", "structuring-ml-projects"),
        ("SYSTEM-DESIGN", "structuring-ml-projects"),
        ("Attention Is All You Need", "attention-is-all-you-need"),
    ],
)
def test_what_is_meant_is_found(typed: str, first: str):
    assert ids(LIBRARY.search(typed, 5))[0] == first


@pytest.mark.parametrize("typed", ["", "  ", "zzz", "qq", "watercolour painting"])
def test_nothing_is_found_for_nothing(typed: str):
    assert LIBRARY.search(typed, 5) == []


def test_the_nearest_topic():
    assert LIBRARY.nearest_topic("evaluatoin") is Topic.EVALUATION
    assert LIBRARY.nearest_topic("zzzzqq") is None


@pytest.mark.parametrize(
    "link",
    ["http://example.org", "https://localhost", "https://a.org/?utm=1", "https://u@a.org",
     "https://a.org:99/", "https://a.org/a b", "https://a.org/(x)", " https://a.org", "ftp://a.org"],
)  # fmt: skip
def test_a_bad_link_is_refused_by_its_form(link: str):
    with pytest.raises(ValidationError):
        Resource.model_validate(GOOD | {"link": link})


def test_an_id_used_twice_is_refused(tmp_path: Path):
    path = tmp_path / "resources.yaml"
    path.write_text(yaml.safe_dump([GOOD, GOOD]), "utf-8")
    with pytest.raises(ValueError, match="a-page"):
        load_resources(path)
