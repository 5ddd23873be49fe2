"""The lines that ring: a strip above the line, never a dialog."""

from screens.finding import Finding


class Ringing(Finding):
    """Takes calls, gives them up, and keeps the missed ones in sight."""
