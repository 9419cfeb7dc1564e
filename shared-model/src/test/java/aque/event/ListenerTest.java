package aque.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.db.Database;
import aque.db.PromptSockets;
import aque.testing.TestFarm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// What wakes programs up.
final class ListenerTest {
    @Test
    void hintsAreHeardEachAndInTheirOrder() throws Exception {
        try (var farm = new TestFarm();
                var telling = Database.connect(farm.address, "tells")) {
            var heard = new LinkedBlockingQueue<Hint>();
            var ready = new LinkedBlockingQueue<Boolean>();
            var listener = new Listener(farm.address, Set.of(Hint.Topic.WAKE), heard::add, () -> ready.add(true));
            try (listener) {
                listener.start();
                assertThat(ready.poll(30, TimeUnit.SECONDS)).isTrue();
                for (var i = 1; i <= 300; i++) {
                    try (var s = telling.createStatement()) {
                        s.execute("NOTIFY aque_wake, '" + i + "'");
                    }
                }
                for (var i = 1; i <= 300; i++) {
                    assertThat(heard.poll(30, TimeUnit.SECONDS)).isEqualTo(new Hint(Hint.Topic.WAKE, "" + i));
                }
            }
        }
    }

    @Test
    void whetherMoreHasComeIsAnsweredWithoutWaitingAndWhatHasComeIsRead() throws Exception {
        try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var ours = new PromptSockets().createSocket(server.getInetAddress(), server.getLocalPort());
                var theirs = server.accept()) {
            var in = ours.getInputStream();
            ours.setSoTimeout(1);
            assertThatThrownBy(() -> in.read(new byte[1], 0, 1))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessage("nothing has come yet");
            theirs.getOutputStream().write(7);
            ours.setSoTimeout(30_000);
            var one = new byte[1];
            assertThat(in.read(one, 0, 1)).isEqualTo(1);
            assertThat(one[0]).isEqualTo((byte) 7);
        }
    }
}
