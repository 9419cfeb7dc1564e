package aque.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where Aque keeps things of this user: `data` (never deleted by Aque) and `cache` (may be deleted at any time).
public record UserFolders(Path data, Path cache) {
    /// `$AQUE_HOME`, else `$XDG_DATA_HOME/aque`, else `~/.local/share/aque`; the cache alike.
    public static UserFolders ofEnvironment() {
        return of(System.getenv());
    }

    static UserFolders of(Map<String, String> env) {
        return new UserFolders(
                value(env, "AQUE_HOME").orElseGet(() -> xdg(env, "XDG_DATA_HOME", ".local/share")),
                xdg(env, "XDG_CACHE_HOME", ".cache"));
    }

    /// Where the settings of this user are: `$AQUE_HOME/config`, else `$XDG_CONFIG_HOME/aque`, else `~/.config/aque`.
    public static Path configOfEnvironment() {
        return config(System.getenv());
    }

    static Path config(Map<String, String> env) {
        return value(env, "AQUE_HOME")
                .map(home -> home.resolve("config"))
                .orElseGet(() -> xdg(env, "XDG_CONFIG_HOME", ".config"));
    }

    private static Path xdg(Map<String, String> env, String name, String fallback) {
        return value(env, name).orElseGet(() -> home(env).resolve(fallback)).resolve("aque");
    }

    /// Java's `user.home` comes from the password file and ignores `$HOME`.
    private static Path home(Map<String, String> env) {
        return value(env, "HOME").orElseGet(() -> Path.of(System.getProperty("user.home")));
    }

    private static Optional<Path> value(Map<String, String> env, String name) {
        return Optional.ofNullable(env.get(name))
                .filter(text -> !text.isBlank())
                .map(text -> Path.of(text).toAbsolutePath());
    }
}
