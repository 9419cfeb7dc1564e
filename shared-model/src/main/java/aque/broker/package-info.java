/// The one door to the queue: submit, claim, beat, finish, kill, revive.
@NullMarked
package aque.broker;

import org.jspecify.annotations.NullMarked;
