package aque.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.broker.Broker;
import aque.broker.Claim;
import aque.broker.Outcome;
import aque.broker.WorkerSession;
import aque.event.Hints;
import aque.farm.ActionStore;
import aque.farm.Audit;
import aque.farm.FarmStore;
import aque.farm.Retention;
import aque.farm.RetentionStore;
import aque.farm.Why;
import aque.log.Channel;
import aque.log.LogChunk;
import aque.log.LogStore;
import aque.schedule.Needs;
import aque.submit.JobRules;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.task.TaskId;
import aque.task.TaskState;
import aque.testing.TestFarm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Who may do what on a shared farm, tried by logins of each kind.
final class SharedFarmTest {
    private static final List<Database> OPEN = new ArrayList<>();

    private static TestFarm farm;
    private static Database ann;
    private static Database bob;
    private static Database lead;
    private static Database wrangler;
    private static Database worker;
    private static Database owner;

    @BeforeAll
    static void shared() {
        farm = new TestFarm();
        SharedFarm.make(farm.address, List.of("comp", "light"));
        ann = login("ann", "aque_artist");
        bob = login("bob", "aque_artist");
        lead = login("lea", "aque_lead_comp");
        wrangler = login("wim", "aque_wrangler");
        worker = login("node", "aque_worker");
        owner = login("adm", "aque_owner");
    }

    @AfterAll
    static void close() {
        OPEN.forEach(Database::close);
        farm.close();
    }

    private static Database login(String name, String group) {
        var database = Database.pooled(farm.login(name, group), "aque-test", 2);
        OPEN.add(database);
        return database;
    }

    private static Broker broker(Database who) {
        return new Broker(who, Hints.direct(who), "somebody");
    }

    private static TaskId submit(Database who, NewTask... tasks) {
        return broker(who).submit(job("somebody", tasks)).id();
    }

    private static Submission job(String owner, NewTask... tasks) {
        return Submission.of("job", owner, Path.of("/tmp"), List.of(tasks));
    }

    private static NewTask one() {
        return TestFarm.command("one", -1);
    }

    private static void refused(ThrowingCallable action) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        DbException.class,
                        e -> assertThat(e.notAllowed()).as(e.getMessage()).isTrue());
    }

    @Test
    void artistsActOnTheirOwnJobsAloneWhateverTheirProgramSays() {
        var hers = submit(ann, one());
        assertThat(new FarmStore(bob).task(hers).orElseThrow().owner())
                .isEqualTo(ann.address().user());
        var his = broker(bob);
        List<Function<List<TaskId>, Object>> all = List.of(
                his::hold,
                his::release,
                his::kill,
                his::cancel,
                his::retry,
                his::markDone,
                his::requeue,
                his::dropDependencies,
                ids -> his.priority(9000, ids),
                ids -> his.label(Map.of("show", "boat"), ids),
                ids -> his.signal(9, ids),
                ids -> his.killAfter(Duration.ofSeconds(9), ids),
                ids -> his.changeNeeds(OptionalInt.of(1), OptionalLong.empty(), ids),
                ids -> his.append(ids.getFirst(), List.of(one()), true, List.of()),
                ids -> his.remove(ids));
        all.forEach(action -> refused(() -> action.apply(List.of(hers))));
        assertThat(broker(ann).hold(List.of(hers))).containsExactly(hers);
        refused(() -> his.undo(broker(ann).undoable().orElseThrow()));
        assertThat(broker(ann).undoLast()).isPresent();
        assertThat(his.note("looks dark", List.of(hers))).isEqualTo(1);
        broker(ann).cancel(List.of(hers));
    }

    @Test
    void leadsActOnTheJobsOfTheirGroupAndWranglersOnAll() {
        var comp = broker(ann)
                .submit(job("", one()).withRules(JobRules.NONE.withShare("comp")))
                .id();
        var light = broker(ann)
                .submit(job("", one()).withRules(JobRules.NONE.withShare("light")))
                .id();
        assertThat(broker(lead).cancel(List.of(comp)).tasks()).isEqualTo(1);
        refused(() -> broker(lead).cancel(List.of(light)));
        assertThat(broker(wrangler).cancel(List.of(light)).tasks()).isEqualTo(1);
    }

    @Test
    void theFarmsRulesAreTheWranglersAndHeMaySubmitForOthers() {
        var his = broker(wrangler);
        his.limit("nuke", 3, false);
        his.share("comp", OptionalInt.of(2), OptionalInt.empty(), OptionalInt.empty());
        his.shareOff("comp");
        new RetentionStore(wrangler)
                .keep(new Retention(Retention.What.LOGS, Duration.ofDays(30), Optional.empty()), "wim");
        var forAnn = his.submit(job(ann.address().user(), one())).id();
        assertThat(broker(ann).cancel(List.of(forAnn)).tasks()).isEqualTo(1);
        for (var other : List.of(ann, lead, worker)) {
            refused(() -> broker(other).limit("nuke", 99, false));
            refused(() -> broker(other).drain(List.of(1)));
        }
    }

    @Test
    void aWorkerDoesItsWorkAndMayNeitherReadNorWriteAnyTable() {
        var id = submit(ann, one());
        var mine = broker(worker);
        var session = mine.hello("node", TestFarm.machine("node", 4), "test");
        mine.reconfigure(session, TestFarm.machine("node", 8), "test");
        var claim = acquire(mine, session, id);
        var logs = new LogStore(worker);
        var chunk = new LogChunk(id, 1, Channel.STDOUT, 0, Instant.now(), "hello".getBytes(StandardCharsets.UTF_8));
        logs.append(List.of(chunk));
        logs.appendOnce(List.of(chunk));
        assertThat(logs.read(id, 1, 0, 1000).chunks()).hasSize(1);
        assertThat(new FarmStore(worker).task(id).orElseThrow().state()).isEqualTo(TaskState.RUNNING);
        assertThat(new LogStore(bob).read(id, 1, 0, 1000).chunks()).hasSize(1);
        mine.beat(session, List.of());
        mine.moreLike(id);
        mine.comesBefore(id, List.of(1), 4000, 1000, 0);
        mine.filesToSee(List.of(1));
        mine.document(id);
        mine.reap();
        mine.reapForgotten(session, List.of(id));
        mine.pruneChanges();
        new RetentionStore(worker).rules();
        assertThat(mine.complete(session, List.of(Outcome.success(id, claim.attempt()))))
                .containsExactly(id);
        mine.bye(session);
        refused(() -> submit(worker, one()));
        refused(() -> mine.cancel(List.of(id)));
    }

    private static Claim acquire(Broker mine, WorkerSession session, TaskId id) {
        var classes = mine.classes(0).keySet();
        return mine.acquire(session, classes, 4000, 4000, 8L << 30, 100).stream()
                .filter(c -> c.task().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aWorkerIsOnlyWhoSaidHelloForItAndAnArtistsTakesWhatIsHis() {
        farm.sql("GRANT aque_worker TO " + bob.address().user());
        var session = broker(worker).hello("farm1", TestFarm.machine("farm1", 4), "test");
        var hers = submit(ann, TestFarm.command("hers", -1).withNeeds(Needs.ONE_CPU.withMemory(1 << 20)));
        var his = submit(bob, TestFarm.command("his", -1).withNeeds(Needs.ONE_CPU.withMemory(1 << 20)));
        var bobs = broker(bob).hello("desk", TestFarm.machine("desk", 4), "test");
        var classes = broker(bob).classes(0).keySet();
        assertThat(broker(bob).acquire(session, classes, 4000, 4000, 8L << 30, 9))
                .isEmpty();
        assertThat(broker(bob).acquire(bobs, classes, 4000, 4000, 8L << 30, 9))
                .extracting(Claim::task)
                .contains(his)
                .doesNotContain(hers);
        refused(() -> broker(bob).complete(session, List.of(Outcome.success(hers, 1))));
        broker(bob).bye(bobs);
        broker(worker).bye(session);
        broker(ann).cancel(List.of(hers));
        broker(bob).cancel(List.of(his));
    }

    @Test
    void nobodySubmitsATaskThatRunsAsAnotherNorIntoTheJobOfAnother() {
        submit(ann, TestFarm.command("x", -1).withNeeds(Needs.ONE_CPU.withMemory(7 << 20)));
        submit(bob, TestFarm.command("x", -1).withNeeds(Needs.ONE_CPU.withMemory(7 << 20)));
        refused(() -> run(bob, forged(classOf(ann), "{}")));
        refused(() -> run(bob, forged(classOf(bob), "{-5}")));
        assertThatThrownBy(() -> run(
                        bob,
                        "SELECT submit_part(1, 5, '{1}', 0, '{C}', '{-1}', '{0}', '{x}', '{x}', '{NULL}',"
                                + " '{NULL}', '{NULL}', '{0}', '{0}', '{0}', '{}', '{}')"))
                .hasMessageContaining("not reserved");
    }

    private static long classOf(Database who) {
        return number("SELECT rclass FROM req_class WHERE memory = 7 << 20 AND login = '"
                + who.address().user() + "'");
    }

    /// A job of one task as a client of one's own could hand it in.
    private static String forged(long rclass, String upstream) {
        return """
                SELECT submit(NULL, 'ann', 't', '/', '{}', NULL, NULL, false, '{C}', '{-1}', '{0}', '{x}', '{x}', '{NULL}', '{NULL}', '{NULL}', '{0}', '{0}', '{0}', '%2$s', '%2$s',
                  '{-1}', '{%1$s}', '{1000}', '{NULL}', '{false}', '{1}', '{false}', '{false}', '{0}', '{}', '{}', '{}', '{}', '{}', '{}', NULL, NULL, NULL, 0, NULL, '{}', 0)""".formatted(rclass, upstream);
    }

    private static void run(Database who, String sql) {
        who.inTransaction(c -> {
            try (var s = c.createStatement()) {
                return s.execute(sql);
            }
        });
    }

    private static long number(String sql) {
        return farm.database.read(c -> {
            try (var s = c.createStatement();
                    var r = s.executeQuery(sql)) {
                r.next();
                return r.getLong(1);
            }
        });
    }

    /// What PUBLIC, workers and artists could do by the catalogue: all tables, all functions.
    @Test
    void noFunctionIsForEverybodyAndNoTableForAWorkerAndOnlyReadingForPeople() {
        assertThat(number(
                        "SELECT count(*) FROM pg_proc p, aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a"
                                + " WHERE p.pronamespace = 'aque'::regnamespace AND a.grantee = 0"))
                .isZero();
        var privileges =
                "SELECT count(*) FROM pg_class c, unnest(ARRAY['%s']) p WHERE c.relnamespace = 'aque'::regnamespace"
                        + " AND c.relkind IN ('r', 'p', 'v') AND has_table_privilege('%s', c.oid, p)";
        assertThat(number(privileges.formatted("SELECT','INSERT','UPDATE','DELETE','TRUNCATE", "aque_worker")))
                .isZero();
        for (var who : List.of("aque_artist", "aque_wrangler", "aque_lead_comp")) {
            assertThat(number(privileges.formatted("INSERT','UPDATE','DELETE','TRUNCATE", who)))
                    .as(who)
                    .isZero();
        }
        assertThat(number(
                        "SELECT count(*) FROM pg_proc p WHERE p.pronamespace = 'aque'::regnamespace AND p.prosecdef AND NOT"
                                + " 'search_path=aque, pg_temp' = ANY (p.proconfig)"))
                .isZero();
        assertThat(number(
                        "SELECT count(*) FROM pg_roles WHERE rolname LIKE 'aque\\_%' AND rolname !~ '_test_' AND (rolcanlogin"
                                + " OR rolsuper OR rolcreaterole OR rolcreatedb OR rolbypassrls)"))
                .isZero();
    }

    /// A table of the caller's own in front of ours is not looked at.
    @Test
    void aTemporaryTableOfTheSameNameHijacksNothing() {
        var hers = submit(ann, one());
        bob.inTransaction(c -> {
            try (var s = c.createStatement()) {
                s.execute("CREATE TEMP TABLE job ON COMMIT DROP AS SELECT * FROM aque.job");
                s.execute("UPDATE pg_temp.job SET owner = session_user");
                s.execute("SET LOCAL search_path = pg_temp, aque");
                s.execute("SAVEPOINT here");
                assertThatThrownBy(() -> s.execute("SELECT steer(ARRAY[" + hers + "], 'hold', 0, 'bob')"))
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("its owner, a lead of its group or a wrangler");
                return s.execute("ROLLBACK TO here");
            }
        });
        broker(ann).cancel(List.of(hers));
    }

    @Test
    void migrationsRunAsTheOwnerWhoIsNoSuperuserAndNobodyElseMayMakeThem() {
        assertThatThrownBy(() -> Migrations.toHead(ann.address())).isInstanceOf(RuntimeException.class);
        var fresh = new TestFarm();
        try (fresh) {
            SharedFarm.make(fresh.address, List.of());
            var as = owner.address();
            var at = new Address(as.host(), as.port(), fresh.address.database(), as.user(), as.password(), "");
            fresh.sql("DROP SCHEMA aque CASCADE");
            fresh.sql("CREATE SCHEMA aque AUTHORIZATION aque_owner");
            assertThat(Migrations.toHead(at)).isPositive();
            assertThat(
                            fresh.count(
                                    "pg_class WHERE relnamespace = 'aque'::regnamespace AND pg_get_userbyid(relowner) <> 'aque_owner'"))
                    .isZero();
            assertThat(fresh.submit(TestFarm.command("a", -1)).value()).isPositive();
        }
    }

    @Test
    void whatArtistsReadIsWhatWasTold() {
        var group = submit(ann, TestFarm.group("g", -1), TestFarm.command("a", 0), TestFarm.command("b", 0, 1));
        var store = new FarmStore(bob);
        assertThat(store.jobs()).isNotEmpty();
        assertThat(new Why(bob).reasons(store.task(group).orElseThrow())).isNotEmpty();
        assertThat(store.members(group)).hasSize(2);
        assertThat(new ActionStore(bob).impact(List.of(group)).waiting()).isEqualTo(2);
        broker(ann).cancel(List.of(group));
        assertThat(Audit.faults(farm.database)).isEmpty();
    }
}
