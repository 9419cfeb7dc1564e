/// The user's own PostgreSQL server.
@NullMarked
package aque.local;

import org.jspecify.annotations.NullMarked;
