"""Social affairs at the commune: whom the state supports, and what their funerals are paid."""
