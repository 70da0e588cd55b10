package io.evenkeel.server.directory;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A check and what it says now. Event loop only. */
public final class CheckState {
  private final CheckDefinition definition;
  private CheckStatus status;
  private String output = "";
  private long since; // nanoseconds, when it began to say so
  private long heardAt; // nanoseconds, when it last said anything
  private long createIndex;
  private long modifyIndex;

  CheckState(CheckDefinition definition, long now) {
    this.definition = definition;
    this.status = definition.initial();
    this.since = now;
    this.heardAt = now;
  }

  /**
   * The checks of a registration; what is known of them here stays, and what was said to another
   * replica of the one that the lease stands for.
   */
  static List<CheckState> of(Registration registration, Optional<Entry> held, long now) {
    List<CheckState> checks = new ArrayList<>();
    for (CheckDefinition definition : registration.checks()) {
      Optional<CheckState> known = held.flatMap(row -> row.check(definition.id()));
      boolean elsewhere = held.filter(row -> row.registration() == null).isPresent();
      CheckState fresh = new CheckState(definition, now);
      if (elsewhere && known.isPresent()) {
        fresh.status = known.get().status;
      }
      checks.add(known.filter(state -> state.definition.equals(definition)).orElse(fresh));
    }
    return checks;
  }

  /** What is checked. */
  public CheckDefinition definition() {
    return definition;
  }

  /** What it says. */
  public CheckStatus status() {
    return status;
  }

  /** What it says for people. */
  public String output() {
    return output;
  }

  /** Monotonic reading at which it began to say so. */
  public long since() {
    return since;
  }

  /** Monotonic reading at which it last said anything, the same again included. */
  public long heardAt() {
    return heardAt;
  }

  /** The index at which it was made. */
  public long createIndex() {
    return createIndex;
  }

  /** The index at which it last changed. */
  public long modifyIndex() {
    return modifyIndex;
  }

  boolean isNew() {
    return createIndex == 0;
  }

  /** Answers whether anything that is shown has changed. */
  boolean says(CheckStatus newStatus, String newOutput, long now) {
    heardAt = now;
    if (newStatus == status && newOutput.equals(output)) {
      return false;
    }
    if (newStatus != status) {
      since = now;
    }
    status = newStatus;
    output = newOutput;
    return true;
  }

  void modified(long index) {
    createIndex = createIndex == 0 ? index : createIndex;
    modifyIndex = index;
  }
}
