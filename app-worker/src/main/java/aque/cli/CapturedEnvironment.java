package aque.cli;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The caller's environment as a plain command takes it along (A68): all but what belongs to the caller's own session
/// or
/// machine, and nothing that smells of a secret.
final class CapturedEnvironment {
    private static final Pattern LEFT_OUT = Pattern.compile(
            "PYTHONHOME|LD_LIBRARY_PATH|LD_PRELOAD|QT_.*|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|TMPDIR|HOME|_|SHLVL|OLDPWD|PWD|TERM|"
                    + "SSH_.*|DBUS_.*|XDG_.*|AQUE_.*|PG.*|JAVA_TOOL_OPTIONS|BASH_FUNC_.*|LS_COLORS|COLUMNS|LINES");
    private static final Pattern SECRET = Pattern.compile(
            ".*(PASSWORD|PASSWD|SECRET|TOKEN|CREDENTIAL|API_?KEY|ACCESS_KEY|PRIVATE_KEY).*", Pattern.CASE_INSENSITIVE);

    private CapturedEnvironment() {}

    static Map<String, String> of(Map<String, String> environment) {
        var out = new TreeMap<String, String>();
        environment.forEach((name, value) -> {
            if (!LEFT_OUT.matcher(name).matches() && !SECRET.matcher(name).matches()) {
                out.put(name, value);
            }
        });
        return out;
    }
}
