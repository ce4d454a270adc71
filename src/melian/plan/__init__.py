"""Takes a model, gives a plan: the steps that solve it, in order, and what they will cost.

A plan that would cost too much is refused here, with the reason, before anything is computed.
"""
