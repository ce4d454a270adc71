"""Main tables of answers, in columns of unrounded numbers: for pandas, and for whatever else counts on."""
