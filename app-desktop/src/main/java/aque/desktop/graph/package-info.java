/// The chosen job as a graph: folded, laid out off the FX thread, drawn on a canvas.
@NullMarked
package aque.desktop.graph;

import org.jspecify.annotations.NullMarked;
