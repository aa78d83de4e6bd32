"""Knowledge meets memory: what changed, is it real, how much does it matter."""
