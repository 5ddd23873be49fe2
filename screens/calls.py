"""Calls: the card of the unit that the line speaks of, and this duty's register."""

from screens.seat import Seat


class Calls(Seat):
    """What lies under the line while somebody is on the telephone."""
