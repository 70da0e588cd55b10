package io.evenkeel.house;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentMap;

/**
 * Finds static fields whose value or content can change: not final, an array, a type that is made
 * to change, or a {@code List}, {@code Set} or {@code Map} whose class builds a changeable
 * collection while it is initialised.
 */
final class StaticState {
  /** Fields that look changeable and have a reason not to be. */
  private static final Map<String, String> REASONED =
      Map.of(
          "io.evenkeel.testkit.BalancingStrategyContract.WEIGHTS",
          "private literals, copied by whoever takes them");

  private static final List<Class<?>> CHANGEABLE =
      List.of(
          ConcurrentMap.class,
          Queue.class,
          Deque.class,
          ThreadLocal.class,
          StringBuilder.class,
          java.util.Date.class,
          java.util.BitSet.class,
          java.util.concurrent.Executor.class,
          Thread.class);

  private StaticState() {}

  static ArchCondition<JavaField> notChange() {
    return new ArchCondition<>("hold what never changes") {
      @Override
      public void check(JavaField field, ConditionEvents events) {
        if (changes(field) && !REASONED.containsKey(field.getFullName())) {
          String message = field.getFullName() + " (expected: final, and of what cannot change)";
          events.add(SimpleConditionEvent.violated(field, message));
        }
      }
    };
  }

  private static boolean changes(JavaField field) {
    JavaClass type = field.getRawType();
    return !field.getModifiers().contains(JavaModifier.FINAL)
        || type.isArray()
        || isAtomic(type)
        || CHANGEABLE.stream().anyMatch(type::isAssignableTo)
        || (isCollection(type) && (!type.isInterface() || buildsCollection(field.getOwner())));
  }

  private static boolean isAtomic(JavaClass type) {
    return type.getPackageName().equals("java.util.concurrent.atomic")
        && !type.getName().endsWith("FieldUpdater"); // it holds nothing itself
  }

  private static boolean isCollection(JavaClass type) {
    return type.isAssignableTo(Collection.class) || type.isAssignableTo(Map.class);
  }

  private static boolean buildsCollection(JavaClass owner) {
    return owner.getStaticInitializer().stream()
        .flatMap(initializer -> initializer.getConstructorCallsFromSelf().stream())
        .map(JavaConstructorCall::getTargetOwner)
        .anyMatch(StaticState::isCollection);
  }
}
