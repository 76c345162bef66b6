package dev.ppe.distribution;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Collections;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** The arrows of docs/architecture.md: every dependency points down. */
@AnalyzeClasses(packages = "dev.ppe", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule simulator_knows_neither_wire_nor_grpc =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.simulator..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.ppe.v1..",
              "dev.ppe.wire..",
              "dev.ppe.report..",
              "dev.ppe.server..",
              "dev.ppe.client..",
              "io.grpc..");

  @ArchTest
  static final ArchRule only_onnx_files_are_read_and_written_as_protobuf =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.simulator..")
          .and()
          .resideOutsideOfPackage("dev.ppe.simulator.format.onnx..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.google.protobuf..");

  @ArchTest
  static final ArchRule wire_knows_neither_server_nor_client =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.ppe.report..", "dev.ppe.server..", "dev.ppe.client..");

  @ArchTest
  static final ArchRule pages_know_answers_and_nobody_who_asks_or_gives_them =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.report..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.ppe.server..", "dev.ppe.client..", "dev.ppe.nas..", "io.grpc..", "picocli..");

  @ArchTest
  static final ArchRule pages_take_networks_and_answers_as_they_are =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.report..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.ppe.simulator..")
                  .and(resideOutsideOfPackage("dev.ppe.simulator.graph..")));

  @ArchTest
  static final ArchRule server_knows_neither_the_client_nor_its_pages =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.server..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.ppe.client..", "dev.ppe.report..");

  @ArchTest
  static final ArchRule client_does_not_know_the_server =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ppe.server..");

  @ArchTest
  static final ArchRule nobody_knows_the_model_generator =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.ppe.simulator..",
              "dev.ppe.wire..",
              "dev.ppe.report..",
              "dev.ppe.server..",
              "dev.ppe.client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ppe.nas..");

  /** It asks for costs through the client; networks it builds and writes by itself. */
  @ArchTest
  static final ArchRule model_generator_sees_the_service_through_the_client =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.nas..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.ppe.server..",
              "dev.ppe.simulator.hardware..",
              "dev.ppe.simulator.job..",
              "dev.ppe.simulator.block..",
              "dev.ppe.simulator.compile..",
              "dev.ppe.simulator.simulate..",
              "dev.ppe.simulator.analytic..",
              "dev.ppe.simulator.dram..",
              "dev.ppe.simulator.activity..",
              "dev.ppe.simulator.power..",
              "dev.ppe.simulator.report..",
              "dev.ppe.simulator.validation..",
              "dev.ppe.simulator.calibration..");

  @ArchTest
  static final ArchRule other_search_services_are_known_where_they_are_spoken_to =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.ppe.nas.vizier..", "dev.ppe.nas.katib..", "dev.ppe.foreign..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ppe.foreign..");

  @ArchTest
  static final ArchRule search_spaces_know_no_networks =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.ppe.nas.expression..",
              "dev.ppe.nas.space..",
              "dev.ppe.nas.objective..",
              "dev.ppe.nas.backend..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.ppe.simulator..", "dev.ppe.wire..", "dev.ppe.client..", "dev.ppe.v1..");

  @ArchTest
  static final ArchRule packages_of_the_model_generator_have_no_cycles =
      slices().matching("dev.ppe.nas.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule graph_knows_no_other_package =
      mayNotKnow(
          "graph",
          "format",
          "builder",
          "zoo",
          "hardware",
          "job",
          "block",
          "compile",
          "simulate",
          "power",
          "report");

  @ArchTest
  static final ArchRule activity_knows_no_other_package =
      mayNotKnow(
          "activity",
          "graph",
          "format",
          "builder",
          "zoo",
          "hardware",
          "job",
          "block",
          "compile",
          "simulate",
          "power");

  @ArchTest
  static final ArchRule jobs_are_words_that_know_no_other_package =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.simulator.job..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.ppe..").and(resideOutsideOfPackage("dev.ppe.simulator.job..")));

  @ArchTest
  static final ArchRule blocks_know_only_their_description_and_their_jobs =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.simulator.block..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.ppe..")
                  .and(resideOutsideOfPackage("dev.ppe.simulator.block.."))
                  .and(resideOutsideOfPackage("dev.ppe.simulator.job.."))
                  .and(resideOutsideOfPackage("dev.ppe.simulator.hardware..")));

  @ArchTest
  static final ArchRule compiler_knows_neither_models_nor_what_comes_after =
      mayNotKnow("compile", "format", "builder", "zoo", "simulate", "analytic", "power", "report");

  @ArchTest
  static final ArchRule machine_knows_only_programs_and_the_hardware =
      mayNotKnow("simulate", "format", "builder", "zoo", "graph", "analytic", "power", "report");

  @ArchTest
  static final ArchRule closed_formulas_know_no_machine_and_no_prices =
      mayNotKnow("analytic", "format", "builder", "zoo", "simulate", "power", "report");

  @ArchTest
  static final ArchRule dram_knows_no_other_package =
      mayNotKnow(
          "dram",
          "graph",
          "format",
          "zoo",
          "hardware",
          "job",
          "block",
          "compile",
          "simulate",
          "activity",
          "power",
          "report");

  @ArchTest
  static final ArchRule power_prices_activity_alone =
      mayNotKnow(
          "power",
          "graph",
          "format",
          "builder",
          "zoo",
          "job",
          "block",
          "compile",
          "simulate",
          "analytic",
          "report");

  @ArchTest
  static final ArchRule models_are_read_without_hardware =
      mayNotKnow(
          "format",
          "builder",
          "zoo",
          "hardware",
          "job",
          "block",
          "compile",
          "simulate",
          "power",
          "report");

  @ArchTest
  static final ArchRule hardware_knows_only_graphs =
      mayNotKnow(
          "hardware",
          "format",
          "builder",
          "zoo",
          "job",
          "block",
          "compile",
          "simulate",
          "activity",
          "power",
          "report");

  @ArchTest
  static final ArchRule builder_knows_only_graphs =
      mayNotKnow(
          "builder",
          "zoo",
          "format",
          "hardware",
          "job",
          "block",
          "compile",
          "simulate",
          "activity",
          "power",
          "report");

  @ArchTest
  static final ArchRule zoo_knows_only_graphs_and_their_builder =
      mayNotKnow(
          "zoo",
          "format",
          "hardware",
          "job",
          "block",
          "compile",
          "simulate",
          "activity",
          "power",
          "report");

  @ArchTest
  static final ArchRule report_does_not_know_where_models_come_from =
      mayNotKnow("report", "format", "builder", "zoo");

  /** Calibration reads measured figures and judges fits as the validation does. */
  @ArchTest
  static final ArchRule only_calibration_and_the_client_know_the_validation =
      noClasses()
          .that()
          .resideOutsideOfPackages(
              "dev.ppe.simulator.validation..",
              "dev.ppe.simulator.calibration..",
              "dev.ppe.client..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.ppe.simulator.validation..");

  @ArchTest
  static final ArchRule statistics_know_nothing_but_numbers =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.simulator.validation.statistics..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.ppe..")
                  .and(resideOutsideOfPackage("dev.ppe.simulator.validation.statistics..")));

  @ArchTest
  static final ArchRule measured_figures_know_no_networks =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.simulator.validation.data..")
          .should()
          .dependOnClassesThat(
              resideInAPackage("dev.ppe..")
                  .and(resideOutsideOfPackage("dev.ppe.simulator.validation.data..")));

  /** What an evaluation says of energy are records of the package that prices it. */
  @ArchTest
  static final ArchRule validation_uses_the_simulator_as_any_caller_does =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.simulator.validation..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.ppe.simulator.job..",
              "dev.ppe.simulator.block..",
              "dev.ppe.simulator.compile..",
              "dev.ppe.simulator.simulate..",
              "dev.ppe.simulator.analytic..");

  @ArchTest
  static final ArchRule packages_of_the_simulator_have_no_cycles =
      slices().matching("dev.ppe.simulator.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule no_randomness_and_no_clock_in_the_simulator =
      noClasses()
          .that()
          .resideInAPackage("dev.ppe.simulator..")
          .and()
          // Weights of exported models, from a seed that the caller gives.
          .doNotHaveFullyQualifiedName("dev.ppe.simulator.format.export.WeightData")
          .and()
          // Subsets of measurements, from a seed that is always the same.
          .doNotHaveFullyQualifiedName("dev.ppe.simulator.calibration.Majority")
          .should()
          .dependOnClassesThat(
              belongToAnyOf(
                  Random.class,
                  SecureRandom.class,
                  SplittableRandom.class,
                  ThreadLocalRandom.class,
                  RandomGenerator.class,
                  Clock.class))
          .orShould()
          .accessTargetWhere(
              describe("read a clock or draw a number", ArchitectureTest::isClockOrDice));

  /** Calls and method references alike. */
  private static boolean isClockOrDice(JavaAccess<?> access) {
    JavaClass owner = access.getTargetOwner();
    return switch (access.getName()) {
      case "now" -> owner.getPackageName().startsWith("java.time");
      case "nanoTime", "currentTimeMillis" -> owner.isEquivalentTo(System.class);
      case "random" -> owner.isEquivalentTo(Math.class) || owner.isEquivalentTo(StrictMath.class);
      case "randomUUID" -> owner.isEquivalentTo(UUID.class);
      case "shuffle" -> owner.isEquivalentTo(Collections.class);
      default -> false;
    };
  }

  private static ArchRule mayNotKnow(String name, String... others) {
    String[] packages = new String[others.length];
    for (int i = 0; i < others.length; i++) {
      packages[i] = "dev.ppe.simulator." + others[i] + "..";
    }
    return noClasses()
        .that()
        .resideInAPackage("dev.ppe.simulator." + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages);
  }
}
