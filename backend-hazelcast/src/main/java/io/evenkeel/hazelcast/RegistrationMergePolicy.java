package io.evenkeel.hazelcast;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;
import org.jspecify.annotations.Nullable;

/**
 * Decides, after a split brain, which of two values of one key stays: the higher incarnation, then
 * the tombstone, then the higher version, whichever side is larger and whatever clocks say. Made by
 * Hazelcast on members; set by {@link HazelcastServiceRegistry#configure}. Where members do not
 * have it, the nodes put back what is of higher rank when they read the merged map.
 */
public final class RegistrationMergePolicy
    implements SplitBrainMergePolicy<Object, MergingValue<Object>, @Nullable Object> {

  /** For Hazelcast. */
  public RegistrationMergePolicy() {}

  /** Answers the raw value of the one that stays, null for none. */
  @Override
  public @Nullable Object merge(
      @Nullable MergingValue<Object> merging, @Nullable MergingValue<Object> existing) {
    if (merging == null) {
      return existing == null ? null : existing.getRawValue();
    }
    if (existing == null) {
      return merging.getRawValue();
    }
    Registration newcomer = RegistrationSerializer.decode(merging.getDeserializedValue());
    Registration holder = RegistrationSerializer.decode(existing.getDeserializedValue());
    boolean newcomerStands = newcomer != null && (holder == null || newcomer.outranks(holder));
    return newcomerStands ? merging.getRawValue() : existing.getRawValue();
  }

  /** Has no state. */
  @Override
  public void writeData(ObjectDataOutput out) {}

  /** Has no state. */
  @Override
  public void readData(ObjectDataInput in) {}
}
