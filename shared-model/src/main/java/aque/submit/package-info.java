/// From what a person gives to the graph of tasks that it becomes.
@NullMarked
package aque.submit;

import org.jspecify.annotations.NullMarked;
