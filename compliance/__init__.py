"""modelcheck: may we use this model, in this way, under these terms, on this date, and what do we owe?"""
