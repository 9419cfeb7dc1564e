/// Files on their way to becoming a job: the drop, the offer, the dialog.
@NullMarked
package aque.desktop.submit;

import org.jspecify.annotations.NullMarked;
