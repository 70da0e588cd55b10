package io.evenkeel.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as the Python clients of the systems it stands in for see it. */
class ForeignClientsIT {
  private static final String PYTHON = "/usr/bin/python3"; // Debian's, with Debian's packages

  @TempDir Path folder;

  @Test
  void python_consul_is_told_true_whatever_it_asks() throws Exception {
    assumeImport("consul");
    try (TestServer server = TestServer.start()) {
      assertAllTrue(27, run("python_consul.py", port(server, Protocol.CONSUL)));
    }
  }

  @Test
  void the_httpx_clients_of_three_systems_find_what_they_expect() throws Exception {
    assumeImport("httpx");
    try (TestServer server = TestServer.start()) {
      assertAllTrue(
          20,
          run(
              "httpx_clients.py",
              port(server, Protocol.CONFIG_SERVICE),
              port(server, Protocol.ORCHESTRATOR),
              port(server, Protocol.HEARTBEAT)));
    }
  }

  private static String port(TestServer server, Protocol protocol) {
    return Integer.toString(server.origin(protocol).getPort());
  }

  private void assumeImport(String module) throws Exception {
    assumeTrue(Files.isExecutable(Path.of(PYTHON)), PYTHON + ": not there");
    Process process = new ProcessBuilder(PYTHON, "-c", "import " + module).start();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), "python hangs");
    assumeTrue(process.exitValue() == 0, "python module " + module + ": not there");
  }

  private static void assertAllTrue(int atLeast, List<String> lines) {
    List<String> others = lines.stream().filter(line -> !line.endsWith(" True")).toList();
    assertEquals(List.of(), others);
    assertTrue(lines.size() >= atLeast, lines::toString);
  }

  private List<String> run(String script, String... arguments) throws Exception {
    Path file = folder.resolve(script);
    try (InputStream source = ForeignClientsIT.class.getResourceAsStream(script)) {
      Files.copy(source, file);
    }
    List<String> command = new ArrayList<>(List.of(PYTHON, "-I", file.toString()));
    command.addAll(List.of(arguments));
    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    boolean ended = process.waitFor(120, TimeUnit.SECONDS);
    process.destroyForcibly();
    List<String> lines = read(output);
    assertTrue(ended && process.exitValue() == 0, () -> script + ": " + lines);
    return lines;
  }

  private static List<String> read(Path file) throws IOException {
    return Files.readAllLines(file, StandardCharsets.UTF_8);
  }
}
