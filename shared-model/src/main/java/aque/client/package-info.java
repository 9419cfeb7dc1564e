/// A farm for Java programs: submit, wait without asking, listen. Runnable examples are in `examples/java`.
@NullMarked
package aque.client;

import org.jspecify.annotations.NullMarked;
