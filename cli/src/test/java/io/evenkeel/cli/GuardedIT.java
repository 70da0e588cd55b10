package io.evenkeel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server with a certificate and tokens, as an operator starts one. */
class GuardedIT {
  private static final Path TLS = Path.of("..", "backend-http", "src", "test", "resources", "tls");

  @TempDir Path folder;

  @Test
  void only_who_has_a_token_is_served_and_only_over_tls() throws Exception {
    String uri = "?timeout=30s&ca=" + TLS.resolve("ca.pem");
    try (Child server = Child.start(folder, serve())) {
      ObjectMapper mapper = new ObjectMapper();
      String at = mapper.readTree(server.line()).get("listen").get("consul").asText();
      assertEquals(List.of("exit 0"), services("consul+https://" + at + uri + "&token=s3cret"));
      assertEquals(List.of("exit 1"), services("consul+https://" + at + uri));
      assertEquals(List.of("exit 1"), services("consul://" + at + "?timeout=5s&token=s3cret"));
      assertEquals(0, server.terminate());
    }
  }

  private String[] serve() throws Exception {
    Path tokens = Files.writeString(folder.resolve("tokens"), "ann:s3cret\n");
    String line = "serve --json --warm-up 0s --registry inmemory: --listen consul=127.0.0.1:0";
    String files = " --token-file %s --tls-cert %s --tls-key %s";
    Path certificate = TLS.resolve("localhost.pem");
    return (line + files.formatted(tokens, certificate, TLS.resolve("server.key"))).split(" ");
  }

  private List<String> services(String uri) throws Exception {
    try (Child services = Child.start(folder, "services", "--registry", uri)) {
      return services.end();
    }
  }
}
