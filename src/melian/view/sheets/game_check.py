"""The sheet of `melian check` for a game file: what it holds and what solving takes."""

from melian.answer.game_inventory import GameInventory
from melian.view import wording
from melian.view.sheet import Block, Paragraph, Sheet, Table, Words


def game_check_sheet(inventory: GameInventory) -> Sheet:
    """Inventory of a game that can be read."""
    sets = sum(player.sets for player in inventory.players)
    parts = [
        wording.counted(len(inventory.players), "player"),
        wording.counted(sets, "information set"),
        *([wording.counted(inventory.events, "event") + " of chance"] if inventory.events else []),
        wording.counted(inventory.ends, "end"),
    ]
    longest = f"the longest path has {wording.counted(inventory.depth, 'move')}"
    blocks: list[Block] = [Paragraph(wording.sentence(f"{wording.listed(parts)}; {longest}"))]
    if inventory.players:
        blocks.append(_players(inventory))
    blocks.append(Paragraph(_cost(inventory)))
    return Sheet(inventory.title or "A game", tuple(blocks))


def _players(inventory: GameInventory) -> Table:
    rows = tuple(
        (
            Words(player.name),
            Words(f"{player.sets:,}"),
            Words(f"{player.actions:,}"),
            Words(f"forgets at {wording.listed(list(player.forgets))}" if player.forgets else "everything"),
        )
        for player in inventory.players
    )
    return Table(("player", "information sets", "actions", "remembers"), rows)


def _cost(inventory: GameInventory) -> str:
    if inventory.refusal is not None:
        return f"It cannot be solved: {inventory.refusal.message}."
    cost = inventory.cost
    if cost is None or cost.is_one_pass:
        return "Everybody always knows where they are, so one pass from the ends to the root solves it."
    free, ways = wording.counted(cost.free, "free chance"), wording.counted(cost.ways, "way")
    return (
        f"Somebody does not know where they are, so all choices are solved together: {free}, which bear on each other"
        f" in {ways}. The time for one precision grows with the cube of the free chances."
    )
