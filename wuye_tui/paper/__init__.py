"""What goes out on paper and to files."""
