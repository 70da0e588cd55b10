package io.evenkeel.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.syntax.elements.GivenClassesConjunction;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Exchanger;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.Phaser;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What holds for the classes of all modules. Each rule's description is the name its planted fault
 * calls it by. What bytecode does not show (synchronized blocks, {@code catch (Throwable)}) is in
 * {@link SyntaxRules}.
 */
final class HouseRules {
  private static final String[] STRATEGY = {
    "io.evenkeel.strategy..", "io.evenkeel.loadbalancer.strategy.."
  };

  private HouseRules() {}

  static List<ArchRule> all() {
    List<ArchRule> rules = new ArrayList<>(List.of(stayInTheHouse(), vertx(), strategyIsAlone()));
    FloorPlan.ROWS.forEach(row -> rules.add(floorPlan(row)));
    rules.addAll(List.of(clock(), chance(), locks(), synchronizedMethods(), blocking(), futures()));
    rules.addAll(List.of(cycles(), staticState(), serialization(), packageNames(), typeNames()));
    return rules;
  }

  private static ArchRule floorPlan(FloorPlan.Row row) {
    return classes()
        .that()
        .resideInAnyPackage(row.patterns())
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(row.mayUse())
        .allowEmptyShould(!row.isBuilt())
        .as("floor plan: " + row.module());
  }

  private static ArchRule stayInTheHouse() {
    String[] known =
        FloorPlan.ROWS.stream()
            .flatMap(row -> List.of(row.patterns()).stream())
            .toArray(String[]::new);
    return classes().should().resideInAnyPackage(known).as("every package is in the floor plan");
  }

  private static ArchRule vertx() {
    return noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.evenkeel.vertx..",
            "io.evenkeel.http..",
            "io.evenkeel.server..",
            "io.evenkeel.cli..",
            "io.evenkeel.samples..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.vertx..")
        .as("Vert.x only where Vert.x is the point");
  }

  private static ArchRule strategyIsAlone() {
    return noStrategy()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.evenkeel.loadbalancer",
            "io.evenkeel.loadbalancer.feed..",
            "io.evenkeel.loadbalancer.health..",
            "io.evenkeel.loadbalancer.call..",
            "io.evenkeel.loadbalancer.endpoint..",
            "io.evenkeel.registry..",
            "io.evenkeel.registrar..")
        .as("strategies know endpoints, nothing around them");
  }

  private static ArchRule clock() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.evenkeel.time..")
        .should()
        .accessTargetWhere(target("a clock", HouseRules::readsClock))
        .as("clocks are read in io.evenkeel.time");
  }

  private static boolean readsClock(String owner, String name, int parameters) {
    return switch (owner) {
      case "java.lang.System" -> name.equals("nanoTime") || name.equals("currentTimeMillis");
      case "java.time.Clock" -> name.startsWith("system") || name.startsWith("tick");
      case "java.time.InstantSource" -> name.equals("system");
      case "java.util.Date" -> name.equals("<init>") && parameters == 0;
      case "java.util.Calendar" -> name.equals("getInstance");
      default -> owner.startsWith("java.time.") && name.equals("now");
    };
  }

  private static ArchRule chance() {
    return noClasses()
        .that()
        .resideOutsideOfPackage("io.evenkeel.time..")
        .should()
        .accessTargetWhere(target("a source of chance", HouseRules::drawsChance))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(ThreadLocalRandom.class)
        .as("chance comes from io.evenkeel.time");
  }

  private static boolean drawsChance(String owner, String name, int parameters) {
    return switch (owner) {
      case "java.util.Random", "java.util.SplittableRandom" -> name.equals("<init>");
      case "java.lang.Math", "java.lang.StrictMath" -> name.equals("random");
      case "java.util.Collections" -> name.equals("shuffle") && parameters == 1;
      case "java.util.random.RandomGenerator" -> name.equals("of") || name.equals("getDefault");
      case "java.util.random.RandomGeneratorFactory" -> true;
      default -> false;
    };
  }

  private static ArchRule locks() {
    return noStrategy()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.util.concurrent.locks..")
        .as("no locks under strategy");
  }

  private static ArchRule synchronizedMethods() {
    return methods()
        .that()
        .areDeclaredInClassesThat(resideInAnyPackage(STRATEGY))
        .should()
        .notHaveModifier(JavaModifier.SYNCHRONIZED)
        .as("no synchronized method under strategy");
  }

  private static ArchRule blocking() {
    return noStrategy()
        .should()
        .accessTargetWhere(target("a wait", HouseRules::waits))
        .orShould()
        .dependOnClassesThat(
            are(
                assignableTo(BlockingQueue.class)
                    .or(assignableTo(CountDownLatch.class))
                    .or(assignableTo(CyclicBarrier.class))
                    .or(assignableTo(Phaser.class))
                    .or(assignableTo(Exchanger.class))
                    .or(assignableTo(Semaphore.class))))
        .as("no blocking under strategy");
  }

  private static boolean waits(String owner, String name, int parameters) {
    return switch (owner) {
      case "java.lang.Thread" -> name.equals("sleep") || name.equals("join");
      default -> name.equals("wait") || name.equals("await");
    };
  }

  private static ArchRule futures() {
    return noStrategy()
        .should()
        .dependOnClassesThat(
            are(
                assignableTo(Future.class)
                    .or(assignableTo(CompletionStage.class))
                    .or(assignableTo(Executor.class))))
        .as("no futures under strategy");
  }

  private static ArchRule cycles() {
    return slices()
        .matching("io.evenkeel.(**)")
        .should()
        .beFreeOfCycles()
        .as("packages are free of cycles");
  }

  private static ArchRule staticState() {
    return fields()
        .that()
        .areStatic()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should(StaticState.notChange())
        .as("no static mutable state");
  }

  private static ArchRule serialization() {
    return noClasses()
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(ObjectInputStream.class, ObjectOutputStream.class)
        .as("no Java serialization");
  }

  private static ArchRule packageNames() {
    return noClasses()
        .should()
        .resideInAnyPackage(
            "..impl..", "..util..", "..utils..", "..common..", "..helper..", "..helpers..")
        .as("packages say what they hold");
  }

  private static ArchRule typeNames() {
    return noClasses()
        .should()
        .haveNameMatching(".*(Impl|Utils?|Helper|Manager)")
        .orShould()
        .haveNameMatching("(.*[.$])?(Abstract|Base)[A-Z]\\w*")
        .as("types say what they are");
  }

  private static GivenClassesConjunction noStrategy() {
    return noClasses().that().resideInAnyPackage(STRATEGY);
  }

  /** An access is a call as well as a method reference; {@code callMethod} sees only the former. */
  private static DescribedPredicate<JavaAccess<?>> target(String what, Target wanted) {
    return DescribedPredicate.describe(
        what,
        access ->
            wanted.matches(
                access.getTargetOwner().getName(), access.getName(), parameters(access)));
  }

  private static int parameters(JavaAccess<?> access) {
    return access.getTarget()
            instanceof com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget unit
        ? unit.getRawParameterTypes().size()
        : 0;
  }

  private interface Target {
    boolean matches(String owner, String name, int parameters);
  }
}
