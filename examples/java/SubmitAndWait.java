import aque.client.Client;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.nio.file.Path;
import java.util.List;

/// One command on the farm, and what it wrote. `java -cp 'AQUE/lib/*' SubmitAndWait.java postgresql://user@host/db`
public final class SubmitAndWait {
    private SubmitAndWait() {}

    public static void main(String[] args) {
        try (var farm = Client.open(args[0])) {
            var hello = farm.submit(Submission.of("hello", System.getProperty("user.name"), Path.of("/tmp"), List.of(shell("echo hello"))));
            // completes at its end of whichever kind; nothing is asked meanwhile
            var end = hello.ended().join();
            System.out.println(end.state().word() + ": " + hello.output().strip());
        }
    }

    /// A lone command, one cpu.
    private static NewTask shell(String line) {
        return new NewTask(line, new Work.Command(List.of("sh", "-c", line)), -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE);
    }
}
