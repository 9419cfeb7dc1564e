/// The farm as its readers see it: jobs in rows, workers.
@NullMarked
package aque.farm;

import org.jspecify.annotations.NullMarked;
