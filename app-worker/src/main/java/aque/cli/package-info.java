/// The one `aque` command.
@NullMarked
package aque.cli;

import org.jspecify.annotations.NullMarked;
