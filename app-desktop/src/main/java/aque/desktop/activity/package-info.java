/// What people did on the farm, the newest first.
@NullMarked
package aque.desktop.activity;

import org.jspecify.annotations.NullMarked;
