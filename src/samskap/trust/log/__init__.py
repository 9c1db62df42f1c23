"""The log sealed into a chain: in order, by one sealer, so that no change goes unseen."""
