/// The tree of jobs, steps and tasks.
@NullMarked
package aque.desktop.tasks;

import org.jspecify.annotations.NullMarked;
