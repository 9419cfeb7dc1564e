package aque.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The workers of a farm under torture, each a process with a bad network of its own: some run functions, some
/// processes. One thread at a time.
final class TortureWorkers implements AutoCloseable {
    /// The last two run processes: so there is one left when the other is cut off.
    private static final List<String> KINDS = List.of("functions", "functions", "processes", "processes");

    static final int COUNT = KINDS.size();

    private static final long CHILDREN_MS = 10_000;

    private final String url;
    private final int port;
    private final List<List<String>> clocks;
    private final Ledger ledger;
    private final List<Proxy> proxies = new ArrayList<>();
    private final List<Process> processes = new ArrayList<>();
    private final Random random = new Random(11);

    /// @param url of the farm, `port` its server's
    TortureWorkers(String url, int port, List<List<String>> clocks, Ledger ledger) throws IOException {
        this.url = url;
        this.port = port;
        this.clocks = clocks;
        this.ledger = ledger;
        for (var i = 0; i < KINDS.size(); i++) {
            proxies.add(new Proxy(port));
            processes.add(start(i));
        }
    }

    private Process start(int number) throws IOException {
        var command = new ArrayList<String>();
        command.addAll(clocks.isEmpty() ? List.of() : clocks.get(number % clocks.size()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "aque.benchmark.TortureWorkerMain",
                url.replace(":" + port + "/", ":" + proxies.get(number).port() + "/"),
                name(number),
                KINDS.get(number),
                ledger.file().toString()));
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        ledger.file().resolveSibling("workers.log").toFile()))
                .start();
    }

    private static String name(int number) {
        return "w" + number;
    }

    /// Kills one of them and waits until nothing that it ran is left; another one of its name begins.
    ///
    /// @return its name, before the word of what is left of it
    Killed kill() throws IOException, InterruptedException {
        var i = random.nextInt(KINDS.size());
        var worker = processes.get(i);
        var below = worker.descendants().toList();
        worker.destroyForcibly().waitFor();
        ledger.dead(worker.pid());
        var until = System.nanoTime() + CHILDREN_MS * 1_000_000;
        while (below.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < until) {
            Thread.sleep(20);
        }
        var left = below.stream().filter(ProcessHandle::isAlive).count();
        processes.set(i, start(i));
        return new Killed(name(i), left);
    }

    /// @param left processes that it had started and that outlived it
    record Killed(String name, long left) {}

    /// Every way to the server is bad, each in another way; those of this process worker and of one other are cut
    /// off, one in both directions.
    void cutOff(String worker) {
        var round = 2 * random.nextInt(2)
                + IntStream.range(0, KINDS.size())
                                .filter(i -> name(i).equals(worker))
                                .findFirst()
                                .orElseThrow()
                        % 2;
        var bad = List.of(Proxy.Link.CUT, Proxy.Link.LATE, Proxy.Link.HALF_OPEN, Proxy.Link.LATE);
        for (var i = 0; i < proxies.size(); i++) {
            proxies.get(i).become(bad.get((i + round) % bad.size()));
        }
    }

    void mend() {
        proxies.forEach(p -> p.become(Proxy.Link.GOOD));
    }

    @Override
    public void close() throws IOException {
        for (var p : processes) {
            // With all that it has started, which would have some seconds left otherwise.
            var all = Stream.concat(Stream.of(p.toHandle()), p.descendants()).toList();
            all.forEach(ProcessHandle::destroyForcibly);
        }
        for (var p : proxies) {
            p.close();
        }
    }
}
