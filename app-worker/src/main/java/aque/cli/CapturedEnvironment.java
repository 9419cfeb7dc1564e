package aque.cli;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The caller's environment as a plain command takes it along (A68): all but what belongs to the caller's own session
/// or machine, and nothing that smells of a secret. Plain comparisons: patterns would be compiled for each command.
final class CapturedEnvironment {
    private static final Set<String> LEFT_OUT = Set.of(
            "PYTHONHOME",
            "LD_LIBRARY_PATH",
            "LD_PRELOAD",
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "XAUTHORITY",
            "TMPDIR",
            "HOME",
            "_",
            "SHLVL",
            "OLDPWD",
            "PWD",
            "TERM",
            "JAVA_TOOL_OPTIONS",
            "LS_COLORS",
            "COLUMNS",
            "LINES");
    private static final List<String> LEFT_OUT_STARTS =
            List.of("QT_", "SSH_", "DBUS_", "XDG_", "AQUE_", "PG", "BASH_FUNC_");
    private static final List<String> SECRET = List.of(
            "PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIAL", "APIKEY", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY");

    private CapturedEnvironment() {}

    static Map<String, String> of(Map<String, String> environment) {
        var out = new TreeMap<String, String>();
        for (var variable : environment.entrySet()) {
            if (goesAlong(variable.getKey())) {
                out.put(variable.getKey(), variable.getValue());
            }
        }
        return out;
    }

    private static boolean goesAlong(String name) {
        if (LEFT_OUT.contains(name)) {
            return false;
        }
        for (var start : LEFT_OUT_STARTS) {
            if (name.startsWith(start)) {
                return false;
            }
        }
        var upper = name.toUpperCase(Locale.ROOT);
        for (var word : SECRET) {
            if (upper.contains(word)) {
                return false;
            }
        }
        return true;
    }
}
