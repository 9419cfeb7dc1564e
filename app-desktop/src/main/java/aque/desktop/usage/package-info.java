/// What the chosen task uses: curves of cpu and memory against its reservation.
@NullMarked
package aque.desktop.usage;

import org.jspecify.annotations.NullMarked;
