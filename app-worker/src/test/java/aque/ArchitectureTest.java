package aque;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The walls of app-worker, see docs/architecture.md.
@AnalyzeClasses(
        packages = {
            "aque.worker",
            "aque.process",
            "aque.keeper",
            "aque.posix",
            "aque.session",
            "aque.progress",
            "aque.cli",
            "aque.demo"
        },
        importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesDependOnEachOtherOneWay = slices().matching("aque.(*)..")
            .should()
            .beFreeOfCycles()
            .because("ADR 1: a package is read from the bottom up");

    @ArchTest
    static final ArchRule noWindowAndNoSql = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..", "java.sql..", "aque.desktop..")
            .because("ADR 1: the worker is headless, and the broker is the one door to the queue");

    @ArchTest
    static final ArchRule theKeeperKnowsNoQueue = noClasses()
            .that()
            .resideInAnyPackage("aque.keeper..", "aque.posix..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("aque.broker..", "aque.db..", "aque.worker..", "aque.event..")
            .because("ADR 2: the keeper holds processes and does nothing else");
}
