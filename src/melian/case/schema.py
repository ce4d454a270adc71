"""The case language as a JSON Schema (draft 2020-12), made from the same records that the reader follows.

Editors read it for completion and for a first look over a case. It knows shapes, keys and how judgements are written;
what only meaning can tell (names that exist, rules that cover everything) is left to `melian check`. It accepts what
the reader accepts, whether plain scalars were read as texts or, as YAML 1.2 has them, as numbers and truth values.
"""

from typing import Any, Final

from melian.case.functions import KINDS
from melian.case.grades import DIGITS, LETTERS
from melian.case.judgement import BASES
from melian.case.language import PROVENANCE, RECORDS, RESERVED, RULE, Key
from melian.case.numeric import OPEN
from melian.case.placeholder import MARK
from melian.case.quantity import BOUNDS, EXAMPLES, Kind
from melian.case.watch import EASE
from melian.case.words import INFLUENCE_WORDS, PRECISION_WORDS, SCALES

Schema = dict[str, Any]

DRAFT: Final = "https://json-schema.org/draft/2020-12/schema"
# Letters of any script, digits, `_`, `-` and inner dots, said by what is left out: `\w` means other things elsewhere.
NAME: Final = r"^(?![-.])[^\u0000-\u002c\u002f\u003a-\u0040\u005b-\u005e\u0060\u007b-\u00a9]{1,80}$"
_MAYBE_MARKED: Final = rf"(?:{MARK}\s+)?"
OWN: Final = {"^x-": True}
_USE: Final = rf"^\s*[Tt][Hh][Ee]\s+{NAME[1:-1]}\s*$"
DAY: Final = r"^\d{4}-\d{2}-\d{2}$"
_NUMBER: Final = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?"
_PERCENT: Final = rf"{_NUMBER}\s*%?"
_WORDS: Final[dict[Kind, tuple[str, ...]]] = {
    "chance": tuple(dict.fromkeys(word for scale in SCALES.values() for word in scale.words())),
    "value": (),
    "influence": tuple(INFLUENCE_WORDS),
    "precision": tuple(PRECISION_WORDS),
    "weight": (),
}
_THRESHOLD: Final = (
    r"^\s*(?:[Mm]ore\s+than|[Aa]t\s+least|[Ll]ess\s+than|[Aa]t\s+most|[Ee]xactly)\s+"
    rf"(?:half|\d{{1,3}}/\d{{1,3}}|{_NUMBER}\s*%?)\s*$"
)
_COMPARED: Final = (
    r"^\s*(?:(?:[Aa]bove|[Aa]t least|[Bb]elow|[Aa]t most)\s+[+-]?[\d.]+"
    r"|[Bb]etween\s+[+-]?[\d.]+\s+and\s+[+-]?[\d.]+)\s*$"
)
_CALL: Final = r"[A-Za-z]+\s*\([^()]*\)"
_TABLE_KEYS: Final = ("given", "chances", "base", "influences")


def make_schema() -> Schema:
    """Schema of a case file."""
    kinds: tuple[Kind, ...] = ("chance", "value", "influence", "precision", "weight")
    definitions: dict[str, Schema] = dict(_SCALARS)
    for kind in kinds:
        definitions[f"judgement.{kind}"] = _judgement(kind)
        definitions[f"row.{kind}"] = _row(kind)
    definitions["judgement"] = {
        "description": "A judgement of any kind; the places that name it tell which.",
        "anyOf": [_ref(f"judgement.{kind}") for kind in kinds],
        "not": {"type": "string", "pattern": _USE},
    }
    for kind in ("chance", "value", "influence"):
        definitions[f"rule.{kind}"] = _rule(kind)
    definitions["table"] = _TABLE
    definitions |= {name: _record(keys) for name, keys in RECORDS.items() if name != "case"}
    definitions["factor"]["allOf"] = [_ref("table")]
    definitions["stakes"]["additionalProperties"] = _ref("stake")
    definitions["belief"]["allOf"] = [_ref("table")]
    definitions["rule.cause"] = _cause()
    definitions["function"]["oneOf"] = [{"required": [kind]} for kind in KINDS]
    definitions["function"]["dependentRequired"] = {key: ["then"] for key in ("any", "all", "sum")}
    definitions["function"]["dependentRequired"]["vote"] = ["says", "then"]
    definitions["watched"]["oneOf"] = [{"required": ["likelihood"]}, {"required": ["shows"]}]
    definitions["report"]["oneOf"] = [*definitions["watched"]["oneOf"], {"required": ["believed"]}]
    doubted = {"required": ["certain"], **_any_key(("grade", "anyway", "deceptive"))}
    sourced = {"required": ["believed"], **_any_key(("source", "grade", "certain", "anyway", "deceptive", "origin"))}
    definitions["report"]["not"] = {"anyOf": [doubted, sourced]}
    definitions["numeric"]["oneOf"] = [{"required": ["edges"]}, {"required": ["values"]}]
    top = _record(RECORDS["case"])
    return {"$schema": DRAFT, "title": "A case of melian", **top, "$defs": definitions}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _record(keys: tuple[Key, ...]) -> Schema:
    required = [key.name for key in keys if key.required]
    shape: Schema = {
        "type": "object",
        "properties": {key.name: {"description": key.doc, **_form(key.form)} for key in keys},
        "patternProperties": OWN,
        "additionalProperties": False,
    }
    return {**shape, "required": required} if required else shape


def _form(form: str) -> Schema:
    """Schema of what a key takes; see `melian.case.language.Key`."""
    head, _, rest = form.partition(":")
    match head:
        case "record":
            return _ref(rest)
        case "list":
            return _nullable({"type": "array", "items": _ref(rest)})
        case "map":
            return _nullable(_map(_entry(rest)))
        case "judgement" | "row":
            return _nullable(_ref(f"{head}.{rest}")) if rest == "weight" else _ref(f"{head}.{rest}")
        case "rows":
            return {"anyOf": [_ref(f"row.{rest}"), {"type": "array", "minItems": 1, "items": _ref(f"rule.{rest}")}]}
        case "influences":
            return {"type": "array", "items": _ref("rule.influence")}
        case "causes":
            return {"type": "array", "minItems": 1, "items": _ref("rule.cause")}
        case "conditions":
            return {"type": "array", "minItems": 1, "items": _ref("condition")}
        case "addends":
            return {"type": "array", "minItems": 1, "items": _ref("addend")}
        case "votes":
            return {"anyOf": [_ref("names"), _map(_ref("amount"))]}
        case "then":
            return {"anyOf": [_ref("name"), _map({"type": "string", "pattern": _THRESHOLD})]}
        case _:
            return _ref(form)


def _entry(form: str) -> Schema:
    """Schema of one entry of a map."""
    if form == "beliefs":
        is_table = _any_key(_TABLE_KEYS)
        is_table["anyOf"].append({"required": ["function"], "properties": {"function": {"type": "object"}}})
        row_or_table = {"if": is_table, "then": _ref("belief"), "else": _ref("row.chance")}
        return _nullable(_map({"type": "object", **row_or_table}))
    if form in ("actor", "source", "stakes"):
        return _nullable(_ref(form))
    return _ref(form.replace(":", "."))


def _map(values: Schema) -> Schema:
    return {
        "type": "object",
        "propertyNames": {"pattern": NAME, "not": {"enum": sorted(RESERVED)}},
        "patternProperties": OWN,
        "additionalProperties": values,
    }


def _nullable(schema: Schema) -> Schema:
    """Schema of a section that may be left empty."""
    return {"anyOf": [schema, {"type": "null"}]}


def _any_key(names: tuple[str, ...]) -> Schema:
    return {"anyOf": [{"required": [name]} for name in names]}


# Judgements


def _judgement(kind: Kind) -> Schema:
    low, high = BOUNDS[kind]
    number: Schema = {"type": "number", "minimum": low}
    if high < float("inf"):
        number["maximum"] = high
    written = {"type": "string", "pattern": _pattern(kind)}
    words = [{"enum": list(_WORDS[kind])}] if _WORDS[kind] else []
    properties = {"is": {"anyOf": [number, *words, written]}} | _properties(PROVENANCE)
    long = {
        "type": "object",
        "description": "The judgement with who made it, when and on what basis.",
        "required": ["is"],
        "properties": properties,
        "patternProperties": OWN,
        "additionalProperties": False,
    }
    said = EXAMPLES[kind]
    return {"description": f"{said[0].upper()}{said[1:]}.", "anyOf": [number, *words, written, long]}


def _pattern(kind: Kind) -> str:
    """Pattern of a judgement's text, as `melian.case.judgement` reads it."""
    number = _PERCENT if kind in ("chance", "weight") else _NUMBER
    forms = [number, rf"{number}\s*\.\.\s*{number}", _CALL, *map(_any_case, _WORDS[kind]), _USE[4:-4]]
    if kind != "influence":
        forms.append(rf"{_any_case('about')}\s+{number}")
    if kind == "influence":
        forms.append(rf"{_any_case('times')}\s+{_NUMBER}(?:\s*\.\.\s*{_NUMBER})?")
    return rf"^\s*{_MAYBE_MARKED}(?:{'|'.join(forms)})\s*$"


def _any_case(words: str) -> str:
    """Pattern of words in capitals or not, with any blanks between them."""
    letters = (f"[{letter.upper()}{letter}]" if letter.isalpha() else letter for letter in words)
    return "".join(letters).replace(" ", r"\s+")


# Rows and rules


def _properties(keys: tuple[Key, ...]) -> dict[str, Schema]:
    return {key.name: {"description": key.doc, **_form(key.form)} for key in keys}


def _row(kind: Kind) -> Schema:
    others = {"description": "Of each state that is not named.", **_ref(f"judgement.{kind}")}
    return {
        "type": "object",
        "description": "A judgement for each state that is named; states that are left out share the rest.",
        "minProperties": 1,
        "properties": {"others": others} | _properties(PROVENANCE),
        "propertyNames": {"pattern": NAME},
        "patternProperties": OWN,
        "additionalProperties": _ref(f"judgement.{kind}"),
    }


def _rule(kind: str) -> Schema:
    by_name = {key.name: key for key in RULE}
    other = {"is", "otherwise"} - {{"value": "is", "influence": "otherwise"}.get(kind, "")}
    keys = tuple(key for key in RULE if key.name not in other)
    rule: Schema = {
        "type": "object",
        "description": "Holds when all its tests hold; of several rules the first that matches counts.",
        "oneOf": [{"required": ["when"]}, {"required": ["else"]}],
        "properties": _properties(keys),
        "propertyNames": {"pattern": NAME},
        "patternProperties": OWN,
        "additionalProperties": False,
    }
    if kind == "value":
        return {**rule, "required": [by_name["is"].name]}
    if kind == "chance":
        rule["properties"]["others"] = _ref("judgement.chance")
    else:
        del rule["oneOf"], rule["properties"]["else"]
        rule |= {"required": ["when"], "not": {"required": ["else"]}}
        rule["description"] = "Shifts where all its tests hold, or `otherwise`; all influences that apply add up."
    return {**rule, "additionalProperties": _ref(f"judgement.{kind}")}


def _cause() -> Schema:
    """Schema of one cause of a function."""
    rule = _rule("chance")
    rule["properties"] |= {"otherwise": _ref("row.chance")}
    del rule["oneOf"], rule["properties"]["else"]
    described = "What a cause brings about by itself where its tests hold and, in `otherwise`, where they do not."
    return rule | {"required": ["when"], "not": {"required": ["else"]}, "description": described}


_TABLE: Final[Schema] = {
    "description": "Either `chances`, or `base` with or without `influences`, or a `function`.",
    "oneOf": [
        {"required": ["chances"], "not": _any_key(("base", "influences", "function"))},
        {"required": ["base"], "not": _any_key(("chances", "function"))},
        {"required": ["function"], "not": _any_key(("given", "chances", "base", "influences"))},
    ],
}

# Scalars; a name or a text that looks like a number or a truth value may be read as one

_NAME: Final[Schema] = {
    "type": ["string", "integer", "boolean"],
    "pattern": NAME.replace("^", f"^{_MAYBE_MARKED}", 1),
    "not": {"enum": sorted(RESERVED)},
}
_NAMES: Final[Schema] = {"anyOf": [_ref("name"), {"type": "array", "items": _ref("name"), "uniqueItems": True}]}
_PATH: Final[Schema] = {"type": "string", "pattern": r"^(?![/~])[^\\:]+\.[yY][aA]?[mM][lL]$"}
_LABELLED: Final[Schema] = {
    "type": "object",
    "propertyNames": _ref("name"),
    "additionalProperties": _ref("text"),
    "minProperties": 1,
    "maxProperties": 1,
}
_LONG_OPTION: Final[Schema] = {**_LABELLED, "additionalProperties": _ref("option")}
_SCALARS: Final[dict[str, Schema]] = {
    "text": {"type": ["string", "number", "boolean"]},
    "name": _NAME,
    "names": {"anyOf": [*_NAMES["anyOf"], {"type": "null"}]},
    "paths": {"anyOf": [_PATH, {"type": "array", "items": _PATH}, {"type": "null"}]},
    "date": {"type": "string", "pattern": DAY.replace("^", f"^{_MAYBE_MARKED}")},
    "version": {"enum": [1, "1"]},
    "scale": {"enum": list(SCALES)},
    "behaviour": {"enum": ["logit", "rational"]},
    "knows": {"enum": ["minds", "chances"]},
    "basis": {"enum": list(BASES)},
    "outcome": {"enum": ["yes", "no"]},
    "rank": {
        "anyOf": [
            {"type": "number", "exclusiveMinimum": -1, "exclusiveMaximum": 1},
            {"type": "string", "pattern": r"^\s*[-+]?0*(\.\d+|0\.?)\s*$"},
        ]
    },
    "amount": {"anyOf": [{"type": "number"}, {"type": "string", "pattern": rf"^{_NUMBER}$"}]},
    "edges": {"type": "array", "minItems": 3, "items": {"anyOf": [_ref("amount"), {"const": OPEN}]}},
    "numbers": {"type": "array", "minItems": 2, "items": _ref("amount")},
    "true": {"enum": [True, "true"]},
    "ease": {"enum": list(EASE)},
    "grade": {
        "type": "string",
        "pattern": rf"^\s*{_MAYBE_MARKED}[A-Fa-f]\s*[1-6]?\s*$",
        "description": "; ".join(f"{sign}: {meaning}" for sign, meaning in (LETTERS | DIGITS).items()),
    },
    "states": {
        "type": "array",
        "items": {"anyOf": [_ref("name"), _LABELLED]},
        "minItems": 2,
        "maxItems": 50,
        "uniqueItems": True,
    },
    "options": {
        "type": "array",
        "items": {"anyOf": [_ref("name"), _LABELLED, _LONG_OPTION]},
        "minItems": 2,
        "maxItems": 50,
        "uniqueItems": True,
    },
    "order": {
        "anyOf": [{"type": ["string", "null"]}, {"type": "array", "items": {"type": ["string", "integer", "boolean"]}}],
    },
    "condition": {
        "type": "object",
        "description": "All tests in it must hold; `all` and `any` take lists of conditions.",
        "minProperties": 1,
        "properties": {
            "all": {"type": "array", "minItems": 1, "items": _ref("condition")},
            "any": {"type": "array", "minItems": 1, "items": _ref("condition")},
        },
        "propertyNames": {"pattern": NAME},
        "patternProperties": OWN,
        "additionalProperties": {"anyOf": [*_NAMES["anyOf"], {"type": "string", "pattern": _COMPARED}]},
    },
}
