/** Contract tests for backends and strategies, and the fakes and faults they are tested with. */
module io.evenkeel.testkit {
  requires transitive io.evenkeel.api;
  requires transitive org.junit.jupiter.api;
  requires static transitive org.jspecify;
  requires java.management;
  requires java.net.http;
  requires jdk.httpserver;
  requires jdk.management; // counts the bytes a thread allocates

  exports io.evenkeel.testkit;
  exports io.evenkeel.testkit.wire;

  opens io.evenkeel.testkit to
      org.junit.platform.commons; // calls the contracts' tests
}
