"""The nouns and the pure rules everyone shares; standard library only, no input or output, no clock."""
