package io.emucxl.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The floors of the house: which module may use which, and what the runtime may use at all. */
class FloorsTest {
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    // The module's tests, of which this one uses the kit in a jar.
                    .withImportOption(location -> !location.contains("emucxl-native/target/test"))
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("io.emucxl");

    @Test
    void eachFloorUsesOnlyThoseBelowIt() {
        layeredArchitecture()
                .consideringOnlyDependenciesInLayers()
                .layer("agent")
                .definedBy("io.emucxl.agent..")
                .layer("policies")
                .definedBy("io.emucxl.policies..")
                .layer("runtime")
                .definedBy("io.emucxl.runtime..")
                .layer("native")
                .definedBy("io.emucxl")
                .whereLayer("agent")
                .mayNotBeAccessedByAnyLayer()
                .whereLayer("policies")
                .mayOnlyBeAccessedByLayers("agent")
                .whereLayer("runtime")
                .mayOnlyBeAccessedByLayers("policies", "agent")
                .check(CLASSES);
    }

    @Test
    void theRuntimeUsesNothingButTheJdk() {
        classes()
                .that()
                .resideInAnyPackage("io.emucxl", "io.emucxl.runtime..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.emucxl", "io.emucxl.runtime..", "java..", "javax.management..", "jdk..")
                .check(CLASSES);
    }
}
