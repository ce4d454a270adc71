"""How the pages are built: Markdown (MyST), everything from this folder, nothing fetched."""

from importlib.metadata import version as installed

project = "melian"
author = "The melian developers"
copyright = "The melian developers, Apache License 2.0"  # noqa: A001 (the name is Sphinx's)
version = release = installed("melian")

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx.ext.mathjax"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

autodoc_typehints = "description"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = "melian"
html_show_copyright = False
html_copy_source = False
