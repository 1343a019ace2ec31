package dev.norma.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/**
 * Who may depend on whom, of the modules that the program is made of: one direction, and nobody on
 * a backend. The kit and the benchmarks have tests of their own.
 */
class ArchitectureTest {
  /** The packages of each part, and what they may use besides themselves and Java. */
  private static final Map<String, List<String>> MAY_USE =
      Map.of(
          "dev.norma",
          List.of("dev.norma.spi"),
          "dev.norma.spi",
          List.of("dev.norma"),
          "dev.norma.cpu..",
          List.of("dev.norma", "dev.norma.spi", "jdk.incubator.vector.."),
          "dev.norma.formats..",
          List.of("dev.norma"),
          "dev.norma.kernels..",
          List.of(),
          "dev.norma.gpu..",
          List.of("dev.norma", "dev.norma.spi", "dev.norma.kernels..", "org.jocl..", "jcuda.."),
          "dev.norma.residuals..",
          List.of("dev.norma", "dev.norma.spi", "dev.ludovic.netlib.."),
          "dev.norma.conformance..",
          List.of(
              "dev.norma",
              "dev.norma.spi",
              "org.junit..",
              "org.opentest4j..",
              "net.jqwik..",
              "ch.obermuhlner.."),
          "dev.norma.cli..",
          List.of(
              "dev.norma",
              "dev.norma.spi",
              "dev.norma.formats..",
              "dev.norma.conformance",
              "dev.norma.conformance.check..",
              "picocli..",
              "com.fasterxml.jackson.core..",
              "me.tongfei.progressbar.."));

  private static final List<String> PARTS = List.copyOf(MAY_USE.keySet());

  private static final JavaClasses NORMA =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.norma");

  private static ArchRule onlyDependsOn(String part, List<String> others) {
    String[] packages =
        Stream.concat(Stream.of(part, "java.."), others.stream()).toArray(String[]::new);
    return classes()
        .that()
        .resideInAPackage(part)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(packages);
  }

  /** A rule about a part of which no class is found fails too. */
  @ParameterizedTest
  @FieldSource("PARTS")
  void usesOnlyWhatItMay(String part) {
    onlyDependsOn(part, MAY_USE.get(part)).check(NORMA);
  }

  @Test
  void everyClassBelongsToAPart() {
    classes().should().resideInAnyPackage(PARTS.toArray(String[]::new)).check(NORMA);
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
    ArchRule broken = onlyDependsOn("dev.norma.cpu..", List.of("dev.norma"));
    AssertionError e = assertThrows(AssertionError.class, () -> broken.check(NORMA));
    assertTrue(e.getMessage().contains("dev.norma.spi"), e::getMessage);
    ArchRule empty = onlyDependsOn("dev.norma.none..", List.of());
    assertThrows(AssertionError.class, () -> empty.check(NORMA));
  }
}
