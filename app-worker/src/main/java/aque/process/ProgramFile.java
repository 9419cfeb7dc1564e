package aque.process;

import aque.posix.Fd;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds the file of a program as a shell would, for the environment and the folder of the task.
final class ProgramFile {
    private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

    private ProgramFile() {}

    static String find(String name, Map<String, String> environment, String cwd) throws LaunchException {
        List<String> files = candidates(name, environment, cwd);
        for (String file : files) {
            if (Fd.executable(file) && !Fd.folder(file)) {
                return file;
            }
        }
        if (files.stream().anyMatch(Fd::exists)) {
            throw new LaunchException("not_executable", name + " is there, but is not an executable file");
        }
        throw new LaunchException("no_program", "no such program: " + name);
    }

    private static List<String> candidates(String name, Map<String, String> environment, String cwd) {
        if (name.contains("/")) {
            return List.of(under(cwd, name));
        }
        List<String> files = new ArrayList<>();
        if (!name.isEmpty()) {
            for (String folder : environment.getOrDefault("PATH", DEFAULT_PATH).split(":", -1)) {
                files.add(under(cwd, folder.isEmpty() ? name : folder + "/" + name));
            }
        }
        return files;
    }

    private static String under(String cwd, String path) {
        return path.startsWith("/") ? path : cwd + "/" + path;
    }
}
