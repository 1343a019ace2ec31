package dev.norma.benchmarks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/** Benchmarks measure what a user calls: they name no backend, and nothing names them. */
class ArchitectureTest {
  private static final String BENCHMARKS = "dev.norma.benchmarks..";

  private static final JavaClasses NORMA =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.norma");

  private static ArchRule benchmarksUseOfNormaOnly(String... packages) {
    return noClasses()
        .that()
        .resideInAPackage(BENCHMARKS)
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.norma..").and(resideOutsideOfPackages(packages)));
  }

  private static ArchRule nothingUses(String packages) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages);
  }

  @Test
  void benchmarksUseTheApiAlone() {
    benchmarksUseOfNormaOnly(BENCHMARKS, "dev.norma").check(NORMA);
  }

  @Test
  void nothingUsesBenchmarks() {
    nothingUses(BENCHMARKS).check(NORMA);
  }

  @Test
  void rulesThatAreBrokenFail() {
    ArchRule withoutTheApi = benchmarksUseOfNormaOnly(BENCHMARKS);
    assertThrows(AssertionError.class, () -> withoutTheApi.check(NORMA));
    assertThrows(AssertionError.class, () -> nothingUses("dev.norma").check(NORMA));
  }
}
