/// Small widgets that several screens use.
@NullMarked
package aque.desktop.control;

import org.jspecify.annotations.NullMarked;
