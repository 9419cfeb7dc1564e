package aque.broker;

import aque.event.Hint;
import aque.farm.StopRequest;
import aque.task.TaskId;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Kills and cancels, at once or after a grace, and what is taken back.
final class Stops {
    private final Desk desk;

    Stops(Desk desk) {
        this.desk = desk;
    }

    List<TaskId> withUpstream(Collection<TaskId> ids) {
        return desk.database().read(c -> {
            try (var s = c.prepareStatement("SELECT with_upstream(?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                return Desk.answer(s);
            }
        });
    }

    Optional<StopRequest> ask(Duration grace, Collection<TaskId> ids, boolean kill) {
        var asked = desk.<Optional<StopRequest>>act(c -> {
            try (var s = c.prepareStatement("SELECT asked, n FROM ask_stop(?, ?, ? * interval '1 ms', ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setBoolean(2, kill);
                s.setLong(3, grace.toMillis());
                s.setString(4, desk.actor());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(2) == 0
                            ? Optional.empty()
                            : Optional.of(new StopRequest(
                                    r.getLong(1), kill, List.copyOf(ids), r.getInt(2), grace, desk.actor()));
                }
            }
        });
        if (asked.isPresent()) {
            // Workers learn when to come back for it.
            desk.hint(Hint.control());
            desk.hint(Hint.feed());
        }
        return asked;
    }

    void carryOutDue() {
        while (carryOut(OptionalLong.empty()).isPresent()) {
            // One a transaction: each locks its own tasks alone.
        }
    }

    /// @param action the request, or whichever is due
    OptionalInt carryOut(OptionalLong action) {
        record Answer(OptionalInt done, int stopping) {}
        var answer = desk.database().<Answer, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT done, stopping FROM carry_out(?)")) {
                s.setObject(1, action.isPresent() ? action.getAsLong() : null, java.sql.Types.BIGINT);
                try (var r = s.executeQuery()) {
                    r.next();
                    var done = r.getInt(1);
                    return new Answer(r.wasNull() ? OptionalInt.empty() : OptionalInt.of(done), r.getInt(2));
                }
            }
        });
        if (answer.stopping > 0) {
            desk.hint(Hint.control());
        }
        if (answer.done.isPresent()) {
            desk.hint(Hint.feed());
        }
        return answer.done;
    }

    int undo(long action) {
        int n = desk.database().<Integer, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT undo_action(?, ?)")) {
                s.setLong(1, action);
                s.setString(2, desk.actor());
                try (var r = s.executeQuery()) {
                    r.next();
                    return r.getInt(1);
                }
            }
        });
        undone();
        return n;
    }

    Optional<Broker.Undone> undoLast() {
        var undone = desk.database().<Optional<Broker.Undone>, RuntimeException>inTransaction(c -> {
            try (var s = c.prepareStatement("SELECT verb, n FROM undo_last(?)")) {
                s.setString(1, desk.actor());
                try (var r = s.executeQuery()) {
                    r.next();
                    var verb = r.getString(1);
                    return verb == null ? Optional.empty() : Optional.of(new Broker.Undone(verb, r.getInt(2)));
                }
            }
        });
        undone();
        return undone;
    }

    OptionalLong undoable() {
        return desk.database().read(c -> {
            try (var s = c.prepareStatement("SELECT undoable(?)")) {
                s.setString(1, desk.actor());
                try (var r = s.executeQuery()) {
                    r.next();
                    var id = r.getLong(1);
                    return r.wasNull() ? OptionalLong.empty() : OptionalLong.of(id);
                }
            }
        });
    }

    private void undone() {
        desk.hint(Hint.wake());
        desk.hint(Hint.feed());
    }

    Stopped stop(Collection<TaskId> ids, boolean kill) {
        var stopped = desk.<Stopped>act(c -> {
            try (var s = c.prepareStatement("SELECT cancelled, stopping, n FROM stop_asked(?, ?, ?)")) {
                s.setArray(1, SqlArrays.longs(c, ids));
                s.setBoolean(2, kill);
                s.setString(3, desk.actor());
                try (var r = s.executeQuery()) {
                    r.next();
                    return new Stopped(SqlArrays.ids(r.getArray(1)), SqlArrays.ids(r.getArray(2)), r.getInt(3));
                }
            }
        });
        if (!stopped.stopping().isEmpty()) {
            desk.hint(Hint.control());
        }
        desk.hint(Hint.feed());
        return stopped;
    }
}
