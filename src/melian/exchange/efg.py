"""Reading Gambit's extensive games (`.efg`).

The grammar is that of Gambit's documentation, "The extensive game (.efg) file format": a head with title and players,
then the nodes in prefix order, with information sets, events and outcomes described where they are first met. Where a
later description differs, Gambit 17 refuses the file; here a different label is told and the first one counts, while
anything that would change the game is an error.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from melian.exchange.draft import Draft
from melian.exchange.game import NOBODY, Game
from melian.exchange.head import payoffs_in, read_head
from melian.exchange.limits import MAX_ACTIONS, MAX_DEPTH, MAX_NODES
from melian.exchange.numbers import exact_sum
from melian.exchange.scan import FormatError, Scanner, Token
from melian.source.diagnostic import Diagnostic, Label, error, has_errors, warning
from melian.source.text import Source, Span


def read_efg(source: Source) -> tuple[Game | None, list[Diagnostic]]:
    """Game in a text, or None where an error stands in the way; and all that there is to be told about it."""
    game, found, _ = read_placed_efg(source)
    return game, found


def read_placed_efg(source: Source) -> tuple[Game | None, list[Diagnostic], tuple[Span, ...]]:
    """As `read_efg`, and for each node of the game where the number of its information set stands in the file."""
    reader = _Reader(source)
    try:
        reader.read()
    except FormatError as trouble:
        reader.found.append(trouble.diagnostic)
    if has_errors(reader.found):
        return None, reader.found, ()
    return reader.draft.freeze(), reader.found, tuple(reader.spans)


@dataclass(frozen=True, slots=True)
class _Described:
    """What is said of an information set or an event where it stands."""

    name: Token | None
    actions: tuple[Token, ...]
    chances: tuple[Fraction, ...]
    span: Span

    @property
    def labels(self) -> tuple[str, ...]:
        return tuple(action.text for action in self.actions)


@dataclass(frozen=True, slots=True)
class _Priced:
    """An outcome as it was first described."""

    key: int
    name: Token | None
    payoffs: tuple[Fraction, ...]
    span: Span


@dataclass(slots=True)
class _Reader:
    """State of one reading."""

    source: Source
    found: list[Diagnostic] = field(default_factory=list)
    places: dict[tuple[int, int], tuple[int, _Described]] = field(default_factory=dict)
    outcomes: dict[int, _Priced] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    scan: Scanner = field(init=False)
    players: tuple[str, ...] = ()
    draft: Draft = field(init=False)

    def read(self) -> None:
        """Read the whole file."""
        self.scan = Scanner(self.source, "efg-syntax")
        title, self.players = read_head(self.scan, "EFG", "2", self.found)
        comment = self.scan.maybe("text")
        self.draft = Draft(title, comment.text if comment else "", self.players)
        while not self.draft.is_complete:
            self._node()
        if self.scan.next.kind != "end":
            headline = "text follows the last node of the game"
            label = "every branch has led to an end before this"
            self.found.append(warning("efg-extra", headline, self.scan.next.span, label, info="it is left unread"))

    def _node(self) -> None:
        """Read one node."""
        kind = self.scan.next
        if kind.kind == "end" and self.draft.n_nodes:
            raise FormatError(error("efg-missing-node", "a branch of the game has no node", kind.span, self._waiting()))
        if kind.kind != "word" or kind.text not in ("c", "p", "t"):
            raise self.scan.expected("a node, which begins with c, p or t,")
        self.scan.maybe("word")
        self.spans.append(kind.span)
        label = self.scan.take("text", "the node's label, a quoted text,").text
        place = None if kind.text == "t" else self._event() if kind.text == "c" else self._information_set()
        outcome = self._outcome()
        if self.draft.n_nodes >= MAX_NODES:
            raise self._too_large(f"the game has more than {MAX_NODES:,} nodes", kind.span)
        if self.draft.depth > MAX_DEPTH:
            raise self._too_large(f"the game is more than {MAX_DEPTH:,} moves deep", kind.span)
        self.draft.add(label, place, outcome)

    def _waiting(self) -> str:
        count = self.draft.n_waiting
        return f"{count} move{'s' if count > 1 else ''} above still wait{'' if count > 1 else 's'} for a branch"

    def _too_large(self, headline: str, span: Span) -> FormatError:
        return FormatError(error("game-too-large", headline, span, "the bound is passed here"))

    def _information_set(self) -> int:
        """Read whose move it is and where."""
        player, token = self.scan.integer("the player's number")
        if not 1 <= player <= len(self.players):
            has = f"the game has {len(self.players)} player{'s' if len(self.players) != 1 else ''}"
            raise FormatError(error("efg-unknown-player", f"there is no player {player}", token.span, has))
        return self._place(player - 1, "information set")

    def _event(self) -> int:
        """Read by which lot chance moves."""
        return self._place(NOBODY, "event")

    def _place(self, player: int, what: str) -> int:
        """Read the number of an information set or an event, and its description where there is one."""
        number, token = self.scan.integer(f"the number of the {what}")
        self.spans[-1] = token.span
        name = self.scan.maybe("text")
        key, known = self.places.get((player, number), (None, None))
        if self.scan.next.kind != "open":
            if key is None or known is None:
                raise FormatError(self._undescribed(player, what, token))
            self._same_name(known.name, name, what)
            return key
        here = _Described(name, *self._actions(with_chances=player == NOBODY, what=what), token.span)
        if key is None or known is None:
            text = name.text if name else ""
            if player == NOBODY:
                key = self.draft.event(text, here.labels, here.chances)
            else:
                key = self.draft.information_set(player, text, here.labels)
            self.places[player, number] = key, here
        else:
            self._compare(known, here, what)
        return key

    def _undescribed(self, player: int, what: str, token: Token) -> Diagnostic:
        whose = f" of player {player + 1}" if player != NOBODY else ""
        headline = f"the {what} {token.text}{whose} has not been described"
        actions = '{ "go" 1/2 "stay" 1/2 }' if player == NOBODY else '{ "go" "stay" }'
        cure = f'give its label and its actions where it is first met: `{token.text} "" {actions}`'
        return error("efg-unknown-infoset", headline, token.span, "used here for the first time", help=cure)

    def _actions(self, *, with_chances: bool, what: str) -> tuple[tuple[Token, ...], tuple[Fraction, ...]]:
        """Read the actions between braces, for an event each with its chance."""
        start = self.scan.take("open", "a list of actions in braces")
        actions: list[Token] = []
        chances: list[Fraction] = []
        spans: list[Span] = []
        while not (end := self.scan.maybe("close")):
            actions.append(self.scan.take("text", "the label of an action, a quoted text,"))
            if with_chances:
                chance, token = self.scan.number("the chance of the action")
                chances.append(chance)
                spans.append(token.span)
            if len(actions) > MAX_ACTIONS:
                raise self._too_large(f"the {what} has more than {MAX_ACTIONS:,} actions", actions[-1].span)
        if not actions:
            nothing = Span(self.source, start.span.start, end.span.end)
            raise self.scan.trouble(f"the {what} has no actions", nothing, "at least one is needed")
        if with_chances:
            self._check_chances(chances, spans)
        return tuple(actions), tuple(chances)

    def _check_chances(self, chances: list[Fraction], spans: list[Span]) -> None:
        """Hold that chances are not negative and sum to exactly 1."""
        negative = [span for chance, span in zip(chances, spans, strict=True) if chance < 0]
        self.found += [error("efg-chance-range", "a chance is negative", span, "less than 0") for span in negative]
        if negative:
            return
        whole = Span(self.source, spans[0].start, spans[-1].end)
        total = exact_sum(tuple(chances))
        if total is None:
            self.found.append(error("game-number", "chances are too fine to be added exactly", whole))
        elif total != 1:
            gap = abs(total - 1)
            label = "they sum to almost 1" if gap < 1e-9 else f"they sum to {float(total):.10g}"
            cure = "write them as fractions, such as `1/3`: rounded decimals do not sum to 1" if gap < 0.01 else None
            headline = "the chances of an event do not sum to 1"
            self.found.append(error("efg-chance-sum", headline, whole, label, help=cure))

    def _same_name(self, known: Token | None, name: Token | None, what: str) -> None:
        """Tell where a later label differs; the first one counts."""
        if name is None or name.text == (known.text if known else ""):
            return
        first = [Label(known.span, "this one counts")] if known else []
        headline = f"the {what} has another label where it is described again"
        self.found.append(warning("efg-label-differs", headline, name.span, "this one is left out", secondary=first))

    def _compare(self, known: _Described, again: _Described, what: str) -> None:
        """Hold a repeated description against the first one."""
        before, now = known.labels, again.labels
        if len(before) != len(now):
            label = f"{len(now)} action{'s' if len(now) > 1 else ''}, where the first description has {len(before)}"
        elif known.chances != again.chances:
            label = "the chances differ"
        elif before != now and sorted(before) == sorted(now):
            label = "the actions stand in another order"
        else:
            self._same_name(known.name, again.name, what)
            for old, new in zip(known.actions, again.actions, strict=True):
                self._same_name(old, new, "action")
            return
        here = Span(self.source, again.actions[0].span.start, again.actions[-1].span.end)
        headline = f"the {what} is described again in another way"
        first = [Label(known.span, "first described here")]
        mismatch = error("efg-infoset-mismatch", headline, here, label, secondary=first)
        if len(before) != len(now):
            raise FormatError(mismatch)  # which branches follow is no longer certain
        self.found.append(mismatch)

    def _outcome(self) -> int | None:
        """Read the outcome at a node, with its description where there is one."""
        number, token = self.scan.integer("the number of the outcome", least=0)
        name = self.scan.maybe("text")
        has_payoffs = self.scan.next.kind == "open"
        payoffs, span = payoffs_in(self.scan, len(self.players)) if has_payoffs else ((), token.span)
        if number == 0:
            self._check_null(name, payoffs, token)
            return None
        known = self.outcomes.get(number)
        if known is None:
            if not has_payoffs:
                headline = f"the outcome {number} has not been described"
                cure = "give its label and the payoffs where it is first met, or write 0 for none"
                self.found.append(error("efg-unknown-outcome", headline, token.span, "used here first", help=cure))
                return None
            key = self.draft.outcome(name.text if name else "", payoffs)
            self.outcomes[number] = _Priced(key, name, payoffs, token.span)
            return key
        self._same_name(known.name, name, "outcome")
        if has_payoffs and payoffs != known.payoffs:
            headline = f"the outcome {number} is described again with other payoffs"
            first = [Label(known.span, "first described here")]
            self.found.append(error("efg-outcome-mismatch", headline, span, secondary=first))
        return known.key

    def _check_null(self, name: Token | None, payoffs: tuple[Fraction, ...], token: Token) -> None:
        """Outcome 0 means that nothing is paid."""
        if any(payoffs) or (name is not None and name.text):
            headline, label = "the outcome 0 is given a label or payoffs", "0 stands for no outcome"
            cure = "give it a number of its own, from 1"
            self.found.append(error("efg-null-outcome", headline, token.span, label, help=cure))
