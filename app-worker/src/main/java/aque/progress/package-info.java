/// How far a task is, read from what its tool prints. The patterns are data (`shipped.patterns`), and a site adds its
/// own.
@NullMarked
package aque.progress;

import org.jspecify.annotations.NullMarked;
