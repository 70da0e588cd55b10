/** Contract tests for backends and strategies, and the fakes and faults they are tested with. */
module io.evenkeel.testkit {
  requires jdk.httpserver;
  requires transitive io.evenkeel.api;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;

  exports io.evenkeel.testkit;
}
