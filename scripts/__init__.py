"""Programs that keep the pages in step with the code; no part of what is installed."""
