package io.evenkeel.loadbalancer.routing;

/** How many of many endpoints one client uses, so that not everyone connects to everyone. */
public sealed interface Subset {

  /** All of them. */
  static Subset none() {
    return All.INSTANCE;
  }

  /** As {@link Aperture} with at least 12 endpoints, as Finagle has it. */
  static Subset aperture() {
    return new Aperture(12);
  }

  /** As {@link Chance} of so many. */
  static Subset random(int size) {
    return new Chance(size);
  }

  /** All endpoints. */
  enum All implements Subset {
    /** The only one. */
    INSTANCE
  }

  /**
   * Deterministic aperture: clients and instances stand evenly on a ring, and each client uses an
   * arc of it, long enough that all arcs together cover every instance equally often. An instance
   * that an arc covers in part gets that part of an instance's traffic. The client's place is its
   * place among the {@linkplain Callers callers} where they are known, else a hash of its id, which
   * covers instances equally only on average. With less than half of its instances in rotation a
   * client uses all.
   *
   * <p>Source: Twitter, "Deterministic Aperture: A distributed, load balancing algorithm", 2019.
   *
   * @param minimum endpoints, at least 1
   */
  record Aperture(int minimum) implements Subset {
    /** Checks the bounds. */
    public Aperture {
      atLeastOne("aperture.minimum", minimum);
    }
  }

  /**
   * A subset of a size that chance has drawn for each client; a change of the list changes as
   * little of it as possible. Needs no order among clients, and loads instances equally on average
   * only.
   *
   * <p>Source: gRFC A68, random subsetting with rendezvous hashing.
   *
   * @param size endpoints, at least 1
   */
  record Chance(int size) implements Subset {
    /** Checks the bounds. */
    public Chance {
      atLeastOne("subset.size", size);
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: at least 1)");
    }
  }
}
