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
          .that()
          .resideOutsideOfPackage("org.sessionregistry.cdi.restclient..")
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

  /** An application may lack it; then that package fails to load, and somebody expects it. */
  @ArchTest
  static final ArchRule openTelemetryIsMetInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sessionregistry.cdi.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.opentelemetry..");

  @ArchTest
  static final ArchRule telemetryIsLoadedThroughOneClass =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sessionregistry.cdi.telemetry..")
          .and()
          .haveNameNotMatching(
              "org\\.sessionregistry\\.cdi\\.(OptionalTelemetry\\$Telling|TelemetryHooks)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.sessionregistry.cdi.telemetry..");

  @ArchTest
  static final ArchRule telemetryNeedsNoContainer =
      noClasses()
          .that()
          .resideInAPackage("org.sessionregistry.cdi.telemetry..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.sessionregistry.cdi", "org.eclipse.microprofile..");

  /** Where there is no MicroProfile Rest Client nothing of it may be loaded. */
  @ArchTest
  static final ArchRule typedClientsAreMetInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.sessionregistry.cdi.restclient..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "jakarta.ws.rs..",
              "org.eclipse.microprofile.rest.client..",
              "org.sessionregistry.cdi.restclient..");

  /** It is asked for URLs by applications without a typed client. */
  @ArchTest
  static final ArchRule theBaseUrlNeedsNoTypedClient =
      noClasses()
          .that()
          .haveSimpleName("SessionBaseUrl")
          .or()
          .haveSimpleName("ApplicationSessions")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("jakarta.ws.rs..", "org.eclipse.microprofile.rest.client..");

  @ArchTest static final ArchRule resteasyIsMetWhereItIsUsed = onlyIn("Resteasy", "org.jboss..");

  @ArchTest static final ArchRule jerseyIsMetWhereItIsUsed = onlyIn("Jersey", "org.glassfish..");

  @ArchTest static final ArchRule cxfIsMetWhereItIsUsed = onlyIn("Cxf", "org.apache..");

  private static ArchRule onlyIn(String names, String packages) {
    return noClasses()
        .that()
        .haveNameNotMatching(".*\\." + names + "[^.]*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(packages);
  }

  @ArchTest
  static final ArchRule microProfileHealthIsMetInTwoClasses =
      noClasses()
          .that()
          .haveNameNotMatching(
              "org\\.sessionregistry\\.cdi\\.(OptionalHealth\\$Check|health\\.SessionsReadiness)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.eclipse.microprofile.health..");
}
