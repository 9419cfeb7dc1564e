package aque.db;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A server that takes a connection and never says a word, as a firewall or a dead proxy does.
class SilentServerTest {
    /// The limit is the command line's promise (exit 69 within ten seconds), not a speed.
    @Test
    @Timeout(10)
    void isUnreachableWithinTenSeconds() throws IOException {
        try (var server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var address = Address.parse("postgresql://someone@127.0.0.1:" + server.getLocalPort() + "/farm");

            assertThatThrownBy(() -> Database.plain(address, "test").close())
                    .isInstanceOf(Unreachable.class)
                    .hasMessageContaining("cannot reach the broker")
                    .hasMessageContaining("never answers");
        }
    }
}
