"""What people report about the bank's questions, for whoever looks after them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from bot.domain.bank import Bank
from bot.domain.report import Report


def complaint_lines(reports: Iterable[Report], bank: Bank) -> Iterator[str]:
    """The reports by question, the most reported first; no person is named."""
    about: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        about[report.question_id].append(report)
    for question_id, found in sorted(about.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        question = bank.by_id.get(question_id)
        yield f"{question_id}: {question.title if question else 'not in the bank any more'}"
        for report in found:
            since = question is not None and question.hash != report.question_hash
            reworded = ", reworded since" if since else ""
            text = f": {_line(report.text)}" if report.text else ""
            yield f"  {report.at:%Y-%m-%d} {report.reason}{reworded}{text}"


def _line(text: str) -> str:
    """On one line, and nothing that would move a terminal's cursor."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
