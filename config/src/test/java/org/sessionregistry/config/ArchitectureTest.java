package org.sessionregistry.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** This module translates MicroProfile Config into settings, and knows nothing else. */
@AnalyzeClasses(packages = "org.sessionregistry.config", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule jakartaStaysOutside =
      noClasses().should().dependOnClassesThat().resideInAPackage("jakarta..");

  @ArchTest
  static final ArchRule theWireStaysOutside =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.netty..",
              "org.sessionregistry.exchange..",
              "org.sessionregistry.connector..",
              "org.sessionregistry.transport..",
              "org.sessionregistry.runtime..");

  /** Only the jar of the command line has what it needs. */
  @ArchTest
  static final ArchRule nothingNeedsTheCommandLine =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sessionregistry.config.cli")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.sessionregistry.config.cli", "picocli..");

  @ArchTest
  static final ArchRule onlyTheConfigApiIsUsedAndNoImplementation =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.smallrye..", "org.eclipse.microprofile.config.inject..");
}
