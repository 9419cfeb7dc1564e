@NullMarked
package aque.session;

import org.jspecify.annotations.NullMarked;
