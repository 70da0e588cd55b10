package io.evenkeel.server.check;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.evenkeel.server.directory.CheckDefinition;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRulesTest {
  private static final Duration TEN = Duration.ofSeconds(10);
  private static final AddressRules RULES = new AddressRules(Set.of("checker.example"));

  private static CheckDefinition check(String target) {
    CheckDefinition.Kind kind =
        target.contains("://") ? CheckDefinition.Kind.HTTP : CheckDefinition.Kind.TCP;
    return CheckDefinition.polled("c", kind, target, TEN, TEN);
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, http://10.0.0.1:8080/health",
    "10.0.0.1, https://10.0.0.1/health?deep=1",
    "10.0.0.1, 10.0.0.1:5432",
    "10.0.0.1, http://checker.example/10.0.0.1",
    "web.example, http://WEB.example:8080/",
    "2001:db8::1, http://[2001:db8::1]:8080/",
    "127.0.0.1, http://localhost:8080/",
    "localhost, 127.0.0.1:8080"
  })
  void a_check_of_the_registered_host_is_made(String registered, String target) {
    assertDoesNotThrow(() -> RULES.require(registered, check(target)));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, http://169.254.169.254/latest/meta-data",
    "169.254.169.254, http://169.254.169.254/latest/meta-data",
    "::ffff:169.254.169.254, http://[::ffff:a9fe:a9fe]/",
    "::ffff:10.0.0.1, http://[::ffff:10.0.0.1]/",
    "fe80::1, http://[fe80::1]/",
    "fd00:ec2::254, http://[fd00:ec2::254]/",
    "100.100.100.200, http://100.100.100.200/",
    "168.63.129.16, http://168.63.129.16/",
    "64:ff9b::a9fe:a9fe, http://[64:ff9b::a9fe:a9fe]/",
    "2002:a9fe:a9fe::1, http://[2002:a9fe:a9fe::1]/",
    "::a9fe:a9fe, http://[::a9fe:a9fe]/",
    "0.0.0.0, http://0.0.0.0/",
    "::, http://[::]/",
    "224.0.0.1, http://224.0.0.1/",
    "10.0.0.1, http://10.0.0.2/",
    "10.0.0.1, http://127.0.0.1/",
    "10.0.0.1, file:///etc/passwd",
    "10.0.0.1, gopher://10.0.0.1/",
    "10.0.0.1, ftp://10.0.0.1/",
    "10.0.0.1, http://user:pass@10.0.0.1/",
    "10.0.0.1, http://10.0.0.1@evil.example/",
    "10.0.0.1, http://10.0.0.1:70000/",
    "10.0.0.1, http:///health",
    "10.0.0.1, 10.0.0.1",
    "10.0.0.1, 10.0.0.1:0",
    "10.0.0.1, 10.0.0.1:80/path"
  })
  void everything_else_is_refused_when_it_is_registered(String registered, String target) {
    assertThrows(IllegalArgumentException.class, () -> RULES.require(registered, check(target)));
  }

  @ParameterizedTest
  @CsvSource({"169.254.169.254", "127.0.0.1", "::1", "0.0.0.0", "fe80::1", "64:ff9b::7f00:1"})
  void a_name_that_resolves_to_what_is_not_its_own_is_refused(String address) throws Exception {
    Target target = Target.of(check("http://web.example:80/"));
    InetAddress resolved = InetAddress.getByName(address);
    assertThrows(
        IllegalArgumentException.class,
        () -> RULES.requireAddress("web.example", target, resolved));
  }
}
