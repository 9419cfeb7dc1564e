import aque.client.Client;
import aque.event.FarmEvent;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/// Says what becomes of a job. Each handler has a thread of its own: one that fails or is slow hurts no other.
public final class Listen {
    private Listen() {}

    public static void main(String[] args) throws InterruptedException {
        var over = new CountDownLatch(1);
        try (var farm = Client.open(args[0])) {
            farm.on(FarmEvent.JobSubmitted.class, e -> System.out.println("submitted: " + e.job()));
            farm.on(FarmEvent.TasksChanged.class, e -> farm.farm().tasks(e.tasks()).forEach(t -> {
                System.out.println(t.name() + ": " + t.state().word());
                if (t.state().ended()) {
                    over.countDown();
                }
            }));
            farm.submit(Submission.of("nap", System.getProperty("user.name"), Path.of("/tmp"), List.of(new NewTask(
                    "nap", new Work.Command(List.of("sleep", "0.2")), -1, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE))));
            over.await();
        }
    }
}
