/// The chosen task in words: where it is, what it asked for, what it runs and why it waits.
@NullMarked
package aque.desktop.inspect;

import org.jspecify.annotations.NullMarked;
