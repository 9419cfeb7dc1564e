/// How panels stand in a window: perspectives, and what a person made of them.
@NullMarked
package aque.desktop.dock;

import org.jspecify.annotations.NullMarked;
