/// Starts the tasks' processes through a keeper, moves their output, measures them, and ends them with all
/// their descendants (docs/decisions/0002-keeper.md).
@NullMarked
package aque.process;

import org.jspecify.annotations.NullMarked;
