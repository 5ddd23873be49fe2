"""Reference data that an office edits: clauses, tariff, calendar, demo office."""
