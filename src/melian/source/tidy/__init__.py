"""Takes a case's text, gives the same text in good order: not a word, a comment or an order of the user's is changed.

`tidy` in `layout` is the way in. Comments are found in what stands between the tree's texts (`comments`), quotes are
kept where a text would be read otherwise without them (`quotes`), and block texts are moved as they are (`blocks`).
"""
