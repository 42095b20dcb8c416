"""What the project lists mean: schedule, money, status, curves, stages, effect, chain, suggestions."""
