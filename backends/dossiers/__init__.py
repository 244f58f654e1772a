"""What every agency that performs procedures has in common: dossiers, decided once."""
