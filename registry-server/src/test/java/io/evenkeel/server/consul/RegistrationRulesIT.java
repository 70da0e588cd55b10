package io.evenkeel.server.consul;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegistrationRulesIT {
  private static final String REGISTER = "/v1/agent/service/register";
  private static final String WEB = "'Name':'web','Address':'10.0.0.1','Port':80";

  private final TimedConsul consul = new TimedConsul();

  @AfterEach
  void close() {
    consul.close();
  }

  private HttpResponse<String> put(String target, String body) {
    return consul.put(target, body.replace('\'', '"'));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'ID':'../../etc'",
        "'ID':'a/b'",
        "'ID':'a\\r\\nX: 1'",
        "'Port':70000",
        "'Port':-1",
        "'Port':8080.5",
        "'Port':'80'",
        "'Address':'::'",
        "'Address':'http://x'",
        "'Tags':'a'",
        "'Tags':['a\\nb']",
        "'Meta':[1]",
        "'Weights':{'Passing':65536}",
        "'Weights':{'Passing':1.5}",
        "'Weights':{'Passing':1,'Warning':-1}",
        "'Check':{'TTL':'-1s'}",
        "'Check':{'TTL':'1ns'}",
        "'Check':{'TTL':10}",
        "'Check':{'TTL':'1000000000h'}",
        "'Check':{'TTL':'10'}",
        "'Check':{'TTL':'10s','Interval':'10s'}",
        "'Check':{'TTL':'10s','FailuresBeforeWarning':2}",
        "'Check':{'Args':['ls'],'Interval':'10s'}",
        "'Check':{'GRPC':'10.0.0.1:1','Interval':'10s'}",
        "'Check':{'HTTP':'http://169.254.169.254/','Interval':'10s'}",
        "'Check':{'HTTP':'file:///etc/passwd','Interval':'10s'}",
        "'Check':{'HTTP':'http://10.0.0.1/','Interval':'10s','Method':'DELETE'}",
        "'Check':{'HTTP':'http://10.0.0.1/','Interval':'10s','Header':{'A':['b']}}",
        "'Check':{'HTTP':'https://10.0.0.1/','Interval':'10s','TLSSkipVerify':true}",
        "'Kind':'connect-proxy'",
        "'Bogus':1",
        "'Port':80,'Port':81"
      })
  void what_is_out_of_bounds_is_a_400_and_nothing_is_registered(String field) {
    String base = field.contains("'Port'") ? WEB.replace(",'Port':80", "") : WEB;
    assertEquals(400, put(REGISTER, "{" + base + "," + field + "}").statusCode());
    assertEquals("{\"consul\":[]}", consul.get("/v1/catalog/services").body());
  }

  @Test
  void meta_is_bounded() {
    assertEquals(400, put(REGISTER, "{" + WEB + ",'Meta':{'a b':'c'}}").statusCode());
    String longKey = "k".repeat(129);
    assertEquals(400, put(REGISTER, "{" + WEB + ",'Meta':{'" + longKey + "':'c'}}").statusCode());
    String longValue = "v".repeat(513);
    assertEquals(400, put(REGISTER, "{" + WEB + ",'Meta':{'k':'" + longValue + "'}}").statusCode());
  }

  @ParameterizedTest
  @CsvSource({"64, 200", "65, 400"})
  void there_are_as_many_pairs_of_meta_as_consul_takes(int count, int status) {
    String pairs =
        IntStream.range(0, count).mapToObj(i -> "'k" + i + "':'v'").collect(joining(","));
    assertEquals(status, put(REGISTER, "{" + WEB + ",'Meta':{" + pairs + "}}").statusCode());
    boolean shown = consul.get("/v1/agent/services").body().contains("\"k63\":\"v\"");
    assertEquals(status == 200, shown);
  }

  @Test
  void a_check_added_later_is_held_to_the_same_rules() {
    put(REGISTER, "{" + WEB + "}");
    String check =
        "{'Name':'c','ServiceID':'web','HTTP':'http://169.254.169.254/','Interval':'10s'}";
    assertEquals(400, put("/v1/agent/check/register", check).statusCode());
    assertEquals("{}", consul.get("/v1/agent/checks").body());
  }

  @Test
  void a_second_ttl_check_has_a_clock_of_its_own() {
    put(REGISTER, "{" + WEB + ",'Checks':[{'TTL':'1h','Status':'passing'}]}");
    String check = "{'Name':'extra','ServiceID':'web','TTL':'10s','Status':'passing'}";
    put("/v1/agent/check/register", check);
    consul.elapse(Duration.ofSeconds(12));
    assertTrue(consul.get("/v1/agent/checks").body().contains("TTL expired"));
    assertEquals(200, consul.put("/v1/agent/check/pass/extra", "").statusCode());
    assertTrue(consul.get("/v1/health/service/web?passing").body().contains("10.0.0.1"));
  }

  @Test
  void a_check_that_a_registration_does_not_name_stays_unless_it_is_told_to_go() {
    put(REGISTER, "{" + WEB + ",'Check':{'TTL':'1h'}}");
    put(REGISTER, "{" + WEB + "}");
    assertTrue(consul.get("/v1/agent/checks").body().contains("service:web"));
    put(REGISTER + "?replace-existing-checks=true", "{" + WEB + "}");
    assertEquals("{}", consul.get("/v1/agent/checks").body());
  }

  @Test
  void what_the_catalog_is_told_is_there_until_it_is_told_otherwise() {
    String body =
        "{'Node':'n','Address':'10.0.0.9','Service':{'Service':'ext','ID':'ext-1','Port':5},"
            + "'Check':{'Name':'c','Status':'passing','ServiceID':'ext-1'}}";
    assertEquals("true", put("/v1/catalog/register", body).body());
    assertTrue(consul.get("/v1/health/service/ext?passing").body().contains("10.0.0.9"));
    assertEquals("true", put("/v1/catalog/deregister", "{'Node':'n','ServiceID':'ext-1'}").body());
    assertEquals("[]", consul.get("/v1/health/service/ext").body());
  }
}
