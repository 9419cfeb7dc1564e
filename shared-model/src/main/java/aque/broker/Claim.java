package aque.broker;

import aque.submit.TaskOptions;
import aque.submit.Work;
import aque.task.TaskId;
import java.util.Map;

/// The right to run one attempt of one task, and all that its worker needs to know.
///
/// @param attempt the fence: only a report that names it is accepted
/// @param cpuMilli what is reserved here, thousandths of a core; `memory` in bytes
/// @param gpus how many of its worker's are its alone
/// @param user the database login that submitted it
/// @param cwd where it runs
/// @param environment the job's variables with the task's own over them
public record Claim(
        TaskId task,
        TaskId job,
        String name,
        int attempt,
        int cpuMilli,
        long memory,
        int gpus,
        Work work,
        String user,
        String cwd,
        Map<String, String> environment,
        TaskOptions options) {}
