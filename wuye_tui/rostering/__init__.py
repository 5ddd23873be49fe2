"""Rosters drawn up by optimisation; the solver's libraries are loaded only where it runs."""
