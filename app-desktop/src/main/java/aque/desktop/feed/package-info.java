/// How the farm reaches the screen: one reader thread, many changes in one FX turn, rows that are updated in place.
@NullMarked
package aque.desktop.feed;

import org.jspecify.annotations.NullMarked;
