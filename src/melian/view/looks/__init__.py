"""How a case, a solution and its answers look to those who write Python, for every kind of answer in one place."""
