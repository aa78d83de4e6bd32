"""Text becomes knowledge: kind of report, year, issuer, outline, figures, arithmetic checks. Remembers and compares nothing."""
