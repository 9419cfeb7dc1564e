/// What people type to find jobs and tasks: read, told in words when it is broken, and asked of a row or of the farm.
@NullMarked
package aque.desktop.query;

import org.jspecify.annotations.NullMarked;
