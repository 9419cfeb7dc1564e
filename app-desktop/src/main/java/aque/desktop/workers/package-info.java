/// The workers of the farm in a table.
@NullMarked
package aque.desktop.workers;

import org.jspecify.annotations.NullMarked;
