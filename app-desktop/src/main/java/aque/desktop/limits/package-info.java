/// What the whole farm may use at once, and how much of it groups and owners have.
@NullMarked
package aque.desktop.limits;

import org.jspecify.annotations.NullMarked;
