package aque.farm;

import static org.assertj.core.api.Assertions.assertThat;

import aque.schedule.Capabilities;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ReachTest {
    private static final Mounts MINE = Mounts.of(List.of(
            "proc /proc proc rw 0 0",
            "/dev/sda1 / ext4 rw 0 0",
            "filer:/export/show /show nfs4 rw 0 0",
            "//win/my\\040tex /tex cifs rw 0 0",
            "user@host:/x /home/me/x fuse.sshfs rw 0 0",
            "portal /run/doc fuse.portal rw 0 0"));

    private static WorkerView worker(String host, Map<String, Set<String>> attributes) {
        var told = new Capabilities(host, "linux", "me", 4000, 1, Map.of(), attributes);
        return new WorkerView(
                1, host, host, "up", 4000, 1, 0, 0, 0, Instant.EPOCH, Duration.ZERO, "", told, "", Optional.empty());
    }

    private static WorkerView mounting(String host, String... lines) {
        return worker(host, Map.of(Mounts.ATTRIBUTE, Mounts.of(List.of(lines)).told()));
    }

    private static List<String> unseen(WorkerView... workers) {
        var reach = new Reach("desk", MINE, List.of(workers));
        return List.of("/show/a/b.blend", "/tex/wood.exr", "/home/me/c.blend", "/home/me/x/d.ma").stream()
                .filter(p -> reach.isUnseen(Path.of(p)))
                .toList();
    }

    @Test
    void aPathIsSeenWhereTheSameFileSystemIsAtTheSamePlace() {
        assertThat(unseen(mounting("r1", "filer:/export/show /show nfs4 rw 0 0")))
                .containsExactly("/tex/wood.exr", "/home/me/c.blend", "/home/me/x/d.ma");
        assertThat(unseen(mounting("r1", "filer:/export/show /mnt/show nfs4 rw 0 0", "filer:/old /show nfs rw 0 0")))
                .hasSize(4);
        assertThat(unseen(mounting("r1"), mounting("r2", "//win/my\\040tex /tex cifs rw 0 0")))
                .doesNotContain("/tex/wood.exr")
                .hasSize(3);
    }

    @Test
    void nothingIsSaidWhereNothingIsKnown() {
        assertThat(unseen()).isEmpty();
        assertThat(unseen(mounting("r1"), worker("r2", Map.of()))).isEmpty();
        assertThat(unseen(mounting("desk"))).isEmpty();
    }
}
