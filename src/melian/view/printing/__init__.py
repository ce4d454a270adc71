"""Pages on paper and figures as pictures: drawn by the browser that is on the machine."""
