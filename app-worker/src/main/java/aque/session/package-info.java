/// Runs one OpenJD task in its session: environments around it, files beside it, what its output tells the farm. Knows
/// nothing of how processes are made; the worker gives an `ActionRunner`.
@NullMarked
package aque.session;

import org.jspecify.annotations.NullMarked;
