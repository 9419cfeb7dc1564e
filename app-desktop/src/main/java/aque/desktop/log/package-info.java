/// What the chosen task writes, followed line by line.
@NullMarked
package aque.desktop.log;

import org.jspecify.annotations.NullMarked;
