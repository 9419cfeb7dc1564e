/// The keeper: a small process beside each worker that starts the tasks' processes, holds their output and
/// their exit codes, and ends them when the worker goes (docs/decisions/0002-keeper.md).
@NullMarked
package aque.keeper;

import org.jspecify.annotations.NullMarked;
