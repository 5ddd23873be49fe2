"""Who may do what, said a second time: tables of hats by steps and by commands."""
