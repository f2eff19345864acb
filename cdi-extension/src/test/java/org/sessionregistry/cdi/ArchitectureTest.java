package org.sessionregistry.cdi;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** This module makes beans of sessions; it meets CDI's API and no container. */
@AnalyzeClasses(packages = "org.sessionregistry.cdi", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule noContainerIsKnown =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.jboss..", "org.apache..", "io.quarkus..", "io.smallrye..");

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

  @ArchTest
  static final ArchRule theJsonBindingIsMetInOnePlace =
      noClasses()
          .that()
          .doNotHaveSimpleName("JsonBindingCodec")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jakarta.json..");
}
