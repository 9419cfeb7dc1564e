/// What a person chose and finds again: one file, written whole and a moment later, so that a crash loses nothing else.
@NullMarked
package aque.desktop.settings;

import org.jspecify.annotations.NullMarked;
