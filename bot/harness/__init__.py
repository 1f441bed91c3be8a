"""How well the assessor does: `loopmate assess`. It knows the bank and the rules, nothing above."""
