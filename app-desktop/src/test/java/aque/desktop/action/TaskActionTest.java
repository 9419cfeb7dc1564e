package aque.desktop.action;

import static aque.task.TaskState.*;
import static org.assertj.core.api.Assertions.assertThat;

import aque.desktop.feed.Rows;
import aque.task.TaskState;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TaskActionTest {

    static Stream<Arguments> states() {
        return Stream.of(
                Arguments.of(TaskAction.KILL, EnumSet.of(CREATING, WAITING, PENDING, HELD, RUNNING, SUSPENDED)),
                Arguments.of(TaskAction.CANCEL, EnumSet.of(CREATING, WAITING, PENDING, HELD)),
                Arguments.of(TaskAction.RETRY, EnumSet.of(SUCCESS, ERROR, KILLED, CANCELLED)),
                Arguments.of(TaskAction.HOLD, EnumSet.of(CREATING, WAITING, PENDING, RUNNING, SUSPENDED, STOPPING)),
                Arguments.of(TaskAction.RELEASE, EnumSet.of(HELD)),
                Arguments.of(TaskAction.NEEDS, EnumSet.complementOf(EnumSet.of(SUCCESS))),
                Arguments.of(
                        TaskAction.MARK_DONE, EnumSet.complementOf(EnumSet.of(SUCCESS, RUNNING, STOPPING, SUSPENDED))),
                Arguments.of(TaskAction.DROP_DEPENDENCY, EnumSet.of(WAITING, HELD)),
                Arguments.of(TaskAction.RETRY_ROOT, EnumSet.noneOf(TaskState.class)),
                Arguments.of(TaskAction.REQUEUE, EnumSet.of(RUNNING, SUSPENDED)),
                Arguments.of(TaskAction.SIGNAL, EnumSet.of(RUNNING, SUSPENDED, STOPPING)),
                Arguments.of(TaskAction.COPY_ID, EnumSet.allOf(TaskState.class)));
    }

    @ParameterizedTest
    @MethodSource("states")
    void anActionAppliesInTheseStatesAndInNoOther(TaskAction action, Set<TaskState> states) {
        var applies = Arrays.stream(TaskState.values())
                .filter(state -> action.appliesTo(Rows.task(2, "t", state)))
                .toList();

        assertThat(applies).containsExactlyInAnyOrderElementsOf(states);
    }

    @Test
    void everyActionHasATextAndAKeyOfItsOwn() {
        assertThat(TaskAction.values())
                .allSatisfy(action -> assertThat(action.title()).isNotBlank());
        assertThat(Arrays.stream(TaskAction.values()).map(TaskAction::key)).doesNotHaveDuplicates();
    }
}
