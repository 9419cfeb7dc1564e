package aque.worker;

import aque.broker.Claim;
import aque.farm.PathRoots;
import aque.openjd.PathMapping;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.util.HashMap;
import java.util.function.Supplier;

/// What a task's paths are on this machine, by the farm's table of folders: where it runs, what it is called with, its
/// variables, and the files that it reads and writes. Any thread.
///
/// @param roots the table as it is now
record Here(Supplier<PathRoots> roots, String platform) {
    /// On this machine.
    Here(Supplier<PathRoots> roots) {
        this(roots, Machine.platform());
    }

    Claim of(Claim claim) {
        var table = roots.get();
        if (table.isEmpty()) {
            return claim;
        }
        var variables = new HashMap<String, String>();
        claim.environment().forEach((name, value) -> variables.put(name, table.word(value, platform)));
        return new Claim(
                claim.task(),
                claim.job(),
                claim.name(),
                claim.attempt(),
                claim.cpuMilli(),
                claim.memory(),
                claim.gpus(),
                work(claim.work(), table),
                claim.user(),
                table.path(claim.cwd(), platform),
                variables,
                options(claim.options(), table));
    }

    private Work work(Work work, PathRoots table) {
        return work instanceof Work.Command command
                ? new Work.Command(command.argv().stream()
                        .map(word -> table.word(word, platform))
                        .toList())
                : work;
    }

    private TaskOptions options(TaskOptions options, PathRoots table) {
        var changed = options;
        if (!options.stdin().isEmpty()) {
            changed = changed.withStdinFile(table.path(options.stdin(), platform));
        }
        if (!options.stdout().isEmpty()) {
            changed = changed.withStdout(table.path(options.stdout(), platform));
        }
        if (options.warm() > 0) {
            changed = changed.withItem(options.warm(), table.word(options.item(), platform));
        }
        return options.stderr().isEmpty() ? changed : changed.withStderr(table.path(options.stderr(), platform));
    }

    /// For the paths of OpenJD.
    PathMapping rules() {
        return roots.get().to(platform);
    }

    String path(String path) {
        return roots.get().path(path, platform);
    }

    /// A text with paths in it: an embedded file, a word of an action.
    String text(String text) {
        return roots.get().text(text, platform);
    }
}
