package dev.norma.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may depend on whom: one direction, and nobody on a backend. */
class ArchitectureTest {
  private static final JavaClasses NORMA =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.norma");

  private static ArchRule onlyDependsOn(String module, String... packages) {
    return classes()
        .that()
        .resideInAnyPackage(module)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dev.norma",
        "dev.norma.spi",
        "dev.norma.cpu",
        "dev.norma.formats",
        "dev.norma.conformance.check",
        "dev.norma.cli"
      })
  void everyModuleIsLookedAt(String name) {
    assertTrue(NORMA.containPackage(name), () -> "no class of " + name + " was found");
  }

  @Test
  void theApiDependsOnNothing() {
    onlyDependsOn("dev.norma", "dev.norma", "dev.norma.spi", "java..").check(NORMA);
    onlyDependsOn("dev.norma.spi", "dev.norma", "dev.norma.spi", "java..").check(NORMA);
  }

  @Test
  void backendsDependOnTheApiAlone() {
    onlyDependsOn(
            "dev.norma.cpu..",
            "dev.norma.cpu..",
            "dev.norma",
            "dev.norma.spi",
            "java..",
            "jdk.incubator.vector..")
        .check(NORMA);
  }

  @Test
  void formatsDependOnTheApiAlone() {
    onlyDependsOn("dev.norma.formats..", "dev.norma.formats..", "dev.norma", "java..").check(NORMA);
  }

  @Test
  void nothingDependsOnABackend() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.norma.cpu..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.norma.cpu..")
        .check(NORMA);
  }

  /** The engines and the oracle of the kit are not there at run time. */
  @Test
  void theProgramNeedsNothingOfTheTests() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.norma.cli..", "dev.norma.conformance.check..")
        .should()
        .transitivelyDependOnClassesThat()
        .resideInAnyPackage("org.junit..", "org.opentest4j..", "net.jqwik..", "ch.obermuhlner..")
        .check(NORMA);
  }

  @Test
  void aRuleThatIsBrokenFails() {
    ArchRule broken = onlyDependsOn("dev.norma.cpu..", "dev.norma.cpu..", "java..");
    assertThrows(AssertionError.class, () -> broken.check(NORMA));
  }
}
