package dev.norma.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import com.tngtech.archunit.lang.ArchRule;
import dev.norma.spi.DoubleDouble;
import dev.norma.spi.Log2Exp2;
import dev.norma.spi.PowerFactor;
import dev.norma.spi.PowerScale;
import dev.norma.spi.PowerTerm;
import org.junit.jupiter.api.Test;

/** The kit knows the api and no one else, and computes by itself. */
class ArchitectureTest {
  private static final JavaClasses KIT = classesOf(Predefined.DO_NOT_INCLUDE_TESTS);

  private static final ArchRule OWN_ARITHMETIC =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              DoubleDouble.class,
              Log2Exp2.class,
              PowerFactor.class,
              PowerScale.class,
              PowerTerm.class)
          .because("a mistake in what backends share would not be seen");

  private static JavaClasses classesOf(Predefined which) {
    return new ClassFileImporter().withImportOption(which).importPackages("dev.norma.conformance");
  }

  private static ArchRule onlyDependsOn(String... packages) {
    return classes().should().onlyDependOnClassesThat().resideInAnyPackage(packages);
  }

  @Test
  void usesTheApiAndLibrariesForTests() {
    onlyDependsOn(
            "dev.norma.conformance..",
            "dev.norma",
            "dev.norma.spi",
            "java..",
            "org.junit.jupiter..",
            "org.opentest4j..",
            "net.jqwik.api..",
            "ch.obermuhlner.math.big..")
        .check(KIT);
  }

  @Test
  void sharesNoArithmeticWithBackends() {
    OWN_ARITHMETIC.check(KIT);
  }

  @Test
  void rulesThatAreBrokenFail() {
    JavaClasses tests = classesOf(Predefined.ONLY_INCLUDE_TESTS);
    assertThrows(AssertionError.class, () -> OWN_ARITHMETIC.check(tests));
    ArchRule broken = onlyDependsOn("dev.norma.conformance..", "dev.norma", "java..");
    assertThrows(AssertionError.class, () -> broken.check(KIT));
  }
}
