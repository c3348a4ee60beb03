"""Why an article matters: packs, term edges by script, the automaton, scoring."""
