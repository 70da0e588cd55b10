package io.evenkeel.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is typed wrongly costs one line on standard error and exit code 2. */
class UsageTest {
  private static final String LIST = "static:orders=127.0.0.1:80";

  private final Shell shell = new Shell().with("EVENKEEL_REGISTRY", LIST);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "calls orders /                                     | Unmatched argument",
        "instances                                          | 'NAME'",
        "services --colour                                  | '--colour'",
        "call orders                                        | 'PATH'",
        "call orders path                                   | path: path (expected",
        "call orders / --strategy fairest                   | round-robin, random",
        "call orders / --strategy peak-ewma?decay=0s        | above 0, at most 24h",
        "call orders / --count 0                            | count: 0 (expected",
        "call orders / --count 1 --duration 1s              | expected: one of them",
        "call orders / --duration 5                         | such as 500ms",
        "call orders / --duration 0s                        | duration: ",
        "call orders / --rate 0                             | rate: 0.0 (expected",
        "call orders / --concurrency 0                      | concurrency: 0 (expected",
        "call orders / --retries 10                         | retries: 10 (expected",
        "call orders / --timeout 0s                         | (expected: > 0",
        "call orders / --method POST                        | GET, HEAD",
        "watch orders --count 0                             | count: 0 (expected",
        "watch orders --interval soon                       | such as 500ms",
        "instances a/b                                      | service: a/b (expected",
        "register --service orders                          | '--url=URL'",
        "register --service orders --url ftp://a:1          | url: ftp://a:1 (expected",
        "register --service orders --url http://a:1 --weight -1     | weight: -1 (expected",
        "register --service orders --url http://a:1 --ttl 10ms      | ttl: ",
        "register --service orders --url http://a:1 --status asleep | OUT_OF_SERVICE",
        "register --service orders --url http://a:1 --health health | a path from /",
        "register --service orders --url http://a:1         | fixed list",
        "deregister --service orders                        | '--id=ID'",
        "services --registry nosuch:there                   | no backend for scheme nosuch",
        "serve --listen tcp=127.0.0.1:1                     | protocol: tcp (expected",
        "serve --listen consul                              | PROTOCOL=HOST:PORT",
        "serve --listen consul=127.0.0.1                    | HOST:PORT",
        "serve --listen consul=a:0 --listen consul=b:0      | consul twice",
        "serve --tls-cert cert.pem                          | --tls-key=FILE",
        "serve --tls-cert no.pem --tls-key no.pem           | readable PEM file",
        "serve --token-file no-such-file                    | token-file: no-such-file",
        "serve --max-watches 0                              | max-watches: 0 (expected",
        "serve --max-connections-per-client 0               | max-connections-per-client: 0 (",
        "serve --registry consul://127.0.0.1:8500           | this server would listen on",
        "serve --registry consul://localhost                | this server would listen on",
        "serve --registry heartbeat://localhost:8006/       | this server would listen on",
        "serve --listen consul=0.0.0.0:0                    | loopback, unless there are tokens",
      })
  void a_mistake_is_told_in_one_line_that_says_what_was_expected(String line, String said) {
    assertEquals(2, shell.run(line.split(" +")), shell::err);
    assertEquals(1, shell.errLines().size(), shell::err);
    assertTrue(shell.err().contains(said), shell::err);
    assertEquals("", shell.out());
  }

  @Test
  void the_line_says_where_help_is() {
    shell.run("call", "orders");
    assertTrue(shell.err().strip().endsWith("; see evenkeel call --help"), shell::err);
  }

  @Test
  void no_command_is_a_mistake() {
    assertEquals(2, shell.run());
    assertTrue(shell.err().contains("command: none"), shell::err);
  }

  @Test
  void no_registry_is_a_mistake() {
    Shell bare = new Shell();
    assertEquals(2, bare.run("services"));
    assertTrue(bare.err().contains("--registry URI or EVENKEEL_REGISTRY"), bare::err);
  }

  @Test
  void a_stack_trace_comes_with_verbose_only() {
    shell.run("call", "orders", "/", "--count", "0", "--verbose");
    assertTrue(shell.err().contains("\tat io.evenkeel.cli."), shell::err);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "register",
        "deregister",
        "services",
        "instances",
        "watch",
        "call",
        "--json"
      })
  void help_names_every_command(String command) {
    assertEquals(0, shell.run("--help"));
    assertTrue(shell.out().contains(command), shell::out);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serve", "register", "deregister", "services", "instances", "watch", "call"})
  void every_commands_help_has_the_shared_options_and_the_exit_codes(String command) {
    assertEquals(0, shell.run(command, "--help"));
    for (String word : List.of("--registry", "--json", "--verbose", "Exit codes:")) {
      assertTrue(shell.out().contains(word), shell::out);
    }
  }

  @Test
  void shared_options_are_taken_before_the_command_too() {
    assertEquals(0, new Shell().run("--registry", LIST, "services"));
  }

  @Test
  void it_tells_its_version() {
    assertEquals(0, shell.run("--version"));
    assertTrue(shell.out().startsWith("evenkeel "), shell::out);
  }
}
