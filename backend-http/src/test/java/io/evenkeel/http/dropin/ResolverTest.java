package io.evenkeel.http.dropin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.HealthCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResolverTest {
  private static final LocalHost MACHINE = new NamedMachine("box", "10.1.2.3");

  private final List<RegistrationEvent> problems = new ArrayList<>();

  private Plan plan(Dropin dropin, Map<String, String> environment) {
    Variables variables = new Variables(environment, dropin.variableNames, problems::add);
    return new Resolver(dropin.machine(MACHINE), variables).plan();
  }

  private Plan plan(Dropin dropin, String environment) {
    return plan(dropin, EnvironmentUrisTest.environment(environment));
  }

  private List<String> problemLines() {
    return problems.stream().map(RegistrationEvent::line).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "X=, http://your-service-name:8090, your-service-name",
    "SERVICE_NAME=asr, http://asr:8090, asr",
    "SERVICE_NAME=asr;SERVICE_HOST=h;SERVICE_PORT=8087, http://h:8087, asr",
    "SERVICE_HOST=h;SERVICE_PUBLIC_URL=https://p/, https://p:443, your-service-name",
    "SERVICE_HOST=h;SERVICE_PUBLIC_URL=, http://h:8090, your-service-name",
    "SERVICE_HOST=, http://your-service-name:8090, your-service-name",
    "SERVICE_PORT=http, http://your-service-name:8090, your-service-name"
  })
  void system_000_is_reached_where_its_variables_say(String env, String url, String service) {
    Plan plan = plan(Dropin.configService(), env);
    assertEquals(url, plan.serviceUrl());
    assertEquals(service, plan.instance().service());
    assertEquals(HealthCheck.http("/health"), plan.instance().healthCheck());
  }

  @Test
  void system_000_has_its_process_in_its_id_unless_the_variable_is_there() {
    String pid = "your-service-name-" + ProcessHandle.current().pid();
    assertEquals(pid, plan(Dropin.configService(), Map.of()).instance().id());
    assertEquals("i-1", plan(Dropin.configService(), "SERVICE_INSTANCE_ID=i-1").instance().id());
    String empty = plan(Dropin.configService(), "SERVICE_INSTANCE_ID=").instance().id();
    assertTrue(empty.matches("[0-9a-f-]{36}"), empty);
  }

  @Test
  void an_empty_host_is_said_and_not_announced() {
    plan(Dropin.configService(), "SERVICE_HOST=;SERVICE_NAME=asr");
    assertEquals(
        List.of("registration.missing_host env_var=SERVICE_HOST using_default=asr"),
        problemLines());
  }

  @Test
  void a_path_in_the_public_url_is_said_and_left_out() {
    Plan plan = plan(Dropin.configService(), "SERVICE_PUBLIC_URL=http://p:1/asr/");
    assertEquals("http://p:1", plan.serviceUrl());
    assertEquals(
        List.of("registration.path_left_out source=env:SERVICE_PUBLIC_URL path=/asr/"),
        problemLines());
  }

  @ParameterizedTest
  @CsvSource({
    "X=, backend-api-localhost-8000, api",
    "SERVICE_TAGS=, backend-api-localhost-8000, ''",
    "'SERVICE_NAME=n;SERVICE_ADDRESS=a;SERVICE_PORT=1;SERVICE_TAGS=x, y,', n-a-1, x+y"
  })
  void system_001_is_named_and_tagged_by_its_variables(String env, String id, String tags) {
    Plan plan = plan(Dropin.consulRegistry(), env);
    assertEquals(id, plan.instance().id());
    assertEquals(tags, String.join("+", plan.instance().tags()));
  }

  @ParameterizedTest
  @CsvSource({
    "X=, box, auto-detected, 8000, default",
    "SERVICEKIT_HOST=h;SERVICEKIT_PORT=81, h, env:SERVICEKIT_HOST, 81, env:SERVICEKIT_PORT",
    "SERVICEKIT_HOST=;SERVICEKIT_PORT=, box, auto-detected, 8000, default",
    "SERVICEKIT_PORT=8x, box, auto-detected, 8000, default"
  })
  void system_002_says_where_host_and_port_came_from(
      String env, String host, String hostSource, int port, String portSource) {
    Location at = plan(servicekit(), env + ";SERVICEKIT_ORCHESTRATOR_URL=http://o").at();
    assertEquals(new Location("http", host, hostSource, port, portSource), at);
  }

  private static Dropin servicekit() {
    return Dropin.servicekit().serviceName("My Service".replace(' ', '.'));
  }

  @Test
  void the_first_generations_order_hears_the_machine_first() {
    Dropin first = servicekit().hostOrder(HostOrder.MACHINE_BEFORE_ENVIRONMENT);
    String env = "SERVICEKIT_HOST=h;SERVICEKIT_ORCHESTRATOR_URL=http://o";
    assertEquals("box", plan(first, env).at().host());
    Variables variables = new Variables(EnvironmentUrisTest.environment(env), Map.of(), e -> {});
    Dropin nameless = first.machine(NamedMachine.nameless());
    assertEquals("env:SERVICEKIT_HOST", new Resolver(nameless, variables).plan().at().hostSource());
  }

  @Test
  void an_invalid_port_is_warned_of_with_what_is_used_instead() {
    plan(servicekit(), "SERVICEKIT_PORT=70000;SERVICEKIT_ORCHESTRATOR_URL=http://o");
    assertEquals(
        List.of("registration.invalid_port env_var=SERVICEKIT_PORT value=70000 using_default=8000"),
        problemLines());
  }

  @Test
  void other_names_of_variables_are_read_instead() {
    Dropin renamed =
        servicekit().variable("SERVICEKIT_ORCHESTRATOR_URL", "O").variable("SERVICEKIT_HOST", "H");
    Plan plan = plan(renamed, "O=http://o:1;H=h;SERVICEKIT_HOST=unheard");
    assertEquals("http://o:1", plan.registry().shown());
    assertEquals("env:H", plan.at().hostSource());
  }

  @Test
  void parameters_win_over_every_variable() {
    Dropin said = servicekit().registry("http://p:1").host("ph").port(2).instanceId("pi");
    Plan plan =
        plan(
            said.token("k"),
            "SERVICEKIT_ORCHESTRATOR_URL=http://o;SERVICEKIT_HOST=h;SERVICEKIT_PORT=3"
                + ";SERVICEKIT_REGISTRATION_KEY=e");
    assertEquals(
        "orchestrator://p:1?ids=plain&service-key=k&timeout=10000ms", plan.registry().uri());
    assertEquals(new Location("http", "ph", "parameter", 2, "parameter"), plan.at());
    assertEquals("pi", plan.instance().id());
  }

  @Test
  void an_id_of_system_002_is_a_slug() {
    String id = plan(servicekit(), "SERVICEKIT_ORCHESTRATOR_URL=http://o").instance().id();
    assertEquals("my-service-box-8000", id);
  }

  @ParameterizedTest
  @CsvSource({
    "X=, heartbeat://localhost:8006, 8000",
    "PORT=9;REGISTRY_URL=http://r:1, heartbeat://r:1, 9"
  })
  void system_003_is_at_its_port_on_localhost(String env, String registry, int port) {
    Plan plan = plan(Dropin.heartbeat().serviceName("users"), env);
    assertEquals("http://localhost:" + port, plan.serviceUrl());
    assertEquals(registry + "?ids=plain&timeout=5000ms", plan.registry().uri());
    assertTrue(plan.instance().id().matches("[0-9a-f-]{36}"), plan.instance().id());
  }

  @Test
  void system_004_tells_what_it_runs_on() {
    Dropin dropin = Dropin.serviceDiscovery().serviceName("ui").port(3000).secure(true);
    Plan plan = plan(dropin.tags(List.of("web")), "ENVIRONMENT=staging");
    assertTrue(plan.instance().id().matches("ui-[0-9a-f]{8}"), plan.instance().id());
    assertEquals("https://10.1.2.3:3000", plan.serviceUrl());
    List<String> tags = List.copyOf(plan.instance().tags());
    assertEquals(List.of("web", "env:staging"), tags.subList(0, 2));
    assertTrue(tags.get(2).startsWith("platform:"), tags.get(2));
    assertEquals(List.of("version=1.0.0", "secure"), tags.subList(3, 5));
    assertEquals(
        List.of("hostname", "host_ip", "pid", "platform", "java_version"),
        List.copyOf(plan.instance().metadata().keySet()));
  }

  @ParameterizedTest
  @CsvSource({
    "X=, consul://localhost:8500",
    "SERVICE_REGISTRY_HOST=r;SERVICE_REGISTRY_PORT=x, consul://r:8500",
    "SERVICE_REGISTRY_HOST=r;CONSUL_HTTP_ADDR=a:1;CONSUL_HOST=not-its-own, consul://a:1"
  })
  void system_004_finds_its_agent(String env, String start) {
    Plan plan = plan(Dropin.serviceDiscovery().serviceName("ui").port(1), env);
    assertEquals(
        start + "?ids=plain&check=http&deregister-after=30s&timeout=5000ms", plan.registry().uri());
  }

  @Test
  void a_registry_uri_of_ours_is_taken_as_it_is() {
    Dropin own = Dropin.consulRegistry().registry("consul+https://h:1?token=canary&dc=x");
    Plan.Target target = plan(own, "CONSUL_HTTP_ADDR=other:1").registry();
    assertEquals("consul+https://h:1?token=canary&dc=x", target.uri());
    assertEquals("consul+https:h:1?token=***&dc=x", target.shown());
  }

  @Test
  void a_password_in_an_address_is_not_shown() {
    Plan plan = plan(Dropin.configService(), "CONFIG_SERVICE_URL=http://me:canary@c:1/x");
    assertEquals("http://***@c:1/x", plan.registry().shown());
  }

  @Test
  void what_only_the_program_can_say_is_asked_for() {
    Unresolved name =
        assertThrows(Unresolved.class, () -> plan(Dropin.heartbeat(), "REGISTRY_URL=http://r"));
    assertEquals("missing service ID", name.reason());
    Unresolved registry = assertThrows(Unresolved.class, () -> plan(servicekit(), Map.of()));
    assertEquals(
        "registration.missing_orchestrator_url env_var=SERVICEKIT_ORCHESTRATOR_URL",
        registry.event().orElseThrow().line());
    Unresolved port =
        assertThrows(
            Unresolved.class, () -> plan(Dropin.serviceDiscovery().serviceName("ui"), Map.of()));
    assertEquals("port 0", port.reason());
  }
}
