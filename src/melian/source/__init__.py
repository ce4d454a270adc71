"""Takes a file, gives a tree of texts with their places in it, and diagnostics that can point there."""
