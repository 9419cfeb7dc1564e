import aque.client.Client;
import aque.schedule.Needs;
import aque.submit.NewTask;
import aque.submit.Submission;
import aque.submit.TaskOptions;
import aque.submit.Work;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Ten squares, and their sum when all of them are there: one job, submitted whole. The last task's words name
/// what the others leave.
public final class FanOut {
    private FanOut() {}

    public static void main(String[] args) {
        try (var farm = Client.open(args[0])) {
            var squares = farm.submit(job("squares", squares()));
            var sum = farm.submit(job("sum", List.of(command(
                    -1, "python3", "-c", "import json, sys; print(sum(json.loads(sys.argv[1])))", "{\"$results\": " + squares.id() + "}"))));
            var end = sum.ended().join();
            System.out.println(end.state().word() + ": " + sum.output().strip());
        }
    }

    /// A group and its members: parents and what is waited for are named by their place in the list.
    private static List<NewTask> squares() {
        var tasks = new ArrayList<>(List.of(NewTask.group("squares", -1, List.of())));
        for (var i = 1; i <= 10; i++) {
            tasks.add(command(0, "sh", "-c", "echo $(($1 * $1))", "sh", Integer.toString(i)));
        }
        return tasks;
    }

    private static Submission job(String title, List<NewTask> tasks) {
        return Submission.of(title, System.getProperty("user.name"), Path.of("/tmp"), tasks);
    }

    private static NewTask command(int parent, String... words) {
        return new NewTask(words[words.length - 1], new Work.Command(List.of(words)), parent, List.of(), Needs.ONE_CPU, 0, TaskOptions.NONE);
    }
}
