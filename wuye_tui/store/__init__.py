"""Engine, acts, tables and migrations: how the desk gets on disk."""
