package aque.cli;

import aque.farm.LogBudget;
import aque.farm.LogBudgetStore;
import aque.farm.Retention;
import aque.farm.RetentionStore;
import aque.worker.Pruner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// `aque retention`: how long the farm keeps what has ended. Without words the rules, `WHAT TIME [FOLDER]` a line; with
/// `WHAT=TIME` it sets them, `WHAT=ever` keeps for good. Workers remove what is due once an hour; `--now` does it here.
final class RetentionCommand {
    private static final String FOR_GOOD = "ever";
    private static final String NO_BOUND = "none";
    private static final int WRITERS = 5;

    private RetentionCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("export", "FOLDER", "writes logs here before they go; all workers see it"),
                        Arguments.value("log-budget", "SIZE", "so much of all logs is kept at once; none for no bound"),
                        Arguments.value("job-log-budget", "SIZE", "and so much of one job's; 20GiB"),
                        Arguments.flag("now", "removes what is due, and says how many jobs that met")));
        var store = new RetentionStore(shell.database());
        var folder = args.get("export").map(f -> Path.of(f).toAbsolutePath().toString());
        var rules = args.words().stream().map(RetentionCommand::rule).toList();
        rules.forEach(rule -> set(store, rule, folder));
        budget(args, new LogBudgetStore(shell.database()));
        if (args.has("now")) {
            return prune(shell, store);
        }
        for (var what : Retention.What.values()) {
            shell.out().println(line(store, what));
        }
        var budget = new LogBudgetStore(shell.database()).budget();
        shell.out()
                .println("log-budget "
                        + (budget.farm().isPresent() ? budget.farm().getAsLong() : NO_BOUND)
                        + "\njob-log-budget "
                        + budget.job());
        tellLoad(shell);
        return Exit.DONE;
    }

    /// While the budget is nearly used up: who writes most, and what may be done about it.
    private static void tellLoad(Shell shell) {
        var load = new LogBudgetStore(shell.database()).load(WRITERS);
        if (load.isTight()) {
            shell.say("logs take " + load.bytes() + " bytes of the "
                    + load.budget().getAsLong());
            load.most()
                    .forEach(w -> shell.say("job %s, %s of %s, %d bytes: aque hold %s, aque kill %s"
                            .formatted(w.job(), w.title(), w.owner(), w.bytes(), w.job(), w.job())));
        }
    }

    private static void budget(Arguments args, LogBudgetStore store) {
        if (!args.has("log-budget") && !args.has("job-log-budget")) {
            return;
        }
        var now = store.budget();
        var farm = args.get("log-budget")
                .map(t -> t.equals(NO_BOUND) ? OptionalLong.empty() : OptionalLong.of(Units.size(t)))
                .orElse(now.farm());
        var job = args.get("job-log-budget").map(Units::size).orElse(now.job());
        if (job <= 0 || farm.orElse(1) <= 0) {
            throw new UsageException("a budget is more than nothing");
        }
        store.set(new LogBudget(farm, job), System.getProperty("user.name"));
    }

    /// What was typed.
    ///
    /// @param time empty for ever
    private record Typed(Retention.What what, Optional<String> time) {}

    private static Typed rule(String word) {
        var part = word.split("=", 2);
        var what = Arrays.stream(Retention.What.values())
                .filter(w -> w.word().equals(part[0]) && part.length == 2)
                .findFirst()
                .orElseThrow(() -> new UsageException("logs=TIME, usage=TIME or jobs=TIME, not " + word));
        var time = Optional.of(part[1]).filter(t -> !t.equals(FOR_GOOD));
        if (time.map(Units::duration).filter(d -> d.toSeconds() < 1).isPresent()) {
            throw new UsageException("at least a second, or ever: " + word);
        }
        return new Typed(what, time);
    }

    private static void set(RetentionStore store, Typed rule, Optional<String> folder) {
        var actor = System.getProperty("user.name");
        rule.time.ifPresentOrElse(
                time -> store.keep(new Retention(rule.what, Units.duration(time), folder), actor),
                () -> store.keepForGood(rule.what, actor));
    }

    private static int prune(Shell shell, RetentionStore store) {
        try {
            shell.out().println(new Pruner(store, new LogBudgetStore(shell.database()), shell.logs()).prune());
            return Exit.DONE;
        } catch (IOException e) {
            shell.say("what cannot be written first is kept: " + e.getMessage());
            return Exit.FAILED;
        }
    }

    private static String line(RetentionStore store, Retention.What what) {
        return store.rules().stream()
                .filter(r -> r.what() == what)
                .map(r -> what.word() + " " + days(r)
                        + r.folder().map(f -> " " + f).orElse(""))
                .findFirst()
                .orElse(what.word() + " " + FOR_GOOD);
    }

    private static String days(Retention rule) {
        var seconds = rule.keep().toSeconds();
        return seconds % 86_400 == 0 ? seconds / 86_400 + "d" : seconds + "s";
    }
}
