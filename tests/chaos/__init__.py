"""The real program, killed again and again between its fakes: nothing lost, nothing twice, counted at the fakes."""
