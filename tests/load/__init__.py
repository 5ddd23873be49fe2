"""Eight desks at work at once on PostgreSQL, and the figures of it."""
