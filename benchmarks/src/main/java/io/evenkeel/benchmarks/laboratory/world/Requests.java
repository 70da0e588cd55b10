package io.evenkeel.benchmarks.laboratory.world;

import io.evenkeel.loadbalancer.endpoint.LiveEndpoint;
import io.evenkeel.loadbalancer.load.LoadMeter;
import io.evenkeel.strategy.LoadReport;
import io.evenkeel.strategy.Outcome;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The requests under way, a column per property. A request is known by a number that holds its row
 * and how often the row was used before, so a number that outlives its request is recognised.
 */
final class Requests {
  private int[] uses = new int[0];
  private int[] free = new int[0];
  private int freeRows;

  LiveEndpoint[] endpoint = new LiveEndpoint[0];
  Outcome[] outcome = new Outcome[0];
  @Nullable LoadMeter.Request[] measured = new LoadMeter.Request[0]; // where servers report
  @Nullable LoadReport[] report = new LoadReport[0]; // with the answer
  long[] token = new long[0];
  long[] start = new long[0];
  long[] begun = new long[0]; // its current attempt
  int[] client = new int[0];
  double[] work = new double[0];
  int[] server = new int[0];
  boolean[] inside = new boolean[0]; // whether its server has it
  boolean[] running = new boolean[0]; // whether its server works on it

  long open() {
    if (freeRows == 0) {
      grow();
    }
    int row = free[--freeRows];
    return ((long) uses[row] << Integer.SIZE) | row;
  }

  static int row(long request) {
    return (int) request;
  }

  boolean isOpen(long request) {
    return uses[row(request)] == (int) (request >>> Integer.SIZE);
  }

  void close(long request) {
    int row = row(request);
    uses[row]++;
    free[freeRows++] = row;
  }

  private void grow() {
    int rows = uses.length;
    int more = Math.max(1024, 2 * rows);
    uses = Arrays.copyOf(uses, more);
    free = Arrays.copyOf(free, more);
    endpoint = Arrays.copyOf(endpoint, more);
    outcome = Arrays.copyOf(outcome, more);
    measured = Arrays.copyOf(measured, more);
    report = Arrays.copyOf(report, more);
    token = Arrays.copyOf(token, more);
    start = Arrays.copyOf(start, more);
    begun = Arrays.copyOf(begun, more);
    client = Arrays.copyOf(client, more);
    work = Arrays.copyOf(work, more);
    server = Arrays.copyOf(server, more);
    inside = Arrays.copyOf(inside, more);
    running = Arrays.copyOf(running, more);
    for (int row = more - 1; row >= rows; row--) {
      free[freeRows++] = row;
    }
  }
}
