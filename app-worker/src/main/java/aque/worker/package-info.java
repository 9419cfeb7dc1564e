/// The headless worker: claims tasks, runs them, reports them.
@NullMarked
package aque.worker;

import org.jspecify.annotations.NullMarked;
