"""One module per CMS family, registered by being there. See `spiders.reading.Family` for the four names each one has."""
