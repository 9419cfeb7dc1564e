/// The failures of the whole farm since a time, put together by what they have in common.
@NullMarked
package aque.desktop.triage;

import org.jspecify.annotations.NullMarked;
