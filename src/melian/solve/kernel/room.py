"""Room in the file of registers: which cells are free."""


class Room:
    """Free runs of cells, kept sorted and joined; the first that fits is taken."""

    def __init__(self, start: int) -> None:
        self.free: list[tuple[int, int]] = []
        self.end = start

    def take(self, size: int) -> int:
        """Take the first cell of a run of some size."""
        for place, (start, length) in enumerate(self.free):
            if length >= size:
                self.free[place : place + 1] = [(start + size, length - size)] if length > size else []
                return start
        start, self.end = self.end, self.end + size
        return start

    def give(self, start: int, size: int) -> None:
        """Take a run back."""
        runs = sorted([*self.free, (start, size)])
        self.free = runs[:1]
        for first, length in runs[1:]:
            before, before_length = self.free[-1]
            if before + before_length == first:
                self.free[-1] = (before, before_length + length)
            else:
                self.free.append((first, length))
