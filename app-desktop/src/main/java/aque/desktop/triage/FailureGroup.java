package aque.desktop.triage;

import aque.desktop.theme.Texts;
import aque.task.TaskId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Failures that have something in common.
///
/// @param key equal for the same cause, worker, user, show or template
/// @param last when the latest of them failed
/// @param seen has a person seen all of them?
record FailureGroup(String key, String title, List<Failed> failed, Instant last, boolean seen) {

    /// What failures are put together by.
    enum By {
        CAUSE(failed -> failed.cause().key(), failed -> failed.cause().title()),
        WORKER(failed -> failed.task().worker(), failed -> failed.task().worker()),
        USER(failed -> failed.task().owner(), failed -> failed.task().owner()),
        SHOW(failed -> failed.origin().show(), failed -> or(failed.origin().show(), "triage.no.show")),
        TEMPLATE(
                failed -> failed.origin().template(),
                failed -> or(failed.origin().templateName(), "triage.no.template"));

        private final Function<Failed, String> key;
        private final Function<Failed, String> title;

        By(Function<Failed, String> key, Function<Failed, String> title) {
            this.key = key;
            this.title = title;
        }

        private static String or(String word, String without) {
            return word.isEmpty() ? Texts.of(without) : word;
        }

        /// The groups, the largest first; those that were seen last.
        ///
        /// @param seen until when a person saw the failures of a key
        List<FailureGroup> groups(Collection<Failed> all, Function<String, Instant> seen) {
            return all.stream().collect(Collectors.groupingBy(key)).entrySet().stream()
                    .map(each -> group(name() + ":" + each.getKey(), each.getValue(), seen))
                    .sorted(java.util.Comparator.comparing(FailureGroup::seen)
                            .thenComparing(group -> -group.failed().size())
                            .thenComparing(FailureGroup::key))
                    .toList();
        }

        private FailureGroup group(String key, List<Failed> failed, Function<String, Instant> seen) {
            var last = failed.stream()
                    .map(each -> each.task().ended().orElse(Instant.EPOCH))
                    .max(Instant::compareTo)
                    .orElse(Instant.EPOCH);
            return new FailureGroup(
                    key,
                    title.apply(failed.getFirst()),
                    failed,
                    last,
                    !seen.apply(key).isBefore(last));
        }
    }

    List<TaskId> tasks() {
        return failed.stream().map(each -> each.task().id()).sorted().toList();
    }

    List<TaskId> jobs() {
        return failed.stream()
                .map(each -> each.task().job())
                .distinct()
                .sorted()
                .toList();
    }

    /// Each of something about them once, in order: workers, users.
    List<String> each(Function<Failed, String> what) {
        return failed.stream()
                .map(what)
                .filter(word -> !word.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }
}
