package aque.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.openjd.Job;
import aque.openjd.JobDocument;
import aque.openjd.Jobs;
import aque.openjd.PathMapping;
import aque.openjd.PathMappingRule;
import aque.openjd.TaskParameters;
import aque.openjd.TemplateReader;
import aque.testing.Repeated;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

class SessionTest {

    private static final String HEAD = """
            specificationVersion: jobtemplate-2023-09
            name: Job
            """;

    @TempDir
    Path folder;

    private final PlainRunner runner = new PlainRunner(Optional.empty());
    private final Heard heard = new Heard();

    private Job job(String rest) throws IOException {
        var file = Files.writeString(folder.resolve("template.yaml"), HEAD + rest);
        return Jobs.create(TemplateReader.readJob(file), List.of(), Map.of(), folder);
    }

    private static String step(String script) {
        return """
                steps:
                - name: One
                  script:
                    actions: {onRun: {command: sh, args: ["{{Task.File.Run}}"]}}
                    embeddedFiles:
                    - name: Run
                      type: TEXT
                      data: |
                """ + script.indent(8);
    }

    private Session session(JobDocument document) throws IOException {
        return Session.open(document, folder.resolve("sessions"), SessionHost.PLAIN, runner, heard);
    }

    private Optional<Failure> runAll(Job job) throws IOException, InterruptedException {
        var document = JobDocument.of(job);
        try (var session = session(document)) {
            var failure = session.enter(document.environments());
            return failure.isPresent() ? failure : session.run(document.steps().getFirst(), TaskParameters.NONE);
        }
    }

    @Repeated
    void environmentsAreLeftInReverseAlsoAfterAFailure() throws Exception {
        var failure = runAll(job("""
                jobEnvironments:
                - name: Outer
                  script: {actions: {onEnter: {command: echo, args: [outer in]}, onExit: {command: echo, args: [outer out]}}}
                - name: Inner
                  script: {actions: {onEnter: {command: "false"}, onExit: {command: echo, args: [inner out]}}}
                """ + step("echo never")));
        assertThat(failure.map(Failure::toString)).contains("environment Inner, enter: exit code 1");
        assertThat(runner.printed).containsExactly("outer in", "inner out", "outer out");
    }

    @Repeated
    void variablesOfEnvironmentsReachLaterActions() throws Exception {
        var failure = runAll(job("""
                extensions: [REDACTED_ENV_VARS]
                jobEnvironments:
                - name: E
                  variables: {FROM_TEMPLATE: "{{Session.HasPathMappingRules}}", GONE: x}
                  script:
                    actions:
                      onEnter: {command: sh, args: ["{{Env.File.Enter}}"]}
                    embeddedFiles:
                    - name: Enter
                      type: TEXT
                      data: |
                        echo "openjd_env: SAID=a=b"
                        echo "openjd_unset_env: GONE"
                        echo "openjd_env: GONE=again"
                        echo "openjd_redacted_env: KEY=secret"
                """ + step("echo $FROM_TEMPLATE $SAID ${GONE-gone} $KEY")));
        assertThat(failure).isEmpty();
        assertThat(runner.printed).last().isEqualTo("false a=b gone ********");
        assertThat(runner.printed).noneMatch(line -> line.contains("secret"));
    }

    @Repeated
    void progressAndStatusAreHeardAndTheActionsOwnReasonCounts() throws Exception {
        var failure = runAll(job(step("""
                echo "openjd_progress: 12.5"
                echo "openjd_status: at work"
                echo "openjd_fail: no licence"
                exit 3
                """)));
        assertThat(heard.all).containsExactly("progress 12.5", "status at work", "fail no licence");
        assertThat(failure).contains(new Failure("step One", new ActionEnd.Exited(3), "no licence"));
    }

    @Repeated
    void aMalformedVariableCancelsTheAction() throws Exception {
        var failure = runAll(job(step("echo 'openjd_env: no assignment'; exec sleep 1000")));
        assertThat(failure.map(Failure::end)).contains(new ActionEnd.Cancelled());
        assertThat(failure.map(Failure::reason).orElse("")).contains("openjd_env: no assignment");
    }

    @Repeated
    void anActionThatTakesTooLongHasFailed() throws Exception {
        var failure = runAll(job("""
                steps:
                - name: One
                  script: {actions: {onRun: {command: sleep, args: ["1000"], timeout: 1}}}
                """));
        assertThat(failure.map(Failure::toString)).contains("step One: not finished within 1 s");
    }

    @Repeated
    void aSessionThatFailedRunsNothingMore() throws Exception {
        var document = JobDocument.of(job(step("exit 1")));
        try (var session = session(document)) {
            var step = document.steps().getFirst();
            assertThat(session.run(step, TaskParameters.NONE)).isPresent();
            assertThatThrownBy(() -> session.run(step, TaskParameters.NONE)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Repeated
    void filesAreWrittenAsTheTemplateWantsThemAndRemovedAtTheEnd() throws Exception {
        var document = JobDocument.of(
                job("""
                extensions: [FEATURE_BUNDLE_1]
                steps:
                - name: One
                  script:
                    actions: {onRun: {command: sh, args: [-c, "ls -l {{Task.File.Run}}; od -c {{Task.File.Text}}; cat {{Session.PathMappingRulesFile}}; chmod 500 ."]}}
                    embeddedFiles:
                    - {name: Run, type: TEXT, filename: run.sh, runnable: true, data: "{{Task.File.Text}}"}
                    - {name: Text, type: TEXT, endOfLine: CRLF, data: "a\\nb"}
                """), new PathMapping(List.of(new PathMappingRule(PathMappingRule.Format.POSIX, "/a", "/b"))));
        try (var session = session(document)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(session.directory())))
                    .isEqualTo("rwx------");
            assertThat(session.run(document.steps().getFirst(), TaskParameters.NONE))
                    .isEmpty();
        }
        assertThat(String.join("\n", runner.printed))
                .contains("-rwx------")
                .contains("run.sh")
                .contains("a  \\r  \\n   b")
                .contains("{\"version\":\"pathmapping-1.0\",\"path_mapping_rules\":[{\"source_path_format\":\"POSIX\","
                        + "\"source_path\":\"/a\",\"destination_path\":\"/b\"}]}");
        assertThat(folder.resolve("sessions")).isEmptyDirectory();
    }

    @Repeated
    void anAnnouncedCancelTellsItsEnd() throws Exception {
        try (var session = session(JobDocument.of(job(step("true"))))) {
            session.announceCancel(Instant.parse("2026-11-21T10:20:30.999Z"));
            assertThat(session.directory().resolve("cancel_info.json"))
                    .hasContent("{\"NotifyEnd\": \"2026-11-21T10:20:30Z\"}");
        }
    }

    @Repeated
    void cancelationHasTheTemplatesPeriodOrTheUsualOne() throws Exception {
        runAll(job("""
                jobEnvironments:
                - name: E
                  script: {actions: {onEnter: {command: "true", cancelation: {mode: NOTIFY_THEN_TERMINATE}}}}
                steps:
                - name: One
                  script: {actions: {onRun: {command: "true", cancelation: {mode: NOTIFY_THEN_TERMINATE, notifyPeriodInSeconds: 7}}}}
                """));
        assertThat(runner.actions.stream().map(Action::cancelation))
                .extracting(Object::toString)
                .containsExactly("NotifyThenTerminate[period=PT30S]", "NotifyThenTerminate[period=PT7S]");
    }

    @Repeated
    void environmentsAreLeftWhenTheThreadIsInterrupted() throws Exception {
        var document = JobDocument.of(job("""
                jobEnvironments:
                - name: E
                  script: {actions: {onEnter: {command: "true"}, onExit: {command: echo, args: [out]}}}
                """ + step("exec sleep 1000")));
        try (var session = session(document)) {
            assertThat(session.enter(document.environments())).isEmpty();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> session.run(document.steps().getFirst(), TaskParameters.NONE))
                    .isInstanceOf(InterruptedException.class);
        }
        assertThat(runner.printed).containsExactly("out");
    }
}
