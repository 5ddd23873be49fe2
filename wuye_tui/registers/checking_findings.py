"""What `wuye check` has looked at, and what it found wrong: gathered on the way."""

from dataclasses import dataclass, field


@dataclass
class Findings:
    """How much of everything was looked at, and one sentence for whatever is wrong."""

    counts: dict[str, int] = field(default_factory=dict)
    sentences: list[str] = field(default_factory=list)

    def count(self, what: str, number: int = 1) -> None:
        """So many more were looked at."""
        self.counts[what] = self.counts.get(what, 0) + number

    def add(self, sentence: str) -> None:
        """Something is wrong."""
        self.sentences.append(sentence)
