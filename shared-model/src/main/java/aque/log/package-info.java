/// What tasks write, kept as exact bytes.
@NullMarked
package aque.log;

import org.jspecify.annotations.NullMarked;
