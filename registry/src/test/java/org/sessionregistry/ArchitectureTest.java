package org.sessionregistry;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Arrays;
import java.util.Set;

/**
 * The rules of the house: which package may import which, and what stays inside.
 *
 * <p>Dependencies point one way. The root package is the API; {@code settings} and {@code cookie}
 * are exported with it; everything else is internal, and {@code runtime} puts the parts together.
 */
@AnalyzeClasses(packages = "org.sessionregistry", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String ROOT = "org.sessionregistry";
  private static final String API = ROOT;
  private static final String SETTINGS = ROOT + ".settings";
  private static final String COOKIE = ROOT + ".cookie";
  private static final String DOWNLOAD = ROOT + ".download";
  private static final String EXCHANGE = ROOT + ".exchange";
  private static final String CONTENT = ROOT + ".content";
  private static final String CONNECTOR = ROOT + ".connector";
  private static final String EGRESS = ROOT + ".egress";
  private static final String TRANSPORT = ROOT + ".transport";
  private static final String OBSERVE = ROOT + ".observe";
  private static final String HTTP_CLIENT = ROOT + ".httpclient";
  private static final String JMX = ROOT + ".jmx";
  private static final String RUNTIME = ROOT + ".runtime";

  private static final Set<String> EXPORTED = Set.of(API, SETTINGS, COOKIE, OBSERVE);
  private static final Set<String> INTERNAL =
      Set.of(DOWNLOAD, EXCHANGE, CONTENT, CONNECTOR, EGRESS, TRANSPORT, HTTP_CLIENT, JMX, RUNTIME);

  // Who may import whom

  @ArchTest static final ArchRule theApiImports = of(API).only(SETTINGS, COOKIE);
  @ArchTest static final ArchRule settingsImport = of(SETTINGS).only();
  @ArchTest static final ArchRule cookiesImport = of(COOKIE).only(SETTINGS);

  @ArchTest static final ArchRule downloadsImport = of(DOWNLOAD).only(API);

  @ArchTest
  static final ArchRule theExchangeImports =
      of(EXCHANGE).only(API, SETTINGS, COOKIE, CONNECTOR, CONTENT, DOWNLOAD);

  @ArchTest static final ArchRule contentImports = of(CONTENT).only();

  @ArchTest static final ArchRule theConnectorImports = of(CONNECTOR).only(SETTINGS);
  @ArchTest static final ArchRule egressImports = of(EGRESS).only(SETTINGS);

  @ArchTest
  static final ArchRule theTransportImports = of(TRANSPORT).only(CONNECTOR, EGRESS, SETTINGS);

  @ArchTest
  static final ArchRule theHttpClientImports = of(HTTP_CLIENT).only(API, SETTINGS, COOKIE);

  @ArchTest static final ArchRule whatIsObservedImports = of(OBSERVE).only();
  @ArchTest static final ArchRule jmxImports = of(JMX).only(API, SETTINGS, OBSERVE);

  @ArchTest
  static final ArchRule nobodyImportsTheCompositionRoot =
      noClasses()
          .that()
          .resideOutsideOfPackage(RUNTIME + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(RUNTIME + "..");

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().assignedFrom(packagesIncludingTheApi()).should().beFreeOfCycles();

  @ArchTest
  static void everyPackageIsNamedHere(JavaClasses classes) {
    Set<String> packages =
        classes.stream().map(c -> firstLevel(c.getPackageName())).collect(toSet());
    packages.removeAll(EXPORTED);
    packages.removeAll(INTERNAL);
    assertThat(packages).as("packages that no rule knows").isEmpty();
  }

  // What stays where it is

  @ArchTest
  static final ArchRule nettyIsMetInTheTransportOnly =
      noClasses()
          .that()
          .resideOutsideOfPackage(TRANSPORT + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  /** A JVM may lack the module; then one class fails to load, and somebody expects that. */
  @ArchTest
  static final ArchRule javaManagementIsMetInOneClass =
      noClasses()
          .that()
          .haveNameNotMatching("org\\.sessionregistry\\.jmx\\.PlatformBeanServer(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("javax.management..", "java.lang.management..");

  /** Beside it only the API and the session that is the client mention its type. */
  @ArchTest
  static final ArchRule theJdksClientIsMetInOnePackage =
      noClasses()
          .that()
          .resideOutsideOfPackage(HTTP_CLIENT + "..")
          .and()
          .haveNameNotMatching("org\\.sessionregistry\\.(ClientSession|runtime\\.SessionFace)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("java.net.http..");

  @ArchTest
  static final ArchRule jakartaStaysOutside =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAPackage("jakarta..").and(resideOutsideOfPackage("jakarta.json.bind..")));

  @ArchTest
  static void jsonBindingIsMetInOneClassAtMost(JavaClasses classes) {
    Set<String> users =
        classes.stream()
            .filter(
                c ->
                    c.getDirectDependenciesFromSelf().stream()
                        .anyMatch(
                            d -> d.getTargetClass().getPackageName().startsWith("jakarta.json")))
            .map(c -> c.getName().replaceAll("\\$.*", ""))
            .collect(toSet());
    assertThat(users).as("classes that need JSON-B to be loaded").hasSizeLessThanOrEqualTo(1);
  }

  @ArchTest
  static final ArchRule brotliIsMetInOneClass =
      onlyIn("content.BrotliDecoder", "com.aayushatharva.brotli4j..");

  @ArchTest
  static final ArchRule zstandardIsMetInOneClass =
      onlyIn("content.ZstdDecoder", "com.github.luben.zstd..");

  @ArchTest
  static final ArchRule cachesAreMetInOneClass =
      onlyIn("cookie.JCacheCookieStore", "javax.cache..");

  /**
   * An application may lack the library; then that class fails to load, and somebody expects it.
   */
  private static ArchRule onlyIn(String name, String library) {
    return noClasses()
        .that()
        .haveNameNotMatching((ROOT + "." + name).replace(".", "\\.") + "(\\$.*)?")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library);
  }

  @ArchTest
  static final ArchRule microProfileStaysOutside =
      noClasses().should().dependOnClassesThat().resideInAPackage("org.eclipse.microprofile..");

  // What the world sees

  @ArchTest
  static final ArchRule publicSignaturesMentionNothingInternal =
      classes()
          .that(resideInAnyPackage(EXPORTED.toArray(String[]::new)))
          .should(
              new MentionInPublicSignatures(resideInAnyPackage(withSubpackages(INTERNAL)))
                  .never("an internal type"))
          .andShould(
              new MentionInPublicSignatures(resideInAPackage("io.netty..")).never("a Netty type"));

  @ArchTest
  static void theModuleExportsThePublicPackages(JavaClasses classes) throws URISyntaxException {
    CodeSource built = RegistryProvider.class.getProtectionDomain().getCodeSource();
    ModuleFinder modules = ModuleFinder.of(Path.of(built.getLocation().toURI()));

    assertThat(modules.find(ROOT).orElseThrow().descriptor().exports())
        .allMatch(exported -> !exported.isQualified())
        .extracting(ModuleDescriptor.Exports::source)
        .containsExactlyInAnyOrderElementsOf(EXPORTED);
  }

  private static Imports of(String importer) {
    return new Imports(importer);
  }

  /** The allowance of one package: itself, the packages named, and everything not ours. */
  private record Imports(String importer) {
    ArchRule only(String... allowed) {
      DescribedPredicate<JavaClass> notOurs = resideOutsideOfPackage(ROOT + "..");
      // The root package stands for itself alone, a package below it for its subpackages too.
      DescribedPredicate<JavaClass> named =
          resideInAnyPackage(
              Arrays.stream(allowed).map(ArchitectureTest::inclusive).toArray(String[]::new));
      return classes()
          .that()
          .resideInAPackage(inclusive(importer))
          .should()
          .onlyDependOnClassesThat(notOurs.or(resideInAPackage(inclusive(importer))).or(named))
          .as(importer + " imports, of ours, only " + Arrays.toString(allowed));
    }
  }

  private static String inclusive(String name) {
    return name.equals(ROOT) ? name : name + "..";
  }

  private static String[] withSubpackages(Set<String> names) {
    return names.stream().map(ArchitectureTest::inclusive).toArray(String[]::new);
  }

  private static String firstLevel(String name) {
    int end = name.indexOf('.', ROOT.length() + 1);
    return end < 0 ? name : name.substring(0, end);
  }

  private static SliceAssignment packagesIncludingTheApi() {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
        return javaClass.getPackageName().startsWith(ROOT)
            ? SliceIdentifier.of(firstLevel(javaClass.getPackageName()))
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + ROOT + ", the API among them,";
      }
    };
  }
}
