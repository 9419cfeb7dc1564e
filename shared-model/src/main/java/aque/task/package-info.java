/// The graph of tasks: what a task is, which states it has, what it may need. Pure values.
@NullMarked
package aque.task;

import org.jspecify.annotations.NullMarked;
