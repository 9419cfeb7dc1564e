/// What the chosen job leaves: its frames by timecode, its files as a contact sheet.
@NullMarked
package aque.desktop.outputs;

import org.jspecify.annotations.NullMarked;
