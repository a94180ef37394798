package dev.banyan.it.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.banyan.cli.Banyan;
import dev.banyan.gateway.GatewayOptions;
import dev.banyan.gateway.LuaHomes;
import dev.banyan.lua.LuaVmOptions;
import dev.banyan.nginx.NginxConf;

/**
 * The table of modules: values in api, mechanism in host and gateway, policy in the router's core.
 */
@AnalyzeClasses(packages = "dev.banyan", importOptions = DoNotIncludeTests.class)
final class DependencyTest {
  private static final String API = "dev.banyan.api..";
  private static final String JDK = "java..";
  private static final String NULLNESS = "org.jspecify..";

  @ArchTest
  static final ArchRule API_IS_FREE =
      classes()
          .that()
          .resideInAPackage(API)
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(API, JDK, NULLNESS);

  @ArchTest
  static final ArchRule PORTS_SEE_THE_API_ALONE =
      classes()
          .that()
          .resideInAPackage("dev.banyan.modules..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.banyan.modules..", API, JDK, "javax.crypto..", NULLNESS);

  @ArchTest
  static final ArchRule THE_ROUTERS_CORE_IS_POLICY =
      classes()
          .that()
          .resideInAPackage("dev.banyan.router..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.banyan.router..", API, JDK, "javax.crypto..", "org.HdrHistogram..", NULLNESS);

  /** What is printed while a fault is looked for must not stay: the log is for what users read. */
  @ArchTest
  static final ArchRule NOBODY_PRINTS_BUT_WHO_OWNS_A_STANDARD_STREAM =
      noClasses()
          .that(not(resideInAPackage("dev.banyan.it..")))
          .and(not(belongToAnyOf(Banyan.class, GatewayOptions.class, LuaVmOptions.class)))
          .and(not(nameMatching(".*\\.IoLib(\\$.*)?")))
          .should(ACCESS_STANDARD_STREAMS);

  @ArchTest
  static final ArchRule LUAJ_STAYS_IN_LUA =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.banyan.lua..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.luaj..");

  @ArchTest
  static final ArchRule NETTY_STAYS_IN_TRANSPORT_DUEL_AND_THE_YARDSTICK =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.banyan.transport..", "dev.banyan.duel..", "dev.banyan.it.load..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.netty..");

  @ArchTest
  static final ArchRule A_DUEL_KNOWS_SERVERS_BY_THEIR_ANSWERS_ONLY =
      noClasses()
          .that()
          .resideInAPackage("dev.banyan.duel..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.banyan.transport..",
              "dev.banyan.gateway..",
              "dev.banyan.lua..",
              "dev.banyan.host..",
              "dev.banyan.server..");

  @ArchTest
  static final ArchRule LUA_KNOWS_NO_GATEWAY =
      noClasses()
          .that()
          .resideInAPackage("dev.banyan.lua..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.banyan.gateway..",
              "dev.banyan.transport..",
              "dev.banyan.nginx..",
              "dev.banyan.host..",
              "dev.banyan.server..",
              "dev.banyan.router..");

  @ArchTest
  static final ArchRule THE_CONFIGURATION_KNOWS_REGEXES_ONLY =
      classes()
          .that()
          .resideInAPackage("dev.banyan.nginx..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("dev.banyan.nginx..", "dev.banyan.regex..", JDK, NULLNESS);

  @ArchTest
  static final ArchRule THE_GATEWAY_KNOWS_NO_POLICY =
      noClasses()
          .that()
          .resideInAPackage("dev.banyan.gateway..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.banyan.router..", "dev.banyan.server..", "dev.banyan.cli..");

  @ArchTest
  static final ArchRule THE_HOST_KNOWS_NO_LUA =
      noClasses()
          .that()
          .resideInAPackage("dev.banyan.host..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.banyan.lua..", "dev.banyan.gateway..", "dev.banyan.server..");

  @ArchTest
  static final ArchRule THE_TESTKIT_SERVES_NOTHING =
      noClasses()
          .that()
          .resideInAPackage("dev.banyan.testkit..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "dev.banyan.gateway..",
                      "dev.banyan.transport..",
                      "dev.banyan.nginx..",
                      "dev.banyan.server..",
                      "dev.banyan.router..")
                  .and(resideOutsideOfPackage("dev.banyan.gateway.seam.."))
                  .and(not(belongToAnyOf(LuaHomes.class, NginxConf.class))))
          .because("a twin reads the nginx.conf of the legacy that it runs, and serves nothing");
}
