package aque.local;

import java.util.List;

/// A command as a user types it, for tests: `JoinMain join|stop|worker`, with the folders of its environment.
final class JoinMain {
    private JoinMain() {}

    public static void main(String[] arguments) {
        var local = LocalPostgres.ofUser();
        switch (arguments[0]) {
            case "join" -> System.out.println(local.join(System.err::println).url());
            case "worker" -> {
                local.join(System.err::println);
                local.seeToWorker(List.of("sleep", "600"));
                local.seeToWorker(List.of("sleep", "600"));
                System.out.println(local.worker().orElseThrow().pid());
            }
            case "stop" -> System.out.println(local.stop());
            default -> throw new IllegalArgumentException(arguments[0]);
        }
    }
}
