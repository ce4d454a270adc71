"""Writing games as Gambit 17 reads them.

Numbers are written exactly, as decimals or fractions, so that chances sum to 1 to the last digit. Gambit refuses some
labels that a game may hold: control characters, white space at an edge or doubled, an empty or repeated name where one
is needed, the name of chance itself. Those are changed, and the answer says which, so that names can be mapped back.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Final

from melian.exchange.game import Game, Node, Outcome, Table, told_apart
from melian.exchange.numbers import MAX_DIGITS

CHANCE: Final = "Chance"
_SPACES: Final = re.compile(r"\s+")
# Gambit 17 takes a backslash as it stands, except before a quote, which it then escapes, and doubles those in a row.
_LOST: Final = re.compile(r'\\(?=[\\"]|$)|(?<=\\)\\')


@dataclass(frozen=True, slots=True)
class Renamed:
    """A label that had to change.

    Attributes
    ----------
    what : the thing, by its numbers from 1: `player 2`, `information set 1:3`, `action 1:3/2`, `event 1`, `chance 1/2`,
        `node 7`, `outcome 4`, `strategy 1/2`, `title`, `comment`.
    """

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Written:
    """A file's text, and the labels in it that are not the game's own."""

    text: str
    renamed: tuple[Renamed, ...]


def write_efg(game: Game) -> Written:
    """Text of an extensive game."""
    names = _Names()
    lines = _Lines(game, names)
    head = [f"EFG 2 R {names.free('title', game.title)} {_braces(names.needed(_each('player', game.players), CHANCE))}"]
    head += [names.free("comment", game.comment), ""]
    text = "\n".join([*head, *(lines.line(number, node) for number, node in enumerate(game.nodes))])
    return Written(text + "\n", tuple(names.renamed))


def write_nfg(table: Table) -> Written:
    """Text of a strategic game, in the version with outcomes."""
    names = _Names()
    players = names.needed(_each("player", table.players), CHANCE)
    strategies = [
        _braces(names.needed(_each(f"strategy {player}", labels, "/")))
        for player, labels in enumerate(table.strategies, 1)
    ]
    labels = names.needed(_each("outcome", [outcome.label for outcome in table.outcomes]))
    outcomes = [f"{{ {label} {_payoffs(outcome)} }}" for label, outcome in zip(labels, table.outcomes, strict=True)]
    lines = [
        f"NFG 1 R {names.free('title', table.title)} {_braces(players)}",
        "",
        _braces(strategies),
        names.free("comment", table.comment),
        "",
        *["{", *outcomes, "}"],
        " ".join("0" if cell is None else str(cell + 1) for cell in table.cells),
    ]
    return Written("\n".join(lines) + "\n", tuple(names.renamed))


@dataclass(slots=True)
class _Names:
    """Labels as Gambit takes them, in quotes; remembers those that changed."""

    renamed: list[Renamed] = field(default_factory=list)

    def free(self, what: str, text: str) -> str:
        """Title or comment, in which lines and spaces are free."""
        allowed = "".join(c for c in _encodable(text) if c in "\t\n" or not unicodedata.category(c).startswith("C"))
        return self._quoted(what, text, _LOST.sub("/", allowed))

    def needed(self, labels: Iterable[tuple[str, str]], *reserved: str) -> list[str]:
        """Labels that have to be there and to differ from each other."""
        pairs = list(labels)
        clean = told_apart((*(_clean(text) for _, text in pairs), *reserved))[: len(pairs)]
        return [self._quoted(what, text, label) for (what, text), label in zip(pairs, clean, strict=True)]

    def optional(self, labels: Iterable[tuple[str, str]]) -> list[str]:
        """Labels that may be empty, and otherwise differ from each other."""
        pairs = list(labels)
        given = [_clean(text) for _, text in pairs]
        apart = iter(told_apart(tuple(label for label in given if label)))
        return [
            self._quoted(what, text, next(apart) if label else "")
            for (what, text), label in zip(pairs, given, strict=True)
        ]

    def _quoted(self, what: str, before: str, after: str) -> str:
        if before != after:
            self.renamed.append(Renamed(what, before, after))
        escaped = after.replace('"', '\\"')
        return f'"{escaped}"'


class _Lines:
    """Lines of a tree: all labels are settled first, since they have to differ from each other."""

    def __init__(self, game: Game, names: _Names) -> None:
        self._game = game
        self._nodes = names.optional(_each("node", [node.label for node in game.nodes]))
        self._outcomes = names.needed(_each("outcome", [outcome.label for outcome in game.outcomes]))
        self._sets: list[str] = []
        for player in range(len(game.players)):
            mine = [place for place in game.information_sets if place.player == player]
            labels = names.optional((f"information set {place.id}", place.label) for place in mine)
            for place, label in zip(mine, labels, strict=True):
                actions = names.needed(_each(f"action {place.id}", place.actions, "/"))
                self._sets.append(f"{player + 1} {place.number} {label} {_braces(actions)}")
        self._events: list[str] = []
        labels = names.optional(_each("event", [event.label for event in game.events]))
        for event, label in zip(game.events, labels, strict=True):
            actions = names.needed(_each(f"chance {event.number}", event.actions, "/"))
            lots = [f"{action} {_number(chance)}" for action, chance in zip(actions, event.chances, strict=True)]
            self._events.append(f"{event.number} {label} {_braces(lots)}")

    def line(self, number: int, node: Node) -> str:
        """Text of one node."""
        outcome = "0"
        if node.outcome is not None:
            payoffs = _payoffs(self._game.outcomes[node.outcome])
            outcome = f"{node.outcome + 1} {self._outcomes[node.outcome]} {{ {payoffs} }}"
        label = self._nodes[number]
        if node.kind == "end":
            return f"t {label} {outcome}"
        place = self._sets[node.place] if node.kind == "player" else self._events[node.place]
        return f"{node.kind[0]} {label} {place} {outcome}"


def _each(what: str, labels: Iterable[str], mark: str = " ") -> Iterator[tuple[str, str]]:
    """Labels with what they belong to, numbered from 1."""
    return ((f"{what}{mark}{number}", label) for number, label in enumerate(labels, 1))


def _clean(label: str) -> str:
    """Label without what Gambit 17 refuses in any place."""
    plain = "".join(" " if c.isspace() or unicodedata.category(c) == "Cc" else c for c in _encodable(label))
    return _LOST.sub("/", _SPACES.sub(" ", plain).strip())


def _encodable(text: str) -> str:
    """Text without lone surrogates, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _payoffs(outcome: Outcome) -> str:
    return ", ".join(map(_number, outcome.payoffs))


def _number(value: Fraction) -> str:
    """Text of an exact number: as a decimal where that is shorter than the fraction."""
    fraction, digits = str(value), _n_decimals(value.denominator)
    if digits is None or value.denominator == 1:
        return fraction
    whole = f"{abs(value.numerator) * 10**digits // value.denominator:0{digits + 1}}"
    decimal = f"{'-' if value < 0 else ''}{whole[:-digits]}.{whole[-digits:]}"
    return decimal if len(decimal) < len(fraction) else fraction


def _n_decimals(denominator: int) -> int | None:
    """Digits after the point of a fraction with this denominator; None where they never end, or there are many."""
    twos = (denominator & -denominator).bit_length() - 1
    rest, fives = denominator >> twos, 0
    while rest % 5 == 0 and fives <= MAX_DIGITS:
        rest, fives = rest // 5, fives + 1
    return max(twos, fives) if rest == 1 and max(twos, fives) <= MAX_DIGITS else None


def _braces(parts: Iterable[str]) -> str:
    return " ".join(["{", *parts, "}"])
