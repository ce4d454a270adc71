"""Programs that keep the pages in step with the code, and see to what tests need; no part of what is installed."""
