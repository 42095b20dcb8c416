"""What is drawn: pages, components, figures, maps, ids, theme, texts. Pure, no I/O."""
