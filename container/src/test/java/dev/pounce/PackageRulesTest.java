package dev.pounce;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;

import dev.pounce.testing.PackageRanks;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** The table of packages: imports go only to smaller numbers. */
class PackageRulesTest {
    private static final Map<String, Integer> RANKS =
            Map.ofEntries(
                    Map.entry("dev.pounce.api", 0),
                    Map.entry("dev.pounce.state", 0),
                    Map.entry("dev.pounce.password", 0),
                    Map.entry("dev.pounce.leak", 1),
                    Map.entry("dev.pounce.protocol", 1),
                    Map.entry("dev.pounce.io", 1),
                    Map.entry("dev.pounce.encoding", 1),
                    Map.entry("dev.pounce.config", 1),
                    Map.entry("dev.pounce.process", 1),
                    Map.entry("dev.pounce.control", 1),
                    Map.entry("dev.pounce.yaml", 2),
                    Map.entry("dev.pounce.exchange", 2),
                    Map.entry("dev.pounce.route", 3),
                    Map.entry("dev.pounce.observe", 4),
                    Map.entry("dev.pounce.files", 4),
                    Map.entry("dev.pounce.develop", 4),
                    Map.entry("dev.pounce.server", 5),
                    Map.entry("dev.pounce.deploy", 6),
                    Map.entry("dev.pounce.watch", 7),
                    Map.entry("dev.pounce", 8),
                    Map.entry("dev.pounce.launcher", 9));

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                    .importPackages("dev.pounce");

    @Test
    void importsGoOnlyToSmallerNumbers() {
        assertTrue(CLASSES.size() > 50);
        PackageRanks.assertImportsGoToSmallerRanks(CLASSES, "dev.pounce", RANKS);
    }

    @Test
    void theContainerKnowsNoServlets() {
        ArchRuleDefinition.noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta..")
                .check(CLASSES);
    }

    @Test
    void protocolCodeDoesNoInputOrOutput() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideInAPackage("dev.pounce.protocol")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.nio.channels", "java.net", "java.util.concurrent")
                .check(CLASSES);
    }

    @Test
    void onePackageReadsYaml() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.pounce.yaml")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.yaml..")
                .check(CLASSES);
    }

    @Test
    void onlyTheLauncherReadsTheCommandLine() {
        ArchRuleDefinition.noClasses()
                .that()
                .resideOutsideOfPackage("dev.pounce.launcher")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("picocli..")
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
