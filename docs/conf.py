"""How the pages are built: from Markdown (MyST) in this folder; a page fetches nothing when it is looked at."""

from importlib.metadata import version as installed
from pathlib import Path

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx
from sphinx.writers.html5 import HTML5Translator

project = "melian"
author = "The melian developers"
copyright = "The melian developers, Apache License 2.0"  # noqa: A001 (the name is Sphinx's)
version = release = installed("melian")

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
myst_enable_extensions = ["colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3
exclude_patterns = ["_build"]

# A page with a kernel in its head is a notebook: it is run while it is built, and a cell that fails fails the build. It
# runs in a folder that is thrown away, and no output of it is kept beside its text.
nb_execution_mode = "force"
nb_execution_raise_on_error = True
nb_execution_timeout = 300
nb_execution_in_temp = True
nb_ipywidgets_js = {}

autodoc_typehints = "description"
autodoc_member_order = "bysource"

html_theme = "furo"
html_title = "melian"
html_show_copyright = False
html_copy_source = False
html_static_path = ["_static"]
html_css_files = ["print.css", "notebook.css", "console.css"]
html_math_renderer = "mathml"


def inline_formula(translator: HTML5Translator, node: nodes.math) -> None:
    """A formula within a line, as MathML, which browsers draw by themselves: no script from elsewhere."""
    translator.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def displayed_formula(translator: HTML5Translator, node: nodes.math_block) -> None:
    """A formula on lines of its own."""
    translator.body.append(tex2mathml(node.astext(), as_block=True))
    raise nodes.SkipNode


def keep_in_build(app: Sphinx) -> None:
    """What running a notebook leaves goes where the pages go, and not beside them, where it would be read as a page."""
    folder = str(Path(app.outdir) / "executed")
    app.env.mystnb_config = app.env.mystnb_config.copy(output_folder=folder)


def setup(app: Sphinx) -> None:
    """Sphinx calls this once."""
    app.connect("builder-inited", keep_in_build, priority=900)  # once myst_nb has made its settings
    app.add_html_math_renderer("mathml", (inline_formula, None), (displayed_formula, None))
