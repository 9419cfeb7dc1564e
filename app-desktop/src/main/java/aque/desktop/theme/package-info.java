/// How everything looks: tones of states, colours, text faces, icons, words and figures.
@NullMarked
package aque.desktop.theme;

import org.jspecify.annotations.NullMarked;
