"""The face that figures and pages are set in: how wide its letters are, and how a page carries it along."""
