"""What the problem list means: deadlines, funnel, time to resolve, watch list, cross-tabulation, hot spots."""
