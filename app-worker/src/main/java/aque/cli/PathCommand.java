package aque.cli;

import aque.farm.PathRoot;
import aque.farm.PathRootStore;
import aque.farm.PathRoots;
import java.util.List;

/// `aque path`: the farm's folders as each platform names them, and what a path is on all of them.
final class PathCommand {
    private PathCommand() {}

    static int run(Shell shell, List<String> typed) {
        var args = Arguments.anywhere(
                typed,
                Arguments.options(
                        Arguments.value("linux", "FOLDER", "where the folder of this NAME is on Linux"),
                        Arguments.value("windows", "FOLDER", "on Windows"),
                        Arguments.value("macos", "FOLDER", "on macOS"),
                        Arguments.flag("off", "the folder of this NAME is forgotten")));
        var store = new PathRootStore(shell.database());
        if (args.words().isEmpty()) {
            store.roots().forEach(r -> shell.out().println(line(r)));
            return Exit.DONE;
        }
        if (args.words().size() > 1) {
            throw new UsageException("path P, or path NAME --linux FOLDER --windows FOLDER --macos FOLDER");
        }
        var word = args.words().getFirst();
        var actor = System.getProperty("user.name");
        if (args.has("off")) {
            return store.remove(word, actor) ? Exit.DONE : Exit.FAILED;
        }
        if (PathRoots.PLATFORMS.stream().anyMatch(args::has)) {
            store.set(new PathRoot(word, folder(args, "linux"), folder(args, "windows"), folder(args, "macos")), actor);
            return Exit.DONE;
        }
        var forms = new PathRoots(store.roots()).forms(word);
        PathRoots.PLATFORMS.stream()
                .filter(forms::containsKey)
                .forEach(p -> shell.out().println(p + " " + forms.get(p)));
        if (forms.isEmpty()) {
            shell.say("this is in none of the farm's folders: " + word);
        }
        return forms.isEmpty() ? Exit.FAILED : Exit.DONE;
    }

    private static String folder(Arguments args, String platform) {
        var folder = args.get(platform).orElse("");
        var absolute = platform.equals("windows")
                ? folder.matches("[A-Za-z]:.*|[\\\\/]{2}.*")
                : folder.startsWith("/") && folder.length() > 1;
        if (!folder.isEmpty() && !absolute) {
            throw new UsageException("a folder is named from its root on: --" + platform + " " + folder);
        }
        return folder;
    }

    private static String line(PathRoot root) {
        return root.name() + " linux=" + root.linux() + " windows=" + root.windows() + " macos=" + root.macos();
    }
}
