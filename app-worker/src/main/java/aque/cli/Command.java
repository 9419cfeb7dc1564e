package aque.cli;

import java.util.List;

/// One command of `aque`: a name, how it is called, what it does, and the doing.
record Command(String name, String form, String summary, Body body) {

    /// The doing; answers the exit code.
    @FunctionalInterface
    interface Body {
        int run(Shell shell, List<String> arguments) throws Exception;
    }
}
