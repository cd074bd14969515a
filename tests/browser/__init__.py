"""A package, so that the one browser of its tests ends with the last of them."""
