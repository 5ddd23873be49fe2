"""News about the terminal and the database, that must not wipe out what somebody did."""

from screens.frame import Frame
from screens.widgets.news import News


class Aside:
    """News that stands in front of other news for a while and then leaves it as it was.

    What is said meanwhile is left alone for once, so that it can be read.
    """

    def __init__(self, screen: Frame) -> None:
        self._screen = screen
        self._before = ("", "good")
        self._said: tuple[str, str] | None = None

    def say(self, words: str) -> None:
        """Says it, or says it anew."""
        if (news := self._news) is None:
            return
        if news.said != self._said:
            said, self._before, self._said = self._said, news.said, None
            if said:
                return
        self._screen.say(words)
        self._said = news.said

    @property
    def _news(self) -> News | None:
        found: News | None = self._screen.part("news")
        return found

    @property
    def stands(self) -> bool:
        """Whether it is what is said now."""
        return self._news is not None and self._said == self._news.said

    def withdraw(self) -> None:
        """What was said before stands there again, if nothing else has been said since."""
        if self.stands and (news := self._news) is not None:
            news.tell(*self._before)
        self._said = None
