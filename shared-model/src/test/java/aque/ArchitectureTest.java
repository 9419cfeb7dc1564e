package aque;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/// The walls of shared-model, see docs/architecture.md.
@AnalyzeClasses(packages = "aque", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    @ArchTest
    static final ArchRule packagesDependOnEachOtherOneWay = slices().matching("aque.(*)..")
            .should()
            .beFreeOfCycles()
            .because("ADR 1: a package is read from the bottom up");

    @ArchTest
    static final ArchRule noWindow = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javafx..")
            .because("ADR 1: workers have no screen");

    @ArchTest
    static final ArchRule thePureIsPure = noClasses()
            .that()
            .resideInAnyPackage("aque.task..", "aque.schedule..", "aque.openjd..", "aque.submit..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "org.postgresql..", "aque.db..", "aque.broker..")
            .because("ADR 1: what a job is can be said without a database");

    @ArchTest
    static final ArchRule sqlStaysWithItsFeature = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "aque.db..",
                    "aque.broker..",
                    "aque.event..",
                    "aque.farm..",
                    "aque.log..",
                    "aque.usage..",
                    "aque.local..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..")
            .because("ADR 1: a feature owns its records and its SQL, nobody else's");

    @ArchTest
    static final ArchRule nothingIsDeserializedIntoCode = classes()
            .should()
            .onlyDependOnClassesThat()
            .haveNameNotMatching("java\\.io\\.ObjectInputStream")
            .because("A78: rows never become code");
}
