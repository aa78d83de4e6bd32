"""A change reaches a person: subscriptions, e-mail, outbox."""
