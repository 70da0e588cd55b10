package io.evenkeel.http.dropin;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.evenkeel.model.ServiceInstance;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LocalHostTest {
  @Test
  void a_machine_has_a_name_of_one_word() throws IOException {
    assertTrue(LocalHost.machine().name().matches("\\S+"));
  }

  @Test
  void its_address_may_stand_in_an_instance() {
    String address = LocalHost.machine().address();
    assertTrue(address.matches("\\d+\\.\\d+\\.\\d+\\.\\d+"), address);
    assertFalse(ServiceInstance.builder("s", address, 1).build().host().isEmpty());
  }
}
