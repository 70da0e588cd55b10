package io.evenkeel.hazelcast;

import static io.evenkeel.hazelcast.Samples.dead;
import static io.evenkeel.hazelcast.Samples.live;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.hazelcast.spi.merge.MergingValue;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegistrationMergePolicyTest {
  private final RegistrationMergePolicy policy = new RegistrationMergePolicy();

  static Stream<Arguments> pairs() {
    return Stream.of(
        arguments("the higher version", live(1, 8), live(1, 7)),
        arguments("the tombstone of the same life", dead(1, 8), live(1, 8)),
        arguments("the tombstone, however often it was renewed", dead(1, 1), live(1, 900)),
        arguments("the next life of a buried one", live(2, 1), dead(1, 9)),
        arguments("the higher incarnation", live(2, 1), live(1, 900)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void the_higher_rank_stays_on_whichever_side_it_is(
      String why, Registration winner, Registration loser) {
    assertEquals(winner, policy.merge(value(winner), value(loser)));
    assertEquals(winner, policy.merge(value(loser), value(winner)));
  }

  @Test
  void what_only_one_side_has_stays() {
    assertEquals(live(1, 1), policy.merge(value(live(1, 1)), null));
    assertEquals(dead(1, 1), policy.merge(null, value(dead(1, 1))));
    assertNull(policy.merge(null, null));
  }

  @Test
  void what_is_not_ours_gives_way() {
    assertEquals(live(1, 1), policy.merge(value(live(1, 1)), value("foreign")));
    assertEquals(live(1, 1), policy.merge(value("foreign"), value(live(1, 1))));
  }

  @Test
  void the_form_does_not_matter() {
    Object generic = RegistrationSerializer.toGenericRecord(dead(1, 8));
    assertEquals(generic, policy.merge(value(live(1, 9)), value(generic)));
  }

  private static MergingValue<Object> value(Object value) {
    return new MergingValue<>() {
      @Override
      public Object getDeserializedValue() {
        return value;
      }

      @Override
      public Object getRawValue() {
        return value;
      }
    };
  }
}
