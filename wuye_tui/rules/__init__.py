"""The regulations as plain Python: tables and pure functions that are told the time."""
