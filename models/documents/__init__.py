"""The official forms a case produces: what each says, and from what. Pure."""
