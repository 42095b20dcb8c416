"""Where the numbers come from: contract tables, engine, questions, roll-up, cache, import. Knows no Dash."""
