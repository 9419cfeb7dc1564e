/// Measures what the project claims, beside its peers, on a PostgreSQL of its own. One class a benchmark.
@NullMarked
package aque.benchmark;

import org.jspecify.annotations.NullMarked;
