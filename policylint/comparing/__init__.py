"""Two sets of policies, an old one and a new one: what changed, and for which targets it matters."""
