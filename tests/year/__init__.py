"""A year of money in the training office, lived through the verbs and reckoned a second time."""
