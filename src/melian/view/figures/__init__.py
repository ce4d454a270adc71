"""Answers as pictures: marks of SVG with every text measured and made safe, drawn in one place."""
