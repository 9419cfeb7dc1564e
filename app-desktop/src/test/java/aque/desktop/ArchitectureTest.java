package aque.desktop;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Arrays;
import java.util.List;
import javafx.application.Platform;

/// The walls of the console.
@AnalyzeClasses(packages = "aque", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final List<String> FEATURES = List.of(
            "tasks",
            "graph",
            "log",
            "errors",
            "usage",
            "workers",
            "inspect",
            "submit",
            "activity",
            "triage",
            "outputs");

    @ArchTest
    static final ArchRule nothingIsPutOnTheFxThreadButInBatches = noClasses()
            .that()
            .resideInAPackage("aque.desktop..")
            .and()
            .doNotHaveFullyQualifiedName("aque.desktop.feed.FxBatch")
            .should()
            .callMethod(Platform.class, "runLater", Runnable.class)
            .because("what is not batched can flood the FX thread");

    @ArchTest
    static final ArchRule packagesFormNoCycles =
            slices().matching("aque.desktop.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theWorkerIsUnknownHere = noClasses()
            .that()
            .resideInAPackage("aque.desktop..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("aque.worker..", "aque.process..", "aque.cli..", "aque.http..");

    @ArchTest
    static final ArchRule screensAskNoDatabaseThemselves = noClasses()
            .that()
            .resideInAPackage("aque.desktop..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.sql..");

    @ArchTest
    static void screensDoNotKnowEachOther(com.tngtech.archunit.core.domain.JavaClasses classes) {
        for (var feature : FEATURES) {
            var others = FEATURES.stream()
                    .filter(other -> !other.equals(feature))
                    .map(other -> "aque.desktop." + other + "..")
                    .toArray(String[]::new);
            noClasses()
                    .that()
                    .resideInAPackage("aque.desktop." + feature + "..")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(others)
                    .because("MainWindow composes them: " + Arrays.toString(others))
                    .check(classes);
        }
    }

    @ArchTest
    static final ArchRule modelsNeedNoToolkit = noClasses()
            .that()
            .haveSimpleNameEndingWith("Model")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx.scene..", "javafx.stage..", "javafx.application..");
}
