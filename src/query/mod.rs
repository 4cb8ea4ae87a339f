//! How events are found: facets, filters, search, counts.
