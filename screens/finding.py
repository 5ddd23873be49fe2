"""One box that finds everything: rooms, people, telephones, plates, slips."""

from screens.calls import Calls


class Finding(Calls):
    """The search, and the lists of notices and of telephone numbers."""
