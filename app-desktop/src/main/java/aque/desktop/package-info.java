/// The console: start-up, the one window, and the wiring by constructor.
@NullMarked
package aque.desktop;

import org.jspecify.annotations.NullMarked;
