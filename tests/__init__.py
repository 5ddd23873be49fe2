"""The tests, folder for folder as the code."""
