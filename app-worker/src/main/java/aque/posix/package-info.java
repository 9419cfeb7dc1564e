/// The few calls of the C library that Java has no word for, and what `/proc` tells. Linux with glibc 2.34 or
/// newer.
@NullMarked
package aque.posix;

import org.jspecify.annotations.NullMarked;
