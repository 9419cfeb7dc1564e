package aque.cli;

import java.util.List;
import java.util.function.Supplier;
import org.jline.builtins.Completers.FileNameCompleter;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/// Completes what is typed in `aque shell`: commands, then their options, ids of jobs with what they are called, or
/// files.
final class CommandCompleter implements Completer {
    private final Supplier<List<Candidate>> ids;
    private final Completer files = new FileNameCompleter();

    CommandCompleter(Supplier<List<Candidate>> ids) {
        this.ids = ids;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> out) {
        if (line.wordIndex() == 0) {
            Commands.all()
                    .forEach(c -> out.add(new Candidate(c.name(), c.name(), null, c.summary(), null, null, true)));
            return;
        }
        var command = Commands.named(line.words().getFirst());
        if (line.word().startsWith("-")) {
            command.ifPresent(c -> c.options().forEach(o -> out.add(new Candidate(o))));
        } else if (command.isPresent() && command.get().takesIds()) {
            out.addAll(ids.get());
        } else {
            files.complete(reader, line, out);
        }
    }
}
