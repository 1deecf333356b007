"""What was said = what came + what is open, as far as the statements go; where they end, that is said."""

from antigone.account.draw_up import draw_up
from antigone.account.values import Account, Direction, Dispute, Leg, Open, Outcome, Promise

__all__ = ["Account", "Direction", "Dispute", "Leg", "Open", "Outcome", "Promise", "draw_up"]
