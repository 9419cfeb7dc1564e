/// What a person can do to tasks: declared once, for menu bar, right-click and keys.
@NullMarked
package aque.desktop.action;

import org.jspecify.annotations.NullMarked;
