"""What a game holds, who remembers what, and what solving takes."""

from melian.answer.game_inventory import GameInventory
from melian.view.documents.document import Document


def game_check_document(inventory: GameInventory) -> Document:
    """Inventory of a game that can be read."""
    cost = inventory.cost
    return {
        "title": inventory.title,
        "players": [
            {
                "name": player.name,
                "information_sets": player.sets,
                "actions": player.actions,
                "perfect_recall": not player.forgets,
                "forgets_at": list(player.forgets),
            }
            for player in inventory.players
        ],
        "nodes": inventory.nodes,
        "ends": inventory.ends,
        "depth": inventory.depth,
        "events": inventory.events,
        "perfect_information": inventory.has_perfect_information,
        "solvable": inventory.refusal is None,
        "why_not": inventory.refusal.code if inventory.refusal else None,
        "free_chances": cost.free if cost else None,
        "ways": cost.ways if cost else None,
        "one_pass": cost.is_one_pass if cost else None,
    }
