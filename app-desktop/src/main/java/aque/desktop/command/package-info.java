/// Everything that the window can be told to do, declared as commands: keys, the palette and the page of keys are made
/// of them.
@NullMarked
package aque.desktop.command;

import org.jspecify.annotations.NullMarked;
