"""What can be refused, and in which words.

StudyError                  what somebody asked for cannot be done; `str()` is the sentence
├── NotFound                the thing is gone, or was never there
├── NotAllowed              it is there, but not for this person
├── Invalid                 what was typed cannot be used; says what can
│   └── UnknownZone         a time zone with a typo; carries the nearest names
├── AlreadyDone             it happened before; says what came of it
└── Unavailable             it cannot be done just now; trying again later may help
"""


class Trouble(Exception):
    """The bot cannot work at all: its message is one clear sentence for whoever operates it."""


class StudyError(Exception):
    """A refusal that a person may read: its message is one clear, kind sentence."""


class NotFound(StudyError):
    """The thing is gone, or was never there."""


class NotAllowed(StudyError):
    """It is there, but not for this person."""


class Invalid(StudyError):
    """What was typed cannot be used; the message says what can."""


class UnknownZone(Invalid):
    """No such time zone; `nearest` holds names that look like what was typed."""

    def __init__(self, typed: str, nearest: tuple[str, ...]) -> None:
        self.typed, self.nearest = typed, nearest
        near = f" Did you mean {', '.join(nearest)}?" if nearest else ""
        super().__init__(f"I don't know that time zone.{near} Try a city, like Europe/Berlin.")


class AlreadyDone(StudyError):
    """It happened before; the message says what came of it."""


class Unavailable(StudyError):
    """It cannot be done just now; trying again later may help."""
