"""The revisions, numbered in order and never changed once they have left the house."""
