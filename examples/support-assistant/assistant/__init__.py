"""Answers customers' questions from the manuals of a shop."""
