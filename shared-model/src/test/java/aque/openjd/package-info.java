@NullMarked
package aque.openjd;

import org.jspecify.annotations.NullMarked;
