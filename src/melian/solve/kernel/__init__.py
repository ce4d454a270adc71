"""One compiled function that runs any plan, many worlds at a time."""
