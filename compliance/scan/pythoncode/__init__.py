"""What the finder of Python files knows of the language: trees, names, calls, and what they lead to."""
