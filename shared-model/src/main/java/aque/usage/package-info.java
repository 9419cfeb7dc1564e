/// What tasks use: cpu, memory and IO over time.
@NullMarked
package aque.usage;

import org.jspecify.annotations.NullMarked;
