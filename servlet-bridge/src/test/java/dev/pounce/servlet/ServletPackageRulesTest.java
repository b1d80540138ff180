package dev.pounce.servlet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import dev.pounce.testing.PackageRanks;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** The table of the bridge's packages: imports go only to smaller numbers. */
class ServletPackageRulesTest {
    private static final String BRIDGE = "dev.pounce.servlet";
    private static final Map<String, Integer> RANKS =
            Map.ofEntries(
                    Map.entry("dev.pounce.servlet.model", 1),
                    Map.entry("dev.pounce.servlet.io", 1),
                    Map.entry("dev.pounce.servlet.upgrade", 2),
                    Map.entry("dev.pounce.servlet.http", 3),
                    Map.entry("dev.pounce.servlet.session", 4),
                    Map.entry("dev.pounce.servlet.parts", 4),
                    Map.entry("dev.pounce.servlet.async", 4),
                    Map.entry("dev.pounce.servlet.security", 4),
                    Map.entry("dev.pounce.servlet.context", 5),
                    Map.entry("dev.pounce.servlet.dispatch", 6),
                    Map.entry("dev.pounce.servlet.deploy", 7));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages(BRIDGE);

    @Test
    void importsGoOnlyToSmallerNumbers() {
        assertTrue(CLASSES.size() > 50, "the classes were not found");
        PackageRanks.assertImportsGoToSmallerRanks(CLASSES, BRIDGE, RANKS);
    }

    @Test
    void launchAndYamlAreNotTheBridgesTopic() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("dev.pounce.launcher..", "org.yaml..", "picocli..")
                .check(CLASSES);
    }

    @Test
    void onlyOneClassKnowsTheMultipartLibrary() {
        ArchRuleDefinition.noClasses()
                .that()
                .haveNameNotMatching("dev\\.pounce\\.servlet\\.parts\\.MultipartReader.*")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.commons..")
                .check(CLASSES);
    }

    @Test
    void threadLocalsAreNotUsed() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ThreadLocal.class)
                .check(CLASSES);
    }
}
