/// What happens in the farm: the change feed and the wake-ups.
@NullMarked
package aque.event;

import org.jspecify.annotations.NullMarked;
