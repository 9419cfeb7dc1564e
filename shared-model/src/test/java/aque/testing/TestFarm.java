package aque.testing;

import aque.broker.Broker;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.broker.WorkerSession;
import aque.db.Address;
import aque.db.Database;
import aque.db.Migrations;
import aque.event.Hints;
import aque.farm.FarmStore;
import aque.schedule.Capabilities;
import aque.schedule.Fit;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import aque.task.TaskState;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A farm of one's own on a real PostgreSQL, with workers driven by hand.
public final class TestFarm implements AutoCloseable {
    private static final TestDatabase TEMPLATE = migrated();

    public final Address address;
    public final Database database;
    public final Broker broker;
    public final FarmStore farm;
    private final List<String> logins = new ArrayList<>();

    public TestFarm() {
        this("");
    }

    /// @param setting of the server for all its sessions, such as `aque.cut_from=1`
    public TestFarm(String setting) {
        var fresh = PostgresExtension.copyOf(TEMPLATE);
        address = Address.parse(fresh.brokerUrl() + (setting.isEmpty() ? "" : "?options=-c%20" + setting));
        database = Database.pooled(address, "aque-test", 8);
        broker = new Broker(database, Hints.direct(database), "tester");
        farm = new FarmStore(database);
    }

    private static TestDatabase migrated() {
        var db = PostgresExtension.freshDatabase();
        Migrations.toHead(Address.parse(db.brokerUrl()));
        return db;
    }

    public static NewTask command(String name, int parent, Integer... upstream) {
        return new NewTask(
                name,
                new Work.Command(List.of("true")),
                parent,
                Arrays.asList(upstream),
                Needs.ONE_CPU,
                0,
                TaskOptions.NONE);
    }

    public static NewTask group(String name, int parent, Integer... upstream) {
        return NewTask.group(name, parent, Arrays.asList(upstream));
    }

    public static Submission job(NewTask... tasks) {
        return Submission.of("job", "ann", Path.of("/tmp"), List.of(tasks)).withEnvironment(Map.of("A", "1"));
    }

    public TaskId submit(NewTask... tasks) {
        return broker.submit(job(tasks)).id();
    }

    public WorkerSession worker(String name) {
        return broker.hello(name, machine(name, 4), "test");
    }

    public static Capabilities machine(String host, int cpus) {
        return new Capabilities(
                host,
                "linux",
                "ann",
                cpus * 1000,
                8L << 30,
                Map.of(),
                Map.of("attr.worker.os.family", Set.of("linux")));
    }

    /// What a worker of four cpus would take now.
    public List<Claim> acquire(WorkerSession worker, int max) {
        var here = machine(worker.name(), 4);
        var classes = broker.classes(0).entrySet().stream()
                .filter(e -> Fit.fits(e.getValue(), here))
                .map(Map.Entry::getKey)
                .toList();
        return broker.acquire(worker, classes, 4000, 4000, 8L << 30, max);
    }

    public void succeed(WorkerSession worker, Claim claim) {
        broker.complete(worker, List.of(Outcome.success(claim.task(), claim.attempt())));
    }

    public void fail(WorkerSession worker, Claim claim) {
        broker.complete(worker, List.of(Outcome.error(claim.task(), claim.attempt(), "exit")));
    }

    public TaskState state(TaskId id) {
        return farm.task(id).orElseThrow().state();
    }

    /// The task of a job by its name.
    public TaskId named(TaskId job, String name) {
        return farm.tasksOfJob(job).stream()
                .filter(t -> t.name().equals(name))
                .findFirst()
                .orElseThrow()
                .id();
    }

    /// `name=state` of all tasks of a job in id order, for whole-value asserts.
    public String states(TaskId job) {
        return String.join(
                " ",
                farm.tasksOfJob(job).stream()
                        .map(t -> t.name() + "=" + t.state().word())
                        .toList());
    }

    public long count(String table) {
        return database.read(c -> {
            try (var s = c.createStatement();
                    var r = s.executeQuery("SELECT count(*) FROM " + table)) {
                r.next();
                return r.getLong(1);
            }
        });
    }

    /// A new login in one group of a shared farm; it goes with the farm. Roles are the server's, so its name has
    /// the database's in it.
    public Address login(String name, String group) {
        var user = name + "_" + address.database();
        sql("CREATE ROLE " + user + " LOGIN PASSWORD 'p' IN ROLE " + group);
        logins.add(user);
        return new Address(
                address.host(), address.port(), address.database(), user, Optional.of("p"), address.options());
    }

    /// Runs one statement, for what a test must do behind the broker's back.
    public void sql(String statement) {
        database.read(c -> {
            try (var s = c.createStatement()) {
                return s.execute(statement);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Override
    public void close() {
        logins.forEach(user -> sql("DROP ROLE " + user));
        database.close();
    }
}
