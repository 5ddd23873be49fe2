"""The command line: `wuye NOUN VERB`, one file a noun."""
