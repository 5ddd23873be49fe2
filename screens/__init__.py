"""The console: shows, takes keys, calls registers; holds no rule and no SQL."""
