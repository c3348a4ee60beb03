"""Makes realistic news feeds, the same bytes for the same seed: many languages, RSS and Atom, three versions each.

prose (words, names, watched affairs) -> documents (RSS, Atom) -> corpus (files, validators, what is new in a version)
"""
