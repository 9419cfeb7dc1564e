package aque.benchmark;

import aque.db.Address;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A console that watches a farm under torture with a clock of its own; or none.
record TortureConsole(Optional<ConsoleProcess> process) implements AutoCloseable {
    static TortureConsole none() {
        return new TortureConsole(Optional.empty());
    }

    /// @param clock a command before the console's own, that sets its clock
    static TortureConsole start(Address farm, List<String> clock) throws IOException {
        return new TortureConsole(Optional.of(new ConsoleProcess(farm, clock)));
    }

    /// One that shows its first rows.
    static TortureConsole watching(Address farm) throws IOException, InterruptedException {
        var console = new ConsoleProcess(farm, List.of());
        console.expect("first_rows_ms");
        return new TortureConsole(Optional.of(console));
    }

    /// What it needs, in MiB; nothing when there is none.
    double heap() throws InterruptedException {
        return process.isEmpty() ? 0 : process.get().ask("heap");
    }

    /// How many of its rows say something else than the tables, when all is quiet.
    Optional<Double> wrong() throws InterruptedException {
        if (process.isEmpty()) {
            return Optional.empty();
        }
        process.get().expect("first_rows_ms");
        return Optional.of(process.get().ask("wrong"));
    }

    @Override
    public void close() {
        process.ifPresent(ConsoleProcess::close);
    }
}
