/// Why the tasks of the chosen job failed: those with the same cause together.
@NullMarked
package aque.desktop.errors;

import org.jspecify.annotations.NullMarked;
