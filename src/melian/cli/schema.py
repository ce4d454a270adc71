"""`melian schema`: the JSON Schema of the case language."""

from melian.cli import options
from melian.cli.guard import guarded
from melian.cli.output import write_json


@guarded
def schema(json: options.Json = False, debug: options.Debug = False) -> None:
    """The JSON Schema of a case, for editors."""
    from melian.case.schema import make_schema

    write_json(make_schema())
