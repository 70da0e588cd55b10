package io.evenkeel.server.directory;

import java.time.Instant;

/** A check and what it says now. Event loop only. */
public final class CheckState {
  private final CheckDefinition definition;
  private CheckStatus status;
  private String output = "";
  private Instant since;
  private long createIndex;
  private long modifyIndex;

  CheckState(CheckDefinition definition, Instant now) {
    this.definition = definition;
    this.status = definition.initial();
    this.since = now;
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

  /** Since when it says so. */
  public Instant since() {
    return since;
  }

  /** The index at which it was made. */
  public long createIndex() {
    return createIndex;
  }

  /** The index at which it last changed. */
  public long modifyIndex() {
    return modifyIndex;
  }

  void created(long index) {
    createIndex = index;
    modifyIndex = index;
  }

  /** Answers whether anything that is shown has changed. */
  boolean says(CheckStatus newStatus, String newOutput, Instant now) {
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
    modifyIndex = index;
  }
}
