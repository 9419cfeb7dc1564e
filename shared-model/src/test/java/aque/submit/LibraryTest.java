package aque.submit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibraryTest {
    private static final String TEMPLATE = """
        specificationVersion: jobtemplate-2023-09
        name: mine
        aque: {summary: my own, drop: {extensions: [XYZ], parameter: File}, priority: 7, retries: 2}
        parameterDefinitions: [{name: File, type: PATH}]
        steps: [{name: a, script: {actions: {onRun: {command: tool, args: ["{{Param.File}}"]}}}}]
        """;

    @TempDir
    private Path folder;

    @Test
    void whatIsShippedIsWhole() {
        var library = Library.of(Map.of("HOME", folder.toString()));
        assertThat(library.routines())
                .hasSizeGreaterThan(15)
                .allSatisfy(r -> assertThat(r.problems()).as(r.name()).isEmpty());
        assertThat(library.routines()).allSatisfy(r -> assertThat(r.summary()).isNotBlank());
    }

    @Test
    void oneFileAddsAKindOfJobAndABrokenOneHurtsNoOther() throws IOException {
        var own = Files.createDirectories(folder.resolve(".config/aque/templates"));
        Files.writeString(own.resolve("mine.yaml"), TEMPLATE);
        Files.writeString(own.resolve("broken.yaml"), TEMPLATE.replace("steps", "stops"));
        Files.writeString(own.resolve("odd.yaml"), TEMPLATE.replace("retries", "retires"));
        var library = Library.of(Map.of("HOME", folder.toString()));
        assertThat(library.routine("broken").orElseThrow().problems()).isNotEmpty();
        assertThat(library.routine("odd").orElseThrow().problems())
                .singleElement()
                .asString()
                .contains("has no key 'retires'");
        var offer = library.forExtension("xyz").getFirst().offer(Path.of("/a/b.xyz"));
        var submission = offer.submission(Offer.Values.of(Map.of(), folder, "me"));
        assertThat(submission.priority()).isEqualTo(7);
        assertThat(submission.tasks().getLast().options().retries()).isEqualTo(2);
        assertThat(((Work.OpenJd) submission.tasks().getLast().work()).parameters())
                .isEqualTo("{}");
    }

    @Test
    void aLaterFolderTakesThePlaceOfAnEarlierOne() throws IOException {
        var site = Files.createDirectory(folder.resolve("site"));
        var user = Files.createDirectory(folder.resolve("user"));
        Files.writeString(site.resolve("mine.yaml"), TEMPLATE);
        Files.writeString(user.resolve("mine.yaml"), TEMPLATE.replace("my own", "better"));
        assertThat(Library.of(List.of(site, user)).routine("mine").orElseThrow().summary())
                .isEqualTo("better");
        assertThat(Library.of(List.of(user, site)).routine("mine").orElseThrow().summary())
                .isEqualTo("my own");
    }
}
