/// The user's own PostgreSQL server: real binaries, data kept across restarts, one server for all Aque processes of
/// that user. [aque.local.LocalPostgres] is the way in; [aque.local.PostgresCluster] is one server on one folder;
/// [aque.local.MinderMain] is the small process that ends it when nobody needs it any more.
///
/// ```
/// <data folder>/local/
///   data/         PGDATA, with PostgreSQL's own rotated log under log/
///   password      of the role aque (0600)
///   port          of the server, kept across restarts while it is free
///   lock          held while somebody starts or ends the server or the worker
///   joined        its time says when a client last asked for the server
///   ending        there while the minder ends the server
///   minder.pid, minder.lock, minder.log, worker.pid, worker.log, server.log
/// ```
@NullMarked
package aque.local;

import org.jspecify.annotations.NullMarked;
