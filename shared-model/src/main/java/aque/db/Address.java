package aque.db;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;

/// Where a broker is: `postgresql://user@host:port/db?…` (A36). The password is kept apart, so that what is shown,
/// logged and handed to tasks never holds it.
///
/// @param host of the server; `port`; `database`
/// @param user to connect as
/// @param password empty where pgpass or the server's trust gives it
/// @param options the rest of the query string, handed to the driver
public record Address(String host, int port, String database, String user, Optional<String> password, String options) {
    private static final String HERE = here();

    /// Reads what `--broker` or `AQUE_BROKER` holds.
    ///
    /// @throws IllegalArgumentException with one sentence for the user; the password is not in it
    public static Address parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "not a broker address (postgresql://user@host:port/db): " + e.getReason(), e);
        }
        var scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("postgresql") && !scheme.equals("postgres")) {
            throw new IllegalArgumentException("not a broker address: it must start with postgresql://");
        }
        if (uri.getHost() == null) {
            throw new IllegalArgumentException("not a broker address: no host in it (postgresql://user@host:port/db)");
        }
        var info = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
        var colon = info.indexOf(':');
        var user = decode(colon < 0 ? info : info.substring(0, colon));
        var path = uri.getPath() == null ? "" : uri.getPath();
        var name = user.isEmpty()
                ? Optional.ofNullable(System.getenv("PGUSER")).orElse(System.getProperty("user.name"))
                : user;
        return new Address(
                uri.getHost(),
                uri.getPort() < 0 ? 5432 : uri.getPort(),
                path.length() > 1 ? path.substring(1) : name,
                name,
                colon < 0
                        ? Optional.ofNullable(System.getenv("PGPASSWORD"))
                        : Optional.of(decode(info.substring(colon + 1))),
                uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    private static String decode(String s) {
        return URLDecoder.decode(s.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    public Address withPassword(String secret) {
        return new Address(host, port, database, user, Optional.of(secret), options);
    }

    String jdbcUrl() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + (options.isEmpty() ? "" : "?" + options);
    }

    private boolean loopback() {
        return host.equals("localhost") || host.equals("[::1]") || host.startsWith("127.");
    }

    private static String here() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return System.getenv().getOrDefault("HOSTNAME", "unknown");
        }
    }

    Properties properties(String applicationName) {
        var p = new Properties();
        p.setProperty("user", user);
        password.ifPresent(s -> p.setProperty("password", s));
        // The history tells from where somebody acted.
        p.setProperty("ApplicationName", applicationName + "@" + HERE);
        p.setProperty("currentSchema", Migrations.SCHEMA);
        p.setProperty("connectTimeout", "4");
        // A silent server is asked twice, with and without encryption: both waits together stay below ten seconds.
        p.setProperty("sslResponseTimeout", "3000");
        p.setProperty("assumeMinServerVersion", "12"); // its name goes with the first message, not in one more round
        if (loopback()) {
            // No wire to listen at: encryption only where the server insists.
            p.setProperty("sslmode", "allow");
            p.setProperty("gssEncMode", "disable");
        }
        p.setProperty("tcpKeepAlive", "true");
        p.setProperty("reWriteBatchedInserts", "true");
        return p;
    }

    /// For people, logs and the environment of tasks: without the password.
    @Override
    public String toString() {
        return "postgresql://" + user + "@" + host + ":" + port + "/" + database
                + (options.isEmpty() ? "" : "?" + options);
    }
}
