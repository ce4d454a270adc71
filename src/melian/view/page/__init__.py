"""Sheets as a page: semantic HTML with everything in it, for a browser, an e-mail and a printer."""
