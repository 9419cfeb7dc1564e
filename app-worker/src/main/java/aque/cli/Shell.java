package aque.cli;

import aque.broker.Broker;
import aque.db.Address;
import aque.db.Database;
import aque.db.Migrations;
import aque.event.Hints;
import aque.farm.FarmStore;
import aque.local.LocalPostgres;
import aque.log.LogStore;
import aque.task.TaskId;
import aque.task.TaskView;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a command works with: where it prints, which broker was named, and the connection, opened when first needed.
/// One thread.
final class Shell implements AutoCloseable {
    private final PrintStream out;
    private final PrintStream err;
    private final Optional<String> named;
    private @Nullable Database database;
    private @Nullable Hints hints;

    Shell(PrintStream out, PrintStream err, Optional<String> broker) {
        this.out = out;
        this.err = err;
        this.named = broker.filter(b -> !b.isBlank());
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    void say(String line) {
        err.println("aque: " + line);
    }

    /// Is it the user's own embedded server?
    boolean local() {
        return named.isEmpty();
    }

    /// Where the broker is; starts the embedded server when none was named.
    Address address() {
        if (named.isPresent()) {
            try {
                return Address.parse(named.get());
            } catch (IllegalArgumentException e) {
                throw new UsageException(String.valueOf(e.getMessage()));
            }
        }
        var server = LocalPostgres.ofUser().join(this::say);
        return Address.parse(server.url()).withPassword(server.password());
    }

    Database database() {
        if (database == null) {
            var address = address();
            database = Database.plain(address, "aque");
            prepare(database);
        }
        return database;
    }

    /// A pool, for programs that stay. The caller closes it.
    ///
    /// @param answer a server that does not answer for so long is away
    Database pool(String name, int size, Duration answer) {
        var pool = Database.pooled(address(), name, size, answer);
        prepare(pool);
        return pool;
    }

    /// A database without our schema gets it; one that has it is left to `aque init`.
    private void prepare(Database db) {
        if (!Migrations.present(db)) {
            say("making the schema in " + db.address());
            Migrations.toHead(db.address());
        }
    }

    Hints hints() {
        if (hints == null) {
            hints = Hints.direct(database());
        }
        return hints;
    }

    Broker broker() {
        return new Broker(database(), hints(), System.getProperty("user.name"));
    }

    FarmStore farm() {
        return new FarmStore(database());
    }

    LogStore logs() {
        return new LogStore(database());
    }

    /// These tasks in the order asked; one that is not there is a mistake in the call.
    List<TaskView> tasks(List<TaskId> ids) {
        var found = new ArrayList<TaskView>();
        for (var id : ids) {
            found.add(farm().task(id).orElseThrow(() -> new UsageException("no task " + id)));
        }
        return found;
    }

    @Override
    public void close() {
        if (database != null) {
            database.close();
        }
    }
}
