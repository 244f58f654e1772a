"""What every agency has in common that pays money after a death: questions, claims, decisions."""
