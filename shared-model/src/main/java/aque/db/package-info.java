/// Connections, transactions and migrations; nothing of the queue's own.
@NullMarked
package aque.db;

import org.jspecify.annotations.NullMarked;
