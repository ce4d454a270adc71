"""Looking over a game file: what is wrong with it, what is odd, and who forgets what, each with its place."""

from collections.abc import Iterator, Sequence

from melian.exchange.efg import read_placed_efg
from melian.exchange.game import Game, InformationSet
from melian.exchange.read import first_word, parse_game
from melian.exchange.recall import Lapse, lapses
from melian.source.diagnostic import Diagnostic, Label, info, warning
from melian.source.text import Source, Span


def examine_game(source: Source) -> tuple[Game | None, list[Diagnostic]]:
    """Game in a text, or None where an error stands in the way of reading it; and all that there is to say about it."""
    if first_word(source)[0] != "EFG":
        return parse_game(source)  # in a strategic game everybody moves once, and nothing can be forgotten
    game, found, places = read_placed_efg(source)
    if game is not None:
        found += _forgotten(game, places)
    return game, found


def _forgotten(game: Game, places: Sequence[Span]) -> Iterator[Diagnostic]:
    for lapse in lapses(game):
        place = game.information_sets[lapse.place]
        earlier = game.information_sets[lapse.earlier]
        first = places[place.members[0]]
        if lapse.forgotten == "absent-minded":
            headline = f"`{game.players[place.player]}` is absent-minded: a path meets {named(place)} twice"
            note = "each visit is weighed by itself, and believed in as often as play comes there"
            yield warning("game-absent-minded", headline, first, "this information set", info=note)
            continue
        headline = f"`{game.players[place.player]}` has forgotten at {named(place)} {_what(lapse, earlier)}"
        then = [Label(places[earlier.members[0]], "what is forgotten")]
        note = "it is solved as if another agent with the same payoffs moved there (agent logit equilibrium)"
        yield info("game-imperfect-recall", headline, first, "here it is forgotten", secondary=then, info=note)


def _what(lapse: Lapse, earlier: InformationSet) -> str:
    if lapse.forgotten == "action":
        return f"what it did at {named(earlier)}"
    return f"whether it has been at {named(earlier)}"


def named(place: InformationSet) -> str:
    """Information set by number and label."""
    return f"{place.id} `{place.label}`" if place.label else place.id
