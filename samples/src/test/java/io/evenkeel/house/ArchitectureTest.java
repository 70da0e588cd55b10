package io.evenkeel.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds every arrow and every never-arrow of the floor plan on all modules. */
class ArchitectureTest {
  private static JavaClasses house;
  private static JavaClasses planted;

  @BeforeAll
  static void readClasses(@TempDir Path folder) {
    house =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.evenkeel");
    planted = Planted.grow(PlantedFaults.ALL, folder);
  }

  static List<ArchRule> rules() {
    return HouseRules.all();
  }

  static List<FloorPlan.Row> builtRows() {
    return FloorPlan.built();
  }

  static List<Planted> faults() {
    return PlantedFaults.ALL;
  }

  @ParameterizedTest
  @MethodSource("rules")
  void the_house_keeps_its_rules(ArchRule rule) {
    rule.check(house);
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_planted_fault_breaks_its_rule_and_no_other(Planted fault) {
    JavaClasses faulty =
        planted.that(
            DescribedPredicate.describe("planted", type -> fault.declares(type.getName())));
    Set<String> broken =
        rules().stream()
            .filter(rule -> rule.allowEmptyShould(true).evaluate(faulty).hasViolation())
            .map(ArchRule::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(fault.rules(), broken);
  }

  @Test
  void every_rule_has_a_planted_fault() {
    Set<String> proved =
        faults().stream()
            .flatMap(fault -> fault.rules().stream())
            .collect(Collectors.toCollection(TreeSet::new));
    Set<String> all =
        rules().stream()
            .map(ArchRule::getDescription)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(all, proved);
  }

  @Test
  void a_rule_over_no_classes_fails() {
    JavaClasses nothing = house.that(DescribedPredicate.alwaysFalse());
    List<String> future =
        FloorPlan.ROWS.stream()
            .filter(row -> !row.isBuilt())
            .map(row -> "floor plan: " + row.module())
            .toList();
    rules().stream()
        .filter(rule -> !future.contains(rule.getDescription()))
        .forEach(rule -> assertThrows(AssertionError.class, () -> rule.check(nothing)));
  }

  @ParameterizedTest
  @MethodSource("builtRows")
  void every_module_is_seen(FloorPlan.Row row) {
    long seen = house.stream().filter(type -> row.holds(type.getPackageName())).count();
    assertTrue(
        seen >= row.floor(),
        () ->
            "%s: %d classes seen (expected: at least %d; is it a dependency of samples?)"
                .formatted(row.module(), seen, row.floor()));
  }

  @Test
  void every_module_of_the_build_has_a_row() {
    List<String> known = FloorPlan.built().stream().map(FloorPlan.Row::module).sorted().toList();
    List<String> built =
        House.modules().stream()
            .filter(name -> !name.startsWith(FloorPlan.UNSEEN))
            .sorted()
            .toList();
    assertEquals(built, known);
  }

  @ParameterizedTest
  @MethodSource("builtRows")
  void a_module_keeps_to_its_own_packages(FloorPlan.Row row) {
    List<String> strangers =
        House.sources(row.module(), "src/main/java").stream()
            .map(SourceFile::packageName)
            .filter(name -> !name.isEmpty() && !row.holds(name))
            .toList();
    assertEquals(List.of(), strangers);
  }

  @ParameterizedTest
  @MethodSource("builtRows")
  void most_types_are_nobody_elses_business(FloorPlan.Row row) {
    int share = publicShare(house, row);
    assertTrue(
        share <= row.publicShare(),
        () ->
            "%s: %d %% of its types are public (expected: at most %d)"
                .formatted(row.module(), share, row.publicShare()));
  }

  @Test
  void the_share_of_public_types_is_counted() {
    assertEquals(100, publicShare(planted, FloorPlan.row("backend-inmemory")));
  }

  @Test
  void whoever_opens_more_says_why() {
    Set<String> more =
        FloorPlan.ROWS.stream()
            .filter(row -> row.publicShare() > 45)
            .map(FloorPlan.Row::module)
            .collect(Collectors.toSet());
    assertEquals(FloorPlan.OPEN.keySet(), more);
  }

  private static int publicShare(JavaClasses classes, FloorPlan.Row row) {
    List<JavaClass> types =
        classes.stream()
            .filter(type -> row.holds(type.getPackageName()) && type.isTopLevelClass())
            .filter(type -> !type.getSimpleName().endsWith("-info"))
            .toList();
    long open =
        types.stream().filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC)).count();
    return (int) (100 * open / types.size());
  }
}
