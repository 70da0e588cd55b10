package io.evenkeel.benchmarks.registry;

import io.evenkeel.cli.Evenkeel;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code evenkeel serve} in a JVM of its own, on free ports or on those of an earlier life. */
public final class ServerProcess implements AutoCloseable {
  private static final List<String> PROTOCOLS =
      List.of("consul", "config-service", "heartbeat", "orchestrator", "admin");

  private final Process process;
  private final Map<String, String> addresses;

  private ServerProcess(Process process, Map<String, String> addresses) {
    this.process = process;
    this.addresses = addresses;
  }

  /** Starts on free ports; comes back when it is ready. */
  public static ServerProcess start(String... more) throws IOException {
    return start(Map.of(), more);
  }

  /** Starts where another one was. */
  static ServerProcess startAgain(ServerProcess before, String... more) throws IOException {
    return start(before.addresses, more);
  }

  private static ServerProcess start(Map<String, String> wanted, String... more)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-Xmx1g");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Evenkeel.class.getName());
    command.add("serve");
    for (String protocol : PROTOCOLS) {
      command.add("--listen");
      command.add(protocol + "=" + wanted.getOrDefault(protocol, "127.0.0.1:0"));
    }
    command.addAll(List.of(more));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    String line = out.readLine();
    if (line == null || !line.startsWith("evenkeel ready ")) {
      throw new IOException("evenkeel serve: " + line + " (expected: evenkeel ready …)");
    }
    Map<String, String> addresses = new HashMap<>();
    for (String pair : line.substring("evenkeel ready ".length()).split(" ", -1)) {
      String[] parts = pair.split("=", 2);
      addresses.put(parts[0], parts[1]);
    }
    return new ServerProcess(process, addresses);
  }

  /** {@code 127.0.0.1:port}. */
  public String address(String protocol) {
    return addresses.getOrDefault(protocol, "");
  }

  String host(String protocol) {
    return address(protocol).substring(0, address(protocol).lastIndexOf(':'));
  }

  int port(String protocol) {
    return Integer.parseInt(address(protocol).substring(address(protocol).lastIndexOf(':') + 1));
  }

  /** A registry URI for it; the protocols are the schemes. */
  String uri(String protocol) {
    return protocol + "://" + address(protocol);
  }

  long pid() {
    return process.pid();
  }

  /** Kill -9. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
