/// Jobs as graphs before anything is drawn: folded to what a person can take in, then placed in layers.
@NullMarked
package aque.desktop.layout;

import org.jspecify.annotations.NullMarked;
