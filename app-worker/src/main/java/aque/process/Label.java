package aque.process;

import aque.task.TaskId;

/// What a worker notes at the keeper about a start, for the worker after it.
record Label(TaskId task, int attempt) {

    static Label parse(String text) {
        int dot = text.indexOf('.');
        return new Label(new TaskId(Long.parseLong(text.substring(0, dot))), Integer.parseInt(text.substring(dot + 1)));
    }

    @Override
    public String toString() {
        return task + "." + attempt;
    }
}
