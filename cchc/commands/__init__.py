"""The commands of `python -m cchc` that have more to say than a line."""
