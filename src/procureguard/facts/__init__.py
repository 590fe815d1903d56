"""Facts: typed values by path, each with its source, day and place, or unknown."""
