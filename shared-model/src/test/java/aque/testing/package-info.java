/// What the tests of all modules share.
@NullMarked
package aque.testing;

import org.jspecify.annotations.NullMarked;
