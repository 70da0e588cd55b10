package io.evenkeel.testkit.wire;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The <code>consul</code> of this machine's PATH as an agent of its own: a server, alone, on
 * loopback and on ports that were free. It is not started with <code>-dev</code>, since it would
 * indent every answer, as no agent in production does.
 */
public final class RealConsul implements AutoCloseable {
  private static final long DEADLINE_SECONDS = 60;

  /** What it logs when it leads, and when its catalog knows it. */
  private static final Set<String> READY = Set.of("marking health alive", "Synced node info");

  private final Process process;
  private final URI origin;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  private RealConsul(Process process, int port) {
    this.process = process;
    origin = URI.create("http://127.0.0.1:" + port);
  }

  /** The version on the PATH, as <code>1.8.7</code>; empty where there is none. */
  public static Optional<String> version() {
    try {
      Process process = new ProcessBuilder("consul", "version").redirectErrorStream(true).start();
      try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
        String first = Optional.ofNullable(output.readLine()).orElse("");
        return first.startsWith("Consul v") ? Optional.of(first.substring(8)) : Optional.empty();
      }
    } catch (IOException noSuchProgram) {
      return Optional.empty();
    }
  }

  /**
   * Starts an agent and waits until it can be asked.
   *
   * @param data an empty directory for what it stores
   * @throws AssertionError when it is not ready within 60 s
   */
  public static RealConsul start(Path data) {
    try (LoopbackPort http = LoopbackPort.reserve()) {
      return start(data, http.address().getPort());
    }
  }

  /**
   * Starts an agent at the address of this one, which has been closed; as {@link #start}.
   *
   * @param data an empty directory for an agent that has forgotten everything
   */
  public RealConsul startAgain(Path data) {
    return start(data, origin.getPort());
  }

  private static RealConsul start(Path data, int http) {
    try (LoopbackPort serf = LoopbackPort.reserve();
        LoopbackPort server = LoopbackPort.reserve()) {
      List<String> command = new ArrayList<>(List.of("consul", "agent", "-server", "-bootstrap"));
      command.addAll(List.of("-bind", "127.0.0.1", "-client", "127.0.0.1"));
      command.addAll(List.of("-dns-port", "-1", "-grpc-port", "-1", "-serf-wan-port", "-1"));
      command.addAll(List.of("-http-port", Integer.toString(http), "-serf-lan-port", port(serf)));
      command.addAll(List.of("-server-port", port(server), "-data-dir", data.toString()));
      command.addAll(List.of("-hcl", "performance { raft_multiplier = 1 }"));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      RealConsul consul = new RealConsul(process, http);
      consul.awaitReady();
      return consul;
    } catch (IOException e) {
      throw new UncheckedIOException("consul does not start", e);
    }
  }

  private static String port(LoopbackPort port) {
    return Integer.toString(port.address().getPort());
  }

  private void awaitReady() {
    Thread reader = new Thread(this::read, "real-consul-log");
    reader.setDaemon(true);
    reader.start();
    try {
      ready.get(DEADLINE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      close();
      throw new AssertionError("consul: not ready (expected: within 60 s)", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new AssertionError("interrupted", e);
    }
  }

  /** Reads on until it ends, so that it never waits for us. */
  private void read() {
    Set<String> missing = new HashSet<>(READY);
    String last = "";
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        last = line;
        missing.removeIf(line::contains);
        if (missing.isEmpty()) {
          ready.complete(null);
        }
      }
    } catch (IOException e) {
      last = e.toString();
    }
    ready.completeExceptionally(new IOException("it ended: " + last));
  }

  /** Scheme, host and port of its HTTP API. */
  public URI origin() {
    return origin;
  }

  /** Stops it, and waits until it has ended. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
