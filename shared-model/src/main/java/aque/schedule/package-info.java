/// What may run here now, and why not. Pure.
@NullMarked
package aque.schedule;

import org.jspecify.annotations.NullMarked;
