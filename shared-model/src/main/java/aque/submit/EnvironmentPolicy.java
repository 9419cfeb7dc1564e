package aque.submit;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// What of the caller's environment a job takes along (A68). A plain command takes all but what belongs to the caller's
/// own session or machine; a template, which is to run anywhere, takes nothing but a short list. Neither takes what
/// smells of a secret. A file `environment` in the folders of [Layers] changes both lists, a line a word and names:
/// `allow SHOW SHOT_*` for templates, `deny MAYA_*` for commands; a later line goes before an earlier one.
///
/// Plain comparisons: patterns would be compiled for each command.
public final class EnvironmentPolicy {
    private static final List<String> DENIED = List.of(
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
            "LINES",
            "QT_*",
            "SSH_*",
            "DBUS_*",
            "XDG_*",
            "AQUE_*",
            "PG*",
            "BASH_FUNC_*");
    private static final List<String> ALLOWED = List.of("SHOW", "SEQUENCE", "SHOT", "OCIO", "LANG", "LC_*", "TZ");
    private static final List<String> SECRET = List.of(
            "PASSWORD", "PASSWD", "SECRET", "TOKEN", "CREDENTIAL", "APIKEY", "API_KEY", "ACCESS_KEY", "PRIVATE_KEY");

    private static final int SHORTEST_SECRET = 6;

    private final List<Rule> rules;

    private record Rule(boolean allow, String name) {}

    private EnvironmentPolicy(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /// As site, show, queue and user have it.
    public static EnvironmentPolicy ofUser() {
        return of(Layers.ofUser());
    }

    /// @throws SubmitException for a line that is none
    static EnvironmentPolicy of(Layers layers) {
        var rules = new ArrayList<Rule>();
        for (var line : layers.lines("environment")) {
            var words = line.split("\\s+");
            if (words.length < 2 || !List.of("allow", "deny").contains(words[0])) {
                throw new SubmitException("environment: a line is `allow NAME…` or `deny NAME…`: " + line);
            }
            for (var i = 1; i < words.length; i++) {
                rules.add(new Rule(words[0].equals("allow"), words[i]));
            }
        }
        return new EnvironmentPolicy(rules);
    }

    /// What `submit -- CMD` and `xargs` take along.
    public Map<String, String> forCommands(Map<String, String> environment) {
        return chosen(environment, true);
    }

    /// What templates and drops take along.
    public Map<String, String> forTemplates(Map<String, String> environment) {
        return chosen(environment, false);
    }

    private Map<String, String> chosen(Map<String, String> environment, boolean command) {
        var out = new TreeMap<String, String>();
        for (var variable : environment.entrySet()) {
            var name = variable.getKey();
            if (!isSecret(name) && goes(name, command)) {
                out.put(name, variable.getValue());
            }
        }
        return out;
    }

    private boolean goes(String name, boolean command) {
        for (var i = rules.size() - 1; i >= 0; i--) {
            if (matches(rules.get(i).name, name)) {
                return rules.get(i).allow;
            }
        }
        return command ? !among(DENIED, name) : among(ALLOWED, name);
    }

    private static boolean among(List<String> names, String name) {
        for (var one : names) {
            if (matches(one, name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(String pattern, String name) {
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.equals(pattern);
    }

    /// The values that no log should show. Short ones are left: who hides each `1` hides nothing.
    public static List<String> secrets(Map<String, String> environment) {
        return environment.entrySet().stream()
                .filter(variable ->
                        isSecret(variable.getKey()) && variable.getValue().length() >= SHORTEST_SECRET)
                .map(Map.Entry::getValue)
                .toList();
    }

    /// Is it one whose value nobody should see?
    public static boolean isSecret(String name) {
        var upper = name.toUpperCase(Locale.ROOT);
        for (var word : SECRET) {
            if (upper.contains(word)) {
                return true;
            }
        }
        return false;
    }
}
