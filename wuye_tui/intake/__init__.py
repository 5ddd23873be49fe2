"""Files that come in: spreadsheets to clean rows and bad rows."""
