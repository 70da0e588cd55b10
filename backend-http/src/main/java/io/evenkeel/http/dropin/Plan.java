package io.evenkeel.http.dropin;

import io.evenkeel.http.engine.HttpUrl;
import io.evenkeel.model.ServiceInstance;

/**
 * What is going to be announced, and where.
 *
 * @param at where the instance is reached
 */
record Plan(Target registry, ServiceInstance instance, Location at) {

  /**
   * A registry.
   *
   * @param uri it may hold a secret
   * @param shown where it is, without secrets
   */
  record Target(String uri, String shown) {}

  String serviceUrl() {
    return HttpUrl.of(instance);
  }
}
