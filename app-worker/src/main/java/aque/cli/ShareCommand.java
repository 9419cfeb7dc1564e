package aque.cli;

import aque.schedule.Fit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// `aque share`: how much of the farm groups and owners have. Without words all shares, `NAME WEIGHT USED MOST TOP` a
/// line, `-` where there is no bound.
final class ShareCommand {
    private ShareCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("weight", "N", "of equal priorities the least for its weight goes first"),
                        Arguments.value("cpus", "N", "so many at once"),
                        Arguments.value("top-priority", "N", "no higher priority is granted"),
                        Arguments.flag("off", "takes the share away")));
        var words = args.words();
        if (words.isEmpty()) {
            shell.farm()
                    .shares()
                    .forEach(s -> shell.out()
                            .println(s.name() + " " + s.weight() + " " + Fit.cpus((int) s.usedCpuMilli()) + " "
                                    + (s.mostCpuMilli().isPresent()
                                            ? Fit.cpus(s.mostCpuMilli().getAsInt())
                                            : "-")
                                    + " "
                                    + (s.topPriority().isPresent()
                                            ? "" + s.topPriority().getAsInt()
                                            : "-")));
            return Exit.DONE;
        }
        if (words.size() != 1) {
            throw new UsageException("share NAME, or share alone to see all");
        }
        if (args.has("off")) {
            shell.broker().shareOff(words.getFirst());
            return Exit.DONE;
        }
        var weight = number(args, "weight");
        if (weight.isPresent() && weight.getAsInt() < 1) {
            throw new UsageException("a weight is 1 or more");
        }
        shell.broker()
                .share(
                        words.getFirst(),
                        weight,
                        number(args.get("cpus").map(Units::cpuMilli)),
                        number(args, "top-priority"));
        return Exit.DONE;
    }

    private static OptionalInt number(Arguments args, String option) {
        return number(args.get(option).map(n -> Units.number(option, n)));
    }

    private static OptionalInt number(Optional<Integer> n) {
        return n.isPresent() ? OptionalInt.of(n.get()) : OptionalInt.empty();
    }
}
